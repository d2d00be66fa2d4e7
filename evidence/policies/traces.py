from agencies.access import groups_with
from agencies.roles import Permission
from evidence.models import Trace
from evidence.policies.standing import works_for


def see_trace(user, exhibit):
    """Trace data is held by law to people of law enforcement and prosecution who see the firearm."""
    groups = groups_with(user, Permission.TRACE_VIEW)
    if not groups or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Trace data is for investigators and prosecutors of the agencies on this case."
    return None


def request_trace(user, firearm):
    exhibit = firearm.exhibit
    if not works_for(user, Permission.TRACE_EDIT, exhibit.agency):
        return f"Only analysts and evidence technicians of {exhibit.agency} ask for traces of its firearms."
    if firearm.is_privately_made and not firearm.serial_key:
        return "A privately made firearm without a serial number cannot be traced. Test-fire it and enter it in NIBIN."
    missing = [name for name in ("make", "caliber", "type_code") if not getattr(firearm, name)]
    if not firearm.serial_key and not firearm.is_obliterated:
        missing.append("serial")
    if missing:
        names = {"make": "make", "caliber": "caliber", "type_code": "type", "serial": "serial number"}
        wanted = " and the ".join(names[each] for each in missing)
        return f"The tracing center asks for the {wanted}. Add what is missing to the firearm."
    open_states = [Trace.Status.DRAFT, Trace.Status.SUBMITTED, Trace.Status.ACCEPTED]
    if firearm.traces.filter(status__in=open_states).exists():
        return "A trace of this firearm is on its way already."
    return None


def record_trace_result(user, trace, status=None, reason="", trace_number=""):
    if not works_for(user, Permission.TRACE_EDIT, trace.agency):
        return f"Only analysts and evidence technicians of {trace.agency} record the results of its traces."
    if status is None:
        over = not Trace.TRANSITIONS[Trace.Status(trace.status)]
        return f"A trace that is {trace.get_status_display().lower()} takes no further result." if over else None
    if not trace.can_move_to(status):
        return (
            f"A trace that is {trace.get_status_display().lower()} cannot become {Trace.Status(status).label.lower()}."
        )
    if status == Trace.Status.CLOSED_INCOMPLETE and not reason:
        return "Say why the trace stopped short."
    if status == Trace.Status.ACCEPTED and not trace_number:
        return "Give the trace number that the tracing center answered with."
    return None
