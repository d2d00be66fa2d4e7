// Triage: the keys of what may be done with the lead in the preview or on the page. Off while somebody types.
const VERBS = "adnsyb";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !VERBS.includes(event.key)) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const verb = document.querySelector(`[data-desk-key="${event.key}"]`);
  if (!verb) return;
  event.preventDefault();
  verb.click();
});
