"""Forms that word a draft anew: the second of two who began from the same is told, and keeps what they typed."""

from functools import partial

from agencies.access import ChangedMeanwhileError
from evidence.views import steps


def take(request, form, act, told, to=None):
    """As `steps.take` does, by what the form began from; what somebody else wrote meanwhile is an error of the form."""
    try:
        return steps.take(request, form, partial(act, seen=request.POST.get("seen", "")), told, to)
    except ChangedMeanwhileError as changed:
        form.add_error(None, str(changed))
        return None
