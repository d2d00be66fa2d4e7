"""Pages of exhibits, one exhibit with all that hangs on it, and the check of the chains of custody."""

from django.db import connection
from django.db.models import Prefetch

from agencies import walk
from agencies.roles import Permission
from evidence.models import CustodyEvent, Exhibit
from evidence.queries.laboratory import ENTRIES
from evidence.queries.reach import GRANTED, PAGE, WORKED_ON, beginning, fetch, reached


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
        {**reached(user, permission), "kind": kind, **beginning(begin), "limit": limit + 1},
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
