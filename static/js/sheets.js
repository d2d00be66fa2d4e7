// Pages as dialogs: a link with data-sheet opens the form of its page over this one; without a script it is followed.
// The page's own form ([data-sheet-form], else the first form of its content) is shown, and sent as it always is.
let sheet = null;
let opening = false;

function build(page, title, address) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", title);
  const head = document.createElement("header");
  head.className = "row";
  const heading = document.createElement("h2");
  heading.className = "h2 grow";
  heading.textContent = title;
  head.append(heading);
  const form = page.querySelector("main [data-sheet-form]") || page.querySelector("main form");
  form.classList.remove("card", "card__b");
  if (!form.hasAttribute("action")) form.action = address;
  const body = document.createElement("div");
  body.className = "b";
  body.append(form);
  dialog.append(head, body);
  return dialog;
}

async function open(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  sheet = build(page, page.querySelector("main h1")?.textContent || link.textContent, link.href);
  sheet.addEventListener("close", () => { sheet.remove(); sheet = null; link.focus(); });
  sheet.addEventListener("input", () => { sheet.dataset.touched = "yes"; });
  // Escape and a press beside the sheet ask before typed words are gone; its own Cancel says what it does.
  sheet.addEventListener("cancel", (event) => {
    if (event.target === sheet && sheet.dataset.touched && !confirm("Close without sending what you typed?")) event.preventDefault();
  });
  document.body.append(sheet);
  sheet.showModal();
  sheet.dispatchEvent(new Event("sheet", { bubbles: true })); // drafts and the parts of forms wake in it
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-sheet-close]") && sheet) {
    event.preventDefault();
    sheet.close();
    return;
  }
  const link = event.target.closest("a[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (opening || sheet) return;
  opening = true;
  open(link).catch(() => { location.href = link.href; }).finally(() => { opening = false; });
});

// Empty fields of a form that becomes an address would only make it long.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-lean]")) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
