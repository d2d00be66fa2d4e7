"""What is past its review, on its way out, on hold; and what stands against the disposal of one exhibit."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q

from agencies import walk
from agencies.access import agencies_with
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import Disposal, Exhibit, RetentionRule
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached
from evidence.retention import months_after

LIVE = "(select 1 from evidence_disposal d where d.exhibit_id = e.id and d.status in ('proposed', 'approved'))"
WHAT = """e.id as exhibit_id, e.number, e.kind, e.caliber, e.count, e.review_on, e.storage, i.case_number, a.code,
          a.mark, a.name as agency, a.zone, f.make, f.model, t.to_agency as on_its_way_to, c.to_whom as in_hands"""
OF = """join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
        left join evidence_firearm f on f.exhibit_id = e.id
        left join lateral (select y.name as to_agency from evidence_handover w join agencies_agency y
                             on y.id = w.to_agency_id where w.exhibit_id = e.id and w.status = 'offered') t on true
        left join lateral (select to_whom from evidence_custodyevent c where c.exhibit_id = e.id
                            order by c.position desc limit 1) c on true"""
HELD = "exists (select 1 from evidence_legalhold h where h.exhibit_id = e.id and h.lifted_at is null) as held"


def disposal_gaps(disposal):
    """What stands against a disposal now: codes of `Disposal.GAPS`."""
    row = fetch("select evidence_disposal_gaps(%(id)s, %(method)s) as gaps",
                {"id": disposal.exhibit_id, "method": disposal.method})[0]  # fmt: skip
    return [gap for gap in row["gaps"].split(",") if gap]


def _kept(user):
    """The agencies whose evidence a user reviews or lets go."""
    asked = reached(user, Permission.INCIDENT_VIEW)
    mine = {*agencies_with(user, Permission.INCIDENT_EDIT), *agencies_with(user, Permission.DISPOSAL_APPROVE)}
    return asked | {"agencies": sorted(mine)}


def to_review(user, today, *, cursor=None, limit=PAGE):
    """Exhibits past their day of review and not on their way out, the longest past first. `today`: a date."""
    begin = walk.place(cursor)
    walks = [
        f"""from evidence_exhibit e
                where e.agency_id = source.id and e.disposed_at is null and e.review_on <= %(today)s
                  and not exists {LIVE} and {GRANTED.format(incident="e.incident_id")}"""
    ]
    return fetch(
        f"""
      with {page_of(user, walks, "e.review_on", begin=begin, cast="date")}
      select e.id, {WHAT}, {HELD} from k join evidence_exhibit e on e.id = k.id {OF}
       order by k.key, k.id""",
        _kept(user) | {"today": today, "limit": limit + 1} | beginning(begin),
    )


def disposals(user, status, *, cursor=None, limit=PAGE):
    """Disposals in one status, proposed last first."""
    begin = walk.place(cursor)
    walks = [
        f"""from evidence_disposal d join evidence_exhibit e on e.id = d.exhibit_id
                where d.agency_id = source.id and d.status = %(status)s
                  and {GRANTED.format(incident="e.incident_id")}"""
    ]
    return fetch(
        f"""
      with {page_of(user, walks, "d.proposed_at", newest=True, begin=begin)}
      select d.id, d.method, d.reason, d.proposed_at, d.ended_at, u.title, u.name, {WHAT}, {HELD}
        from k join evidence_disposal d on d.id = k.id join agencies_user u on u.id = d.proposed_by_id
        join evidence_exhibit e on e.id = d.exhibit_id {OF}
       order by k.key desc, k.id desc""",
        _kept(user) | {"status": status, "limit": limit + 1} | beginning(begin),
    )


def holds(user, *, cursor=None, limit=PAGE):
    """Legal holds that stand, set last first: those that the user's agencies set."""
    begin = walk.place(cursor)
    walks = [
        f"""from evidence_legalhold h join evidence_exhibit e on e.id = h.exhibit_id
                where h.agency_id = source.id and h.lifted_at is null and {GRANTED.format(incident="e.incident_id")}"""
    ]
    return fetch(
        f"""
      with {page_of(user, walks, "h.set_at", newest=True, begin=begin)}
      select h.id, h.reason, h.set_at, u.title, u.name, {WHAT}, true as held
        from k join evidence_legalhold h on h.id = k.id join agencies_user u on u.id = h.set_by_id
        join evidence_exhibit e on e.id = h.exhibit_id {OF}
       order by k.key desc, k.id desc""",
        _kept(user) | {"limit": limit + 1} | beginning(begin),
    )


def disposal_counts(user, today):
    """{view: how many}, each exact to a thousand: due, proposed, approved."""
    one = """(select count(*) from (select 1 from source cross join lateral (
               {rows} limit {most}) x limit {most}) c)"""
    granted = GRANTED.format(incident="e.incident_id")
    due = f"""select 1 from evidence_exhibit e where e.agency_id = source.id and e.disposed_at is null
               and e.review_on <= %(today)s and not exists {LIVE} and {granted}
              order by e.review_on, e.id"""
    status = f"""select 1 from evidence_disposal d join evidence_exhibit e on e.id = d.exhibit_id
                  where d.agency_id = source.id and d.status = '{{status}}' and {granted}
                  order by d.proposed_at desc, d.id desc"""
    parts = {"due": due, **{each: status.format(status=each) for each in Disposal.LIVE}}
    columns = ", ".join(f"{one.format(rows=rows, most=MOST + 1)} as {name}" for name, rows in parts.items())
    return counted(f"with source as ({OVERSEEN}) select {columns}", _kept(user) | {"today": today})


def reviews_to_tell(agency, now):
    """Exhibits whose day of review has come, of which nobody was told, and that are not on their way out already."""
    come = Exhibit.objects.filter(agency=agency, disposed_at=None, review_on__lte=today_of(agency, now))
    untold = come.filter(Q(review_told_on=None) | ~Q(review_told_on=F("review_on")))
    return untold.exclude(Exists(Disposal.objects.filter(exhibit=OuterRef("pk"), status__in=Disposal.LIVE)))


def agencies_to_tell(now):
    """The agencies with an exhibit of which somebody has to be told that its day of review has come."""
    every = Agency.objects.filter(is_active=True).order_by("pk")
    return [agency for agency in every if reviews_to_tell(agency, now).exists()]


def whole_disposals(user):
    """Visible disposals with everything their page shows."""
    return Disposal.objects.visible_to(user).select_related(
        "agency", "exhibit__incident", "exhibit__agency", "exhibit__firearm", "exhibit__held_by", "proposed_by",
        "approved_by", "ended_by", "waived_by", "seconded_by",
    )  # fmt: skip


def review_date(agency, kind, collected_at):
    """When an exhibit is reviewed by its agency's rule, None where it has none for the kind."""
    months = RetentionRule.objects.filter(agency=agency, kind=kind).values_list("months", flat=True).first()
    return months_after(collected_at.astimezone(ZoneInfo(agency.zone)).date(), months) if months else None


def today_of(agency, now: datetime):
    return now.astimezone(ZoneInfo(agency.zone)).date()


def rules_of(agency):
    return dict(RetentionRule.objects.filter(agency=agency).values_list("kind", "months"))
