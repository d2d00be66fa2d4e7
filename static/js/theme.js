// Runs in the head, before the first paint, so that neither theme nor folded menu flashes.
(function () {
  const root = document.documentElement;
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: the choice lasts for this page */ } };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  if (read("theme")) root.dataset.theme = read("theme");
  if (read("nav") === "rail") root.dataset.nav = "rail";

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) {
      const now = root.dataset.theme || (dark.matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
      write("theme", root.dataset.theme);
    }
    if (event.target.closest("[data-fold]")) {
      if (root.dataset.nav === "rail") delete root.dataset.nav;
      else root.dataset.nav = "rail";
      write("nav", root.dataset.nav || "full");
    }
  });
})();
