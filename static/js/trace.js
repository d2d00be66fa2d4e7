// The trace request says while one types what it still needs. The rules are those of the server, which has the last word.
const form = document.querySelector("[data-trace-form]");
const rules = JSON.parse(document.getElementById("trace-rules")?.textContent || "[]");

function value(name) {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)];
  const field = fields.length > 1 ? fields.find((each) => each.checked) : fields[0];
  if (!field) return "";
  if (field.type === "checkbox") return field.checked ? "True" : "";
  return field.value.trim();
}

function needed(rule) {
  if (!rule.when) return true;
  const found = rule.when === "country" ? value(rule.when).toUpperCase() : value(rule.when);
  const holds = rule.values.includes(found) || (rule.values.includes("*") && found !== "");
  return holds !== rule.other;
}

function look() {
  const missing = new Set(rules.filter((rule) => needed(rule) && !value(rule.field)).map((rule) => rule.field));
  form.querySelectorAll("[data-wants]").forEach((mark) => { mark.hidden = !missing.has(mark.dataset.wants); });
  form.querySelectorAll("section").forEach((part) => {
    const left = part.querySelectorAll("[data-wants]:not([hidden])").length;
    const said = part.querySelector("[data-part-left]");
    if (said) said.textContent = left ? `${left} to add` : "";
  });
  const said = document.querySelector("[data-left]");
  if (said) said.textContent = missing.size ? `${missing.size} to add before it can be sent` : "Nothing is missing";
}

if (form) {
  form.addEventListener("input", look);
  form.addEventListener("change", look);
}
