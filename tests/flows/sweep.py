"""A look at pages in a real browser, wide and on a phone, light and dark: what is wrong with each."""

import os
import re
from collections import defaultdict
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
AXE = """async ([within, options]) =>
  window.axe ? (await axe.run(within || document, options)).violations : null"""
# A list of a hundred rows has no more to say than the few whose cells differ by more than their words.
SHORTEN = """() => {
  const met = {}, mark = part => [part.tagName, part.className, !part.textContent.trim(), ...part.getAttributeNames()];
  const shape = cell => [cell.cellIndex, cell.parentNode, cell, ...cell.querySelectorAll("*")].map(
    part => part && part.tagName ? mark(part).join() : part).join(";");
  const again = cell => (met[shape(cell)] = (met[shape(cell)] || 0) + 1) > 3;
  for (const row of document.querySelectorAll("tbody tr, main li")) {
    const cells = row.cells ? [...row.cells] : [row];
    if (cells.map(again).every(Boolean)) row.remove();
  }
}"""
# A color follows from what an element and those around it are, so each such line of kin is asked once in a run; with
# all else that is asked, for axe draws a grid of the page for either.
ASKED = """async ([options, known]) => {
  const met = new Set(known), kin = [];
  const brief = (sum, text) => [...text].reduce((so, each) => (so * 31 + each.codePointAt(0)) % 281474976710597, sum);
  const states = "aria-(current|invalid|pressed|selected|checked|disabled)";
  const told = new RegExp(`^(class|type|role|data-(nav|theme|synthetic|field)|${states})$`);
  const said = each => each.name + (told.test(each.name) ? each.value : "");
  const hasText = part => [...part.childNodes].some(each => each.nodeType === 3 && each.data.trim());
  const fresh = [], look = (part, above) => {
    if (!part.checkVisibility({visibilityProperty: true})) return;
    const line = brief(above, part.tagName + [...part.attributes].map(said).join());
    if (!met.has(line) && (hasText(part) || part.matches("input, select, textarea"))) {
      fresh.push(part);
      kin.push(line);
      met.add(line);
    }
    [...part.children].forEach((child, at) => look(child, line + at % 2));
  };
  look(document.body, 7);
  fresh.forEach(part => part.setAttribute("data-fresh", ""));
  axe.configure({rules: [{id: "color-contrast", selector: "[data-fresh]"}]});
  const found = fresh.length || !options.runOnly ? (await axe.run(document, options)).violations : [];
  fresh.forEach(part => part.removeAttribute("data-fresh"));
  return [found, kin];
}"""
MET = defaultdict(set)
QUIET = {"resultTypes": ["violations"], "preload": False}
BARE = {"rules": {"color-contrast": {"enabled": False}}}
COLORS = {"runOnly": ["color-contrast"]}
# (width, scheme, what axe looks for): the colors of a phone are those of the desk
# For how many milliseconds a page is waited for, on a machine that has much else to do.
PATIENCE = 60_000
LOOKS = ((1440, "light", {}), (1440, "dark", COLORS), (1024, "dark", None), (390, "light", BARE))
QUICK = ((1440, "dark", COLORS), (390, "light", BARE))


def walk(browser, url, cookies, paths, *, fine=True, looks=LOOKS):
    """What is a barrier, hangs over the side or complains on these pages; `fine`: each of them answers with 200."""
    context = browser.new_context(base_url=url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.add_cookies(cookies)
    # The browser keeps it: half a megabyte to each page costs more than all that is asked of it.
    context.add_init_script(SCRIPT)
    page, wrong = context.new_page(), []
    page.on("console", lambda said: said.type == "error" and wrong.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    for path in paths:
        show(page, *looks[0][:2])
        answer = page.goto(path)
        if fine and not answer.ok:
            wrong.append(f"{path} answers {answer.status}")
        wrong += [f"{path} {found}" for found in look(page, looks)]
    context.close()
    return wrong if fine else [each for each in wrong if "the server responded with a status of 40" not in each]


def look(page, looks):
    """What is wrong with the open page at each width and in each scheme."""
    for width, scheme, _ in looks:
        show(page, width, scheme)
        yield from (f"({width}, {scheme}): {each}" for each in too_wide(page))
        shoot(page, width, scheme)
    page.evaluate(SHORTEN)
    # Backwards: the page is as the last look left it, and to lay it out anew takes long.
    for width, scheme, options in reversed(looks):
        if options is None:
            continue
        show(page, width, scheme)
        found = barriers(page, options) if options is BARE else asked_once(page, scheme, options)
        yield from (f"({width}, {scheme}): {each}" for each in found)


def asked_once(page, scheme, options):
    """What axe finds, and what cannot be told from its ground of all that was never asked in this scheme."""
    violations, kin = page.evaluate(ASKED, [options | QUIET, list(MET[scheme])])
    MET[scheme] |= set(kin)
    return list(map(said, violations))


def show(page, width, scheme):
    if page.viewport_size != (size := {"width": width, "height": 900}):
        page.set_viewport_size(size)
    if getattr(page, "scheme", None) != scheme:
        page.emulate_media(color_scheme=scheme)
        page.scheme = scheme


def faults(page, options, within=None):
    """What axe finds on a page or in one part of it, and what hangs over the side."""
    yield from barriers(page, options, within)
    yield from too_wide(page)


def barriers(page, options, within=None):
    asked = [within, options | QUIET]
    if (found := page.evaluate(AXE, asked)) is None:
        page.evaluate(SCRIPT)
        found = page.evaluate(AXE, asked)
    yield from map(said, found)


def too_wide(page):
    inner, outer = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if inner > outer:
        yield f"is {inner} px wide in a window of {outer} px"


def said(violation):
    places = [f"{node['target']} {node['failureSummary']}" for node in violation["nodes"][:3]]
    return f"{violation['id']}, {violation['help']}: {'; '.join(places)}"


def shoot(page, width, scheme):
    if folder := os.environ.get("SHOTS"):
        name = re.sub(r"[^a-z0-9]+", "-", urlsplit(page.url).path.strip("/")) or "home"
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
