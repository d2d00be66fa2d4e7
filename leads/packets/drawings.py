"""The drawings of a packet as SVG: gun line, map, link chart, timeline. Pure: plain values in, text out.

Words in them are set by the fonts of the pages; what is not confirmed is dashed, and each drawing has its words beside
it as a table.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from leads import placemap
from leads.packets.glyphs import shown

WIDTH = 660
INK, SOFT, RULE = "#1c1d1f", "#565c65", "#c6cace"
SURE, UNSURE = "#216e1f", "#8c3a12"
COLORS = (SOFT, "#005ea2", "#864381", "#0f6460", "#7a591a", SOFT)
CASES_IN_A_CHART = 26
LANES = ("Event", "Laboratory", "Comparison", "Outcome")


def clipped(text: str, most: int) -> str:
    """`text` as far as there is room, with dots where it goes on."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def _text(x, y, words, *, size=9.0, anchor="start", fill=INK, bold=False):
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Public Sans" font-size="{size}" text-anchor="{anchor}"'
        f' fill="{fill}"{weight}>{escape(shown(words))}</text>'
    )


def _line(x1, y1, x2, y2, *, color=SOFT, dashed=False, width=1.4):
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" stroke-width="{width}"{dash}/>'
    )


def _svg(height, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}"'
        f' height="{height:.0f}">{"".join(parts)}</svg>'
    )


def _mark(x, y, style, color, dashed):
    """The mark of an event: its shape says what it was, filled when its link is confirmed."""
    fill, dash = ("#fff", ' stroke-dasharray="3 2"') if dashed else (color, "")
    look = f'fill="{fill}" stroke="{color}" stroke-width="1.6"{dash}'
    inner = color if dashed else "#fff"
    if style == "hom":
        cross = f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" stroke="{inner}" stroke-width="1.6"/>'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" {look}/>{cross}'
    if style == "nfs":
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{inner}"/>'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" {look}/>{dot}'
    if style == "rec":
        return f'<rect x="{x - 8:.1f}" y="{y - 8:.1f}" width="16" height="16" {look}/>'
    if style == "shot":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" {look}/>'
    return f'<path d="M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z" {look}/>'


def gun_line(drawn: dict) -> str:
    """The line that `leads.gunline.draw` describes, from left to right."""
    nodes, y = drawn["nodes"], 40
    step = (WIDTH - 90) / max(len(nodes), 1)
    at = [50 + step * place for place in range(len(nodes))]
    parts = []
    for place, segment in enumerate(drawn["segments"]):
        color = UNSURE if segment["dashed"] else SURE
        parts.append(_line(at[place], y, at[place + 1], y, color=color, dashed=segment["dashed"]))
        middle = (at[place] + at[place + 1]) / 2
        parts.append(_text(middle, y - 12, segment["short"], size=9, anchor="middle", fill=SOFT))
    end = WIDTH - 34
    if drawn["end"]["segment"] and at:
        parts.append(_line(at[-1], y, end, y, color=RULE))
    for x, node in zip(at, nodes, strict=True):
        parts += _node(x, y, node, int(step / 5.4))
    for row, words in enumerate(_two(drawn["end"]["label"])):
        parts.append(_text(end + 2, y + 27 + 12 * row, words, size=9.5, anchor="middle", bold=True))
    return _svg(120, parts)


def _two(words):
    """Words in two lines, broken at the blank nearest to their middle."""
    blanks = [place for place, each in enumerate(words) if each == " "]
    if not blanks:
        return [words]
    middle = min(blanks, key=lambda place: abs(place - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]


def _node(x, y, node, room):
    if node["kind"] == "fold":
        return [
            f'<circle cx="{x:.1f}" cy="{y}" r="11" fill="#fff" stroke="{SOFT}"/>',
            _text(x, y + 3, node["text"], size=9, anchor="middle"),
            _text(x, y + 27, clipped(node["day"], room), size=9.5, anchor="middle"),
        ]
    said = (node["day"], node["label"], node["agency"], node["case"], "unconfirmed" if node["dashed"] else "confirmed")
    return [
        _mark(x, y, node["mark"], COLORS[_color(node["agency_mark"])], node["dashed"]),
        *(
            _text(x, y + 27 + 12 * row, clipped(words, room), size=9.5, anchor="middle", bold=row == 0)
            for row, words in enumerate(said)
        ),
    ]


def _color(mark):
    return (mark - 1) % 5 + 1 if mark else 0


def place_map(rows: Sequence[dict]) -> str:
    """Places ({lat, lng} in hundred-thousandths of a degree, near, mark) under the numbers of their order."""
    drawn = placemap.draw(
        [placemap.Place(at, row["lat"] / 100_000, row["lng"] / 100_000, row["near"]) for at, row in enumerate(rows)]
    )
    edge = (WIDTH - placemap.WIDTH) / 2
    parts = [
        f'<rect x="{edge}" y="0.5" width="{placemap.WIDTH}" height="{placemap.HEIGHT - 1}" fill="#f7f8f9"'
        f' stroke="{RULE}"/>'
    ]
    for mark in drawn["marks"]:
        x, y, words = mark.x + edge, mark.y, placemap.words(mark.numbers)
        wide = 20 + 6 * max(0, len(words) - 1)
        color = COLORS[_color(rows[mark.keys[0]]["mark"])]
        if mark.near:
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="17" fill="none" stroke="{color}" stroke-dasharray="4 3"/>'
            )
        parts.append(
            f'<rect x="{x - wide / 2:.1f}" y="{y - 10:.1f}" width="{wide}" height="20" rx="10" fill="{color}"/>'
        )
        parts.append(_text(x, y + 3.5, words, size=10, anchor="middle", fill="#fff", bold=True))
    bar, north = drawn["bar"], WIDTH - edge - 24
    parts.append(_line(bar["x1"] + edge, bar["y"], bar["x2"] + edge, bar["y"], color=INK))
    parts.append(_text(bar["x1"] + edge, bar["y"] - 6, bar["words"], size=8.5))
    parts += [_line(north, 40, north, 14, color=INK), _text(north, 52, "N", anchor="middle")]
    parts.append(f'<path d="M{north - 6} 22l6 -9l6 9" fill="none" stroke="{INK}" stroke-width="1.4"/>')
    return _svg(placemap.HEIGHT, parts)


def charts(rows: Sequence[dict]) -> list[str]:
    """Leads on the left, the cases they name on the right, what ties them between: a drawing for every thirty cases."""
    nodes = {row["key"]: row for row in rows if "node" in row}
    edges = [row for row in rows if "from" in row and row["from"] in nodes and row["to"] in nodes]
    cases = [key for key, row in nodes.items() if row["node"] == "case"]
    leads_of = defaultdict(list)
    for edge in edges:
        leads_of[edge["to"]].append(edge)
    found = []
    for begin in range(0, len(cases), CASES_IN_A_CHART):
        here = cases[begin : begin + CASES_IN_A_CHART]
        found.append(_chart(nodes, here, [edge for key in here for edge in leads_of[key]]))
    return found


def _chart(nodes, cases, edges):
    leads = list(dict.fromkeys(edge["from"] for edge in edges))
    height = 24 + 24 * max(len(leads), len(cases))
    at = {
        key: 12 + (height - 24) * (place + 0.5) / len(column)
        for column in (leads, cases)
        for place, key in enumerate(column)
    }
    parts = []
    for edge in edges:
        color = SURE if edge["sure"] else UNSURE
        parts.append(_line(200, at[edge["from"]], 400, at[edge["to"]], color=color, dashed=not edge["sure"]))
    for key in leads:
        parts.append(
            f'<rect x="40" y="{at[key] - 10:.1f}" width="160" height="20" rx="3" fill="#fff" stroke="{SOFT}"/>'
        )
        parts.append(
            _text(120, at[key] + 3.5, clipped(f"Lead {nodes[key]['label']}", 28), size=10, anchor="middle", bold=True)
        )
    for key in cases:
        parts.append(f'<circle cx="404" cy="{at[key]:.1f}" r="4" fill="{INK}"/>')
        words = clipped(f"{nodes[key]['label']}, {nodes[key]['what']}", 46)
        parts.append(_text(413, at[key] + 1, words, size=10))
        parts.append(_linked(at[key] + 10, [edge["sure"] for edge in edges if edge["to"] == key]))
    return _svg(height, parts)


def _linked(y, sure):
    """In words what the lines to a case say: what somebody confirmed of an event is not its link."""
    words = "Link confirmed" if all(sure) else f"{sum(sure)} of {len(sure)} links confirmed"
    words = words if any(sure) else "Link not confirmed"
    return _text(413, y, words, size=8.5, fill=SURE if all(sure) else UNSURE)


def time_line(rows: Sequence[dict]) -> str:
    """Marks on four lanes by day, from the first to the last; "" where nothing has a day."""
    days = [(datetime.fromisoformat(row.get("at") or f"{row['on']}T00:00:00+00:00"), row["kind"]) for row in rows]
    if not days:
        return ""
    first, last = min(day for day, _kind in days), max(day for day, _kind in days)
    whole = max((last - first).total_seconds(), 1)
    lanes = [lane for lane in LANES if any(kind == lane for _day, kind in days)]
    bottom = 14 + 22 * len(lanes)
    parts = []
    for place, lane in enumerate(lanes):
        y = 16 + 22 * place
        parts += [_text(8, y + 3.5, lane, size=10), _line(84, y, WIDTH - 16, y, color=RULE, width=0.8)]
        for day, kind in days:
            if kind == lane:
                x = 90 + (WIDTH - 136) * ((day - first).total_seconds() / whole)
                parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="{COLORS[1 + place % 4]}" fill-opacity="0.8"/>')
    for part in range(5):
        x, day = 90 + (WIDTH - 136) * part / 4, first + (last - first) * part / 4
        parts += [
            _line(x, bottom - 6, x, bottom, color=SOFT),
            _text(x, bottom + 12, f"{day:%-d %b %Y}", size=9.5, anchor="middle"),
        ]
    return _svg(bottom + 20, parts)
