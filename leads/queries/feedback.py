"""Which leads have yielded, whose work they were, and who was told."""

from collections import defaultdict
from datetime import timedelta

from django.db import connection
from django.db.models import Q

from agencies import access, walk
from agencies.models import Agency, Membership
from agencies.roles import Permission
from evidence.models import Acquisition, CorrelationReview, Exhibit
from evidence.queries.reach import beginning, fetch
from leads.models import Feedback

# What is older was never told of, and nobody is told of it now: a portal that begins with old records stays quiet.
WITHIN = timedelta(days=30)
LETTER_DAYS = 90
MOST_IN_A_LETTER = 200
Part = Feedback.Part
YIELDS = """
select y.lead_id, y.kind from (
  select o.lead_id, case o.outcome when 'arrest_made' then 'arrest' when 'arrest_warrant' then 'warrant' else 'gun' end
    from leads_obligation o
   where o.state = 'closed' and o.outcome in ('arrest_made', 'arrest_warrant', 'firearm_recovered')
     and o.closed_at >= %(since)s
  union
  select r.lead_id, 'charge' from leads_charge c join leads_referral r on r.id = c.referral_id
   where c.charged_on >= %(day)s
  union
  select r.lead_id, 'conviction' from leads_charge c join leads_referral r on r.id = c.referral_id
   where c.disposition in ('guilty_plea', 'pled_other_charge', 'guilty_trial') and c.disposed_on >= %(day)s
) y(lead_id, kind)
 where not exists (select from leads_yield k where k.lead_id = y.lead_id and k.kind = y.kind)
 order by 1, 2 limit %(limit)s"""


def not_told(now, limit):
    """[(lead id, kind)] of what leads came to lately and nobody was told of."""
    since = now - WITHIN
    with connection.cursor() as cursor:
        cursor.execute(YIELDS, {"since": since, "day": since.date(), "limit": limit})
        return cursor.fetchall()


def hands(lead):
    """{person id: {(agency id where they did it, part)}} of those whose work a lead was, the portal itself left out."""
    found = defaultdict(set)
    events = list(lead.events.exclude(incident=None).values_list("incident_id", "matched_by", "confirmed_by"))
    incidents = [incident for incident, _, _ in events]
    exhibits = Exhibit.objects.filter(incident__in=incidents, kind__in=("casing_group", "firearm"))
    for person, agency in exhibits.values_list("created_by", "agency"):
        found[person].add((agency, Part.COLLECTED))
    entered = Acquisition.objects.filter(exhibit__incident__in=incidents, entered_at__isnull=False)
    for person, agency in entered.values_list("entered_by", "site"):
        found[person].add((agency, Part.ENTERED))
    for first, second, agency in _reviews(lead):
        found[first].add((agency, Part.REVIEWED))
        found[second].add((agency, Part.REVIEWED))
    for _incident, matched, confirmed in events:
        found[matched].add((lead.agency_id, Part.ANALYZED))
        found[confirmed].add((lead.site_id, Part.REVIEWED))
    found[lead.created_by_id].add((lead.agency_id, Part.ANALYZED))
    found.pop(None, None)
    return found


def _reviews(lead):
    """Of the site's reviews those under which the notice went out."""
    numbers = {lead.number, lead.number.partition("-")[2]}
    found = CorrelationReview.objects.filter(lead_number__in=numbers, site=lead.site_id)
    return found.values_list("first_by", "second_by", "site")


def working(people):
    """{person id: [their active memberships]}, of people who work somewhere still."""
    found = defaultdict(list)
    members = Membership.objects.active().filter(user_id__in=people, user__is_system=False).select_related("user")
    for each in members.order_by("agency__name", "id"):
        found[each.user_id].append(each)
    return found


# By agency or by person, each along its index: the newest of all would be sorted first.
WALK = """select x.id, x.told_at from unnest(%(sources)s::bigint[]) s(id) cross join lateral (
  select f.id, f.told_at from leads_feedback f where f.{source} = s.id and {part} {beyond}
   order by f.told_at desc, f.id desc limit %(limit)s) x
 order by x.told_at desc, x.id desc limit %(limit)s"""


def feedback(user, *, whose="", after=None, limit=walk.PAGE):
    """(a page of what was fed back, newest first, the cursor of the older): to oneself, or to one's "people"."""
    begin = walk.place(after)
    asked = {"limit": limit + 1, "me": user.pk, "sources": [user.pk]} | beginning(begin)
    words = {"source": "person_id", "part": "f.agency_id = any(%(own)s::bigint[])"}
    asked["own"] = access.agencies_with(user, Permission.HOME)
    if whose == "people":
        above = access.agencies_with(user, Permission.OBLIGATION_ASSIGN)
        agencies = Agency.objects.filter(Q(pk__in=above) | Q(parent_id__in=above))
        asked["sources"] = list(agencies.values_list("pk", flat=True))
        words = {"source": "agency_id", "part": "f.person_id <> %(me)s"}
    rows = fetch(WALK.format(beyond="and (f.told_at, f.id) < (%(at)s, %(id)s)" if begin else "", **words), asked)
    shown = rows[:limit]
    seen = Feedback.objects.visible_to(user).select_related("gave__lead", "person", "agency", "unit")
    found = seen.in_bulk([row["id"] for row in shown])
    older = walk.encode(shown[-1]["told_at"].isoformat(), shown[-1]["id"]) if len(rows) > limit else ""
    return [found[row["id"]] for row in shown if row["id"] in found], older


def oversees(user):
    return bool(access.agencies_with(user, Permission.OBLIGATION_ASSIGN))


def letter_rows(user, now, *, person=None, unit=None):
    """What a letter of thanks to one person, or to a unit, is about: the last ninety days, the newest first."""
    seen = Feedback.objects.visible_to(user).filter(told_at__gte=now - timedelta(days=LETTER_DAYS))
    seen = seen.filter(Q(person_id=person) if person else Q(unit_id=unit))
    related = ("gave__lead", "person", "agency", "unit")
    return list(seen.select_related(*related).order_by("-told_at", "-pk")[:MOST_IN_A_LETTER])
