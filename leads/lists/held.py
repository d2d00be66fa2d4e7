"""Held notices as lists and pages read them: those of the agencies for which a person sees leads."""

import json

from agencies import access, walk
from agencies.roles import Permission
from evidence.queries.reach import MOST, beginning, fetch
from leads.models import HeldNotice

HELD = """with source as (select unnest(%(agencies)s::int[]) as id), k as (
    select distinct x.id, x.held_at from source cross join lateral (
      (select h.id, h.held_at from leads_heldnotice h where h.agency_id = source.id and h.status = %(status)s {beyond}
        order by h.held_at desc, h.id desc limit %(limit)s)
      union
      (select h.id, h.held_at from leads_heldnotice h where h.site_id = source.id and h.status = %(status)s {beyond}
        order by h.held_at desc, h.id desc limit %(limit)s)) x
     order by x.held_at desc, x.id desc limit %(limit)s)"""


def held_notices(user, status, *, cursor=None, limit=walk.PAGE):
    """Held notices in one status, the last held first."""
    begin = walk.place(cursor)
    beyond = "and (h.held_at, h.id) < (%(at)s, %(id)s)" if begin else ""
    rows = fetch(
        f"""{HELD.format(beyond=beyond)}
      select h.id, h.number, h.why, h.notice::text as notice, h.held_at, s.name as site
        from k join leads_heldnotice h on h.id = k.id left join agencies_agency s on s.id = h.site_id
       order by k.held_at desc, k.id desc""",
        _held(user, status, limit + 1) | beginning(begin),
    )
    return [row | {"notice": json.loads(row["notice"])} for row in rows]


def held_count(user):
    """How many notices are held, exact to a thousand and a thousand and one beyond."""
    asked = _held(user, HeldNotice.Status.WAITING, MOST + 1)
    return fetch(f"{HELD.format(beyond='')} select count(*) from k", asked)[0]["count"]


def _held(user, status, limit):
    return {"agencies": access.agencies_with(user, Permission.LEAD_VIEW), "status": status, "limit": limit}


def whole_held_notices(user):
    """Visible held notices with everything their page shows."""
    return HeldNotice.objects.visible_to(user).select_related(
        "agency", "site", "held_by", "decided_by", "review__first_by", "review__second_by"
    )


def released_unreviewed(lead):
    """The notice that somebody let go as this lead without a second review, or None."""
    found = HeldNotice.objects.filter(number=lead.number, agency=lead.agency_id, status="released", review=None)
    return found.select_related("decided_by").order_by("-decided_at").first()
