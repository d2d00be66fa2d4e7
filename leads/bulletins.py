"""What a bulletin says, put together from plain facts of events. Pure: no rows, no clock.

A bulletin goes to people who may not see the lead: it names no person, no dwelling, nothing of a trace, and never shows
a link that an examiner has not confirmed as more than it is.
"""

from typing import NamedTuple

from leads import pairs
from leads.blocks import block_of

# In the order in which they are read. The stamp with its caveat is no choice: it is in every bulletin.
SECTIONS = {
    "summary": "Summary",
    "line": "Gun line",
    "events": "Events",
    "places": "Places, by block",
    "exhibits": "Exhibits",
    "asks": "What is asked of you",
}
CAVEAT = (
    "A NIBIN lead is an unconfirmed, potential association between two or more pieces of firearm evidence. It is an "
    "investigative lead only: it is not probable cause by itself, and it identifies no person."
)
CONFIRMED = (
    "A firearm examiner confirmed on the specimens that these events are of one firearm. Who held it at any of them is "
    "not said by that."
)
HANDLING = "Law enforcement sensitive. Not for release to the public, the media or persons named in a case."


class Fact(NamedTuple):
    """One event as a bulletin may tell of it. `at` is ISO text or ""; `confirmed` whether its link is."""

    lead: str
    at: str
    kind: str
    what: str
    code: str
    mark: int
    case: str
    agency: int | None
    confirmed: bool
    address: str
    caliber: str
    casings: int | None
    lab_number: str
    exhibit_number: str


def compose(facts: list[Fact], hits: int, sections: list[str]) -> dict:
    """The part of a bulletin that comes from the record: JSON of strings, numbers and lists. Only what the sections
    chosen show is in it, so that nothing else can be read out of what is kept.
    """
    confirmed = sum(each.confirmed for each in facts)
    link = pairs.words(hits, confirmed, len(facts))
    body = {
        "leads": sorted({each.lead for each in facts}),
        "link": link,
        "caveat": CONFIRMED if link is True else CAVEAT,
        "events_count": len(facts),
        "agencies": sorted({each.agency for each in facts if each.agency}),
    }
    if "line" in sections:
        body["line"] = [
            [each.at, each.kind, each.code, each.mark, each.case, each.confirmed] for each in facts if each.at
        ]
    if "events" in sections:
        body["events"] = [
            {"at": each.at, "what": each.what, "code": each.code, "mark": each.mark, "case": each.case,
             "confirmed": each.confirmed}
            for each in facts
        ]  # fmt: skip
    if "places" in sections:
        body["places"] = [{"case": f"{each.code} {each.case}", "block": block_of(each.address)} for each in facts]
    if "exhibits" in sections:
        body["exhibits"] = [_exhibit(each) for each in facts]
    return body


def _exhibit(fact):
    found = f"{fact.casings} casing{'' if fact.casings == 1 else 's'}" if fact.casings else ""
    return {
        "case": f"{fact.code} {fact.case}",
        "exhibit": fact.exhibit_number,
        "lab": fact.lab_number,
        "caliber": fact.caliber,
        "found": found,
    }
