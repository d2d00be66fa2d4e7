"""Pages of traces, for those whom the law lets see them."""

from agencies import walk
from agencies.roles import Permission
from evidence.models import Trace
from evidence.queries.reach import GRANTED, OVERSEEN, PAGE, beginning, fetch, reached


def traces(user, *, status="", cursor=None, limit=PAGE):
    """The traces asked for last, of those whose trace data the user may see."""
    begin = walk.place(cursor)
    where = ["t.agency_id = source.id", GRANTED.format(incident="e.incident_id")]
    where += ["t.status = %(status)s"] if status else []
    where += ["(t.requested_at, t.id) < (%(at)s, %(id)s)"] if begin else []
    return fetch(
        f"""
      with source as ({OVERSEEN}), k as (
        select x.* from source cross join lateral (
          select t.id, t.requested_at from evidence_trace t join evidence_firearm f on f.id = t.firearm_id
            join evidence_exhibit e on e.id = f.exhibit_id
           where {" and ".join(where)} order by t.requested_at desc, t.id desc limit %(limit)s) x
         order by x.requested_at desc, x.id desc limit %(limit)s)
      select t.id, t.trace_number, t.status, t.reason, t.requested_at, t.completed_at, t.purchased_on,
             f.make, f.model, f.caliber, f.serial, e.id as exhibit_id, e.number, i.case_number, i.occurred_at,
             a.code, a.mark, a.name as agency, a.zone
        from k join evidence_trace t on t.id = k.id join evidence_firearm f on f.id = t.firearm_id
        join evidence_exhibit e on e.id = f.exhibit_id join evidence_incident i on i.id = e.incident_id
        join agencies_agency a on a.id = t.agency_id
       order by k.requested_at desc, k.id desc""",  # noqa: S608
        {**reached(user, Permission.TRACE_VIEW), "status": status, **beginning(begin), "limit": limit + 1},
    )


def traces_of(user, firearm):
    """The traces of one firearm that the user may see, newest first."""
    visible = Trace.objects.visible_to(user).filter(firearm=firearm)
    return visible.select_related("requested_by").order_by("-requested_at", "-pk")
