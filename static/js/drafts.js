// A form with data-draft="name" keeps what is typed on this device until the server has it: a dead battery or a lost
// signal at a scene costs nothing. Only the server says that it has it, by the draft's name beside the message of what
// became of the form. Files and secrets are never kept here, hidden fields only with data-keep. A draft belongs to one person, goes when they sign out, and lasts
// a day.
const DAY_MS = 24 * 3600 * 1000;
const owner = document.querySelector("[data-session-user]")?.dataset.sessionUser || "";
const mine = `draft:${owner}:`;

function keyOf(form) {
  return mine + form.dataset.draft;
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && (field.dataset.keep !== undefined || !["hidden", "password", "file", "submit", "button"].includes(field.type)));
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function drop(which) {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("draft:") && which(key)).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing is kept on this device */ }
}

function say(form, words) {
  const said = form.querySelector("[data-draft-said]") || document.querySelector("[data-draft-said]");
  if (said) said.textContent = words;
}

function keep(form) {
  const values = fields(form).map((field) => [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
  try { localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values })); } catch { return; }
  say(form, `Kept on this device ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`);
}

function restore(form, values) {
  for (const [name, value, checked] of values) {
    const same = fields(form).filter((field) => field.name === name);
    const field = checked === null ? same[0] : same.find((each) => each.value === value);
    if (!field) continue;
    if (checked === null) field.value = value;
    else field.checked = checked;
  }
}

function bring(root) {
  root.querySelectorAll("form[data-draft]").forEach((form) => {
    const draft = read(keyOf(form));
    if (draft && !form.querySelector("[aria-invalid]")) restore(form, draft.values);
  });
}

function settle() {
  const taken = [...document.querySelectorAll("[data-draft-done]")].map((said) => mine + said.dataset.draftDone);
  drop((key) => taken.includes(key));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form) keep(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) drop((key) => key.startsWith(mine));
  if (!form.matches("[data-draft]")) return;
  keep(form);
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(form, "No signal. Kept on this device: send it again when there is one.");
}, true);

document.addEventListener("sheet", (event) => bring(event.target));

if (owner) {
  settle();
  drop((key) => !(Date.now() - read(key)?.at < DAY_MS));
  bring(document);
}
