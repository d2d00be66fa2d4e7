// A bench with a scanner: what it types ends with Enter and is looked up at once. Without a script the field below takes
// one scan in each line. The camera of a phone reads labels where its browser can.
const form = document.querySelector("[data-bench], [data-inventory]");
const input = form.querySelector("[data-scan]");
const said = form.querySelector("[data-scan-said]");
const list = form.querySelector("[data-scan-list]");
const plain = form.querySelector("[data-scanned]");
const count = form.querySelector("[data-scan-count]");
const AGAIN_MS = 2500;

function say(words, late) {
  said.textContent = words;
  said.className = late ? "small late-t" : "small good-t";
}

function keep() {
  const rows = [...list.children];
  plain.value = rows.map((row) => row.dataset.code).join("\n");
  if (count) count.textContent = rows.length ? String(rows.length) : "";
  plain.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(code, found) {
  const row = document.createElement("li");
  row.dataset.code = code;
  const text = document.createElement("span");
  text.textContent = found.title;
  const small = document.createElement("small");
  small.textContent = found.why || found.text;
  if (found.why) small.className = "late-t";
  text.append(small);
  const out = document.createElement("button");
  out.type = "button";
  out.className = "btn btn--s";
  out.textContent = "Take out";
  out.addEventListener("click", () => { row.remove(); keep(); input.focus(); });
  row.append(text);
  if (!form.dataset.inventory) row.append(out);
  list.prepend(row);
}

// At an inventory a scan is kept at once, so that it can be left and gone on with; at a bench it is only looked up.
async function look(code) {
  const address = new URL(form.dataset.bench || form.dataset.inventory, location.href);
  const ask = { headers: { Accept: "application/json" } };
  if (form.dataset.inventory) {
    ask.method = "POST";
    ask.body = new FormData();
    ask.body.set("code", code);
    ask.body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  } else address.searchParams.set("code", code);
  const answer = await fetch(address, ask);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
}

async function take(code) {
  if ([...list.children].some((row) => row.dataset.code === code)) return say(`${code} is scanned already`, true);
  let found;
  try {
    found = await look(code);
  } catch {
    if (form.dataset.inventory) return say(`${code} was not kept: no signal. Scan it again.`, true);
    found = { kind: "exhibit", title: code, text: "No signal: looked up when it is sent", why: "" };
  }
  if (form.dataset.inventory) {
    show(code, found);
    return say(found.why ? `${found.title}: ${found.why}` : `${found.title}: found`, Boolean(found.why));
  }
  if (found.kind === "place" && form.elements.place) {
    form.elements.place.value = found.title;
    const way = form.querySelector('[name="way"][value="check_in"]');
    if (way) way.checked = true;
    return say(`Into ${found.title}`);
  }
  show(code, found);
  keep();
  return say(found.why ? `${found.title}: ${found.why}` : `${found.title}`, Boolean(found.why));
}

input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const code = input.value.trim();
  input.value = "";
  if (code) take(code);
});

form.querySelector("[data-scan-box]").hidden = false;
form.classList.add("is-live");
const before = plain.value.split("\n").map((line) => line.trim()).filter(Boolean);
before.reduce((wait, code) => wait.then(() => take(code)), Promise.resolve()).then(() => input.focus());

async function watch(video, button) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  button.hidden = true;
  await video.play();
  let last = "", at = 0;
  const look = async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (code && (code.rawValue !== last || Date.now() - at > AGAIN_MS)) {
      last = code.rawValue;
      at = Date.now();
      await take(last);
    }
    requestAnimationFrame(look);
  };
  look();
}

const button = form.querySelector("[data-camera]");
if (button && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => {
    watch(form.querySelector("[data-video]"), button).catch(() => say("The camera cannot be used. Type the number.", true));
  });
}
