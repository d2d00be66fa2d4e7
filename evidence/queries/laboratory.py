"""The laboratory's work: what waits for entry into NIBIN, and who may receive what."""

from django.db.models import Prefetch

from agencies import walk
from agencies.access import agencies_with
from agencies.models import Agency, User
from agencies.roles import Permission, roles_with
from evidence.models import Acquisition
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached

WAITS = "q.entered_at is null and q.rejected_at is null"


def waiting(user, *, late=False, cursor=None, now, limit=PAGE):
    """The NIBIN entry queue of the user's sites, least time left first, with each site's calendar."""
    begin = walk.place(cursor)
    where = ["q.site_id = source.id", WAITS, GRANTED.format(incident="e.incident_id")]
    where += ["q.due_at < %(now)s"] if late else []
    walks = [f"from evidence_acquisition q join evidence_exhibit e on e.id = q.exhibit_id where {' and '.join(where)}"]
    return fetch(
        f"""
      with {page_of(user, walks, "q.due_at", begin=begin)}
      select q.id, q.received_at, q.due_at, e.id as exhibit_id, e.number, e.kind, e.caliber, e.count, i.case_number,
             i.kind as incident_kind, a.code, a.mark, a.name as agency, s.id as site_id, s.name as site, s.zone,
             w.opens, w.closes, w.days, w.always, w.federal_holidays,
             array(select h."on"::text from agencies_holiday h where h.calendar_id = w.id order by h."on") as holidays
        from k join evidence_acquisition q on q.id = k.id join evidence_exhibit e on e.id = q.exhibit_id
        join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
        join agencies_agency s on s.id = q.site_id join agencies_servicecalendar w on w.id = s.calendar_id
       order by k.key, k.id""",
        {**reached(user, Permission.INCIDENT_VIEW), "now": now, **beginning(begin), "limit": limit + 1},
    )


def waiting_counts(user, now):
    """(waiting, late), each exact to a thousand; the late ones come first, so they are counted first."""
    row = counted(
        f"""
      select count(*) as waiting, count(*) filter (where c.due_at < %(now)s) as late from (
        select x.due_at from ({OVERSEEN}) source cross join lateral (
          select q.due_at from evidence_acquisition q join evidence_exhibit e on e.id = q.exhibit_id
           where q.site_id = source.id and {WAITS} and {GRANTED.format(incident="e.incident_id")}
           order by q.due_at, q.id limit {MOST + 1}) x
         order by x.due_at limit {MOST + 1}) c""",
        {**reached(user, Permission.INCIDENT_VIEW), "now": now},
    )
    return row["waiting"], row["late"]


def enters(user):
    """Whether the user records NIBIN entries at a site: a laboratory, or an agency that has received an exhibit."""
    mine = agencies_with(user, Permission.ACQUISITION_RECORD)
    laboratory = Agency.objects.filter(pk__in=mine, kind=Agency.Kind.LABORATORY)
    return laboratory.exists() or Acquisition.objects.filter(site__in=mine).exists()


def sites_for(exhibit):
    """Where an exhibit can go into NIBIN: the laboratories of its center and its own agency."""
    active = Agency.objects.filter(is_active=True)
    return active.filter(pk__in=laboratories_for(exhibit)) | active.filter(pk=exhibit.agency_id)


def laboratories_for(exhibit):
    """The laboratories of the exhibit's center."""
    return laboratories_of(exhibit.agency)


def laboratories_of(agency):
    """The laboratories of an agency's center."""
    centers = [center for center in (agency.parent_id, agency.pk) if center]
    return Agency.objects.filter(is_active=True, kind=Agency.Kind.LABORATORY, parent__in=centers)


def people_with(permission, agency):
    """The people whose role in one agency carries a permission."""
    return User.objects.filter(
        is_active=True,
        memberships__agency=agency,
        memberships__ended_at=None,
        memberships__role__in=roles_with(permission),
    ).distinct()


# Entries into NIBIN with all that their clocks need.
ENTRIES = Prefetch(
    "acquisitions",
    Acquisition.objects.select_related("site__calendar", "correlation__first_by", "correlation__second_by")
    .prefetch_related("site__calendar__holidays")
    .order_by("pk"),
)
