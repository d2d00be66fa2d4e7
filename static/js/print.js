// A page for paper: its button opens the browser's own print dialog; without a script Ctrl P does the same.
document.querySelector("[data-print]")?.addEventListener("click", () => { print(); });
