"""Arrests that an office looks through: which wait, and what is on record of them. Counts and case numbers alone: what
this says of a lead comes from the center's rule (adr 41), not from a grant.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q

from agencies import access, walk
from agencies.models import Agency
from agencies.roles import Permission
from leads.eligibility import Gun
from leads.models import ArrestRule, GunArrest, Outcome, Referral
from leads.queries import caselists

MOST_COUNTED, MOST_GUNS = 1000, 500


class Record(NamedTuple):
    """What is on record of one arrest: events and confirmed ones of its leads, their clusters (numbers), the case
    numbers of the agency that made it, and the guns its leads name.
    """

    events: int = 0
    confirmed: int = 0
    leads: int = 0
    clusters: int = 0
    cases: tuple[str, ...] = ()
    guns: tuple[Gun, ...] = ()


# An arrest may be named by many parts of many leads, and by others that were found to be it; each lead counts once.
NAMED = """
with asked as (
  select a.id as outcome_id, n.id as named_id, a.agency_id from leads_outcome a
    join leads_outcome n on n.id = a.id or n.merged_into_id = a.id where a.id = any(%(ids)s)
), named as (
  select distinct q.outcome_id, q.agency_id, o.lead_id from asked q
    join leads_obligation o on o.named_outcome_id = q.named_id
)"""
LINKED = f"""{NAMED}
select n.outcome_id, count(distinct l.id), coalesce(sum(l.events_count), 0), coalesce(sum(l.confirmed_count), 0),
       count(distinct c.cluster_id),
       (select array_agg(distinct e.case_number order by e.case_number) from named m
          join leads_leadevent e on e.lead_id = m.lead_id and e.agency_id = m.agency_id and e.withdrawn_at is null
         where m.outcome_id = n.outcome_id and e.case_number <> '')
  from named n join leads_lead l on l.id = n.lead_id left join leads_clusterlead c on c.lead_id = l.id
 group by n.outcome_id"""
GUNS = f"""{NAMED}
select distinct n.outcome_id, f.id, f.is_obliterated, f.has_conversion_device, f.stolen_status = 'stolen', f.type_code
  from named n join leads_leadevent e on e.lead_id = n.lead_id and e.withdrawn_at is null
  join leads_specimen s on s.event_id = e.id
  join evidence_firearm f on f.exhibit_id = s.of_id
 order by 1, 2 limit %(most)s"""


def rows(user, which, *, after=None, limit=walk.PAGE):
    """(a page, the cursor of the next): "open" ones, the oldest first, or "answered" ones, the newest first."""
    found = GunArrest.objects.of_office(user).select_related("office", "outcome__agency", "answered_by")
    if which == "open":
        found, column, sign = found.to_answer(), "came_at", ""
    else:
        answered = [GunArrest.Status.TAKE, GunArrest.Status.LEFT]
        found, column, sign = found.filter(status__in=answered), "answered_at", "-"
    if keys := walk.place(after):
        found = found.filter(caselists.beyond(column, keys, newest=which != "open"))
    shown = list(found.order_by(f"{sign}{column}", f"{sign}id")[: limit + 1])
    more = len(shown) > limit
    last = shown[limit - 1] if more else None
    return shown[:limit], walk.encode(getattr(last, column).isoformat(), last.pk) if more else ""


def looks_through(user):
    """Whether somebody decides for a federal office: by what is known of them, without a look at rows."""
    federal = Agency.Kind.US_ATTORNEY
    standings = access.standings(user)
    return any(each.agency_kind == federal and Permission.REFERRAL_DECIDE in each.permissions for each in standings)


def is_shown(user):
    """Whether the center of one of a person's offices shows it arrests."""
    return ArrestRule.objects.visible_to(user).filter(shown=True).exists()


def count(user):
    """How many wait for an answer, exact to a thousand."""
    return GunArrest.objects.of_office(user).to_answer().order_by()[: MOST_COUNTED + 1].count()


def records(arrests):
    """{id of an arrest on the list: its `Record`}, in two statements."""
    by_outcome = {each.outcome_id: each.pk for each in arrests}
    asked, found = {"ids": list(by_outcome), "most": MOST_GUNS}, dict.fromkeys(by_outcome.values(), Record())
    if not by_outcome:
        return found
    with connection.cursor() as cursor:
        cursor.execute(LINKED, asked)
        for outcome, leads, events, confirmed, clusters, cases in cursor.fetchall():
            found[by_outcome[outcome]] = Record(events, confirmed, leads, clusters, tuple(cases or ()))
        cursor.execute(GUNS, asked)
        for outcome, _gun, *facts in cursor.fetchall():
            one = found[by_outcome[outcome]]
            found[by_outcome[outcome]] = one._replace(guns=(*one.guns, Gun(*facts)))
    return found


def referred(arrests, user):
    """{id of an arrest: the referrals on its leads that a person sees}, the oldest first."""
    by_outcome, found = {each.outcome_id: each.pk for each in arrests}, {}
    named, same = "lead__obligations__named_outcome", Q(pk__in=by_outcome) | Q(merged_into__in=by_outcome)
    rows = Referral.objects.visible_to(user).filter(**{f"{named}__in": Outcome.objects.filter(same)})
    rows = rows.annotate(named=F(named), counts_as=F(f"{named}__merged_into")).select_related("office", "lead")
    for each in rows.order_by("id").distinct():
        for outcome in by_outcome.keys() & {each.named, each.counts_as}:
            found.setdefault(by_outcome[outcome], {})[each.pk] = each
    return {arrest: list(cases.values()) for arrest, cases in found.items()}


def center_rules(user):
    """The offices of the centers that a person coordinates, each with its rule, by name."""
    centers = access.agencies_with(user, Permission.AGENCY_MANAGE)
    found = Agency.objects.filter(parent__in=centers, kind=Agency.Kind.US_ATTORNEY, is_active=True)
    return found.select_related("arrest_rule").order_by("name")


def rule_of(office):
    try:
        return office.arrest_rule
    except ArrestRule.DoesNotExist:
        return ArrestRule(office=office)
