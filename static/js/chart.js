// The link chart of a cluster: leads and the events they name. The tables of the page say the same.
const card = document.querySelector("[data-chart]");
const { default: cytoscape } = await import(card.dataset.library);
const data = JSON.parse(document.getElementById("chart-data").textContent);
const says = card.querySelector("[data-chart-says]");
// What a token of the scheme is at the moment.
function color(token) {
  const probe = card.appendChild(document.createElement("i"));
  probe.style.color = `var(${token})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
const [INK, LINE, PAPER, ACCENT] = ["--ink", "--field", "--surface", "--accent"].map(color);

const nodes = Object.entries(data.nodes).map(([id, node]) => {
  const at = data.layout[id];
  return { data: { id, ...node }, ...(at && { position: { x: at[0], y: at[1] } }) };
});
// Not "e" and a number: so an event of no case is called.
const edges = data.edges.map((edge, n) => ({
  data: { id: `edge${n}`, source: edge.from, target: edge.to, sure: edge.sure, joined: Boolean(edge.joined) },
}));
const isLead = (node) => node.data("kind") === "lead";

const MOST_AT_ONCE = 60;
// Room for the labels under the nodes.
const SPREAD = {
  animate: false, randomize: false, padding: 24, nodeDimensionsIncludeLabels: true,
  idealEdgeLength: () => 48, nodeRepulsion: () => 12000, nodeOverlap: 24, gravity: 60,
};

const chart = cytoscape({
  container: card.querySelector("[data-chart-in]"),
  elements: { nodes, edges },
  style: [
    {
      selector: "node",
      style: {
        label: "data(label)", "font-family": "Public Sans, sans-serif", "font-size": 12, color: INK,
        "text-valign": "bottom", "text-margin-y": 6, width: 22, height: 22,
        "text-background-color": PAPER, "text-background-opacity": 0.85, "text-background-padding": 1,
        "background-color": PAPER, "border-width": 2, "border-color": INK,
      },
    },
    { selector: 'node[kind = "lead"]', style: { shape: "round-rectangle", width: 30, "background-color": ACCENT, "border-color": ACCENT } },
    { selector: "edge", style: { width: 2, "line-color": LINE, "curve-style": "bezier" } },
    { selector: "edge[!sure]", style: { "line-style": "dashed" } },
    { selector: "edge[?joined]", style: { "line-style": "dotted", width: 3 } },
    { selector: ".dim", style: { opacity: 0.25 } },
    { selector: ".folded", style: { display: "none" } },
    { selector: ".stamp", style: { width: 1, height: 1, "border-width": 0, "font-weight": 700, "font-size": 14 } },
  ],
  layout: { name: "preset", padding: SPREAD.padding },
  minZoom: 0.2, maxZoom: 1.6, userZoomingEnabled: false,
});

// A large cluster begins with its leads and what ties them together; choosing a lead unfolds the rest of its events.
const loose = chart.nodes().filter((node) => !isLead(node) && node.degree() < 2);
if (chart.nodes().length > MOST_AT_ONCE) loose.addClass("folded");

// What was kept stays where a person put it, and what came since finds its place beside it.
const kept = chart.nodes().filter((node) => node.id() in data.layout);
if (kept.length < chart.nodes().length) {
  kept.lock();
  chart.layout({ ...SPREAD, name: "cose" }).run();
  kept.unlock();
  if (kept.empty()) fill();
}
read();

// A drawing lies along its box and fills it, at most to twice its size one way.
function fill() {
  const shape = () => chart.nodes(":visible").boundingBox({ includeLabels: false });
  const box = shape();
  if (box.h > box.w !== chart.height() > chart.width()) move(({ x, y }) => ({ x: y, y: -x }));
  const now = shape();
  const room = (chart.width() / chart.height()) * (now.h / now.w);
  const [across, down] = [Math.min(Math.max(room, 1), 2), Math.min(Math.max(1 / room, 1), 2)];
  move(({ x, y }) => ({ x: x * across, y: y * down }));
  chart.fit(undefined, 16);
}

function move(to) {
  chart.batch(() => chart.nodes().forEach((node) => node.position(to({ ...node.position() }))));
}

// Words are as large as on the rest of the page, however small the drawing is, as long as they find room.
function read() {
  const size = Math.min(20, Math.max(12, 10 / chart.zoom()));
  chart.nodes().style("font-size", size);
}

// Choosing a node shows what hangs on it; choosing it again opens its page.
chart.on("tap", "node", (event) => {
  event.target.neighborhood().removeClass("folded");
  const near = event.target.closedNeighborhood();
  if (event.target.hasClass("seen") && event.target.data("href")) location.assign(event.target.data("href"));
  chart.elements().removeClass("dim seen");
  chart.elements().difference(near).addClass("dim");
  event.target.addClass("seen");
  says.textContent = `${event.target.data("label")}: ${near.nodes().length - 1} beside it. Choose it again to open it.`;
});
chart.on("tap", (event) => {
  if (event.target !== chart) return;
  chart.elements().removeClass("dim seen");
  says.textContent = "Choose a lead or an event to see what hangs on it. Dotted: joined by a person or a notice.";
});

function download(name, url) {
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
}

// What is folded away is in no file: a file is what was looked at.
function svg() {
  const shown = chart.elements(":visible");
  // What is taken away says what it is, as the page does, and has room for all of that.
  const [box, stamp] = [shown.boundingBox(), card.dataset.stamp];
  const wide = Math.max(box.w, stamp.length * 9);
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const add = (name, values, text = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
    element.textContent = text;
    made.append(element);
  };
  made.setAttribute("viewBox", [box.x1 - 20, box.y1 - 20, wide + 40, box.h + 80].join(" "));
  made.setAttribute("font-family", "Public Sans, sans-serif");
  shown.edges().forEach((edge) => {
    const [from, to] = [edge.source().position(), edge.target().position()];
    const dash = edge.data("sure") ? {} : { "stroke-dasharray": edge.data("joined") ? "2 4" : "6 4" };
    add("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: "#71767a", "stroke-width": 2, ...dash });
  });
  shown.nodes().forEach((node) => {
    const { x, y } = node.position();
    if (isLead(node)) add("rect", { x: x - 15, y: y - 11, width: 30, height: 22, rx: 5, fill: "#005ea2" });
    else add("circle", { cx: x, cy: y, r: 11, fill: "#ffffff", stroke: "#1b1b1b", "stroke-width": 2 });
    add("text", { x, y: y + 28, "text-anchor": "middle", "font-size": 12, fill: "#1b1b1b" }, node.data("label"));
  });
  add("text", { x: box.x1, y: box.y2 + 48, "font-size": 12, "font-weight": 700, fill: "#1b1b1b" }, stamp);
  return new XMLSerializer().serializeToString(made);
}

const DEEDS = {
  fit: () => { chart.fit(undefined, 30); read(); },
  png: () => download(`${card.dataset.name}.png`, png()),
  svg: () => download(`${card.dataset.name}.svg`, `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg())}`),
  save: () => keep(),
};

function png() {
  const box = chart.elements().boundingBox();
  const position = { x: (box.x1 + box.x2) / 2, y: box.y2 + 40 };
  const stamp = chart.add({ data: { id: "stamp", label: card.dataset.stamp }, classes: "stamp", position });
  const url = chart.png({ full: true, scale: 2, bg: PAPER });
  stamp.remove();
  return url;
}

async function keep() {
  const layout = Object.fromEntries(chart.nodes().map((node) => [node.id(), [node.position().x, node.position().y]]));
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(card.dataset.save, {
    method: "POST", body: JSON.stringify(layout), headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
  }).catch(() => null);
  says.textContent = answer?.ok ? "The layout is kept for everybody who sees this cluster." : "The layout was not kept. Load the page again, then try once more.";
}

card.querySelectorAll("[data-chart-do]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => DEEDS[button.dataset.chartDo]());
});
says.textContent = "Choose a lead or an event to see what hangs on it. Dotted: joined by a person or a notice.";
