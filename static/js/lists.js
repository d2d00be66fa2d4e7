// Lists: j and k move, Enter opens, x selects; the row's preview loads beside it; ticked rows bring the bulk bar.
// Markup: <table data-rows><tr data-href="..." data-preview="...">, <form data-bulk hidden> with [data-bulk-count].
const PREVIEW_DELAY_MS = 120;
const table = document.querySelector("[data-rows]");
const pane = document.getElementById("preview");
const bulk = document.querySelector("[data-bulk]");
let waiting = 0;
let fetching = null;

const rows = () => [...table.querySelectorAll("tbody tr[data-href]")];
const boxes = () => [...table.querySelectorAll("tbody input[type=checkbox]")];

function current() {
  return table.querySelector("tr.kb") || table.querySelector("tr.cur");
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  pane.replaceChildren(...page.body.childNodes);
}

async function preview(row) {
  fetching?.abort();
  fetching = new AbortController();
  pane.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(row.dataset.preview, { signal: fetching.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(await answer.text());
    table.querySelectorAll("tr.cur").forEach((other) => { other.classList.remove("cur"); other.removeAttribute("aria-current"); });
    row.classList.add("cur");
    row.setAttribute("aria-current", "true");
  } catch (error) {
    if (error.name === "AbortError") return;
    show('<div class="empty"><h2>The preview did not load</h2><p>Press Enter to open the page itself.</p></div>');
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

function select(row) {
  table.querySelectorAll("tr.kb").forEach((other) => other.classList.remove("kb"));
  row.classList.add("kb");
  row.scrollIntoView({ block: "nearest" });
  clearTimeout(waiting);
  if (pane && row.dataset.preview && pane.offsetParent) waiting = setTimeout(() => preview(row), PREVIEW_DELAY_MS);
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (next) select(next);
}

function count() {
  const ticked = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
  const all = table.querySelector("thead input[type=checkbox]");
  if (all) {
    all.checked = ticked.length > 0 && ticked.length === boxes().length;
    all.indeterminate = ticked.length > 0 && !all.checked;
  }
  if (!bulk) return;
  bulk.hidden = ticked.length === 0;
  bulk.querySelector("[data-bulk-count]").textContent = `${ticked.length} selected`;
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const row = current();
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x" && row) row.querySelector("input[type=checkbox]")?.click();
  else if (event.key === "Enter" && row && !event.target.closest("a, button, input, summary")) location.href = row.dataset.href;
}

function onClick(event) {
  const row = event.target.closest("tbody tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, [popover]")) return;
  if (pane?.offsetParent) select(row);
  else location.href = row.dataset.href;
}

if (table) {
  document.addEventListener("keydown", onKey);
  table.addEventListener("click", onClick);
  table.addEventListener("change", (event) => {
    if (event.target.closest("thead")) boxes().forEach((box) => { box.checked = event.target.checked; });
    count();
  });
  bulk?.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
    boxes().forEach((box) => { box.checked = false; });
    count();
  });
  count();
  // On a wide screen the first row stands beside the list from the start.
  const first = rows()[0];
  if (pane && pane.offsetParent && first?.dataset.preview && !current()) preview(first);
}
