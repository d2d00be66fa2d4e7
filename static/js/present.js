// The presenter of a lead review: left and right go from lead to lead; off while someone types or a dialog is open.
const WAYS = { ArrowLeft: "prev", ArrowRight: "next", PageUp: "prev", PageDown: "next" };

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (!way || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  const link = document.querySelector(`.head__a [rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
