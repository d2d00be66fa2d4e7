// What a form would make stands beside it (#shown) and follows each change; without a script its button [name=show]
// brings the same. Markup: <form data-live method="post">, <div id="shown">, <p data-live-said role="status">.
const WAIT_MS = 800;
const form = document.querySelector("form[data-live]");
const shown = document.getElementById("shown");
const said = document.querySelector("[data-live-said]");
let waiting = 0;
let asking = null;

async function ask(mine) {
  const body = new FormData(form);
  body.append("show", "1");
  const answer = await fetch(location.href, { method: "POST", body, signal: mine.signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What cannot be made is not shown as if it were: the pages stay as they were last.
  const wrong = page.querySelector("main form [aria-invalid=true], main form .errorlist");
  said.textContent = wrong ? "These are the pages from before: something in the form is missing or wrong." : "";
  if (!wrong) shown.replaceChildren(...page.getElementById("shown").childNodes);
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  shown.setAttribute("aria-busy", "true");
  waiting = setTimeout(() => {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    ask(mine).catch((problem) => {
      if (problem.name !== "AbortError") said.textContent = "The pages could not be brought up to date. Press Show the pages.";
    }).finally(() => { if (asking === mine) shown.removeAttribute("aria-busy"); });
  }, WAIT_MS);
});
