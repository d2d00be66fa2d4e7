"""Answers of a file, put on many traces at once: their rows are locked, and each was allowed by its policy."""

from django.db import connection, transaction

from agencies import audit
from evidence import answers
from evidence.loading import changes
from evidence.models import Trace, TraceResult, TraceRow

# Asking again for a trace is work on its answer, though it changes nothing of that.
WATCHED = [*answers.WRITTEN, "asked_again"]


@transaction.atomic
def write(*, batch, traces, results, by):
    """Write traces that an answer changed, and results that are new or changed: [(row of the file, record)]."""
    with connection.cursor() as cursor:
        changes.stage(cursor, Trace, "import_trace", WATCHED, traces)
        changes.update(cursor, batch, Trace, "import_trace", WATCHED)
        columns = changes.plain(TraceResult)
        changes.stage(cursor, TraceResult, "import_traceresult", columns, results)
        changes.insert(cursor, batch, TraceResult, "import_traceresult", columns)
        changes.update(cursor, batch, TraceResult, "import_traceresult", columns)
    ids = [trace.pk for _row, trace in traces]
    audit.record_many("trace.recorded", Trace, ids, by=by, agency=batch.agency, batch=batch.pk)


@transaction.atomic
def review(*, batch, rows, by):
    """Keep rows of a file for a person, each once: {fingerprint: values of a TraceRow}. Those that are new."""
    here = TraceRow.objects.filter(agency=batch.agency, fingerprint__in=rows)
    known = set(here.values_list("fingerprint", flat=True))
    new = [TraceRow(agency=batch.agency, batch=batch, **values) for mark, values in rows.items() if mark not in known]
    columns = changes.plain(TraceRow)
    with connection.cursor() as cursor:
        changes.stage(cursor, TraceRow, "import_tracerow", columns, [(each.row, each) for each in new])
        changes.insert(cursor, batch, TraceRow, "import_tracerow", columns)
    audit.record_many("trace_row.kept", TraceRow, [row.pk for row in new], by=by, agency=batch.agency, batch=batch.pk)
    return new
