// Keys of the whole portal: / search, ? help, g then l, e or d, a for the first thing to do.
// Off while someone types, while a dialog is open, and with Ctrl, Alt or Cmd held.
const GO = { l: "leads", e: "evidence", d: "dashboard" };
const GO_WAIT_MS = 1200;
let goUntil = 0;

function typing(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]");
}

function go(key) {
  const link = document.querySelector(`[data-go="${GO[key]}"]`);
  if (link) location.href = link.href;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (typing(event.target)) return;
  if (Date.now() < goUntil && GO[event.key]) {
    goUntil = 0;
    event.preventDefault();
    go(event.key);
  } else if (event.key === "g") {
    goUntil = Date.now() + GO_WAIT_MS;
  } else if (event.key === "/") {
    const search = document.getElementById("q");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "a") {
    document.querySelector("[data-key=a]:not([hidden])")?.click();
  }
});
