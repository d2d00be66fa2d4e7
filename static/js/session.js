// Warns before the session locks and lets it be extended. All windows of one browser share the last activity,
// so that work in one does not lock another.
const box = document.querySelector("[data-session-seconds]");
const KEY = "session-touched";
const TICK_MS = 5000;

function touchedAt() {
  try { return Number(localStorage.getItem(KEY)) || started; } catch { return started; }
}

function touch() {
  started = Date.now();
  try { localStorage.setItem(KEY, String(started)); } catch { /* one window only, then */ }
}

let started = Date.now();

function left() {
  return Number(box.dataset.sessionSeconds) - (Date.now() - touchedAt()) / 1000;
}

function say(seconds) {
  const minutes = Math.ceil(seconds / 60);
  return seconds > 90 ? `${minutes} minutes` : `${Math.max(0, Math.round(seconds))} seconds`;
}

function tick() {
  const seconds = left();
  if (seconds <= 0) location.href = `${box.dataset.sessionLock}?next=${encodeURIComponent(location.pathname + location.search)}`;
  else if (seconds <= Number(box.dataset.sessionWarn)) {
    box.querySelector("[data-session-left]").textContent = say(seconds);
    if (!box.open) box.showModal();
  } else if (box.open) box.close();
}

async function extend(event) {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok || answer.redirected) return location.reload();
  touch();
  box.close();
}

if (box) {
  touch(); // loading a page is activity on the server too
  setInterval(tick, TICK_MS);
  box.querySelector("[data-session-extend]").addEventListener("submit", extend);
}
