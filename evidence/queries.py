"""Pages of evidence that stay quick at a million rows: an index walk for each agency, keyset cursors.

Lists hold what the agencies a person works for own, oversee as a center, or receive as a laboratory; every row also
carries a grant to one of their groups, as `visible_to` asks for. Cursors are (sort key as ISO text, id).
"""

from django.db import connection
from django.db.models import Prefetch

from agencies import walk
from agencies.access import agencies_with, groups_with
from agencies.models import Agency, User
from agencies.roles import Permission, roles_with
from evidence.models import Acquisition, CustodyEvent, Exhibit, Incident, Trace

PAGE = walk.PAGE
MOST = 1000

GRANTED = """exists (select 1 from evidence_incidentgrant g
                      where g.content_object_id = {incident} and g.group_id = any(%(groups)s::int[]))"""

OVERSEEN = """select a.id from agencies_agency a
    where a.id = any(%(agencies)s::int[]) or a.parent_id = any(%(agencies)s::int[])"""

# A laboratory works on what its center's agencies send.
WORKED_ON = (
    OVERSEEN  # noqa: S608
    + """ or a.parent_id in (
    select l.parent_id from agencies_agency l where l.id = any(%(agencies)s::int[]) and l.kind = 'laboratory')"""
)


def fetch(sql, params):
    """Rows of a statement as dicts of plain values."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def incidents(user, *, kind="", cursor=None, limit=PAGE, permission=Permission.INCIDENT_VIEW):
    """The newest incidents, one more than `limit` when there are more, of one kind or all: those of the agencies in
    which the user holds `permission`.
    """
    sql, params = walk.visible_ids(
        "evidence_incidentgrant",
        groups_with(user, permission),
        _newest(kind),
        after=walk.place(cursor),
        limit=limit + 1,
    )
    return fetch(f"with k as ({sql}) {INCIDENT_ROWS} join k on k.id = i.id order by k.sort_key desc, i.id desc", params)


def incidents_named(user, named):
    """The visible incidents that a case number can mean as somebody typed it (`keys.named`), newest first."""
    ids = list(Incident.objects.visible_to(user).filter(named).values_list("pk", flat=True)[:PAGE])
    return fetch(f"{INCIDENT_ROWS} where i.id = any(%s) order by i.occurred_at desc, i.id desc", [ids]) if ids else []


def incidents_count(user, *, kind=""):
    """How many are visible, exact to a thousand and a thousand and one beyond."""
    groups = groups_with(user, Permission.INCIDENT_VIEW)
    return fetch(*walk.count("evidence_incidentgrant", groups, _newest(kind), most=MOST))[0]["count"]


def _newest(kind):
    if kind:
        return walk.Order("occurred_at", descending=True, where="s.kind = %s", params=(kind,))
    return walk.Order("occurred_at", descending=True, where="s.occurred_at is not null")


INCIDENT_ROWS = """
  select i.id, i.case_number, i.kind, i.occurred_at, i.time_known, i.offense, i.address, i.district, i.victims_count,
         i.review, a.code, a.mark, a.name as agency, a.zone,
         (select count(*) from evidence_exhibit e where e.incident_id = i.id) as exhibits
    from evidence_incident i join agencies_agency a on a.id = i.agency_id"""


def exhibits(user, *, kind="", cursor=None, limit=PAGE, permission=Permission.INCIDENT_VIEW):
    """The exhibits recorded last, of the agencies in which the user holds `permission`."""
    begin = walk.place(cursor)
    where = ["e.agency_id = source.id", GRANTED.format(incident="e.incident_id")]
    where += ["e.kind = %(kind)s"] if kind else []
    where += ["(e.created_at, e.id) < (%(at)s, %(id)s)"] if begin else []
    return fetch(
        f"""
      with source as ({WORKED_ON}), k as (
        select x.* from source cross join lateral (
          select e.id, e.created_at from evidence_exhibit e where {" and ".join(where)}
           order by e.created_at desc, e.id desc limit %(limit)s) x
         order by x.created_at desc, x.id desc limit %(limit)s)
      select e.id, e.number, e.kind, e.caliber, e.count, e.description, e.storage, e.created_at, e.collected_at,
             e.nibin_eligible, i.id as incident_id, i.case_number, a.code, a.mark, a.name as agency, a.zone,
             f.make, f.model, c.purpose, c.to_whom, q.entered_at, q.due_at
        from k join evidence_exhibit e on e.id = k.id join evidence_incident i on i.id = e.incident_id
        join agencies_agency a on a.id = e.agency_id left join evidence_firearm f on f.exhibit_id = e.id
        left join lateral (select purpose, to_whom from evidence_custodyevent c where c.exhibit_id = e.id
                            order by c.position desc limit 1) c on true
        left join lateral (select entered_at, due_at from evidence_acquisition q where q.exhibit_id = e.id
                            order by q.id desc limit 1) q on true
       order by k.created_at desc, k.id desc""",  # noqa: S608
        {**_reach(user, permission), "kind": kind, **_from(begin), "limit": limit + 1},
    )


def waiting(user, *, late=False, cursor=None, now, limit=PAGE):
    """The NIBIN entry queue of the user's sites, least time left first, with each site's calendar."""
    begin = walk.place(cursor)
    where = ["q.site_id = source.id", "q.entered_at is null", GRANTED.format(incident="e.incident_id")]
    where += ["q.due_at < %(now)s"] if late else []
    where += ["(q.due_at, q.id) > (%(at)s, %(id)s)"] if begin else []
    return fetch(
        f"""
      with source as ({OVERSEEN}), k as (
        select x.* from source cross join lateral (
          select q.id, q.due_at from evidence_acquisition q join evidence_exhibit e on e.id = q.exhibit_id
           where {" and ".join(where)} order by q.due_at, q.id limit %(limit)s) x
         order by x.due_at, x.id limit %(limit)s)
      select q.id, q.received_at, q.due_at, e.id as exhibit_id, e.number, e.kind, e.caliber, e.count, i.case_number,
             i.kind as incident_kind, a.code, a.mark, a.name as agency, s.id as site_id, s.name as site, s.zone,
             w.opens, w.closes, w.days, w.always, w.federal_holidays,
             array(select h."on"::text from agencies_holiday h where h.calendar_id = w.id order by h."on") as holidays
        from k join evidence_acquisition q on q.id = k.id join evidence_exhibit e on e.id = q.exhibit_id
        join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
        join agencies_agency s on s.id = q.site_id join agencies_servicecalendar w on w.id = s.calendar_id
       order by k.due_at, k.id""",  # noqa: S608
        {**_reach(user, Permission.INCIDENT_VIEW), "now": now, **_from(begin), "limit": limit + 1},
    )


def waiting_counts(user, now):
    """(waiting, late), each exact to a thousand; the late ones come first, so they are counted first."""
    row = fetch(
        f"""
      select count(*) as waiting, count(*) filter (where c.due_at < %(now)s) as late from (
        select x.due_at from ({OVERSEEN}) source cross join lateral (
          select q.due_at from evidence_acquisition q join evidence_exhibit e on e.id = q.exhibit_id
           where q.site_id = source.id and q.entered_at is null and {GRANTED.format(incident="e.incident_id")}
           order by q.due_at, q.id limit {MOST + 1}) x
         order by x.due_at limit {MOST + 1}) c""",  # noqa: S608
        {**_reach(user, Permission.INCIDENT_VIEW), "now": now},
    )[0]
    return row["waiting"], row["late"]


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
        {**_reach(user, Permission.TRACE_VIEW), "status": status, **_from(begin), "limit": limit + 1},
    )


def _reach(user, permission):
    return {"agencies": agencies_with(user, permission), "groups": groups_with(user, permission)}


def _from(begin):
    return {"at": begin[0], "id": begin[1]} if begin else {"at": None, "id": None}


def recordable_agencies(user):
    """The agencies for which a person may record evidence: their own and those of their center, by name."""
    mine = agencies_with(user, Permission.INCIDENT_EDIT)
    owners = Agency.objects.filter(is_active=True, kind__in=[*Agency.INVESTIGATORS, Agency.Kind.LABORATORY])
    return owners.filter(pk__in=mine) | owners.filter(parent__in=mine)


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
    centers = [center for center in (exhibit.agency.parent_id, exhibit.agency_id) if center]
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
    Acquisition.objects.select_related("site__calendar").prefetch_related("site__calendar__holidays").order_by("pk"),
)


def exhibits_of(incident):
    """The exhibits of one incident with what a page of it shows: firearm, last leg of custody, entries into NIBIN."""
    return Exhibit.objects.filter(incident=incident).select_related("firearm").prefetch_related("custody", ENTRIES)


def whole_exhibits(user):
    """Visible exhibits with everything their page shows."""
    return (
        Exhibit.objects.visible_to(user)
        .select_related("incident", "agency", "created_by", "firearm")
        .prefetch_related(Prefetch("custody", CustodyEvent.objects.select_related("recorded_by")), ENTRIES)
    )


def traces_of(user, firearm):
    """The traces of one firearm that the user may see, newest first."""
    visible = Trace.objects.visible_to(user).filter(firearm=firearm)
    return visible.select_related("requested_by").order_by("-requested_at", "-pk")


def broken_custody():
    """Walk every chain of custody; yield (exhibit id, case number, exhibit number, position, what is wrong)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
          select w.exhibit_id, i.case_number, e.number, w.position, w.wrong from (
            select c.exhibit_id, c.position, case
               when c.position <> row_number() over chain then 'a row before it is missing'
               when c.previous_hash <> coalesce(lag(c.hash) over chain, '')
                 then 'it does not follow from the row before'
               when c.hash <> evidence_custody_hash(c.previous_hash, c) then 'its content was changed' end as wrong
              from evidence_custodyevent c window chain as (partition by c.exhibit_id order by c.position)) w
            join evidence_exhibit e on e.id = w.exhibit_id join evidence_incident i on i.id = e.incident_id
           where w.wrong is not null order by w.exhibit_id, w.position"""
        )
        yield from cursor.fetchall()
