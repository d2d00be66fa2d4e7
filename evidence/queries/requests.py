"""What is asked of laboratories, by when, and the entries that wait for their reviewers; what was never entered."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from agencies import walk
from agencies.roles import Permission
from evidence.models import Acquisition, CorrelationReview, LabRequest
from evidence.queries.collection import ANSWERING, UNSAID
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, WORKED_ON, beginning, counted, fetch, page_of, reached

OPEN = "q.status in ('sent', 'received')"
LATELY = timedelta(days=90)
# What one of a reader's agencies asks of one of their laboratories counts once, as the agency's.
SIDES = ("q.agency_id = source.id", "q.laboratory_id = source.id and q.agency_id not in (select id from source)")
# The site's calendar, for clocks and turnarounds.
CALENDAR = """w.opens, w.closes, w.days, w.always, w.federal_holidays,
       array(select h."on"::text from agencies_holiday h where h.calendar_id = w.id order by h."on") as holidays"""


def lab_requests(user, *, show="", today, cursor=None, limit=PAGE):
    """Requests of the user's agencies and to the user's laboratories: the open ones, soonest needed first, those that
    are `late` among them, or `all`, the newest first.
    """
    begin = walk.place(cursor)
    newest = show == "all"
    key, cast, order = ("requested_at", "timestamptz", "desc") if newest else ("needed_on", "date", "asc")
    where = [GRANTED.format(incident="q.incident_id")] + ([] if newest else [OPEN])
    where += ["q.needed_on < %(today)s"] if show == "late" else []
    walks = [
        f"from evidence_labrequest q where q.{side} = source.id and {' and '.join(where)}"
        for side in ("agency_id", "laboratory_id")
    ]
    return fetch(
        f"""
      with {page_of(user, walks, f"q.{key}", newest=newest, begin=begin, cast=cast)}
      select q.id, q.asked, q.priority, q.needed_on, q.status, q.requested_at, q.received_at, q.done_at, q.returned_at,
             q.result, q.reason, i.case_number, a.code, a.mark, a.name as agency, l.name as laboratory, l.zone, l.id
             as laboratory_id, {CALENDAR},
             (select string_agg(e.number, ', ' order by e.id) from evidence_labrequestitem t
                join evidence_exhibit e on e.id = t.exhibit_id where t.request_id = q.id) as exhibits
        from k join evidence_labrequest q on q.id = k.id join evidence_incident i on i.id = q.incident_id
        join agencies_agency a on a.id = q.agency_id join agencies_agency l on l.id = q.laboratory_id
        join agencies_servicecalendar w on w.id = l.calendar_id
       order by k.key {order}, k.id {order}""",
        {**reached(user, Permission.INCIDENT_VIEW), "today": today, **beginning(begin), "limit": limit + 1},
    )


def lab_request_counts(user, today):
    """{"open", "late"} of the requests, each exact to a thousand."""
    one = f"""select 1 from evidence_labrequest q where {{side}} and {OPEN} and {{late}}
                 and {GRANTED.format(incident="q.incident_id")} order by q.needed_on, q.id limit {MOST + 1}"""
    counts = ", ".join(
        f"""(select count(*) from (select 1 from source cross join lateral (
              {" union all ".join(f"({one.format(side=side, late=late)})" for side in SIDES)}) x
              limit {MOST + 1}) c) as {name}"""
        for name, late in (("open", "true"), ("late", "q.needed_on < %(today)s"))
    )
    return counted(
        f"with source as ({OVERSEEN}) select {counts}", {**reached(user, Permission.INCIDENT_VIEW), "today": today}
    )


def whole_lab_requests(user):
    """Visible requests with everything their page shows."""
    return LabRequest.objects.visible_to(user).select_related(
        "incident", "agency", "laboratory__calendar", "requested_by", "received_by", "done_by", "returned_by"
    )


def entries_waiting(request):
    """{exhibit: entry}: of its exhibits those that its laboratory has received and not entered into NIBIN."""
    here = Acquisition.objects.filter(site=request.laboratory_id, entered_at=None, rejected_at=None)
    return dict(here.filter(exhibit__lab_items__request=request).values_list("exhibit_id", "pk"))


def lab_requests_of(exhibit):
    """The requests in which an exhibit is, the newest first."""
    return LabRequest.objects.filter(items__exhibit=exhibit).order_by("-requested_at", "-pk")


def correlations(user, *, status, late=False, now, cursor=None, limit=PAGE):
    """Entries whose candidates wait for a review, least time left first, or that have one, the newest first."""
    begin, waits = walk.place(cursor), status in (CorrelationReview.Status.FIRST, CorrelationReview.Status.SECOND)
    order = "asc" if waits else "desc"
    where = ["r.site_id = source.id", "r.status = %(status)s"]
    where += ["r.due_at < %(now)s"] if late else []
    where += [GRANTED.format(incident="e.incident_id")]
    walks = [
        f"""from evidence_correlationreview r join evidence_acquisition q on q.id = r.acquisition_id
                 join evidence_exhibit e on e.id = q.exhibit_id where {" and ".join(where)}"""
    ]
    return fetch(
        f"""
      with {page_of(user, walks, "r.due_at", newest=not waits, begin=begin)}
      select r.id, r.status, r.due_at, r.lead_number, r.candidate, r.first_at, r.second_at, r.note, r.first_by_id,
             q.entered_at, q.reference, e.id as exhibit_id, e.number, e.kind, e.caliber, e.count, i.case_number,
             i.kind as incident_kind, a.code, a.mark, a.name as agency, s.id as site_id, s.name as site, s.zone,
             f.title as first_title, f.name as first, n.title as second_title, n.name as second, {CALENDAR}
        from k join evidence_correlationreview r on r.id = k.id join evidence_acquisition q on q.id = r.acquisition_id
        join evidence_exhibit e on e.id = q.exhibit_id join evidence_incident i on i.id = e.incident_id
        join agencies_agency a on a.id = e.agency_id join agencies_agency s on s.id = r.site_id
        join agencies_servicecalendar w on w.id = s.calendar_id
        left join agencies_user f on f.id = r.first_by_id left join agencies_user n on n.id = r.second_by_id
       order by k.key {order}, k.id {order}""",
        {**reached(user, Permission.INCIDENT_VIEW), "status": status, "now": now}
        | {**beginning(begin), "limit": limit + 1},
    )


def correlation_counts(user, now):
    """{"first", "first_late", "second", "second_late"}: what waits for each reviewer, exact to a thousand."""
    one = f"""(select 1 from evidence_correlationreview r join evidence_acquisition q on q.id = r.acquisition_id
                 join evidence_exhibit e on e.id = q.exhibit_id
                where r.site_id = source.id and r.status = '{{status}}' and {{when}}
                  and {GRANTED.format(incident="e.incident_id")} order by r.due_at, r.id limit {MOST + 1})"""
    # A walk for each status, as the index has them.
    whens = {"": "true", "_late": "r.due_at < %(now)s"}
    counts = ", ".join(
        f"""(select count(*) from (select 1 from source cross join lateral {one.format(status=status, when=when)} x
              limit {MOST + 1}) c) as {status}{suffix}"""
        for status in ("first", "second")
        for suffix, when in whens.items()
    )
    asked = {**reached(user, Permission.INCIDENT_VIEW), "now": now}
    return counted(f"with source as ({OVERSEEN}) select {counts}", asked)


def whole_correlations(user):
    """Visible reviews with everything their page shows."""
    return CorrelationReview.objects.visible_to(user).select_related(
        "site__calendar", "first_by", "second_by", "acquisition__exhibit__incident", "acquisition__exhibit__agency",
        "acquisition__entered_by",
    )  # fmt: skip


def reviewers_of(lead_number, site):
    """The review under which a site's lead went out: its number is the lead's, with or without the site's code."""
    names = {lead_number, lead_number.removeprefix(f"{site.code}-")} if site else set()
    found = CorrelationReview.objects.filter(site=site, lead_number__in=names).select_related("first_by", "second_by")
    return found.order_by(F("second_at").desc(nulls_last=True), "pk").first()


def release_of(lead_number, site):
    """The review by two people under which a site lets a lead go out, or None."""
    names = {lead_number, lead_number.removeprefix(f"{site.code}-"), f"{site.code}-{lead_number}"}
    found = CorrelationReview.objects.filter(site=site, lead_number__in=names, status=CorrelationReview.Status.RELEASED)
    return found.order_by("-second_at", "pk").first()


def reviews_here(site, day):
    """Whether a site recorded its reviews in the portal by a day already."""
    return CorrelationReview.objects.filter(site=site, first_at__date__lt=day).exists()


def entry_goals(user, now):
    """{"entered", "day", "two_days", "in_time"}: entries of the last ninety days at the user's sites, those within 24
    and 48 hours of receipt, and those within the limit.
    """
    return fetch(
        f"""
      select count(*) as entered, count(*) filter (where q.entered_at <= q.received_at + interval '24 hours') as day,
             count(*) filter (where q.entered_at <= q.received_at + interval '48 hours') as two_days,
             count(*) filter (where q.entered_at <= q.due_at) as in_time
        from ({OVERSEEN}) source join evidence_acquisition q on q.site_id = source.id
       where q.entered_at >= %(since)s""",
        {**reached(user, Permission.INCIDENT_VIEW), "since": now - LATELY},
    )[0]


# A laboratory sees what its center's agencies have shown it.
SOURCE = ANSWERING.format(agencies=WORKED_ON)
NEVER = "e.nibin_eligible and not e.in_nibin and e.kind in ('casing_group', 'firearm')"


def never_entered(user, *, history=False, cursor=None, now, limit=PAGE):
    """Casings and guns that could be in NIBIN and are not, the oldest first: since their agency answers for its scenes,
    or with `history` before that, the newest first.
    """
    begin = walk.place(cursor)
    order = "desc" if history else "asc"
    where = ["e.agency_id = source.id", NEVER, f"e.collected_at {'<' if history else '>='} source.begins"]
    where += [GRANTED.format(incident="e.incident_id")]
    walks = [f"from evidence_exhibit e where {' and '.join(where)}"]
    return fetch(
        f"""
      with {page_of(user, walks, "e.collected_at", newest=history, begin=begin, source=SOURCE)}
      select e.id, e.number, e.kind, e.caliber, e.count, e.collected_at, i.case_number, i.kind as incident_kind,
             a.code, a.mark, a.name as agency, a.zone, f.make, f.model, c.purpose, c.to_whom, q.due_at, q.site,
             exists (select from evidence_exhibit t where t.fired_from_id = e.id) as is_fired
        from k join evidence_exhibit e on e.id = k.id join evidence_incident i on i.id = e.incident_id
        join agencies_agency a on a.id = e.agency_id left join evidence_firearm f on f.exhibit_id = e.id
        left join lateral (select purpose, to_whom from evidence_custodyevent c where c.exhibit_id = e.id
                            order by c.position desc limit 1) c on true
        left join lateral (select q.due_at, s.name as site from evidence_acquisition q
                             join agencies_agency s on s.id = q.site_id
                            where q.exhibit_id = e.id and q.rejected_at is null order by q.id desc limit 1) q on true
       order by k.key {order}, k.id {order}""",
        _since(user, now) | {**beginning(begin), "limit": limit + 1},
    )


def never_entered_counts(user, now, permission=Permission.INCIDENT_VIEW):
    """{"open", "history"} of what was never entered, each exact to a thousand."""
    one = f"""(select count(*) from (select 1 from source cross join lateral (
               select 1 from evidence_exhibit e where e.agency_id = source.id and {NEVER}
                  and e.collected_at {{side}} source.begins and {GRANTED.format(incident="e.incident_id")}
                order by e.collected_at, e.id limit {MOST + 1}) x limit {MOST + 1}) c) as {{name}}"""
    counts = f"{one.format(side='>=', name='open')}, {one.format(side='<', name='history')}"
    return counted(f"with source as ({SOURCE}) select {counts}", _since(user, now, permission))


def _since(user, now, permission=Permission.INCIDENT_VIEW):
    return {**reached(user, permission), "unsaid": timezone.localdate(now) - UNSAID}
