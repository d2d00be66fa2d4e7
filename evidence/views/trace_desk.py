"""What every list of the trace desk shows above its rows."""

from agencies import access
from agencies.roles import Permission
from evidence import queries
from evidence.pages import traces as pages


def tabs(request, now, here):
    """What the desk owes, as tabs with how much each holds."""
    edits = access.has_permission(request.user, Permission.TRACE_EDIT)
    return {"desk": pages.desk(queries.desk_counts(request.user, now), here, edits)}
