"""Scenes with gunfire and what was found there: those without an answer, oldest first, and those without evidence."""

from datetime import timedelta

from django.utils import timezone

from agencies import walk
from agencies.access import agencies_with
from agencies.models import Agency, Unit
from agencies.roles import Permission
from evidence.models import CollectionRule
from evidence.models.incident import GUNFIRE_KINDS
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached

# For how long an agency answers that has not said from when.
UNSAID = timedelta(days=90)
# The same words as the index has: without an answer, of a kind with gunfire.
UNANSWERED = "i.collection = '' and i.kind in ('" + "', '".join(GUNFIRE_KINDS) + "')"
# The agencies of a reader, and from when each answers for its scenes by its own clock.
ANSWERING = """
  select a.id, (coalesce(r.begins_on, %(unsaid)s::date)::timestamp at time zone a.zone) as begins
    from agencies_agency a left join evidence_collectionrule r on r.agency_id = a.id
   where a.id in ({agencies})"""
SOURCE = ANSWERING.format(agencies=OVERSEEN)
ROWS = """
  select i.id, i.case_number, i.kind, i.occurred_at, i.time_known, i.address, i.district, i.collection,
         i.owing_officer, i.agency_id, a.code, a.mark, a.name as agency, a.zone, u.name as unit,
         s.searched_by, s.searched_at, s.reason, s.note,
         w.opens, w.closes, w.days, w.always, w.federal_holidays,
         array(select h."on"::text from agencies_holiday h where h.calendar_id = w.id order by h."on") as holidays
    from k join evidence_incident i on i.id = k.id join agencies_agency a on a.id = i.agency_id
    join agencies_servicecalendar w on w.id = a.calendar_id
    left join evidence_collectionrule r on r.agency_id = a.id
    left join agencies_unit u on u.id = coalesce(i.owing_unit_id, r.unit_id)
    left join evidence_canvass s on s.incident_id = i.id"""


def unanswered(user, *, agency=None, unit=None, days=0, history=False, cursor=None, now, limit=PAGE):
    """Scenes without an answer, the oldest first: since their agency answers, or with `history` before that, the newest
    first. `unit` (a Unit) owes it; `days` have passed at least.
    """
    begin = walk.place(cursor)
    order = "desc" if history else "asc"
    where = [f"i.occurred_at {'<' if history else '>='} source.begins", UNANSWERED]
    where += ["i.occurred_at <= %(until)s"] if days else []
    where += [GRANTED.format(incident="i.id")]
    walks = [
        f"from evidence_incident i where i.agency_id = source.id and {' and '.join([*where, *owing])}"
        for owing in _owing(unit)
    ]
    source = f"{SOURCE} and (%(agency)s::bigint is null or a.id = %(agency)s)"
    return fetch(
        f"""with {page_of(user, walks, "i.occurred_at", newest=history, begin=begin, source=source)}
      {ROWS} order by k.key {order}, k.id {order}""",
        _params(user, now)
        | {"agency": unit.agency_id if unit else agency, "unit": unit and unit.pk, "limit": limit + 1}
        | {"until": now - timedelta(days=days), **beginning(begin)},
    )


def _owing(unit):
    """Conditions of one walk each: a unit owes what names it, and what names none where the agency's rule names it."""
    if unit is None:
        return [[]]
    by_rule = CollectionRule.objects.filter(agency=unit.agency_id, unit=unit).exists()
    return [["i.owing_unit_id = %(unit)s"], *([["i.owing_unit_id is null"]] if by_rule else [])]


def without_evidence(user, *, collection, cursor=None, now, limit=PAGE):
    """Scenes of which somebody said that none was found, or why they were not searched; the newest first."""
    begin = walk.place(cursor)
    where = ["i.agency_id = source.id", "i.collection = %(collection)s", GRANTED.format(incident="i.id")]
    where += ["i.collection in ('none_found', 'not_searched')"]
    walks = [f"from evidence_incident i where {' and '.join(where)}"]
    return fetch(
        f"""with {page_of(user, walks, "i.occurred_at", newest=True, begin=begin, source=SOURCE)}
      {ROWS} order by k.key desc, k.id desc""",
        _params(user, now) | {"collection": collection, "limit": limit + 1, **beginning(begin)},
    )


def unanswered_counts(user, now, permission=Permission.INCIDENT_VIEW):
    """{"open", "old", "history"}, each exact to a thousand: scenes without an answer, those of a week and more among
    them, and those from before their agency answers.
    """
    one = f"""select 1 from evidence_incident i where i.agency_id = source.id and {UNANSWERED}
                 and {GRANTED.format(incident="i.id")}"""
    parts = {
        "open": "i.occurred_at >= source.begins order by i.occurred_at, i.id",
        "old": "i.occurred_at >= source.begins and i.occurred_at <= %(week)s order by i.occurred_at, i.id",
        "history": "i.occurred_at < source.begins order by i.occurred_at desc, i.id desc",
    }
    counts = ", ".join(
        f"""(select count(*) from (select 1 from source cross join lateral (
              {one} and {part} limit {MOST + 1}) x limit {MOST + 1}) c) as {name}"""
        for name, part in parts.items()
    )
    params = _params(user, now, permission) | {"week": now - timedelta(days=7)}
    return counted(f"with source as ({SOURCE}) select {counts}", params)


def _params(user, now, permission=Permission.INCIDENT_VIEW):
    return {**reached(user, permission), "unsaid": timezone.localdate(now) - UNSAID}


def answering_agencies(user, permission=Permission.INCIDENT_VIEW):
    """The agencies with scenes in which a person, or their center, holds `permission`, with their rules."""
    mine = agencies_with(user, permission)
    found = Agency.objects.filter(is_active=True, kind__in=Agency.INVESTIGATORS).select_related("collection_rule__unit")
    return (found.filter(pk__in=mine) | found.filter(parent__in=mine)).order_by("name")


def owing_units(agencies):
    """The units of these agencies that may owe an answer."""
    return Unit.objects.filter(agency__in=agencies, is_active=True).select_related("agency")
