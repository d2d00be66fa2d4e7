"""What agencies owe, a page at a time: plain rows by index walks, for programs.

A list holds what the agencies a person works for owe, and those of their center when they work for it; each row also
carries a grant to one of their groups, as `visible_to` asks for. Cursors are (sort key as ISO text, id).
"""

from django.db.models import Q

from agencies import walk
from agencies.access import agencies_with, groups_with
from agencies.roles import Permission
from evidence.queries import OVERSEEN, fetch
from leads.models import Activity, Obligation

PAGE = walk.PAGE
OPEN, CLOSED = "open", "closed"
STATES = [state.value for state in Obligation.OPEN]

GRANTED = """exists (select 1 from leads_leadgrant g
                      where g.content_object_id = o.lead_id and g.group_id = any(%(groups)s::int[]))"""
COLUMNS = """
  select o.id, o.lead_id, l.number, o.agency_id, a.code, o.state, o.priority, o.unit_id, u.name as unit,
         o.investigator_id, btrim(concat(p.title, ' ', p.name)) as investigator, o.asked, o.sent_at, o.acknowledged_at,
         o.assigned_at, o.started_at, o.last_activity_at, o.proposed_at, o.closed_at, o.returned_at, o.outcome,
         o.named_outcome_id, o.usefulness, o.closing_note, o.return_reason,
         o.stage_started_at, o.due_at, o.paused_until, o.level, o.receipt::text
    from {source} join leads_lead l on l.id = o.lead_id join agencies_agency a on a.id = o.agency_id
    left join agencies_unit u on u.id = o.unit_id left join agencies_user p on p.id = o.investigator_id"""


def owed(user, *, view=OPEN, state="", mine=False, cursor=None, limit=PAGE):
    """Obligations in the order of their due times, or the closed ones newest first; one more than `limit` when there
    are more.
    """
    begin = walk.place(cursor)
    column, beyond, way = ("closed_at", "<", "desc") if view == CLOSED else ("due_at", ">", "asc")
    where = [f"o.agency_id = source.id and o.{column} is not null", GRANTED]
    where += ["o.state = %(state)s"] if state else []
    where += ["o.investigator_id = %(me)s"] if mine else []
    where += [f"(o.{column}, o.id) {beyond} (%(at)s, %(id)s)"] if begin else []
    source = """k join leads_obligation o on o.id = k.id"""
    return fetch(
        f"""
      with source as ({OVERSEEN}), k as (
        select x.* from source cross join lateral (
          select o.id, o.{column} as sort_key from leads_obligation o where {" and ".join(where)}
           order by o.{column} {way}, o.id {way} limit %(limit)s) x
         order by x.sort_key {way}, x.id {way} limit %(limit)s)
      {COLUMNS.format(source=source)} order by k.sort_key {way}, k.id {way}""",  # noqa: S608
        {
            "agencies": agencies_with(user, Permission.LEAD_VIEW),
            "groups": groups_with(user, Permission.LEAD_VIEW),
            "state": state,
            "me": user.pk,
            "at": begin and begin[0],
            "id": begin and begin[1],
            "limit": limit + 1,
        },
    )


def older(rows, view, limit=PAGE):
    """The cursor of the rows after the first `limit`, "" when there are none."""
    if len(rows) <= limit:
        return ""
    last = rows[limit - 1]
    return walk.encode(last["closed_at" if view == CLOSED else "due_at"].isoformat(), last["id"])


def of_lead(lead):
    """The obligations of a lead that the caller has found, the most urgent first."""
    source = "leads_obligation o"
    return fetch(f"{COLUMNS.format(source=source)} where o.lead_id = %s order by o.due_at, o.id", [lead.pk])


def one(obligation):
    """The row of an obligation that the caller has found."""
    source = "leads_obligation o"
    return fetch(f"{COLUMNS.format(source=source)} where o.id = %s", [obligation.pk])[0]


def activities(lead, cursor=None, limit=PAGE):
    """(what was done on a lead that the caller has found, newest first; the cursor of what is older)."""
    made = Activity.objects.filter(lead=lead).select_related("by", "agency")
    begin = walk.place(cursor)
    if begin:
        at, pk = begin
        made = made.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    rows = list(made.order_by("-at", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(last.at.isoformat(), last.pk) if last else ""
