"""Pages of exhibits, one exhibit with all that hangs on it."""

from django.db.models import Prefetch

from agencies import walk
from agencies.roles import Permission
from evidence.models import CustodyEvent, Exhibit, HandOver, Incident, LegalHold
from evidence.models.exhibit import PARTED
from evidence.queries.laboratory import ENTRIES
from evidence.queries.reach import GRANTED, PAGE, WORKED_ON, beginning, fetch, page_of, reached
from evidence.queries.triage import SHEET

MOST_LABELLED = 2000
# The hand-overs of an exhibit with who takes part in them.
HAND_OVERS = Prefetch(
    "hand_overs",
    HandOver.objects.select_related("offered_by", "answered_by", "to_agency", "to_unit", "to_person", "to_place")
    .order_by("pk"),
)  # fmt: skip


ROWS = """
  select e.id, e.number, e.kind, e.caliber, e.count, e.description, e.storage, e.created_at, e.collected_at,
         e.nibin_eligible, i.id as incident_id, i.case_number, a.code, a.mark, a.name as agency, a.zone,
         f.make, f.model, c.purpose, c.to_whom, h.offered_at, q.entered_at, q.due_at
    from k join evidence_exhibit e on e.id = k.id join evidence_incident i on i.id = e.incident_id
    join agencies_agency a on a.id = e.agency_id left join evidence_firearm f on f.exhibit_id = e.id
    left join lateral (select purpose, to_whom from evidence_custodyevent c where c.exhibit_id = e.id
                        order by c.position desc limit 1) c on true
    left join evidence_handover h on h.exhibit_id = e.id and h.status = 'offered'
    left join lateral (select entered_at, due_at from evidence_acquisition q where q.exhibit_id = e.id
                           and q.rejected_at is null order by q.id desc limit 1) q on true"""


def exhibits(user, *, kind="", cursor=None, limit=PAGE, permission=Permission.INCIDENT_VIEW):
    """The exhibits recorded last, of the agencies in which the user holds `permission`."""
    begin = walk.place(cursor)
    where = ["e.agency_id = source.id", GRANTED.format(incident="e.incident_id")]
    where += ["e.kind = %(kind)s"] if kind else []
    walks = [f"from evidence_exhibit e where {' and '.join(where)}"]
    return fetch(
        f"""with {page_of(user, walks, "e.created_at", newest=True, begin=begin, source=WORKED_ON)}
      {ROWS} order by k.key desc, k.id desc""",
        {**reached(user, permission), "kind": kind, **beginning(begin), "limit": limit + 1},
    )


# A number that more exhibits share is none.
MOST_NUMBERED = 1000
NUMBERED = f"""
  with m as materialized (
    (select e.id, e.incident_id from evidence_exhibit e
      where upper(translate(e.property_number, '{PARTED}', '')) = %(key)s and e.property_number <> '' limit %(most)s)
    union
    (select e.id, e.incident_id from evidence_exhibit e
      where upper(translate(e.lab_number, '{PARTED}', '')) = %(key)s and e.lab_number <> '' limit %(most)s)
    union
    select e.id, e.incident_id from evidence_exhibit e
     where e.incident_id = any(%(cases)s::bigint[]) and upper(e.number) = upper(%(number)s)),
  k as (select m.id from m where {GRANTED.format(incident="m.incident_id")} order by m.id desc limit {PAGE})
  {ROWS} order by e.created_at desc, e.id desc"""


def exhibits_numbered(user, typed, cases=None, number=""):
    """The visible exhibits with this property or laboratory number, hyphens and blanks apart, or with `number` in the
    visible incidents that the condition `cases` names; the newest first, as many as a page has.
    """
    key = typed.translate(str.maketrans("", "", PARTED)).upper()
    if len(key) < 3 or not any(each.isdigit() for each in key):
        return []
    named = Incident.objects.visible_to(user).filter(cases) if cases is not None else Incident.objects.none()
    asked = {"key": key, "most": MOST_NUMBERED, "number": number}
    asked["cases"] = list(named.values_list("pk", flat=True)[:PAGE])
    return fetch(NUMBERED, reached(user, Permission.INCIDENT_VIEW) | asked)


def exhibits_of(incident):
    """The exhibits of one incident with what a page of it shows: firearm, last leg of custody, entries into NIBIN."""
    return (
        Exhibit.objects.filter(incident=incident)
        .select_related("firearm")
        .prefetch_related("custody", HAND_OVERS, ENTRIES)
    )


def whole_exhibits(user):
    """Visible exhibits with everything their page shows."""
    return (
        Exhibit.objects.visible_to(user)
        .select_related("incident", "agency", "created_by", "firearm", "held_by", "place", "disposed_by", "fired_from")
        .prefetch_related(Prefetch("custody", CustodyEvent.objects.select_related("recorded_by")), HAND_OVERS, ENTRIES)
        .prefetch_related(SHEET)
        .prefetch_related("disposals", Prefetch("holds", LegalHold.objects.select_related("agency", "set_by")))
    )


def exhibits_labelled(user, cases, chosen):
    """Visible exhibits with what a label says: those of the incidents that the condition `cases` names, else those
    whose ids are `chosen`; by case and number as people count.
    """
    visible = Exhibit.objects.visible_to(user).select_related("incident", "agency", "firearm")
    if cases is not None:
        visible = visible.filter(incident__in=Incident.objects.visible_to(user).filter(cases))
    else:
        visible = visible.filter(pk__in=chosen)
    return sorted(visible[:MOST_LABELLED], key=lambda each: (each.incident_id, len(each.number), each.number))
