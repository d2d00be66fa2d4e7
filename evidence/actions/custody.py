from django.db import transaction

from agencies import access, audit
from agencies.models import AuditEvent
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions._legs import add_leg, locked_exhibit, locked_place
from evidence.models import CustodyEvent, Exhibit

Purpose = CustodyEvent.Purpose
STAYS = (Purpose.COLLECTED, Purpose.STORED, Purpose.EXAMINED)
# Whose hands an exhibit is in, where a leg names no agency of the portal.
BACK_HOME = (Purpose.COLLECTED, Purpose.RETURNED)


@transaction.atomic
def record(
    *, exhibit, by, purpose, to_whom, at, from_whom="", condition="", seal="", laboratory=None, storage="",
    to_agency=None, to_person=None, paper="", note="", receipt=None,
):  # fmt: skip
    """Add one leg to an exhibit's chain, on the word of one side. A laboratory that it is sent to sees the case from
    then on and is told. `paper`: what the other side signed, where it has no account.
    """
    exhibit = locked_exhibit(exhibit)
    last = exhibit.custody.last()
    access.enforce(policies.record_custody, by, exhibit, at=at, last_at=last.at if last else None)
    leg = add_leg(
        exhibit,
        by,
        purpose=purpose,
        from_whom=from_whom or (last.to_whom if last else ""),
        to_whom=to_whom,
        condition=condition,
        seal=seal,
        at=at,
        storage=storage or _still_in(exhibit, purpose),
        held_by=to_agency or _now_with(exhibit, purpose),
        to_agency=to_agency,
        to_person=to_person,
        paper=paper,
        note=note,
        receipt=receipt,
    )
    if laboratory:
        access.share(exhibit.incident, laboratory)
        audit.record("incident.shared", exhibit.incident, by=by, with_agency=laboratory.pk)
        notify(queries.people_with(Permission.ACQUISITION_RECORD, laboratory), "exhibit.sent", exhibit, by=by)
    return leg


def _still_in(exhibit, purpose):
    """The words of where it lies, for a row that takes nothing off its shelf."""
    return exhibit.storage if purpose in STAYS and exhibit.place_id is None else ""


def _now_with(exhibit, purpose):
    if purpose in BACK_HOME:
        return exhibit.agency
    return exhibit.held_by if purpose in (Purpose.STORED, Purpose.EXAMINED) else None


@transaction.atomic
def store(*, exhibit, place, by, at, condition="", seal="", note="", receipt=None):
    """Put an exhibit into a place of the agency that has it: a row of the chain, for it was in somebody's hands."""
    place = locked_place(place)
    exhibit = locked_exhibit(exhibit)
    last = exhibit.custody.last()
    access.enforce(policies.store_exhibit, by, exhibit, place)
    access.enforce(policies.record_custody, by, exhibit, at=at, last_at=last.at if last else None)
    return add_leg(
        exhibit,
        by,
        purpose=Purpose.STORED,
        from_whom=last.to_whom if last else str(by),
        from_person=by,
        to_whom=str(place),
        to_agency=place.agency,
        held_by=place.agency,
        place=place,
        at=at,
        condition=condition,
        seal=seal,
        note=note,
        receipt=receipt,
    )


@transaction.atomic
def verify(*, by):
    """Walk every chain: what does not hold is recorded, and told once to those who keep and who audit the agency.

    Returns [(exhibit id, case number, exhibit number, row, what is wrong)].
    """
    access.enforce(policies.check_chains, by)
    broken = list(queries.broken_custody())
    exhibits = Exhibit.objects.select_related("agency__parent").in_bulk({row[0] for row in broken})
    for pk, case_number, number, position, wrong in broken:
        exhibit = exhibits[pk]
        seen = AuditEvent.objects.filter(verb="custody.broken", object_type=exhibit._meta.label_lower, object_id=pk)
        is_new = not seen.filter(data__row=position, data__wrong=wrong).exists()
        audit.record("custody.broken", exhibit, by=by, row=position, wrong=wrong)
        if is_new:
            label = f"{case_number}, exhibit {number}, row {position}"[:80]
            notify(queries.keepers_of(exhibit.agency), "custody.broken", exhibit, by=by, label=label)
    return broken
