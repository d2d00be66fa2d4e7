// The lead list: "a" means the leads that are ticked, before it means the one in the preview.
const bulk = document.querySelector("[data-bulk]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "a" || event.ctrlKey || event.altKey || event.metaKey || !bulk || bulk.hidden) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  bulk.querySelector("[data-bulk-assign]")?.click();
}, true);
