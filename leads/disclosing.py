"""The disclosure index of a lead: what speaks against the case beside what speaks for it, and what became of each item.
Pure.

Nothing on record is left out of it, and nothing is decided by it: an item that nobody has disclosed or kept back is not
disclosed yet, and that has an age.
"""

from datetime import datetime
from typing import NamedTuple

KINDS = {
    "eliminated": "Pair eliminated",
    "inconclusive": "Pair inconclusive",
    "unsuitable": "Pair unsuitable to compare",
    "corrected": "Result corrected since",
    "proposed": "Correction of a result proposed",
    "refused": "Correction of a result refused",
    "apart": "Said not to be of one gun with another lead",
    "parted": "Link to another lead taken back",
    "taken_back": "Event taken off the line",
    "suspect": "Named as a suspect by a source",
    "suspect_withdrawn": "Named as a suspect, withdrawn since",
    "exculpatory": "May be exculpatory",
    "impeaching": "May impeach a witness",
    "pointing": "Points to somebody else",
}
# Under what an item may have to be disclosed, as a hint beside it: Brady v. Maryland, 373 U.S. 83; Giglio v. United
# States, 405 U.S. 150; Fed. R. Crim. P. 16, of reports of examinations. Whether it has to be is for the prosecutor and
# the court to say, and a state's own rules may ask for more.
REPORTS = ("eliminated", "inconclusive", "unsuitable", "corrected", "proposed", "refused")
WEIGHED = {
    "brady": ("Brady", tuple(kind for kind in KINDS if kind != "impeaching")),
    "giglio": ("Giglio", ("impeaching", "corrected")),
    "rule16": ("Rule 16", REPORTS),
}
OPEN, GIVEN, ASKED, KEPT = "open", "given", "asked", "kept"


class Item(NamedTuple):
    """One item of a lead (its id): what it is ("comparison-12"), a kind of KINDS, its words, and since when it is on
    record.
    """

    lead: int
    key: str
    kind: str
    words: str
    since: datetime

    @property
    def label(self):
        return f"{KINDS[self.kind]}: {self.words}"[:200]


class Line(NamedTuple):
    """An item with what became of it: OPEN (not disclosed yet, for `age` whole days), GIVEN, ASKED (a second person is
    to agree that it is kept back) or KEPT; and the register's lines of it, which stand beside either.
    """

    item: Item
    state: str
    age: int
    given: tuple
    withheld: object


def weighed(kind: str) -> list[str]:
    """The duties under which an item of a kind may have to be disclosed, by their names."""
    return [label for label, kinds in WEIGHED.values() if kind in kinds]


def index(items: list[Item], given: list, withheld: list, now: datetime, told: set = frozenset()) -> list[Line]:
    """Every item once, what is not disclosed yet first and the oldest of each state first; of the same moment in the
    order they come in.

    given: rows with `item`; withheld: rows with `item` and `status`, of which "proposed" and "agreed" count; told: the
    items that somebody else has given. What was given is given, whatever was proposed before or since.
    """
    lines = [_line(item, given, withheld, now, told) for item in items]
    order = (OPEN, ASKED, KEPT, GIVEN)
    return sorted(lines, key=lambda line: (order.index(line.state), line.item.since))


def _line(item, given, withheld, now, told):
    gave = tuple(row for row in given if row.item == item.key)
    kept = next((row for row in withheld if row.item == item.key and row.status in ("proposed", "agreed")), None)
    if gave or item.key in told:
        state = GIVEN
    else:
        state = OPEN if kept is None else ASKED if kept.status == "proposed" else KEPT
    return Line(item, state, max((now - item.since).days, 0), gave, kept)


def rows(items: list[Item], kept: set[str]) -> list[dict]:
    """The index as a packet holds it: what was kept back by two people (`kept`, keys) stands in it as such, without its
    words. What one alone proposes to keep back is said.
    """
    return [
        {"key": f"index-{each.key}", "item": each.key, "lead_id": each.lead, "what": KINDS[each.kind],
         "words": "" if each.key in kept else each.words, "since": each.since, "kept": each.key in kept}
        for each in items
    ]  # fmt: skip
