"""Traces for programs of those who may hold trace data; that somebody looked is put on record, as on the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import traces
from evidence.api import bodies, shapes
from evidence.api.steps import One, Pages, Rows, Shown, chosen, listed, step
from evidence.models import Trace

TRACE = Shown(shapes.TraceShape, queries.whole_traces)
LISTS = ("", "short", "overdue", "to_add", *Trace.Status.values)


class Traces(Rows):
    """The traces whose data you may see, begun last first, or one of the lists of the trace desk."""

    required_permission, shown, pagination_class, key = Permission.TRACE_VIEW, TRACE, Pages, "key"

    @listed("traces_list", shapes.TraceShape, "status", LISTS)
    def get(self, request):
        return super().get(request)

    def rows(self, cursor):
        which = chosen(self.request, "status", LISTS)
        return queries.traces(self.request.user, which=which, cursor=cursor, now=timezone.now())

    def seen(self, rows):
        if rows:
            traces.look(traces=[each.pk for each in rows], by=self.request.user)
        return rows


class TraceView(One):
    """How far one trace came, and whom it named."""

    required_permission, shown = Permission.TRACE_VIEW, TRACE

    @extend_schema(operation_id="traces_read", responses=shapes.TraceShape)
    def get(self, request, pk):
        return super().get(request, pk)

    def seen(self, found):
        traces.look(traces=[found.pk], by=self.request.user)
        return found


def _done(operation, says, policy, body, act):
    return step(operation, says, of=queries.whole_traces, policy=policy, body=body, act=act, noun="trace",
                shape=TRACE, right=Permission.TRACE_EDIT)  # fmt: skip


result = _done(
    "traces_result", "Record how far a trace came, and whom it named.", policies.record_trace_result, bodies.Result,
    traces.record_result,
)  # fmt: skip
cancel = _done("traces_cancel", "Give a request up.", policies.cancel_trace, bodies.Nothing, traces.cancel)
