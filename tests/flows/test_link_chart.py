"""The link chart of a gun with more cases than are shown at once: unfolded, kept, taken away as it was looked at."""

import struct

import pytest
from defusedxml import ElementTree
from django.urls import reverse

from leads.actions import clusters
from leads.models import Cluster, Lead
from tests.factories import incident
from tests.leads.working import load, notice

MANY = 62
SVG = "{http://www.w3.org/2000/svg}"
# What the chart draws lies on a canvas: where its nodes are, the library keeps beside it.
DRAWN = """() => document.querySelector("[data-chart-in]")._cyreg.cy.nodes().filter(
  (node) => !node.hasClass("folded")
).map((node) => ({
  label: node.data("label"), dim: node.hasClass("dim"), at: node.position(), on: node.renderedPosition(),
}))"""
# How much of the width of its box a drawing takes, and how large its words are on the screen.
FILLS = """() => {
  const chart = document.querySelector("[data-chart-in]")._cyreg.cy;
  const box = chart.nodes(":visible").renderedBoundingBox({ includeLabels: false });
  return [box.w / chart.width(), parseFloat(chart.nodes()[0].style("font-size")) * chart.zoom()];
}"""
UNFOLD = """() => document.querySelector("[data-chart-in]")._cyreg.cy.nodes().removeClass("folded")"""
# Room that a drawing leaves on both sides of its last words.
ROOM = """(drawing) => {
  const made = document.body.appendChild(new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement);
  const [words, page] = [made.querySelector("text:last-of-type").getBBox(), made.viewBox.baseVal];
  made.remove();
  return [words.x - page.x, page.x + page.width - words.x - words.width];
}"""


@pytest.fixture
def gun(transactional_db, city):
    """A lead of so many cases that they are folded away, and one that shares its first case."""
    first, *more = [("PAPD", f"26-1{n:03d}") for n in range(MANY)]
    incident(city.papd, case_number=first[1])
    load(city, notice(first, *more, number="WCL-1"))
    load(city, notice(first, ("Glenmoor PD", "26-2001"), ("PAPD", "26-3001"), number="WCL-2"))
    one, other = Lead.objects.order_by("number")
    clusters.join(lead=one, other=other, reason="One gun", by=city.analyst)
    return Cluster.objects.get()


def drawn(page):
    return {each.pop("label"): each for each in page.evaluate(DRAWN)}


def to(page, label):
    """Where a node is on the screen, with the pointer there."""
    canvas, node = page.locator("[data-chart-in]"), drawn(page)[label]["on"]
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = box["x"] + node["x"], box["y"] + node["y"]
    page.mouse.move(x, y)
    return x, y


def choose(page, label):
    page.mouse.click(*to(page, label))


def drag(page, label, right, down):
    x, y = to(page, label)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()


def places(page):
    return {label: (node["at"]["x"], node["at"]["y"]) for label, node in drawn(page).items()}


def taken(page, name):
    """(file name, content) of what a button of the chart gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def of_svg(content):
    """(labels, how many lines, how many nodes) of a drawing."""
    tree = ElementTree.fromstring(content)
    many = {name: len(tree.findall(f"{SVG}{name}")) for name in ("line", "rect", "circle")}
    return [each.text for each in tree.findall(f"{SVG}text")], many["line"], many["rect"] + many["circle"]


def test_a_large_gun_is_unfolded_highlighted_kept_and_taken_away_as_it_was_looked_at(open_page, city, gun):
    page = open_page(city.analyst)
    page.goto(reverse("cluster", args=[gun.pk]))
    page.get_by_role("button", name="Fit").wait_for()
    tied = {"WCL-1", "WCL-2", "PAPD 26-1000"}
    assert drawn(page).keys() == tied
    assert page.evaluate(FILLS)[0] > 0.4, "a drawing lies along its box"
    choose(page, "WCL-2")
    page.get_by_text("WCL-2: 4 beside it").wait_for()
    unfolded = tied | {"GMPD 26-2001", "PAPD 26-3001"}
    assert drawn(page).keys() == unfolded
    page.get_by_role("button", name="Fit").click()
    choose(page, "GMPD 26-2001")
    page.get_by_text("GMPD 26-2001: 1 beside it").wait_for()
    assert {label for label, node in drawn(page).items() if not node["dim"]} == {"GMPD 26-2001", "WCL-2"}

    name, content = taken(page, "SVG")
    labels, lines, nodes = of_svg(content)
    assert name == f"{gun.number}.svg"
    assert "UNCONFIRMED" in labels.pop()
    assert min(page.evaluate(ROOM, content.decode())) > 0, "the stamp is cut off"
    assert (sorted(labels), lines, nodes) == (sorted(unfolded), 5, 5)
    name, content = taken(page, "PNG")
    assert (name, content[:8]) == (f"{gun.number}.png", b"\x89PNG\r\n\x1a\n")
    assert all(200 < side < 4000 for side in struct.unpack(">II", content[16:24]))

    before = places(page)["WCL-1"]
    drag(page, "WCL-1", 40, 60)
    page.get_by_role("button", name="Keep layout").click()
    page.get_by_text("The layout is kept").wait_for()
    kept = places(page)
    assert kept["WCL-1"] != before
    load(city, notice(("Glenmoor PD", "26-2002"), number="WCL-2"))
    page.reload()
    choose(page, "WCL-2")
    page.get_by_text("WCL-2: 5 beside it").wait_for()
    now = places(page)
    for label, at in kept.items():
        assert now[label] == pytest.approx(at, abs=0.1)
    assert now.keys() - kept == {"GMPD 26-2002"}
    assert len(set(now.values())) == len(now), "what came since lies on another node"
    page.evaluate(UNFOLD)
    page.get_by_role("button", name="Fit").click()
    assert page.evaluate(FILLS)[1] > 8, "words are read, however many there are"
