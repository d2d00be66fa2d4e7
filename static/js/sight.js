// What is current stands in sight: the tab of a row of tabs on a phone, the entry of a menu that is longer than the window.
for (const each of document.querySelectorAll(".views [aria-current]")) {
  const row = each.parentElement;
  if (each.offsetLeft + each.offsetWidth > row.scrollLeft + row.clientWidth) row.scrollLeft = each.offsetLeft - (row.clientWidth - each.offsetWidth) / 2;
}

const menu = document.getElementById("menu");
const foot = menu?.querySelector(".nav__foot");

function show() {
  const entry = menu.querySelector("li [aria-current]");
  if (entry && entry.getBoundingClientRect().bottom > foot.getBoundingClientRect().top) menu.scrollTop = entry.offsetTop - menu.clientHeight / 2;
}

if (foot) {
  show();
  menu.addEventListener("toggle", show);
}
