"""The handler of files with NIBIN lead notices: rows with one event each, or a letter (see evidence/loading).

A check loads the notices and takes all of it back, so what it says is what loading will do.
"""

from functools import partial
from types import SimpleNamespace

from django.db import transaction
from django.urls import reverse

from agencies.models import Agency
from evidence import words
from evidence.imports import containers, letters, mapping, notices, tables
from evidence.imports.findings import Finding, ImportProblem, shown
from evidence.imports.targets import NOTICE
from evidence.loading import Watched, tried
from evidence.models import ImportBatch
from leads import policies
from leads.actions import notices as actions
from leads.actions import withdrawals
from leads.brought import built_on
from leads.loading_out import export
from leads.models import Lead

__all__ = ["check", "export", "load", "open_source", "read_again", "written"]

TARGETS = "notice"
WRITTEN = 50
# A row with a doubtful case number is loaded all the same: its event waits for somebody who knows it.
HELD_CODES = ()
# Agencies were told, and their clocks run: what a file brought is withdrawn, and nothing of it is deleted.
INVERSE = SimpleNamespace(built_on=built_on, take_back=withdrawals.take_back)
WORD = "word/document.xml"
BECAME = {
    "opens": "A new lead is opened for it.",
    "reopens": "This lead was withdrawn. The notice opens it again.",
    "grows": "The lead is here already and grows by this notice.",
    "confirms": "The lead is here already; this notice says that an examiner confirmed events of it.",
    "same": "The lead is here already with these events. Nothing changes.",
}
HELD = {
    "second": "No second person reviewed this correlation at the site yet. The lead is held under Not released, and "
    "goes out with reviewer 2, or when the coordinator or a supervisor of the laboratory says why before that.",
    "same": "One person is named as both reviewers. The lead is held under Not released until the coordinator or a "
    "supervisor of the laboratory says why it may go out.",
}
WAITS = "No incident with this case number is loaded yet. The event waits under Waiting events until there is one."
STRANGER = (
    "No agency of this center has this name, code or ORI, so nobody there is told of the event. If it is misspelled, "
    "correct it before you load; after that, match the event under Waiting events."
)
NAMELESS = (
    "This row names no agency, so nobody is told of the event. Give its agency or ORI before you load; after that, "
    "match the event under Waiting events."
)
UNKNOWN = (
    "No lead that you see has this number.{near} A lead with it that comes in later is joined by itself. If another "
    "lead is meant, choose Same gun on the page of this one."
)
JOINED = (
    "Taken as one event with row {row}, which names the same agency and case, or else the same evidence. If these are "
    "two events, give each its own case or laboratory number."
)
JOINED_SINCE = (
    "Taken as one event with row {row}: on this lead one of them was matched or routed to the case of the other."
)


def open_source(file, name):
    return None if _is_letter(file) else tables.open_table(file, name=name)


def _is_letter(file):
    start = file.read(4)
    file.seek(0)
    if start != b"PK\x03\x04":
        return False
    try:
        return WORD in containers.directory(file).namelist()
    except ImportProblem:
        return False
    finally:
        file.seek(0)


def check(run):
    return tried(load, run)


def load(run):
    """Open or grow a lead for each notice of the file."""
    report, rows, place = _bring(run)
    _tell(run, report, place)
    counts = report.as_counts()
    became = {name: counts[name] for name in ("new", "updated", "unchanged")}
    return {"rows": rows, "held": 0, "unreleased": len(report.held), **became}


def read_again(run):
    """Report anew what loading finds; of a file that is loaded what a person has to correct, as the rest is done."""
    if policies.load_notices(run.by, run.batch.agency.center):
        _read(run)
        return
    with transaction.atomic():
        report, _rows, place = _bring(run)
        transaction.set_rollback(True)
    if run.batch.status == ImportBatch.Status.LOADED:
        report = actions.Report(problems=report.problems)
    _tell(run, report, place)


def _bring(run):
    read, rows, place = _read(run)
    agency = run.batch.agency
    site = agency if agency.kind == Agency.Kind.LABORATORY else None
    return actions.load(notices=read, center=agency.center, site=site, by=run.by, batch=run.batch), rows, place


def written(batch, user):
    """The leads that a file opened or added to, and the list of those that are not released: [(words, address)]."""
    named = batch.findings.filter(code__in=("opens", "reopens", "grows", "confirms")).values_list("value", flat=True)[
        :WRITTEN
    ]
    found = Lead.objects.visible_to(user).filter(number__in=list(named)).order_by("pk")
    leads = [(number, reverse("lead", args=[pk])) for number, pk in found.values_list("number", "pk")]
    held = batch.counts.get("unreleased")
    return leads + ([(f"Not released: {words.counted(held, 'notice')}", reverse("held_notices"))] if held else [])


def _read(run):
    with run.open_file() as file:
        name = run.batch.file.name
        table = open_source(file, name)
        if table is None:
            notice = letters.parse_letter(file.read(), file_name=name, zone=run.zone, today=run.today, found=run.found)
            return [notice], len(notice.events), lambda field: ("", NOTICE[field].label)
        watched = Watched(table, run.progress)
        how = run.mapping
        found = notices.parse_rows(watched, how, zone=run.zone, today=run.today, found=run.found)
        return found, watched.count, partial(mapping.place, how, table.columns)


def _tell(run, report, place):
    """What a person has to do comes first. place: field of a notice -> (letter, name) of its column."""

    def tell(row, field, value, level, code, sentence):
        run.found(Finding(row or 0, *place(field), shown(value), level, code, sentence))

    for each in report.problems:
        tell(each.row, each.field, each.value, "error", each.code, each.words)
    for row, case in report.waits:
        tell(row, "case_number", case, "review", "waits", WAITS)
    for row, field, name in report.strangers:
        tell(row, field, name, "review", "stranger", STRANGER if name else NAMELESS)
    for row, number, why in report.held:
        tell(row, "lead_number", number, "review", "held", HELD[why])
    for row, number, near in report.unknown:
        sentence = UNKNOWN.format(near=f" Near it: {', '.join(near)}." if near else "")
        tell(row, "existing_leads", number, "review", "unknown_lead", sentence)
    for row, case, other, by_name in report.joined:
        tell(row, "case_number", case, "note", "joined", (JOINED if by_name else JOINED_SINCE).format(row=other))
    for row, number, code in report.leads:
        tell(row, "lead_number", number, "note", code, BECAME[code])
