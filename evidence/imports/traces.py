"""Results of traces as rows of a table: what is certain of each, and what a person has to look at.

A cell that can be read in two ways is not read: its row goes to a person with the sentence that says why.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from evidence import timetocrime
from evidence.imports import fields
from evidence.imports.findings import Finding, ImportProblem, column_letter, shown
from evidence.imports.mapping import check, is_mapped
from evidence.imports.moments import parse_stamp
from evidence.imports.reading import MAX_SHORT, Reader
from evidence.imports.targets import TRACE

WIDTHS = {
    "trace_number": 20, "serial": 40, "make": 60, "dealer_name": 120, "dealer_license": 30, "dealer_city": 60,
    "dealer_state": 2, "purchaser_name": 120, "purchaser_id_kind": 40, "remarks": 500,
}  # fmt: skip
DATES = ("completed_on", "recovered_on", "purchased_on")
EARLIEST = date(1900, 1, 1)
# First match wins: the more particular words stand above the general ones.
OUTCOMES = (
    (re.compile(r"completed[ _]other(?:wise)?$", re.I), "completed_other"),
    (re.compile(r"reject|return(?:ed)? unprocessed", re.I), "rejected"),
    (re.compile(r"cancel|withdrawn", re.I), "cancelled"),
    (re.compile(r"incomplete|unable|not (?:completed?|traced|found)|closed|no result|discontinued", re.I),
     "closed_incomplete"),
    (re.compile(r"dealer|retailer|ffl\b", re.I), "completed_to_dealer_only"),
    (re.compile(r"purchas|buyer|individual", re.I), "completed_to_purchaser"),
    (re.compile(r"in progress|pending|being traced|open", re.I), "in_progress"),
    (re.compile(r"accept|received|assigned a number", re.I), "accepted"),
)  # fmt: skip
REASONS = (
    (re.compile(r"obliterat|defaced|removed", re.I), "serial_obliterated"),
    (re.compile(r"pre[- ]?(?:19)?68|before 1968", re.I), "pre_1968"),
    (re.compile(r"privately made|pmf|home ?made|no serial", re.I), "pmf_no_serial"),
    (re.compile(r"(?:manufacturer|maker|mfr|mfg).*out of business", re.I), "mfr_out_of_business"),
    (re.compile(r"(?:manufacturer|maker|mfr|mfg).*(?:no|not).*(?:record|serial|found)", re.I), "serial_not_found_mfr"),
    (re.compile(r"importer", re.I), "importer_unknown"),
    (re.compile(r"(?:record|retention).*(?:expired|older|20 years)|expired", re.I), "records_expired"),
    (re.compile(r"record.*(?:lost|destroyed|burn|flood)|(?:lost|destroyed) record", re.I), "records_lost_or_destroyed"),
    (re.compile(r"(?:stolen|theft|lost).*(?:ship|transit|carrier)", re.I), "stolen_in_shipment"),
    (re.compile(r"(?:stolen|theft).*(?:dealer|ffl|licensee|store)|burglary of ffl", re.I), "stolen_from_ffl"),
    (re.compile(r"no (?:answer|response)|did not (?:answer|respond)|non-?respons", re.I), "ffl_no_response"),
    (re.compile(r"law enforcement|government|police dep|military", re.I), "sold_to_le_or_gov"),
    (re.compile(r"export", re.I), "exported"),
    (re.compile(r"more info|additional info|insufficient", re.I), "need_more_info"),
    (re.compile(r"duplicate|twice", re.I), "duplicate_request"),
    (re.compile(r"serial.*(?:invalid|wrong|illegible|incorrect)|invalid serial", re.I), "serial_invalid"),
)  # fmt: skip
THEFTS = (
    (re.compile(r"ship|transit|carrier", re.I), "shipment"),
    (re.compile(r"dealer|ffl|licensee|store", re.I), "dealer"),
    (re.compile(r"owner|private|individual|residence", re.I), "owner"),
    (re.compile(r"no|none|n|false|no record|not stolen", re.I), "none"),
)
NOTHING_SAID = ("", "unknown", "unk", "n/a", "na", "none", "-")


class Answer(NamedTuple):
    """One row. values: by the names of targets.TRACE, dates as dates, codes as the models have them; what is not said
    or not certain is not in it. first_use_days stands beside days. why: the sentences for a person, "" when nothing
    is in doubt. unsure: the cells in doubt as they are written, by the names of their columns.
    """

    row: int
    values: dict
    why: str = ""
    unsure: dict = {}


def parse(table, mapping, *, today, found):
    """Yield an Answer for each row of a table without an error. found: called with each Finding; today: of the agency.
    Raises ImportProblem when the mapping does not fit.
    """
    wrong = check(mapping, table.columns)
    if wrong:
        raise ImportProblem(" ".join(wrong))
    doubts, unsure, errors = [], {}, [0]

    def heard(finding):
        errors[0] += finding.level == "error"
        if finding.level == "review":
            doubts.append(finding.message)
            unsure[finding.column_name] = finding.value
        found(finding)

    reader = Reader(table, mapping, TRACE, heard)
    readers = {name: _of(reader, name, today) for name in TRACE if is_mapped(mapping, name)}
    for row, cells in table.rows():
        errors[0] = 0
        doubts.clear()
        unsure.clear()
        reader.report_formulas(row)
        values = {}
        for name, read in readers.items():
            said = read(row, cells)
            values |= said if name == "days" and said else {} if said in (None, "", {}) else {name: said}
        if not values.get("trace_number") and not values.get("serial"):
            doubts.append("This row has neither a trace number nor a serial number: nothing tells which gun it is of.")
        if not errors[0]:
            yield Answer(row, values, " ".join(dict.fromkeys(doubts)), dict(unsure))


def _of(reader, name, today):
    """A function (row, cells) -> value, or None, that reads one field and tells what is wrong with its cell."""
    shape, width = TRACE[name].shape, WIDTHS.get(name, 0)
    if shape == "days":
        return _days(reader)
    parse = {
        "text": lambda text: _text(text, width),
        "date": lambda text: _day(text, reader.mapping.date_order, today),
        "birth": lambda text: _birth(text, reader.mapping.date_order, today),
        "flag": fields.parse_flag,
        "outcome": parse_outcome,
        "reason": parse_reason,
        "theft": parse_theft,
    }[shape]
    if name == "dealer_state":
        return reader.value_of(name, _state)
    return reader.value_of(name, parse)


def _days(reader):
    cell = reader.cell_of("days")
    source = reader.mapping.fields["days"]
    place = reader.index[source.columns[0]] if source.columns else None

    def days(row, cells):
        said = timetocrime.read(cell(cells)[: MAX_SHORT * 4])
        if said.why:
            letter = "" if place is None else column_letter(place)
            title = TRACE["days"].label if place is None else reader.columns[place]
            reader.found(Finding(row, letter, title, shown(cell(cells)), "review", "days", said.why))
        return {key: value for key, value in (("days", said.days), ("first_use_days", said.first_use_days))
                if value is not None}  # fmt: skip

    return days


def _text(text, width):
    cleaned, fault = fields.parse_text(" ".join(text.split()))
    if cleaned.lower() in NOTHING_SAID:
        return "", fault
    return cleaned[:width], fault or ("cut" if len(cleaned) > width else "")


@lru_cache(maxsize=1024)
def _state(text):
    code = text.strip().upper()
    if code.lower() in NOTHING_SAID:
        return "", ""
    return (code, "") if re.fullmatch("[A-Z]{2}", code) else ("", "state")


def _day(text, order, today):
    stamp = parse_stamp(text, order)
    if stamp.fault or stamp.day is None:
        return None, stamp.fault
    return (stamp.day, "") if EARLIEST <= stamp.day <= today else (None, "future" if stamp.day > today else "old")


def _birth(text, order, today):
    if re.search(r"[-/. ]\d{2}\s*$", text) and not re.match(r"\d{4}", text.strip()):
        return None, "birth_year"
    return _day(text, order, today)


def _coded(text, table, fault):
    word = " ".join(text.replace("_", " ").split())
    if word.lower() in NOTHING_SAID:
        return "", ""
    code = next((code for _pattern, code in table if code == "_".join(word.lower().split())), "")
    code = code or next((code for pattern, code in table if pattern.search(word)), "")
    return code, "" if code else fault


@lru_cache(maxsize=4096)
def parse_outcome(text):
    """(status code or "", fault "outcome"): "Completed to dealer" is completed_to_dealer_only. "Completed" alone does
    not say to whom.
    """
    return _coded(text, OUTCOMES, "outcome")


@lru_cache(maxsize=4096)
def parse_reason(text):
    """(reason code or "", fault "reason")."""
    return _coded(text, REASONS, "reason")


@lru_cache(maxsize=1024)
def parse_theft(text):
    """(code of a theft record or "", fault "theft"). "Yes" does not say from whom."""
    word = text.strip().lower()
    if word in ("no", "none", "n", "false", "0", "no record", "not stolen"):
        return "none", ""
    return _coded(text, THEFTS[:3], "theft")


def plain(answer):
    """What an Answer says as JSON holds it, the cells in doubt under "unsure"."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in answer.values.items()}
    return said | ({"unsure": answer.unsure} if answer.unsure else {})


def revived(values):
    """The values of an Answer back from JSON, without what is in doubt."""
    dates = (*DATES, "purchaser_born_on")
    certain = {name: value for name, value in values.items() if name != "unsure"}
    return {name: date.fromisoformat(value) if name in dates and value else value for name, value in certain.items()}
