"""What a person asked the lead list for, read from the address and written back into one. Pure.

Everything a list shows stands in its address, so a view can be saved, mailed and gone back to. Values that mean nothing
are dropped, never an error: an old address keeps working. Text becomes a search query built here, word by word; nothing
a person typed is handed to the database's own query parser.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from agencies import walk
from evidence.models import Incident

VIEWS = {
    "urgent": "Urgent",
    "newest": "Newest",
    "overdue": "Overdue",
    "unconfirmed": "Unconfirmed",
    "confirmed": "Confirmed",
    "homicide": "Homicide in line",
    "closed": "Closed",
}
DEFAULT = "urgent"
# What a view adds to the words asked for: tokens of the search document that no text can spell.
TOKENS = {
    "unconfirmed": ("§c0", "§s1"),
    "confirmed": ("§c1", "§s1"),
    "homicide": ("§khomicide", "§s1"),
}
BY_DUE = ("urgent", "overdue")
COLUMNS = {
    "score": "Score",
    "line": "Gun line",
    "agencies": "Agencies",
    "link": "Link",
    "newest": "Newest",
    "clock": "Clock",
    "who": "Unit and person",
    "notice": "Notice date",
    "priority": "Priority",
}
ALWAYS = ("score", "line", "agencies", "link", "newest", "clock")
LINKS = {"1": "confirmed", "0": "unconfirmed"}
MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")
MOST_TEXT = 200


@dataclass(frozen=True)
class Filters:
    """One list: a view, the filters on it, the text looked for, the columns shown."""

    view: str = DEFAULT
    q: str = ""
    agency: int | None = None
    caliber: str = ""
    link: str = ""
    kind: str = ""
    priority: int | None = None
    since: date | None = None
    cols: tuple = ALWAYS

    @property
    def is_narrowed(self):
        """Whether more than an index walk is needed: words or tokens have to match."""
        return bool(self.terms)

    @property
    def terms(self):
        """The parts that all have to match, quoted for tsquery."""
        found = [quoted(token) for token in TOKENS.get(self.view, ())]
        found += [f"{quoted(word)}:*" if last else quoted(word) for word, last in words(self.q)]
        found += [quoted(f"§a{self.agency}")] if self.agency else []
        found += [quoted(f"§b{plain(self.caliber)}")] if plain(self.caliber) else []
        found += [quoted(f"§c{self.link}")] if self.link else []
        found += [quoted(f"§k{self.kind}")] if self.kind else []
        found += [quoted(f"§p{self.priority}")] if self.priority else []
        return found

    @property
    def is_unfindable(self):
        """Text without a letter or a digit: nothing is called so."""
        return bool(self.q.strip()) and not words(self.q)

    @property
    def by_due(self):
        return self.view in BY_DUE

    @property
    def columns(self):
        """The value of the address that chooses the columns, in a list; none of them for the usual columns."""
        return [",".join(self.cols)] if self.cols != ALWAYS else []

    def query(self, **changes):
        """The address's query for these filters with some changed; the default says nothing."""
        given = replace(self, **changes)
        pairs = [
            ("view", given.view if given.view != DEFAULT else ""),
            ("q", given.q),
            ("agency", given.agency),
            ("caliber", given.caliber),
            ("link", given.link),
            ("kind", given.kind),
            ("priority", given.priority),
            ("since", given.since.isoformat() if given.since else ""),
            *(("cols", value) for value in given.columns),
        ]
        return urlencode([(name, value) for name, value in pairs if value])

    def in_use(self):
        """(field, label, value) of each filter on, the agency's value left to the caller who knows its code."""
        shown = [
            ("q", "Text", self.q),
            ("agency", "Agency", str(self.agency or "")),
            ("caliber", "Caliber", self.caliber),
            ("link", "Link", LINKS.get(self.link, "")),
            ("kind", "Kind", Incident.Kind(self.kind).label.lower() if self.kind else ""),
            ("priority", "Priority", str(self.priority or "")),
            ("since", "Came in since", f"{self.since:%-d %b %Y}" if self.since else ""),
        ]
        return [entry for entry in shown if entry[2]]


BLANK = {"q": "", "agency": None, "caliber": "", "link": "", "kind": "", "priority": None, "since": None}


def read(given):
    """Filters from an address's query (a mapping of texts); what is unknown is left out."""
    text = {name: (given.get(name) or "").replace("\x00", "").strip()[:MOST_TEXT] for name in (*BLANK, "view", "cols")}
    ticked = given.getlist("cols") if hasattr(given, "getlist") else [text["cols"]]
    named = {name for entry in ticked for name in entry.split(",")}
    chosen = tuple(name for name in COLUMNS if name in named)
    return Filters(
        view=text["view"] if text["view"] in VIEWS else DEFAULT,
        q=text["q"],
        agency=_number(text["agency"]),
        caliber=text["caliber"][:40],
        link=text["link"] if text["link"] in LINKS else "",
        kind=text["kind"] if text["kind"] in Incident.Kind.values else "",
        priority=int(text["priority"]) if text["priority"] in ("1", "2", "3") else None,
        since=_day(text["since"]),
        cols=chosen or ALWAYS,
    )


def words(text):
    """The words of a text in lower case as (word, is the last one): letters and digits of any script, nothing else."""
    found = [word[:60] for word in WORD.findall(text.lower())][:MOST_WORDS]
    return [(word, place == len(found)) for place, word in enumerate(found, 1)]


def plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def quoted(word):
    """A word as an operand of a tsquery: quoted, so that no character in it is an operator."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _number(text):
    return walk.whole(text) or None


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1980 <= day.year <= 2100 else None
