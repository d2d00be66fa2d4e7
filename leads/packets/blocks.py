"""What each section of a packet shows, from its rows: blocks of words, tables and drawings. Pure.

A block is {"kind": "text" | "note" | "heading", "text"}, {"kind": "facts", "rows": [[label, value]]}, {"kind": "table",
"label", "head", "widths": ["auto" or a share], "rows": [[text]]} or {"kind": "drawing", "svg", "alt", "caption"}.
"""

from datetime import datetime

from leads import gunline
from leads.packets import drawings
from leads.packets.said import Said
from leads.packets.sections import GRADE

EMPTY = {
    "summary": "Nothing is on record.",
    "line": "No event of the line has a day.",
    "events": "No event is on the line.",
    "links": "No pair of cases is on record.",
    "exhibits": "No exhibit of these cases is on record here, or the agency that makes this packet does not see them.",
    "laboratory": "No entry into NIBIN and no request to a laboratory is on record here.",
    "trace": "No trace of these firearms is on record here.",
    "people": "No source names anybody.",
    "witnesses": "No source names a witness.",
    "timeline": "Nothing on record has a day.",
    "map": "No event has a point on the map.",
    "chart": "No lead names a case.",
    "activity": "No work is on record.",
    "outcomes": "No outcome is on record.",
}


def of_section(name, rows, zone):
    """The blocks of one section."""
    told = [row for row in rows if "left_out" not in row]
    made = MAKERS[name](told, Said(zone)) if told else [{"kind": "text", "text": EMPTY[name]}]
    return made + [{"kind": "note", "text": row["left_out"]} for row in rows if "left_out" in row]


def table(label, columns, rows):
    """columns: [(head, width, what of a row, "" where there is nothing)]."""
    return {
        "kind": "table",
        "label": label,
        "head": [head for head, _width, _cell in columns],
        "widths": [width for _head, width, _cell in columns],
        "rows": [[str(cell(row) or "-") for _head, _width, cell in columns] for row in rows],
    }


def _two(first, *more):
    return ", ".join(each for each in (first, *more) if each)


def _summary(rows, _said):
    words = [{"kind": "text", "text": row["text"]} for row in rows if "text" in row]
    facts = [[row["label"], row["value"]] for row in rows if "label" in row]
    return words + ([{"kind": "facts", "rows": facts}] if facts else [])


def _line(rows, said):
    events = [
        gunline.Event(
            datetime.fromisoformat(row["at"]), row["kind"], row["agency"], row["mark"], row["case"], row["confirmed"]
        )
        for row in rows
    ]
    # The line ends with its last event: how long ago that is depends on the day on which somebody reads it.
    last = max(event.occurred_at for event in events)
    drawn = gunline.draw(events, zone=said.zone.key, now=last)
    words = f"{drawn['summary']} A dashed mark or line is a link that no examiner has confirmed."
    return [{"kind": "drawing", "svg": drawings.gun_line(drawn), "alt": words, "caption": words}]


def _events(rows, said):
    columns = [
        ("When", "auto", lambda row: said.happened(row["at"]) or "Not dated"),
        ("What", 3, lambda row: _two(row["what"], row["offense"] if row["offense"] != row["what"] else "")),
        ("Agency and case", "auto", lambda row: f"{row['agency']} {row['case']}"),
        ("Place", 3, lambda row: row["address"]),
        ("Evidence", 4, lambda row: _two(_casings(row), row["caliber"], _number(row), row["lab_number"])),
        ("Lead and link", 4, lambda row: _two(row["lead"], row["link"].lower(), _since(row, said), row["report"])),
    ]
    return [table("Events", columns, rows)]


def _since(row, said):
    return said.day(row["withdrawn_at"] or row["confirmed_at"])


def _number(row):
    return f"exhibit {row['exhibit']}" if row["exhibit"] else ""


def _casings(row):
    many = row["casings"]
    return f"{many} casing{'' if many == 1 else 's'}" if many else ""


def _links(rows, said):
    pairs = [row for row in rows if "words" not in row and not row["key"].startswith("open-")]
    columns = [
        ("One", 2, lambda row: row["one"]),
        ("Other", 2, lambda row: row["other"]),
        ("Result", 2, lambda row: _two(row["result"], f"takes {row['took_off']} off" if row.get("took_off") else "")),
        ("Stands", 2, lambda row: row["standing"]),
        ("Report", 2, lambda row: _two(row.get("report", ""), said.day(row.get("on") or ""))),
        ("By", 2, lambda row: _two(row.get("examiner", ""), _verified(row), row.get("laboratory", ""))),
        ("Words", 3, lambda row: _two(row.get("note", ""), row.get("reason", ""))),
    ]
    words = "Every result on record of these leads stands here, also what was eliminated, inconclusive or corrected."
    told = [{"kind": "text", "text": words}]
    told += [table("Links", columns, pairs)] if pairs else []
    told += _uncompared([row for row in rows if row["key"].startswith("open-")])
    return told + [{"kind": "note", "text": f"Lead {row['lead']}: {row['words']}"} for row in rows if "words" in row]


def _uncompared(rows):
    """The pairs of NIBIN leads that nobody compared, a line for each case with all the others."""
    others = {}
    for row in rows:
        others.setdefault((row["lead"], row["one"]), []).append(row["other"])
    lines = [{"lead": lead, "one": one, "others": "; ".join(more)} for (lead, one), more in others.items()]
    columns = [
        ("Lead", "auto", lambda row: row["lead"]),
        ("Case", "auto", lambda row: row["one"]),
        ("No examiner's result with", 1, lambda row: row["others"]),
    ]
    label = f"Pairs that no examiner has compared: {len(rows)}"
    return [{"kind": "heading", "text": label}, table(label, columns, lines)] if lines else []


def _verified(row):
    return f"verified by {row['verified_by']}" if row.get("verified_by") else ""


def _exhibits(rows, said):
    made = []
    columns = [
        ("Leg", "auto", lambda leg: str(leg["position"])),
        ("When", "auto", lambda leg: said.at(leg["at"])),
        ("What", 2, lambda leg: leg["purpose"]),
        ("From", 3, lambda leg: leg["from"]),
        ("To", 3, lambda leg: leg["to"]),
        ("Seal, condition", 3, lambda leg: _two(leg["seal"], leg["condition"], leg["paper"])),
        ("Hash", "auto", lambda leg: leg["hash"][:8]),
    ]
    for row in rows:
        made.append({"kind": "heading", "text": f"{row['case']}, exhibit {row['number']}"})
        made.append({"kind": "facts", "rows": _exhibit(row, said)})
        if row["custody"]:
            made.append(table(f"Custody of exhibit {row['number']} of {row['case']}", columns, row["custody"]))
        elif not row.get("custody_cut"):
            made.append({"kind": "text", "text": "No leg of custody is on record."})
        if row.get("custody_cut"):
            made.append({"kind": "note", "text": "Not every leg of custody of this exhibit is listed here."})
    return made


def _exhibit(row, said):
    many = f"{row['count']} pieces" if row["count"] != 1 else ""
    facts = [
        ["What", _two(row["what"], row["caliber"], many, row["description"])],
        ["Firearm", row["firearm"]],
        ["Collected", _two(said.at(row["collected_at"]), row["collected_by"])],
        ["Property number", row["property_number"]],
        ["Laboratory number", row["lab_number"]],
        ["In a notice", "Named as the specimen of a lead" if row["compared"] else ""],
        ["Disposed of", said.at(row["disposed_at"])],
    ]
    return [fact for fact in facts if fact[1]]


def _laboratory(rows, said):
    columns = [
        ("Case and exhibit", "auto", lambda row: f"{row['case']}, {row['exhibit']}"),
        ("What", 3, lambda row: row["what"]),
        ("Where", 5, lambda row: row["laboratory"]),
        ("Received", "auto", lambda row: said.day(row["received_at"])),
        ("Done", "auto", lambda row: said.day(row["done_at"])),
        ("State", 3, lambda row: row["state"]),
        ("Result", 5, lambda row: row["result"]),
    ]
    return [table("Laboratory", columns, rows)]


def _trace(rows, said):
    made = [{"kind": "note", "text": "Firearms trace data is for law enforcement and prosecutors only."}]
    for row in rows:
        made.append({"kind": "heading", "text": f"{row['case']}, exhibit {row['exhibit']}"})
        days = f"{row['days_to_crime']:,} days" if row["days_to_crime"] is not None else ""
        facts = [
            ["Firearm", row["firearm"]],
            ["Trace", _two(row["number"], row["state"], row["reason"])],
            ["Asked and answered", _two(said.day(row["requested_at"]), said.day(row["completed_at"]))],
            ["First retail sale", _two(said.day(row["purchased_on"]), row.get("dealer", ""))],
            ["Purchaser", _two(row.get("purchaser", ""), said.day(row.get("purchaser_born_on") or ""))],
            ["Time to crime", days],
            ["Theft", row.get("theft", "")],
            ["Remarks", row.get("remarks", "")],
        ]
        made.append({"kind": "facts", "rows": [fact for fact in facts if fact[1]]})
    return made


def _people(rows, said):
    columns = [
        ("Who", 3, lambda row: _two(row["name"] or f"{row['what']} {row['number']}", said.day(row["born_on"] or ""))),
        ("Withheld", "auto", lambda row: row["withheld"]),
        ("Part", 2, lambda row: row["role"]),
        ("Event", 3, lambda row: row["event"] or f"Lead {row['lead']}"),
        ("Source", 4, lambda row: row["source"]),
        ("Grade", "auto", lambda row: row["grade"]),
        ("Said", 3, lambda row: _two(row["agency"], said.day(row["said_at"]), _withdrawn(row, said))),
    ]
    return [table("People", columns, rows), {"kind": "note", "text": GRADE}]


def _withdrawn(row, said):
    return f"withdrawn {said.day(row['withdrawn_at'])}: {row['withdrawn_why']}" if row["withdrawn_at"] else ""


def _timeline(rows, said):
    columns = [
        ("When", "auto", lambda row: said.happened(row["at"]) if row.get("at") else said.day(row["on"])),
        ("Kind", "auto", lambda row: row["kind"]),
        ("What", 1, lambda row: row["what"]),
    ]
    alt = f"{len(rows)} entries by day; the table below has each of them."
    picture = {"kind": "drawing", "svg": drawings.time_line(rows), "alt": alt, "caption": alt}
    return [picture, table("Timeline", columns, rows)]


def _map(rows, _said):
    rows = [row | {"number": str(number)} for number, row in enumerate(rows, 1)]
    columns = [
        ("Number", "auto", lambda row: row["number"]),
        ("Case", 2, lambda row: row["case"]),
        ("What", 2, lambda row: row["what"]),
        ("Point", 2, lambda row: "About a block" if row["near"] else "As recorded"),
    ]
    alt = "Places of the events, north up, under the numbers of the table below."
    caption = f"{alt} A dashed ring is about a block." if any(row["near"] for row in rows) else alt
    return [
        {"kind": "drawing", "svg": drawings.place_map(rows), "alt": alt, "caption": caption},
        table("Places", columns, rows),
    ]


def _chart(rows, _said):
    alt = "Leads on the left, the cases they name on the right. A dashed line is a link that is not confirmed."
    return [{"kind": "drawing", "svg": svg, "alt": alt, "caption": alt} for svg in drawings.charts(rows)]


def _activity(rows, said):
    columns = [
        ("When", "auto", lambda row: said.at(row["at"])),
        ("Lead", "auto", lambda row: row["lead"]),
        ("What", 3, lambda row: f"{row['what']}: {row['result'].lower()}" if row["result"] else row["what"]),
        ("Words", 7, lambda row: row["text"]),
        ("By", 3, lambda row: _two(row["by"], row["agency"])),
    ]
    return [table("Activity log", columns, rows)]


def _outcomes(rows, said):
    columns = [
        # A packet that was taken down before has no day of a charge.
        ("When", "auto", lambda row: said.day(row["at"] or row.get("on"))),
        ("Lead", "auto", lambda row: row["lead"]),
        ("Who", 3, lambda row: row["who"]),
        ("What", 3, lambda row: row["what"]),
        ("Which", 3, lambda row: row["detail"]),
        ("Words", 4, lambda row: row["note"]),
    ]
    return [table("Outcomes", columns, rows)]


MAKERS = {
    "summary": _summary, "line": _line, "events": _events, "links": _links, "exhibits": _exhibits,
    "laboratory": _laboratory, "trace": _trace, "people": _people, "witnesses": _people, "timeline": _timeline,
    "map": _map, "chart": _chart, "activity": _activity, "outcomes": _outcomes,
}  # fmt: skip
