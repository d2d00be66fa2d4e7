from django.db import transaction

from agencies import access, audit
from evidence import policies
from evidence.actions import acquisitions
from evidence.actions._legs import add_leg, locked_exhibit
from evidence.models import Acquisition, CustodyEvent, Exhibit


@transaction.atomic
def record(*, exhibit, count, fired_at, by, note=""):
    """Record a test fire: its cartridge cases are an exhibit of their own, which begins with who fired. A NIBIN clock
    that runs for the gun runs on for them.
    """
    gun = locked_exhibit(exhibit)
    access.enforce(policies.fire_gun, by, gun, fired_at=fired_at, count=count)
    fired = Exhibit.objects.create(
        incident=gun.incident,
        agency=gun.agency,
        number=_number(gun),
        kind=Exhibit.Kind.TEST_FIRE,
        caliber=gun.caliber,
        count=count,
        description=note.strip(),
        fired_from=gun,
        nibin_eligible=gun.nibin_eligible,
        not_eligible_reason=gun.not_eligible_reason,
        collected_at=fired_at,
        collected_by=str(by),
        created_by=by,
    )
    audit.record("exhibit.test_fired", fired, by=by, gun=gun.pk, number=fired.number, count=count)
    add_leg(
        fired,
        by,
        purpose=CustodyEvent.Purpose.COLLECTED,
        from_whom=f"Test fire of exhibit {gun}",
        to_whom=str(by),
        to_person=by,
        to_agency=gun.held_by,
        held_by=gun.held_by,
        at=fired_at,
    )
    waiting = Acquisition.objects.filter(exhibit=gun, entered_at=None, rejected_at=None).first()
    if waiting and policies.reject_exhibit(by, waiting) is None:
        acquisitions.move(acquisition=waiting, to=fired, by=by)
    return fired


def _number(gun):
    """The gun's number with the next test fire's: 12-TF1."""
    taken = set(gun.incident.exhibits.values_list("number", flat=True))
    return next(name for name in (f"{gun.number}-TF{place}" for place in range(1, 1000)) if name not in taken)
