"""NIBIN lead notices as rows or as a letter: one lead, the events it links, and what a person must look at."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evidence.imports import fields
from evidence.imports.casenumbers import case_key, looks_cut
from evidence.imports.findings import ImportProblem
from evidence.imports.mapping import check, is_mapped
from evidence.imports.moments import EARLIEST, parse_stamp
from evidence.imports.reading import MAX_SHORT, Reader, moment_reader
from evidence.imports.targets import NOTICE

REVIEWERS = ("reviewer_1", "reviewer_2")
# Columns and labels that name other leads, and whether the notice takes their place.
NAMING = {"existing_leads": False, "supersedes": True}
NUMBER = re.compile(r"[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,4}")
MOST_NAMED, LEAST, MOST_LETTERS = 20, 4, 40

TEXTS = (
    "site",
    "agency",
    "lab_number",
    "exhibit",
    "evidence",
    "offense",
    "location",
    "calibre",
    "detective",
    "contact",
)


class NoticeEvent(NamedTuple):
    """One event of a notice. row_number: of the file, or the number of the event in a letter.

    case_key: see casenumbers; "" when the notice has no case number, which is for a person to match. occurred_at:
    aware or None. confirmed: True only when the notice says that an examiner confirmed; None when it says nothing.
    """

    row_number: int
    case_number: str = ""
    case_key: str = ""
    key_doubt: str = ""
    agency: str = ""
    ori: str = ""
    lab_number: str = ""
    exhibit: str = ""
    evidence: str = ""
    offense: str = ""
    event_type: str = ""
    occurred_at: datetime | None = None
    time_known: bool = False
    location: str = ""
    calibre: str = ""
    confirmed: bool | None = None
    detective: str = ""
    contact: str = ""


class NamedLead(NamedTuple):
    """Another lead that a notice names, and whether the notice takes its place. row_number: as of an event."""

    row_number: int
    number: str
    supersedes: bool


@dataclass
class Notice:
    """One lead: its number as written and as key, the date and site of the notice, its events in order of the file.
    left_out: rows of the file that name this lead too and have an error. named: the leads that the notice names.
    """

    lead_number: str
    lead_key: str
    notice_date: date | None = None
    site: str = ""
    events: list = field(default_factory=list)
    reviewer_1: str = ""
    reviewer_2: str = ""
    left_out: list = field(default_factory=list)
    named: list = field(default_factory=list)

    def name(self, row, text, supersedes):
        """Take up the leads that a cell or a label names: each once, and never the notice's own."""
        for number in lead_numbers(text):
            here = [each for each in self.named if each.number == number]
            if case_key(number) == self.lead_key or len(self.named) >= MOST_NAMED:
                continue
            if not here:
                self.named.append(NamedLead(row, number, supersedes))
            elif supersedes and not here[0].supersedes:
                self.named[self.named.index(here[0])] = here[0]._replace(supersedes=True)

    @property
    def one_reviewer(self):
        """Whether one person is named as both reviewers, however the name is spaced or capitalized."""
        first, second = (" ".join(name.casefold().split()) for name in (self.reviewer_1, self.reviewer_2))
        return bool(first) and first == second


def parse_rows(table, mapping, *, zone, today, found):
    """The notices of a table with one row per event, in order of their first row.

    zone, today, found: as in incidents.parse. A row with an error is left out, and its lead's notice says so; a lead
    with fewer than two events is kept, as it may grow one that exists. Raises ImportProblem when the mapping does not
    fit.
    """
    if wrong := check(mapping, table.columns):
        raise ImportProblem(" ".join(wrong))
    errors = [0]

    def counted(finding):
        errors[0] += finding.level == "error"
        found(finding)

    reader = Reader(table, mapping, NOTICE, counted)
    zone = ZoneInfo(mapping.zone) if mapping.zone else zone
    read, others = _row_reader(reader, zone, today), _named_reader(reader)
    named = [reader.value_of(name, fields.parse_text) for name in REVIEWERS]

    def reviewers(row, cells):
        return [((value(row, cells) or "") if value else "")[:120] for value in named]

    notices, left_out = {}, defaultdict(list)
    for row, cells in table.rows():
        errors[0] = 0
        reader.report_formulas(row)
        number, notice_date, site, event = read(row, cells)
        if not errors[0]:
            notice = _gather(notices, reader, row, number, notice_date, site, event)
            for name, value in zip(REVIEWERS, reviewers(row, cells), strict=True):
                setattr(notice, name, getattr(notice, name) or value)
            others(notice, row, cells)
        else:
            left_out[case_key(number)].append(row)
    for notice in notices.values():
        notice.left_out = left_out[notice.lead_key]
        if notice.one_reviewer:
            reader.report(notice.events[0].row_number, "reviewer_2", notice.reviewer_2, "one_reviewer")
    return list(notices.values())


def _named_reader(reader):
    """What takes up the other leads that a row names."""
    columns = [(reader.value_of(name, fields.parse_text), takes) for name, takes in NAMING.items()]

    def read(notice, row, cells):
        for value, takes in columns:
            notice.name(row, (value(row, cells) or "") if value else "", takes)

    return read


def _gather(notices, reader, row, number, notice_date, site, event):
    notice = notices.setdefault(case_key(number), Notice(number, case_key(number), notice_date, site))
    if notice_date and notice.notice_date and notice_date != notice.notice_date:
        reader.report(row, "notice_date", notice_date.isoformat(), "other_date")
    notice.notice_date = notice.notice_date or notice_date
    notice.site = notice.site or site
    same = [known for known in notice.events if known._replace(row_number=0) == event._replace(row_number=0)]
    if same:
        reader.report(row, "case_number", event.case_number, "twice")
    else:
        notice.events.append(event)
    return notice


def lead_numbers(text):
    """The lead numbers in a cell, in order: words of digits, letters and hyphens with a digit among them; shorter ones
    are parts of a date or count something.
    """
    found = dict.fromkeys(NUMBER.findall(text.upper()))
    return [each for each in found if LEAST <= len(each) <= MOST_LETTERS and any(sign.isdigit() for sign in each)]


def as_dict(notice):
    """A Notice as JSON holds it; `from_dict` makes the same one of it again."""
    events = [each._asdict() | {"occurred_at": each.occurred_at and each.occurred_at.isoformat()}
              for each in notice.events]  # fmt: skip
    kept = vars(notice) | {"notice_date": notice.notice_date and notice.notice_date.isoformat(), "events": events}
    del kept["left_out"]
    if not notice.named:
        del kept["named"]
    return kept


def from_dict(kept):
    """The Notice of `as_dict`."""
    day = kept["notice_date"]
    events = [NoticeEvent(**each | {"occurred_at": each["occurred_at"] and datetime.fromisoformat(each["occurred_at"])})
              for each in kept["events"]]  # fmt: skip
    named = [NamedLead(*each) for each in kept.get("named", ())]
    return Notice(**kept | {"notice_date": day and date.fromisoformat(day), "events": events, "named": named})


def _row_reader(reader, zone, today):
    mapping = reader.mapping
    dated = is_mapped(mapping, "occurred_at") or is_mapped(mapping, "occurred_on")
    moment = moment_reader(reader, zone, today) if dated else None
    texts = {name: reader.value_of(name, fields.parse_text) for name in TEXTS}
    lead, number, ori = (
        reader.value_of(name, lambda text: (fields.one_line(text.strip()), ""))
        for name in ("lead_number", "case_number", "ori")
    )
    confirmed = reader.value_of("confirmed", fields.parse_confirmed)
    name = "occurred_at" if is_mapped(mapping, "occurred_at") else "occurred_on"
    date_cell = reader.cell_of(name)

    def read(row, cells):
        values = {name: (value(row, cells) or "") if value else "" for name, value in texts.items()}
        site = values.pop("site")
        written = number(row, cells) or ""
        key, doubt = _key(reader, row, written)
        occurred_at, known = (None, False)
        if moment and date_cell(cells).strip():
            occurred_at, known = moment(row, cells)
        event = NoticeEvent(
            row,
            written.removesuffix(".0"),
            key,
            doubt,
            ori=_ori(reader, row, ori, cells),
            occurred_at=occurred_at,
            time_known=known,
            event_type=fields.event_type_of(values["offense"][:200])[0],
            confirmed=confirmed(row, cells) if confirmed else None,
            **values,
        )
        return _lead_number(reader, row, lead(row, cells)), _notice_date(reader, row, cells, today), site, event

    return read


def _key(reader, row, written):
    if not written:
        reader.report(row, "case_number", written, "no_case")
        return "", ""
    key = case_key(written, reader.mapping.key_keep_last, reader.mapping.hyphens_count)
    doubt = looks_cut(written, reader.mapping.key_digits)
    if doubt or not key:
        reader.report(row, "case_number", written, doubt or "key")
    return key, doubt


def _ori(reader, row, ori, cells):
    value = ((ori(row, cells) or "") if ori else "").upper().replace(" ", "").replace("-", "")
    if value and not (value.isalnum() and len(value) in (7, 9)):
        reader.report(row, "ori", value, "ori")
        return ""
    return value


def _lead_number(reader, row, number):
    number = (number or "").removesuffix(".0")
    if not case_key(number):
        reader.report(row, "lead_number", number, "lead_number")
    return number


def _notice_date(reader, row, cells, today):
    cell = reader.cell_of("notice_date")
    if cell is None or not (text := cell(cells).strip()):
        return None
    stamp = parse_stamp(text, reader.mapping.date_order) if len(text) <= MAX_SHORT else None
    code = "long" if stamp is None else stamp.fault
    if stamp and stamp.day and not EARLIEST <= stamp.day <= today:
        code = "future" if stamp.day > today else "early"
    if code:
        reader.report(row, "notice_date", text, code)
        return None
    return stamp.day
