// Pages as dialogs: a link with data-sheet opens the form of its page over this one; without a script it is followed.
// The page's own form ([data-sheet-form], else the first form of its content) is shown, and sent as it always is.
let sheet = null;

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
  document.body.append(sheet);
  sheet.showModal();
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
  open(link).catch(() => { location.href = link.href; });
});

// Empty fields of a form that becomes an address would only make it long.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-lean]")) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
