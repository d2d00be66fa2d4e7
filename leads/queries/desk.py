"""The analyst's desk as lists read it: one index walk for each center, best score first."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from agencies import access, walk
from agencies.roles import Permission
from leads.models import DeskItem, LeadEvent

MOST = 1000
State = DeskItem.State
# A notice that was taken back leaves a lead without events, on which nothing is left to decide.
DESK = """with k as (
    select x.lead_id, x.score from unnest(%(agencies)s::int[]) center(id) cross join lateral (
      select d.lead_id, d.score from leads_deskitem d
       where d.agency_id = center.id and d.state = %(state)s {beyond}
         and exists (select 1 from leads_lead l where l.id = d.lead_id and l.events_count > 0)
       order by d.score desc, d.lead_id desc limit %(limit)s) x
     order by x.score desc, x.lead_id desc limit %(limit)s)"""
# Suggested as duplicates: leads of the same center with an event of the same incident, or of the same case number of
# one agency, whatever their numbers are.
TWINS = """
select t.lead_id as of, l.id, l.number, l.status, l.opened_at, string_agg(distinct t.case_number, ', ') as cases
  from (select e.lead_id, o.lead_id as other, e.case_number
          from leads_leadevent e join leads_leadevent o on o.incident_id = e.incident_id and o.lead_id <> e.lead_id
         where e.lead_id = any(%(leads)s) and e.withdrawn_at is null and o.withdrawn_at is null
        union
        select e.lead_id, o.lead_id, e.case_number
          from leads_leadevent e
          join leads_leadevent o on o.agency_id = e.agency_id and o.case_key = e.case_key and o.lead_id <> e.lead_id
         where e.lead_id = any(%(leads)s) and e.case_key <> '' and e.withdrawn_at is null and o.withdrawn_at is null) t
  join leads_lead l on l.id = t.other join leads_lead own on own.id = t.lead_id and own.agency_id = l.agency_id
 group by t.lead_id, l.id order by l.opened_at, l.id
"""


def today(center, now):
    return now.astimezone(ZoneInfo(center.zone)).date()


def is_on_desk(lead):
    """Whether a lead waits for somebody's decision before its agencies are told; none of one without any event."""
    item = DeskItem.objects.filter(lead=lead).exclude(state__in=[State.SENT, State.DECLINED])
    return item.exists() and LeadEvent.objects.filter(lead=lead).exists()


def due_back(now):
    """Deferred leads whose day has come somewhere on earth; each center's own day decides."""
    latest = (now + timedelta(hours=14)).date()
    return DeskItem.objects.filter(state=State.DEFERRED, until_on__lte=latest).order_by("until_on", "pk")


def page(user, state, *, cursor=None, limit=walk.PAGE):
    """(rows of a page as dicts, the cursor of the next page or "")."""
    after = place(cursor)
    beyond = "and (d.score, d.lead_id) < (%(score)s, %(lead)s)" if after else ""
    asked = _asked(user, state, limit + 1) | dict(zip(("score", "lead"), after or (), strict=False))
    rows = _fetch(
        f"""{DESK.format(beyond=beyond)}
      select l.id, l.number, l.caliber, l.score, l.priority, l.line::text as line, l.events_count,
             l.confirmed_count, l.hits,
             l.first_event_at, l.last_event_at, d.came_at, d.until_on, d.why, d.note, d.proposed_at, d.reviewed_at,
             d.accepted_at, p.name as proposed_by, r.name as reviewed_by, a.name as accepted_by, t.number as twin
        from k join leads_lead l on l.id = k.lead_id join leads_deskitem d on d.lead_id = l.id
        left join agencies_user p on p.id = d.proposed_by_id left join agencies_user r on r.id = d.reviewed_by_id
        left join agencies_user a on a.id = d.accepted_by_id left join leads_lead t on t.id = d.twin_id
       order by k.score desc, k.lead_id desc""",
        asked,
    )
    older = walk.encode(str(rows[limit - 1]["score"]), rows[limit - 1]["id"]) if len(rows) > limit else ""
    return [row | {"line": json.loads(row["line"]), "owed": []} for row in rows[:limit]], older


def counts(user):
    """{state: how many} of those that are not sent, each exact to a thousand and a thousand and one beyond."""
    asked = _asked(user, "", MOST + 1)
    found = {}
    for state in State.values[:-1]:
        found[state] = _fetch(f"{DESK.format(beyond='')} select count(*) from k", asked | {"state": state})[0]["count"]
    return found


def whole(user):
    """Visible rows of the desk with all that their page shows."""
    return DeskItem.objects.visible_to(user).select_related(
        "lead__agency", "lead__site", "twin", "accepted_by", "proposed_by", "reviewed_by", "deferred_by", "sent_by"
    )


def chosen(user, ids):
    """Visible rows of these leads, in order of their score."""
    found = DeskItem.objects.visible_to(user).filter(pk__in=ids).select_related("lead__agency")
    return list(found.order_by("-score", "-pk"))


def twins(leads):
    """{lead id: [dict of another lead of its center that names the same incident or case]}."""
    found = {}
    for row in _fetch(TWINS, {"leads": list(leads)}) if leads else ():
        found.setdefault(row["of"], []).append(row)
    return found


def waits_in(agencies, now=None):
    """Whether a lead of these centers waits longer than a day, and since when the oldest does: (count, when)."""
    before = (now or timezone.now()) - timedelta(days=1)
    late = DeskItem.objects.filter(agency__in=agencies, state=State.WAITING, came_at__lt=before).order_by("came_at")
    return late[: MOST + 1].count(), late.values_list("came_at", flat=True).first()


def _asked(user, state, limit):
    return {"agencies": access.agencies_with(user, Permission.LEAD_TRIAGE), "state": state, "limit": limit}


def place(cursor):
    """The score and lead id of a cursor, None of one that is not of the desk."""
    keys = walk.decode(cursor)
    score = walk.whole(keys[0], 2**15 - 1) if keys else None
    return (score, keys[1]) if score is not None and 0 < keys[1] < walk.LARGEST_ID else None


def _fetch(sql, asked):
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
