from agencies.access import groups_with
from agencies.roles import Permission
from evidence import tracing
from evidence.models import Trace, TraceRow
from evidence.policies.standing import works_for

Status = Trace.Status
ON_ITS_WAY = "A trace of this firearm is on its way already."


def see_trace(user, exhibit):
    """Trace data is held by law to people of law enforcement and prosecution who see the firearm."""
    groups = groups_with(user, Permission.TRACE_VIEW)
    if not groups or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Trace data is for investigators and prosecutors of the agencies on this case."
    return None


def begin_trace(user, firearm):
    """Begin a request, which may be half known."""
    exhibit = firearm.exhibit
    if not works_for(user, Permission.TRACE_EDIT, exhibit.agency):
        return f"Only analysts and evidence technicians of {exhibit.agency} ask for traces of its firearms."
    if firearm.is_privately_made and not firearm.serial_key:
        return tracing.UNTRACEABLE
    if firearm.traces.filter(status__in=(*Trace.UNSENT, *Trace.OPEN)).exists():
        return ON_ITS_WAY
    return None


def request_trace(user, firearm):
    """Record a request that was sent elsewhere: then the gun was known well enough."""
    if reason := begin_trace(user, firearm):
        return reason
    missing = [name for name in ("make", "caliber", "type_code") if not getattr(firearm, name)]
    if not firearm.serial_key and not firearm.is_obliterated:
        missing.append("serial")
    if missing:
        names = {"make": "make", "caliber": "caliber", "type_code": "type", "serial": "serial number"}
        wanted = " and the ".join(names[each] for each in missing)
        return f"The tracing center asks for the {wanted}. Add what is missing to the firearm."
    return None


def edit_trace(user, trace):
    if reason := _for_its_agency(user, trace):
        return reason
    if trace.status not in Trace.UNSENT:
        return "This request was sent: it stays as it was asked. A result is recorded beside it."
    return None


def ready_trace(user, trace):
    if reason := edit_trace(user, trace):
        return reason
    missing = trace.faults()
    if missing:
        more = f" {len(missing) - 1} more to add." if len(missing) > 1 else ""
        return f"{missing[0].sentence}{more}"
    return None if trace.status == Status.READY or trace.can_move_to(Status.READY) else "This request is not a draft."


def send_trace(user, trace):
    if reason := _for_its_agency(user, trace):
        return reason
    return None if trace.status == Status.READY else f"Only a request that is ready can be sent; {trace} is not."


def cancel_trace(user, trace):
    if reason := _for_its_agency(user, trace):
        return reason
    if not trace.can_move_to(Status.CANCELLED):
        return f"A trace that is {trace.get_status_display().lower()} cannot be cancelled."
    return None


def ask_trace_again(user, trace):
    if reason := _for_its_agency(user, trace):
        return reason
    if trace.status not in Trace.SHORT_OF:
        return "Only a trace that came back without an answer is asked for again."
    if trace.asked_again or trace.firearm.traces.filter(status__in=(*Trace.UNSENT, *Trace.OPEN)).exists():
        return ON_ITS_WAY
    return None


def record_trace_result(user, trace, status=None, reason="", trace_number="", remarks=""):
    if not works_for(user, Permission.TRACE_EDIT, trace.agency):
        return f"Only analysts and evidence technicians of {trace.agency} record the results of its traces."
    if trace.status in Trace.UNSENT:
        return "This request was not sent yet. Send it first, then record what came back."
    if status is None:
        over = trace.status == Status.CANCELLED
        return "A trace that is cancelled takes no further result." if over else None
    if refused := _cannot_become(trace, status, remarks):
        return refused
    if status in Trace.SAYS_WHY and not reason:
        return "Say why the trace stopped short."
    if status == Status.ACCEPTED and not trace_number:
        return "Give the trace number that the tracing center answered with."
    if trace_number and trace_number != trace.trace_number and _is_taken(trace, trace_number):
        return f"Another trace of {trace.agency} has this number. Compare the two."
    return None


def _cannot_become(trace, status, remarks):
    if trace.can_move_to(status) or status == trace.status in Trace.ANSWERED:
        return None
    before, after = trace.get_status_display().lower(), Trace.Status(status).label.lower()
    if not (trace.status in Trace.ANSWERED and status in Trace.ANSWERED):
        return f"A trace that is {before} cannot become {after}."
    # A slip of the pen, which the tracing center knows nothing of.
    known = getattr(trace, "result", None)
    if not remarks.strip() or (known and remarks.strip() == known.remarks):
        return f"This trace was recorded as {before}. If that was wrong, record it by hand and say why under Remarks."
    return None


def settle_trace_row(user, row):
    if not works_for(user, Permission.TRACE_EDIT, row.agency):
        return f"Only analysts and evidence technicians of {row.agency} review its results."
    return None if row.status == TraceRow.Status.OPEN else "Somebody has settled this row already."


def set_trace_limit(user, agency):
    if not works_for(user, Permission.AGENCY_MANAGE, agency):
        return f"Only administrators of {agency} or of its center set in how many days a trace is expected."
    return None


def _for_its_agency(user, trace):
    if not works_for(user, Permission.TRACE_EDIT, trace.agency):
        return f"Only analysts and evidence technicians of {trace.agency} work on its trace requests."
    return None


def _is_taken(trace, number):
    return Trace.objects.filter(agency=trace.agency_id, trace_number=number).exclude(pk=trace.pk).exists()
