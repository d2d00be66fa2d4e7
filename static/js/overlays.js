// Native dialogs and popovers: dialogs become modal (focus is trapped and returned by the browser),
// popovers open beside the button that opened them.
const MARGIN = 8;
let opener = null;

function isDialog(element) {
  return element instanceof HTMLDialogElement;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[popovertarget]");
  if (!button) {
    const open = event.target.closest("dialog[open]");
    if (open && event.target === open) open.close(); // the backdrop belongs to the dialog
    return;
  }
  const target = document.getElementById(button.getAttribute("popovertarget"));
  if (!isDialog(target)) {
    opener = button;
    return;
  }
  event.preventDefault();
  document.querySelectorAll(".menu:popover-open, .nav:popover-open").forEach((menu) => menu.hidePopover());
  if (target.open) target.close();
  else if (button.getAttribute("popovertargetaction") !== "hide") target.showModal();
});

function place(popover, button) {
  const from = button.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN, from.left), innerWidth - size.width - MARGIN);
  const below = from.bottom + MARGIN;
  const above = from.top - size.height - MARGIN;
  const top = below + size.height > innerHeight && above > 0 ? above : below;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
}

document.addEventListener("toggle", (event) => {
  const popover = event.target;
  if (event.newState !== "open" || !popover.matches?.(".pop, .menu")) return;
  const button = opener?.getAttribute("popovertarget") === popover.id
    ? opener
    : document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
  if (button) place(popover, button);
}, true);

// A popover is fixed to the window: it would stay behind when what it belongs to scrolls away.
document.addEventListener("scroll", (event) => {
  document.querySelectorAll(".pop:popover-open, .menu:popover-open").forEach((open) => {
    if (!open.contains(event.target)) open.hidePopover();
  });
}, true);
