"""What nobody has disclosed yet, over all leads that are before a person's offices: the oldest first.

What an office keeps back itself is off its list. What another agency keeps back is not: that is no decision of this
office's, and its reasons are not for it to read.
"""

from typing import NamedTuple

from agencies import access, walk
from agencies.roles import Permission
from evidence.queries.reach import beginning, fetch
from leads import disclosing
from leads.disclosing import Item
from leads.models import Lead, Referral, ReferralEvent
from leads.queries.disclosures import GIVEN, ON_RECORD, SOURCES

# The lists, by name: the condition on an item (f) and on what the office keeps back of it (w).
OPEN = "w.status is null"
LISTS = {"": OPEN, "late": f"{OPEN} and f.since < %(long)s::timestamptz", "asked": "w.status = 'proposed'"}
CASES = """select r.id, r.lead_id from leads_referral r
            where r.office_id = any(%(offices)s::bigint[]) and r.status in ('referred', 'more_asked', 'accepted')"""
MINE = " and r.assigned_to_id = %(me)s"
# The leads of open cases and of the events that are asserted in them, as far as they are granted. Of those that stand
# in a list or are counted for one, a row each: what was given to anybody is on none.
FOUND = f"""
with cases as ({{cases}}), source as (
  select x.id from (
    select lead_id as id from cases union
    select e.lead_id from cases c join leads_referralevent a on a.referral_id = c.id
      join leads_leadevent e on e.id = a.event_id) x
   where exists (select from leads_leadgrant g
                  where g.content_object_id = x.id and g.group_id = any(%(groups)s::int[]))
), found as ({ON_RECORD}
), standing as (
  select f.*, ({LISTS[""]}) as "open", ({LISTS["late"]}) as late, ({LISTS["asked"]}) as asked
    from found f left join lateral (
      select h.status from leads_withholding h
       where h.lead_id = f.lead and h.item = f.key and h.status in ('proposed', 'agreed')
         and h.agency_id = any(%(own)s::bigint[]) order by h.status limit 1) w on true
   where f.kind = any(%(kinds)s::text[]) and not {GIVEN} and (w.status is null or w.status = 'proposed')
), counted as (
  select count(*) filter (where "open") as "open", count(*) filter (where late) as late,
         count(*) filter (where asked) as asked from standing)"""
PAGE = """
select s.lead, l.number as lead_number, l.hits, l.confirmed_count, l.events_count,
       s.key, s.kind, s.words, s.since, s.number, n.open as many_open, n.late as many_late, n.asked as many_asked
  from counted n left join (
    select s.* from standing s where s.{which} {after} order by s.since, s.number limit %(limit)s) s on true
  left join leads_lead l on l.id = s.lead order by s.since, s.number"""
COLUMNS = {"": '"open"', "late": "late", "asked": "asked"}


class Waiting(NamedTuple):
    """A page of a list: [(item, its lead: number and how far it is confirmed)], {list: how many}, and the cursor of
    what is younger.
    """

    rows: list[tuple[Item, Lead]]
    counts: dict[str, int]
    older: str


def page(user, *, show="", duty="", mine=False, long=None, after=None, limit=walk.PAGE):
    """A page of a list (`Waiting`): "" what is not disclosed yet, "late" of it what is on record since before `long`,
    "asked" what waits for a second person of the office. duty: one of `disclosing.WEIGHED`, or any.
    """
    begin, kinds = walk.place(after), disclosing.WEIGHED[duty][1] if duty else disclosing.KINDS
    asked = {
        "offices": access.agencies_with(user, Permission.REFERRAL_DECIDE), "me": user.pk, "long": long,
        "groups": access.groups_with(user, Permission.DISCLOSURE_KEEP), "kinds": list(kinds), "sources": SOURCES,
        "own": access.agencies_with(user, Permission.DISCLOSURE_KEEP), "limit": limit + 1, **beginning(begin),
    }  # fmt: skip
    further = "and (s.since, s.number) > (%(at)s::timestamptz, %(id)s)" if begin else ""
    sql = FOUND.format(cases=CASES + (MINE if mine else "")) + PAGE.format(which=COLUMNS[show], after=further)
    rows = fetch(sql, asked)
    shown = [row for row in rows if row["key"]]
    last = shown[limit - 1] if len(shown) > limit else None
    items = [(Item(**{name: row[name] for name in Item._fields}), _lead(row)) for row in shown[:limit]]
    counts = {name: rows[0][f"many_{name or 'open'}"] for name in LISTS}
    return Waiting(items, counts, walk.encode(last["since"].isoformat(), last["number"]) if last else "")


def _lead(row):
    stands = {name: row[name] for name in ("hits", "confirmed_count", "events_count")}
    return Lead(pk=row["lead"], number=row["lead_number"], **stands)


def cases(user, leads):
    """{id of a lead: the open cases of a person's offices on it, or that assert an event of it}."""
    offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
    found = Referral.objects.visible_to(user).filter(office__in=offices, status__in=Referral.OPEN)
    on_them = Referral.objects.order_by().filter(lead__in=leads).values("pk")
    asserting = ReferralEvent.objects.filter(event__lead__in=leads).values("referral")
    found = found.filter(pk__in=on_them.union(asserting, all=True))
    by_lead = {}
    for each in found.select_related("office", "assigned_to").prefetch_related("asserted__event").order_by("id"):
        for lead in {each.lead_id, *(one.event.lead_id for one in each.asserted.all())}:
            by_lead.setdefault(lead, []).append(each)
    return by_lead
