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
    // The backdrop belongs to the dialog; one that would lose something says so, as it does for Escape.
    if (open && event.target === open && open.dispatchEvent(new Event("cancel", { cancelable: true }))) open.close();
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

function openerOf(popover) {
  if (opener?.getAttribute("popovertarget") === popover.id) return opener;
  return document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
}

document.addEventListener("toggle", (event) => {
  const popover = event.target;
  if (event.newState !== "open" || !popover.matches?.(".pop, .menu")) return;
  const button = openerOf(popover);
  if (button) place(popover, button);
}, true);

// A popover is fixed to the window: it follows its button, and closes when that scrolls out of sight.
document.addEventListener("scroll", (event) => {
  document.querySelectorAll(".pop:popover-open, .menu:popover-open").forEach((popover) => {
    const button = openerOf(popover);
    if (!button || popover.contains(event.target)) return;
    const { top, bottom } = button.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) popover.hidePopover();
    else place(popover, button);
  });
}, true);
