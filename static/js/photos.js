// Photos taken into a page are kept on this device until the server has them, and sent one by one: a lost signal costs
// none, and none comes twice (each has a key of its own). Originals are evidence: nothing is made smaller.
// <input type="file" data-photo-to="address"> sends to a record that is there; with data-photo-form="name" they wait for
// the form around it to come in first, whose field of that name holds its key; data-photo-exhibit names the field with
// the number of the exhibit.
// They belong to one person, go when they sign out, and last a day, as drafts do.
const DAY_MS = 24 * 3600 * 1000;
const AGAIN_MS = 15000;
const owner = document.querySelector("[data-session-user]")?.dataset.sessionUser || "";
let count = 0;
let sending = false;

function formKey(input) {
  return input.dataset.photoForm ? input.form.elements[input.dataset.photoForm].value : "";
}

// A form that stands on this page has not come in yet: what belongs to it stays.
function isOpen(photo) {
  return Boolean(photo.form) && [...document.querySelectorAll("[data-photo-form]")].some((input) => formKey(input) === photo.form);
}

// --- what is kept ---------------------------------------------------------------------------------------------------

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("photos", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "key" });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const deal = asked.result.transaction("kept", mode);
      const given = work(deal.objectStore("kept"));
      deal.oncomplete = () => { asked.result.close(); resolve(given.result); };
      deal.onerror = () => reject(deal.error);
    };
  });
}

const put = (photo) => store("readwrite", (kept) => kept.put(photo));
const drop = (key) => store("readwrite", (kept) => kept.delete(key));
const all = () => store("readonly", (kept) => kept.getAll());

async function mine() {
  const kept = await all();
  const old = kept.filter((photo) => !(Date.now() - photo.at < DAY_MS));
  await Promise.all(old.map((photo) => drop(photo.key)));
  return kept.filter((photo) => photo.owner === owner && !old.includes(photo)).sort((a, b) => a.at - b.at);
}

// --- what is seen ---------------------------------------------------------------------------------------------------

async function picture(photo) {
  const tile = document.createElement("span");
  tile.className = "photo photo--kept";
  tile.dataset.photoKey = photo.key;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Photo kept on this device: ${photo.file.name}`);
  try {
    const bitmap = await createImageBitmap(photo.file, { resizeWidth: 240, resizeQuality: "low" });
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
  } catch { canvas.className = "photo__none"; }
  const away = document.createElement("button");
  away.type = "button";
  away.className = "photo__x";
  away.textContent = "×";
  away.setAttribute("aria-label", `Take away ${photo.file.name}`);
  away.addEventListener("click", async () => { await drop(photo.key); tile.remove(); tell(); });
  tile.append(canvas, away);
  return tile;
}

function placeOf(photo) {
  const own = (input) => formKey(input) === photo.form && input.dataset.photoTo === photo.to && (input.dataset.photoExhibit || "") === photo.field;
  return [...document.querySelectorAll("[data-photo-to]")].find(own)?.closest(".photos");
}

async function draw(photo) {
  const place = placeOf(photo);
  if (place && !place.querySelector(`[data-photo-key="${photo.key}"]`)) place.prepend(await picture(photo));
}

function bar() {
  let made = document.querySelector(".outbox");
  if (!made) {
    made = document.createElement("div");
    made.className = "outbox";
    made.setAttribute("role", "status");
    made.append(document.createElement("span"), document.createElement("progress"));
    made.lastChild.max = 100;
    made.lastChild.setAttribute("aria-label", "Photo on its way");
    (document.querySelector("#main") || document.body).append(made);
  }
  return made;
}

function say(words, share = null) {
  const box = bar();
  box.firstChild.textContent = words;
  box.lastChild.hidden = share === null;
  if (share !== null) box.lastChild.value = share;
}

async function tell() {
  count = (await mine()).length;
}

// --- what is sent ---------------------------------------------------------------------------------------------------

function post(photo, tellShare) {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("key", photo.key);
    body.append("uploads", photo.file, photo.file.name);
    if (photo.form) {
      body.append("form", photo.form);
      body.append("exhibit", photo.exhibit);
    }
    const line = new XMLHttpRequest();
    line.open("POST", photo.to);
    line.setRequestHeader("Accept", "application/json");
    line.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    line.upload.addEventListener("progress", (event) => event.lengthComputable && tellShare((100 * event.loaded) / event.total));
    line.addEventListener("load", () => resolve(line));
    line.addEventListener("error", reject);
    line.send(body);
  });
}

function refusal(line) {
  try { return JSON.parse(line.responseText).detail || ""; } catch { return ""; }
}

async function one(photo, words) {
  const line = await post(photo, (share) => say(words, share));
  if (line.status === 201) return "sent";
  if (line.status === 400 || line.status === 403) return refusal(line) || "It is not taken.";
  return "later"; // signed out, the form is not there yet, or the server is ill: what is kept stays
}

async function send() {
  if (sending || !owner || !navigator.onLine) return;
  sending = true;
  const done = [], refused = [];
  try {
    const ready = (await mine()).filter((photo) => !isOpen(photo));
    for (const [at, photo] of ready.entries()) {
      const how = await one(photo, `Sending photo ${at + 1} of ${ready.length}`);
      if (how === "later") continue;
      if (how !== "sent") refused.push(`${photo.file.name}: ${how}`);
      await drop(photo.key);
      document.querySelector(`[data-photo-key="${photo.key}"]`)?.remove();
      done.push(photo);
    }
  } catch { /* no signal: what is kept stays */ }
  sending = false;
  await tell();
  const left = (await mine()).filter((photo) => !isOpen(photo)).length;
  if (refused.length) say(refused.join(" "));
  else if (left) say(`${left} photo${left > 1 ? "s" : ""} kept on this device until there is a signal`);
  else if (done.length) {
    say("All photos are with the case.");
    await renew();
  }
}

// What the server has now takes the place of what was kept; the rest of the page, and what it told, stays.
async function renew() {
  const here = document.querySelector("[data-files]");
  if (!here) return;
  const answer = await fetch(location.href).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-files]");
  if (!fresh) return location.reload();
  here.replaceWith(fresh);
  ready(fresh);
}

function ready(root) {
  root.querySelectorAll("[data-photo-send]").forEach((button) => { button.hidden = true; });
  root.querySelectorAll("[data-waits]").forEach((tile) => wait(tile));
}

// --- what starts it -------------------------------------------------------------------------------------------------

async function take(input) {
  const { photoTo, photoForm, photoExhibit } = input.dataset;
  for (const [at, file] of [...input.files].entries()) {
    const exhibit = photoExhibit ? document.getElementsByName(photoExhibit)[0]?.value || "" : "";
    const photo = { key: crypto.randomUUID(), owner, at: Date.now() + at, file, to: photoTo, form: formKey(input), field: photoExhibit || "", exhibit };
    await put(photo);
    await draw(photo);
  }
  input.value = "";
  await tell();
  if (!photoForm) send();
}

// The numbers of the exhibits as they are when the form is sent.
async function number(form) {
  const input = form.querySelector("[data-photo-form]");
  const key = input && formKey(input);
  for (const photo of key ? await mine() : []) {
    const field = photo.form === key && photo.field && document.getElementsByName(photo.field)[0];
    if (field && field.value !== photo.exhibit) await put({ ...photo, exhibit: field.value });
  }
}

function out(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || !count) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const left = `${count} photo${count > 1 ? "s were" : " was"} not sent yet and will be gone from this device. Sign out?`;
  if (!confirm(left)) return;
  mine().then((kept) => Promise.all(kept.map((photo) => drop(photo.key)))).then(() => { count = 0; form.requestSubmit(); });
}

// A thumbnail that is still being made is asked for again, less and less often.
function wait(tile, patience = 1500) {
  setTimeout(async () => {
    const answer = await fetch(tile.dataset.waits).catch(() => null);
    if (answer?.status !== 200) return patience < 60000 && wait(tile, patience * 2);
    const image = new Image();
    image.alt = tile.dataset.waitsAlt;
    image.addEventListener("load", () => tile.querySelector(".photo__none").replaceWith(image));
    image.src = tile.dataset.waits;
  }, patience);
}

async function begin() {
  ready(document);
  await tell();
  for (const photo of await mine()) await draw(photo);
  await send();
  setInterval(send, AGAIN_MS);
}

if (owner && window.indexedDB) {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-photo-to]")) take(event.target).catch(() => say("This device keeps no photos. Send them with the form."));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && /number$/.test(event.target.name || "")) number(form);
  });
  addEventListener("submit", out, true); // before the drafts go
  addEventListener("online", send);
  begin().catch(() => { /* nothing is kept on this device */ });
}
