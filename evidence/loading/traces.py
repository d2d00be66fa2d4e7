"""The handler of files with trace results (see evidence/loading): each row is matched by trace number, then by
serial number and make, within the agency it is loaded for. A row that matches no trace or several, or says what is not
certain, goes on the list to review, once. A check loads the file and takes all of it back.
"""

import hashlib
import itertools
import json
from collections import Counter, defaultdict
from copy import copy
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from evidence import answers, policies
from evidence.actions import trace_answers
from evidence.guns.makes import of_cell
from evidence.guns.serials import serial_key
from evidence.imports import mapping, tables, traces
from evidence.imports.findings import Finding, shown
from evidence.loading.run import Watched, tried
from evidence.models import Trace, TraceResult

TARGETS = "trace"
# A row that a person has to look at is loaded: onto their list.
HELD_CODES = ()
WRITTEN = 50
CHUNK = 2000
NOBODY = "No trace of this agency has this trace number or this serial number and make."
SEVERAL = "Several guns of this agency fit this row: choose which."
UNSENT = "The request for this gun was not sent yet. Send it first, then take this row."
TWICE = "Another row of this file is of the same trace and says otherwise. Compare the two."
AGAIN = "This row says the same as row {first:,}. It is taken once."
NOTHING = "This row says nothing about how far the trace came."
# What is read of a trace: of its many columns those that an answer is compared with.
READ = (
    *trace_answers.WATCHED, "agency_id", "recovered_on", "firearm__serial_key", "firearm__make",
    "firearm__exhibit__collected_at",
)  # fmt: skip
# A result that is on a trace of the file now, and was neither written by it nor there before.
NAMED_SINCE = """
select c.row_number from (select unnest(ids) as id, unnest(rows) as row_number from evidence_importchange
   where batch_id = %(batch)s and relation = 'evidence_trace') c
  join evidence_traceresult r on r.trace_id = c.id
 where r.recorded_at > (select max(a.at) from agencies_auditevent a
                         where a.object_type = 'evidence.importbatch' and a.object_id = %(batch)s
                           and a.verb = 'import.loaded')
   and not exists (select from evidence_importchange n where n.batch_id = %(batch)s
                    and n.relation = 'evidence_traceresult' and r.id = any(n.ids))
"""
# Of what is taken out: the name of each column, and what it holds.
COLUMNS = {
    "Trace Number": "trace_number", "Trace Status": "status", "Reason": "reason", "Serial Number": "serial",
    "Make": "make", "Purchase Date": "purchased_on", "Time to Crime": "days", "Dealer Name": "dealer_name",
    "FFL": "dealer_license", "Dealer City": "dealer_city", "Dealer State": "dealer_state",
    "Purchaser": "purchaser_name", "Purchaser DOB": "purchaser_born_on", "Purchaser ID": "purchaser_id_kind",
    "Multiple Sale": "is_multiple_sale", "Theft Record": "theft", "Remarks": "remarks",
}  # fmt: skip
TO_REVIEW = "This row is kept on the list of results to review."


def open_source(file, name):
    return tables.open_table(file, name=name)


def check(run):
    return tried(load, run)


def load(run):
    """Record the results of the file and put what is not certain on the list to review."""
    counts, rows, answered = defaultdict(int), 0, {}
    with run.open_file() as file:
        table = Watched(open_source(file, run.batch.file.name), run.progress)
        found = traces.parse(table, run.mapping, today=run.today, found=run.found)
        places = {name: mapping.place(run.mapping, table.columns, name) for name in ("trace_number", "serial")}
        while chunk := list(itertools.islice(found, CHUNK)):
            _load(run, chunk, counts, places, answered)
        rows = table.count
    return {"rows": rows, "held": 0, **{name: counts[name] for name in ("new", "updated", "unchanged", "compare")}}


def read_again(run):
    with run.open_file() as file:
        for _answer in traces.parse(open_source(file, run.batch.file.name), run.mapping, today=run.today,
                                    found=run.found):  # fmt: skip
            pass


def written(batch, user):
    """The traces whose result a file brought, the first of them: [(number, address)]."""
    found = TraceResult.objects.visible_to(user).filter(batch=batch).select_related("trace").order_by("pk")
    return [(str(each.trace), reverse("trace", args=[each.trace_id])) for each in found[:WRITTEN]]


def export(agency, user, most):
    """(Trace, ids, names of columns, rows) of the answers to an agency's traces that a person may hold, as far as a row
    tells which trace it is of.
    """
    mine = Trace.objects.visible_to(user).filter(agency=agency).select_related("firearm", "result").order_by("pk")
    mine = list(mine.exclude(status=Trace.Status.CANCELLED))
    latest = {trace.firearm_id: trace.pk for trace in mine}
    guns = Counter(key for _gun, key in {(trace.firearm_id, trace.firearm.serial_key) for trace in mine})
    known = [
        trace
        for trace in mine
        if trace.status in (*Trace.OPEN[1:], *Trace.ANSWERED)
        and (trace.trace_number or (latest[trace.firearm_id] == trace.pk and _is_plain(trace.firearm, guns)))
    ][:most]
    return Trace, [trace.pk for trace in known], list(COLUMNS), [_row(trace) for trace in known]


def _is_plain(gun, guns):
    return bool(gun.serial_key and guns[gun.serial_key] == 1 and _maker(gun.make))


def _row(trace):
    named = getattr(trace, "result", None)
    days = "" if trace.days_to_crime is None else str(trace.days_to_crime)
    if days and trace.first_use_days is not None:
        days += f"\nTTC (nibin incident 1): {trace.first_use_days}"
    texts = [getattr(named, name, "") for name in COLUMNS.values() if name in TraceResult.NAMED]
    said = ["yes" if each is True else "no" if each is False else each for each in map(_day, texts)]
    return [trace.trace_number, trace.status, trace.reason, trace.firearm.serial, trace.firearm.make,
            _day(trace.purchased_on), days, *said]  # fmt: skip


def _day(value):
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def built_on(cursor, batch):
    """Traces of which the file said how far they came, and of which a person has since said whom they named."""
    cursor.execute(NAMED_SINCE, {"batch": batch.pk})
    return [(row, "The result of this trace was recorded since.") for (row,) in cursor.fetchall()]


def _load(run, chunk, counts, places, answered):
    """One piece of the file; `answered`: the first row that was of each trace, or for the list to review."""
    matched, left = _matched(run, chunk)
    now, changed, written = timezone.now(), [], []
    known = {each.trace_id: each for each in TraceResult.objects.filter(trace__in=[t.pk for _, t in matched])}
    for answer, trace in matched:
        values = answer.values | {"status": answer.values.get("status") or answers.status_of(answer.values)}
        _keep_blanks(known.get(trace.pk), values)
        first = answered.setdefault(trace.pk, answer)
        if why := TWICE if first.values != answer.values else _why_not(run, trace, values):
            if why != TWICE and values["status"] and _is_known(trace, known.get(trace.pk), values):
                counts["unchanged"] += 1
            else:
                left.append((answer, why))
            continue
        before = answers.said(trace, answers.WRITTEN), answers.said(known.get(trace.pk), TraceResult.NAMED)
        answers.put(trace, {"trace_number": "", **_kept(trace, values)}, now)
        had = known.get(trace.pk)
        result = answers.result(trace, values, known=had, by=run.by, now=now, batch=run.batch)
        after = answers.said(trace, answers.WRITTEN), answers.said(result, TraceResult.NAMED)
        if before == after:
            if first is answer:
                counts["unchanged"] += 1
            else:
                _tell(run, places, answer, "note", "again", AGAIN.format(first=first.row))
            continue
        counts["updated" if before[0][0] in Trace.ANSWERED else "new"] += 1
        changed.append((answer.row, trace))
        if result:
            known[trace.pk] = result
            written.append((answer.row, result))
    trace_answers.write(batch=run.batch, traces=changed, results=written, by=run.by)
    _review(run, left, counts, places, answered)


def _keep_blanks(had, values):
    """A text that differs by blanks alone is the same text."""
    for name in TraceResult.NAMED:
        here = getattr(had, name, None)
        if isinstance(here, str) and isinstance(values.get(name), str) and here.split() == values[name].split():
            values[name] = here


def _is_known(trace, had, values):
    """Whether an answer that cannot be put on a trace says what is there already."""
    again = copy(trace)
    answers.put(again, {"trace_number": "", **_kept(trace, values)}, trace.completed_at)
    named = answers.result(again, values, known=copy(had), by=None, now=None)
    return [answers.said(again, answers.WRITTEN), answers.said(named, TraceResult.NAMED)] == [
        answers.said(trace, answers.WRITTEN),
        answers.said(had, TraceResult.NAMED),
    ]


def _kept(trace, values):
    """An answer that says less than is known takes nothing away."""
    kept = {"purchased_on": trace.purchased_on, "days": trace.days_to_crime, "first_use_days": trace.first_use_days}
    return {name: value for name, value in kept.items() if value is not None} | {"reason": trace.reason} | values


def _why_not(run, trace, values):
    """Why an answer cannot be put on the trace it matches, or None."""
    if trace.status in Trace.UNSENT:
        return UNSENT
    if not values["status"]:
        return NOTHING
    asked = {"status": values["status"], "reason": values.get("reason", "") or trace.reason}
    number = values.get("trace_number") or trace.trace_number
    refused = policies.record_trace_result(run.by, trace, **asked, trace_number=number)
    sold = values.get("purchased_on")
    if not refused and sold and sold > answers.recovered_on(trace):
        return "The first sale lies after the recovery of the gun. Compare the two."
    return refused


def _tell(run, places, answer, level, code, sentence):
    name = "trace_number" if answer.values.get("trace_number") else "serial"
    run.found(Finding(answer.row, *places[name], shown(answer.values.get(name, "")), level, code, sentence))


def _review(run, left, counts, places, answered):
    """Put rows on the list to review, each once, and say so in the report."""
    rows = {}
    for answer, why in left:
        said = traces.plain(answer)
        mark = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        if (first := answered.setdefault(mark, answer)) is not answer:
            _tell(run, places, answer, "note", "again", AGAIN.format(first=first.row))
            continue
        rows[mark] = {"row": answer.row, "fingerprint": mark, "values": said, "why": why[:400]}
        # What is not certain of a cell was said at that cell.
        sentence = TO_REVIEW if why == answer.why and answer.unsure else f"{why} {TO_REVIEW}"
        _tell(run, places, answer, "review", "no_match", sentence)
    new = trace_answers.review(batch=run.batch, rows=rows, by=run.by)
    counts["unchanged"] += len(rows) - len(new)
    counts["compare"] += len(rows)


def _matched(run, chunk):
    """([(answer, trace)] of what is certain, [(answer, why not)]), the traces locked."""
    by_number, by_serial = _traces(run, chunk)
    matched, left = [], []
    for answer in chunk:
        number, key = answer.values.get("trace_number", ""), serial_key(answer.values.get("serial", ""))
        found = by_number.get(number.upper(), []) or _of_make(by_serial.get(key, []), answer.values.get("make", ""))
        why = answer.why or (SEVERAL if len(found) > 1 else "" if found else NOBODY)
        if why:
            left.append((answer, why))
        else:
            matched.append((answer, found[0]))
    return matched, left


def _traces(run, chunk):
    """Traces of the agency by number and, the latest of each gun, by key of the serial number."""
    agency = run.batch.agency_id
    mine = Trace.objects.visible_to(run.by).filter(Q(agency=agency) | Q(agency__parent=agency))
    held = mine.select_for_update(of=["self"], no_key=True).select_related("firearm__exhibit").only(*READ)
    numbers = {answer.values.get("trace_number", "").upper() for answer in chunk} - {""}
    by_number, by_serial, one, agencies = defaultdict(list), defaultdict(dict), {}, {}

    def known(trace):
        # Of a few agencies: each is read once, and not for every trace.
        if trace.agency_id not in agencies:
            agencies[trace.agency_id] = trace.agency
        trace.agency = agencies[trace.agency_id]
        return one.setdefault(trace.pk, trace)

    for trace in held.filter(trace_number__in=numbers).order_by("pk"):
        by_number[trace.trace_number].append(known(trace))
    left = [answer for answer in chunk if answer.values.get("trace_number", "").upper() not in by_number]
    keys = {serial_key(answer.values.get("serial", "")) for answer in left} - {""}
    latest = held.filter(firearm__serial_key__in=keys).exclude(status=Trace.Status.CANCELLED).order_by("pk")
    for trace in latest if keys else ():
        by_serial[trace.firearm.serial_key][trace.firearm_id] = known(trace)
    return by_number, {key: list(found.values()) for key, found in by_serial.items()}


def _of_make(found, make):
    """Of traces of guns with one serial number those of the maker that a row names. Without a maker nothing is certain:
    makers stamp the same numbers.
    """
    wanted = of_cell(make)
    name = (wanted.maker or wanted.name).casefold()
    return [trace for trace in found if name and name == _maker(trace.firearm.make)]


def _maker(make):
    known = of_cell(make)
    return (known.maker or known.name).casefold()
