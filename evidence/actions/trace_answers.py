"""Answers of a file, put on many traces at once: their rows are locked, and each was allowed by its policy."""

from django.db import transaction

from agencies import audit
from evidence import answers
from evidence.models import Trace, TraceResult, TraceRow


@transaction.atomic
def write(*, batch, traces, fresh, known, by):
    """Write traces that an answer changed, with results that are new (`fresh`) and that were known."""
    Trace.objects.bulk_update(_once(traces), answers.WRITTEN)
    TraceResult.objects.bulk_create(_once(fresh))
    TraceResult.objects.bulk_update(_once(known), answers.RESULT)
    ids = [trace.pk for trace in _once(traces)]
    audit.record_many("trace.recorded", Trace, ids, by=by, agency=batch.agency, batch=batch.pk)


@transaction.atomic
def review(*, batch, rows, by):
    """Keep rows of a file for a person, each once: {fingerprint: values of a TraceRow}. Those that are new."""
    here = TraceRow.objects.filter(agency=batch.agency, fingerprint__in=rows)
    known = set(here.values_list("fingerprint", flat=True))
    new = [TraceRow(agency=batch.agency, batch=batch, **values) for mark, values in rows.items() if mark not in known]
    TraceRow.objects.bulk_create(new)
    audit.record_many("trace_row.kept", TraceRow, [row.pk for row in new], by=by, agency=batch.agency, batch=batch.pk)
    return new


def _once(records):
    return list({id(each): each for each in records}.values())
