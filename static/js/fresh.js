// A screen left open in a crime center grows old: after some minutes the status line says so and offers to load anew.
// Clocks run in working time, which only the server knows, so they are not counted on in the browser.
const OLD_MINUTES = 5;
const MINUTE_MS = 60000;
const line = document.querySelector(".status");
const loaded = Date.now();

function offer() {
  const minutes = Math.floor((Date.now() - loaded) / MINUTE_MS);
  if (minutes < OLD_MINUTES) return;
  let said = line.querySelector("[data-old]");
  if (!said) {
    said = document.createElement("span");
    said.dataset.old = "";
    said.className = "soon-t";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "why";
    button.textContent = "Load anew";
    button.addEventListener("click", () => location.reload());
    said.append(document.createElement("span"), button);
    line.append(said);
  }
  said.firstChild.textContent = `Loaded ${minutes} min ago.`;
}

if (line) setInterval(offer, MINUTE_MS);
