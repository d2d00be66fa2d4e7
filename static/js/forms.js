// Forms: warn before unsaved work is left, send once, go to the errors, steppers, dropped files.
// data-guard on a form asks before leaving; forms without it (search, filters) do not.
const touched = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) touched.add(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // What is answered by a file leaves the page as it is: data-file, or a button that asks by GET.
  const method = event.submitter?.getAttribute("formmethod") || form.method;
  if (event.defaultPrevented || method !== "post" || form.dataset.file !== undefined) return;
  touched.delete(form);
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
});

// Coming back with the Back button must find a form that can be sent again.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});

document.querySelector("[data-errors]")?.focus();

// What is wrong in a part that is folded away is shown: a browser says nothing of a field that it cannot reach.
document.addEventListener("invalid", (event) => {
  event.target.closest("details:not([open])")?.setAttribute("open", "");
}, true);

function wake(root) {
  root.querySelectorAll("[data-stepper]").forEach(step);
  root.querySelectorAll("[data-drop]").forEach(takeDropped);
}

function step(stepper) {
  const input = stepper.querySelector("input");
  stepper.classList.add("is-live");
  stepper.addEventListener("click", (event) => {
    const way = event.target.closest("[data-step]")?.dataset.step;
    if (!way) return;
    if (way === "1") input.stepUp(Number(stepper.dataset.stepper));
    else input.stepDown(Number(stepper.dataset.stepper));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function takeDropped(zone) {
  const input = zone.querySelector("input[type=file]");
  const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("over", on); };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

wake(document);
document.addEventListener("sheet", (event) => wake(event.target));
