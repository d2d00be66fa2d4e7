"""Hand-overs that wait, who may receive an exhibit, who is told, and the check of the chains of custody."""

from django.db import connection
from django.db.models import Q

from agencies import walk
from agencies.access import agencies_with, groups_with, standings
from agencies.models import Agency, Unit, User
from agencies.roles import Permission, roles_with
from evidence.models import HandOver, Receipt
from evidence.queries.laboratory import laboratories_for, people_with
from evidence.queries.reach import GRANTED, MOST, PAGE, beginning, counted, fetch

NOT_MINE = "h.offered_by_id <> %(me)s"
OF_MINE = "unnest(%(records)s::int[]) source(id)"
# Which of the open hand-overs, each by the walks that find them: those that wait for the user, those the user gave, all
# of the user's agencies.
VIEWS = {
    "waiting": (
        ("(values (1)) source(id)", f"h.to_person_id = %(me)s and {NOT_MINE}"),
        (OF_MINE, f"h.to_agency_id = source.id and {NOT_MINE}"),
        ("unnest(%(units)s::int[]) source(id)", f"h.to_unit_id = source.id and h.to_person_id is null and {NOT_MINE}"),
    ),
    "given": (("(values (1)) source(id)", "h.offered_by_id = %(me)s"),),
    "transit": ((OF_MINE, "h.from_agency_id = source.id"), (OF_MINE, "h.to_agency_id = source.id")),
}


def _asked(user):
    return {
        "me": user.pk,
        "records": agencies_with(user, Permission.INCIDENT_EDIT),
        "units": sorted({each.unit_id for each in standings(user) if each.unit_id}),
        "groups": groups_with(user, Permission.INCIDENT_VIEW),
    }


def _walked(view, limit, beyond=""):
    """The first open hand-overs of a view, each once: (id, offered_at)."""
    walks = " union all ".join(
        f"""select x.id, x.offered_at from {source} cross join lateral (
              select h.id, h.offered_at from evidence_handover h join evidence_exhibit e on e.id = h.exhibit_id
               where h.status = 'offered' and {where} and {GRANTED.format(incident="e.incident_id")} {beyond}
               order by h.offered_at, h.id limit {limit}) x"""
        for source, where in VIEWS[view]
    )
    return f"select distinct w.id, w.offered_at from ({walks}) w order by w.offered_at, w.id limit {limit}"


def hand_overs(user, *, view, cursor=None, limit=PAGE):
    """Open hand-overs of one of `VIEWS`, the oldest first."""
    begin = walk.place(cursor)
    beyond = "and (h.offered_at, h.id) > (%(at)s, %(id)s)" if begin else ""
    return fetch(
        f"""
      with k as ({_walked(view, limit + 1, beyond)})
      select h.id, h.offered_at, h.at, h.seal, h.condition, h.purpose, e.id as exhibit_id, e.number, e.kind, e.caliber,
             e.count, i.case_number, a.code, a.mark, a.name as agency, a.zone, g.title as giver_title, g.name as giver,
             fa.name as from_agency, ta.name as to_agency, u.name as to_unit, p.title as to_title, p.name as to_name,
             w.code as to_place
        from k join evidence_handover h on h.id = k.id join evidence_exhibit e on e.id = h.exhibit_id
        join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
        join agencies_user g on g.id = h.offered_by_id join agencies_agency fa on fa.id = h.from_agency_id
        join agencies_agency ta on ta.id = h.to_agency_id left join agencies_unit u on u.id = h.to_unit_id
        left join agencies_user p on p.id = h.to_person_id left join evidence_place w on w.id = h.to_place_id
       order by k.offered_at, k.id""",
        _asked(user) | beginning(begin),
    )


def hand_over_counts(user):
    """{view: how many are open}, each exact to a thousand."""
    parts = [f"(select count(*) from ({_walked(view, MOST + 1)}) c) as {view}" for view in VIEWS]
    return counted(f"select {', '.join(parts)}", _asked(user))


def whole_hand_overs(user):
    """Visible hand-overs with everything their page shows."""
    return HandOver.objects.visible_to(user).select_related(
        "exhibit__incident", "exhibit__agency", "exhibit__firearm", "offered_by", "answered_by", "from_agency",
        "from_place", "to_agency", "to_unit", "to_person", "to_place",
    )  # fmt: skip


def open_hand_over(exhibit):
    """The hand-over that an exhibit is in transit by, or None."""
    found = exhibit.hand_overs.open().select_related("offered_by", "to_agency", "to_unit", "to_person", "to_place")
    return found.first()


def receivers_for(exhibit):
    """The agencies that an exhibit can be handed to: those on its case, and the laboratories of its center."""
    on_the_case = Agency.objects.filter(group__in=exhibit.incident.grants.values("group"))
    found = Agency.objects.filter(Q(pk__in=on_the_case.values("pk")) | Q(pk__in=laboratories_for(exhibit).values("pk")))
    return found.filter(is_active=True)


def people_for(agencies):
    """The people of some agencies who work with evidence, by name."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__agency__in=agencies,
            memberships__ended_at=None,
            memberships__role__in=roles_with(Permission.INCIDENT_VIEW),
        )
        .distinct()
        .order_by("name")
    )


def units_for(agencies):
    return Unit.objects.filter(agency__in=agencies, is_active=True).select_related("agency").order_by("agency", "name")


def receivers_told(hand_over):
    """Who is told of an offer: the person named, else the unit's people, else who records evidence for the agency."""
    if hand_over.to_person_id:
        return [hand_over.to_person]
    of_unit = people_for([hand_over.to_agency_id]).filter(
        memberships__unit=hand_over.to_unit_id, memberships__ended_at=None
    )
    if hand_over.to_unit_id and of_unit.exists():
        return of_unit
    return people_with(Permission.INCIDENT_EDIT, hand_over.to_agency)


def keepers_of(agency):
    """Who is told that a chain does not hold: the administrators of an agency, its auditors and those of its center."""
    places = [agency, *filter(None, [agency.parent])]
    found = set(people_with(Permission.AGENCY_MANAGE, agency))
    return found.union(*(people_with(Permission.AUDIT_VIEW, place) for place in places))


CHAINS = """
  select w.exhibit_id, w.position, w.wrong from (
    select c.exhibit_id, c.position, case
       when c.position <> row_number() over chain then 'a row before it is missing'
       when c.previous_hash <> coalesce(lag(c.hash) over chain, '')
         then 'it does not follow from the row before'
       when c.hash <> evidence_custody_hash(c.previous_hash, c) then 'its content was changed' end as wrong
      from evidence_custodyevent c window chain as (partition by c.exhibit_id order by c.position)) w
   where w.wrong is not null"""
# A chain cannot tell by itself that its end was cut off or written anew: the log kept the hash of each row.
LOGGED = """
  select v.object_id, coalesce(c.position, 0),
         case when c.id is null then 'the log knows a last row that was taken out' else 'it was sealed anew' end
    from agencies_auditevent v left join evidence_custodyevent c on c.id = (v.data->>'leg')::bigint
   where v.verb = 'custody.recorded' and v.data ? 'hash' and c.hash is distinct from v.data->>'hash'"""


def broken_custody():
    """Walk every chain of custody and what the log kept of it; yield (exhibit id, case number, exhibit number,
    position, what is wrong), once for each row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
          select distinct on (w.exhibit_id, w.position) w.exhibit_id, i.case_number, e.number, w.position, w.wrong
            from ({CHAINS} union all {LOGGED}) w
            join evidence_exhibit e on e.id = w.exhibit_id join evidence_incident i on i.id = e.incident_id
           order by w.exhibit_id, w.position, w.wrong"""
        )
        yield from cursor.fetchall()


def neighbors(agency):
    """The agencies that a bench hands to: its own, and the active ones of its center. Each exhibit says for itself
    whether the agency takes part in its case.
    """
    center = agency.parent_id or agency.pk
    return Agency.objects.filter(Q(pk=center) | Q(parent=center) | Q(pk=agency.pk), is_active=True)


def whole_receipts(user):
    """Visible receipts with whom they name."""
    return Receipt.objects.visible_to(user).select_related("agency", "place", "to_agency", "to_person", "made_by")


def lines_of(receipt, user):
    """The legs of a check-in and the hand-overs of a check-out, as far as the user sees their exhibits."""
    whole = ("exhibit__incident", "exhibit__agency", "exhibit__firearm")
    if receipt.kind == Receipt.Kind.CHECK_IN:
        return receipt.legs.filter(hand_over=None).visible_to(user).select_related(*whole).order_by("exhibit_id")
    return receipt.hand_overs.visible_to(user).select_related(*whole, "answered_by").order_by("exhibit_id")


def receipts(user, limit=10):
    """The receipts made last at the benches of a user's agencies."""
    mine = agencies_with(user, Permission.INCIDENT_EDIT)
    found = whole_receipts(user).filter(agency__in=mine).order_by("-made_at", "-id")
    return list(found[:limit])
