// Intake of a firearm: says while it is typed as what make, model and caliber will be kept, and what the model tells.
// The server reads the words; the serial number never leaves the page before the form does.
const PAUSE_MS = 250;
const LABELS = { make: "Make", model: "Model", caliber: "Caliber" };

const field = (box, name) => box.closest(".exh, form").querySelector(`[name$="${name}"]:not([type=radio])`);

function typedCaliber(box) {
  const chosen = box.closest(".exh, form").querySelector('[name$="caliber"]:checked')?.value || "";
  return chosen === "other" ? field(box, "caliber_other")?.value || "" : "";
}

function line(words, why, use) {
  const row = document.createElement("p");
  const text = document.createElement("span");
  text.textContent = words;
  const reason = document.createElement("small");
  reason.className = "muted";
  reason.textContent = why;
  row.append(text, reason);
  if (use) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = use.label;
    button.addEventListener("click", () => {
      use.field.value = use.value;
      use.field.dispatchEvent(new Event("input", { bubbles: true }));
      use.field.focus();
    });
    row.append(button);
  }
  return row;
}

function show(box, said) {
  const out = box.querySelector("[data-gun-said]");
  const rows = Object.entries(LABELS).filter(([name]) => said[name]?.differs).map(([name, label]) => {
    const word = said[name];
    const into = field(box, name === "caliber" ? "caliber_other" : name);
    const kept = word.code ? `${word.value} (${word.code})` : word.value;
    return line(`${label}: ${word.typed} → ${kept}`, `${word.why}, ${word.sure} sure`, { label: `Use ${word.value}`, field: into, value: word.value });
  });
  const type = field(box, "type_code");
  if (said.type_code && type && !type.value) {
    rows.push(line(`Type: ${said.type_code.words} (${said.type_code.value})`, said.type_code.why, { label: "Use this type", field: type, value: said.type_code.value }));
  }
  out.replaceChildren(...rows);
  out.hidden = rows.length === 0;
}

function listen(box) {
  let waiting = 0;
  let asking = null;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const typed = { make: field(box, "make")?.value || "", model: field(box, "model")?.value || "", caliber: typedCaliber(box) };
    if (!Object.values(typed).some((value) => value.trim())) {
      show(box, {});
      return;
    }
    try {
      const answer = await fetch(`${box.dataset.gunWords}?${new URLSearchParams(typed)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) show(box, await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") show(box, {});
    }
  };
  box.closest(".exh, form").addEventListener("input", (event) => {
    if (!/(make|model|caliber|caliber_other|type_code)$/.test(event.target.name || "")) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
}

document.querySelectorAll("[data-gun-words]").forEach(listen);
