"""Storage places: the tree of an agency, what lies where, and the place a label or a code means."""

from django.db.models import Q

from agencies import walk
from agencies.access import agencies_with
from agencies.models import Agency
from agencies.roles import Permission
from evidence.models import Place
from evidence.queries.reach import GRANTED, MOST, PAGE, beginning, fetch, reached

MOST_SUGGESTED = 500


def place_codes(user, agency):
    """The codes of an agency's open places that the user sees, for a field that suggests them."""
    found = Place.objects.visible_to(user).filter(agency=agency, closed_at=None).order_by("code")
    return list(found.values_list("code", flat=True)[:MOST_SUGGESTED])


def place_of(user, text, agency=None):
    """The open place that a code means to a user: at `agency` before any other; None where it is nobody's or several's.

    A code may be followed by a comma and words, as a place is written everywhere.
    """
    code = text.partition(",")[0].replace("\0", "").strip()
    found = Place.objects.visible_to(user).filter(code__iexact=code, closed_at=None).select_related("agency")
    found = list(found[:20])
    here = [each for each in found if agency is not None and each.agency_id == agency.pk]
    return here[0] if here else found[0] if len(found) == 1 else None


# Step by step down the tree, by the index: a join here is planned as a scan of all places, at each step.
INSIDE_OF = "(select p.id from evidence_place p where p.parent_id = b.id offset 0) p"
CHILDREN = """
  select c.id, c.code, c.label, c.kind, c.closed_at,
         (select count(*) from evidence_place p where p.parent_id = c.id and p.closed_at is null) as places,
         (with recursive below as (
            select c.id union all select p.id from below b cross join lateral {inside_of})
          select count(*) from (select 1 from below b join evidence_exhibit e on e.place_id = b.id
                                 where {granted} limit {most}) n) as exhibits
    from evidence_place c where c.agency_id = %(agency)s and c.parent_id {inside} {beyond}
   order by c.code, c.id limit %(limit)s"""


def places(user, agency, *, parent=None, cursor=None, limit=PAGE):
    """The places right inside `parent`, or at the top of an agency, by code, with the open places inside each and the
    exhibits in it and below that the user sees, exact to a thousand.
    """
    begin = walk.decode(cursor)
    sql = CHILDREN.format(
        granted=GRANTED.format(incident="e.incident_id"),
        most=MOST + 1,
        inside_of=INSIDE_OF,
        inside="= %(parent)s" if parent else "is null",
        beyond="and (c.code, c.id) > (%(code)s, %(id)s)" if begin else "",
    )
    code, pk = begin or ("", 0)
    asked = {"agency": agency.pk, "parent": parent and parent.pk, "code": code, "id": pk, "limit": limit + 1}
    return fetch(sql, reached(user, Permission.INCIDENT_VIEW) | asked)


def above(place):
    """The places that a place lies in, the outermost first."""
    return fetch(
        """with recursive up as (select id, parent_id, code, label, 0 as far from evidence_place where id = %(id)s
             union all select p.id, p.parent_id, p.code, p.label, u.far + 1 from up u cross join lateral (
                         select * from evidence_place p where p.id = u.parent_id offset 0) p)
           select id, code, label from up where far > 0 order by far desc""",
        {"id": place.pk},
    )


def below(place):
    """The ids of a place and of all that lie in it."""
    rows = fetch(
        f"""with recursive down as (select %(id)s::bigint as id union all select p.id from down b
                                     cross join lateral {INSIDE_OF}) select id from down""",
        {"id": place.pk},
    )
    return [row["id"] for row in rows]


def exhibits_in(user, place, *, cursor=None, limit=PAGE):
    """The exhibits right in a place, recorded last first."""
    begin = walk.place(cursor)
    beyond = "and (e.created_at, e.id) < (%(at)s, %(id)s)" if begin else ""
    return fetch(
        f"""
      select e.id, e.number, e.kind, e.caliber, e.count, e.description, e.created_at, i.case_number, a.code, a.mark,
             a.name as agency, a.zone, c.at, c.seal, h.offered_at
        from evidence_exhibit e join evidence_incident i on i.id = e.incident_id
        join agencies_agency a on a.id = e.agency_id
        left join evidence_handover h on h.exhibit_id = e.id and h.status = 'offered'
        left join lateral (select at, seal from evidence_custodyevent c where c.exhibit_id = e.id
                            order by c.position desc limit 1) c on true
       where e.place_id = %(place)s and {GRANTED.format(incident="e.incident_id")} {beyond}
       order by e.created_at desc, e.id desc limit %(limit)s""",
        reached(user, Permission.INCIDENT_VIEW) | {"place": place.pk, "limit": limit + 1} | beginning(begin),
    )


def kept_agencies(user):
    """The agencies whose places a user keeps, the user's own first."""
    mine = agencies_with(user, Permission.INCIDENT_EDIT)
    found = Agency.objects.filter(Q(pk__in=mine) | Q(parent__in=mine), is_active=True)
    return sorted(found, key=lambda each: (each.pk not in mine, each.name))


def places_labelled(user, code, limit):
    """A place by its code and all open ones in it, by code."""
    top = place_of(user, code)
    if top is None:
        return []
    found = Place.objects.visible_to(user).filter(pk__in=below(top), closed_at=None).select_related("agency")
    return list(found.order_by("code")[:limit])
