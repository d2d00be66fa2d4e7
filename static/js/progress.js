// Long work: asks now and then how far it is, until the page behind "next" can be shown.
// The address answers {"done", "total", "text", "left", "next"}; "next" ends the polling.
const SLOW_MS = 5000;
const FAST_MS = 1000;

async function poll(box) {
  let wait = FAST_MS;
  try {
    const answer = await fetch(box.dataset.poll, { headers: { Accept: "application/json" } });
    if (answer.redirected) return location.reload();
    const job = await answer.json();
    if (job.next) return location.assign(job.next);
    box.querySelector("progress").value = job.total ? (100 * job.done) / job.total : 0;
    box.querySelector("[data-poll-text]").textContent = job.text;
    box.querySelector("[data-poll-left]").textContent = job.left || "";
  } catch {
    wait = SLOW_MS;
    box.querySelector("[data-poll-left]").textContent = "No answer, trying again";
  }
  setTimeout(poll, wait, box);
}

document.querySelectorAll("[data-poll]").forEach(poll);
