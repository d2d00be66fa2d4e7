// A form with data-draft="name" keeps what is typed on this device until it is sent: a dead battery or a lost
// signal at a scene costs nothing. Files and secrets are never kept; a draft is dropped after a day.
const DAY_MS = 24 * 3600 * 1000;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function keep(form, key) {
  const values = fields(form).map((field) => [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
  try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), values })); } catch { return; }
  const said = document.querySelector("[data-draft-said]");
  if (said) said.textContent = `Kept on this device ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
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

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const key = `draft:${form.dataset.draft}`;
  const draft = read(key);
  if (draft && Date.now() - draft.at < DAY_MS && !form.querySelector("[aria-invalid]")) restore(form, draft.values);
  form.addEventListener("input", () => keep(form, key));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
      return;
    }
    event.preventDefault();
    keep(form, key);
    const said = document.querySelector("[data-draft-said]");
    if (said) said.textContent = "No signal. Kept on this device: send it again when there is one.";
  });
});
