"""A legal hold keeps an exhibit whatever its review says."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.actions._legs import locked_exhibit
from evidence.models import LegalHold


@transaction.atomic
def set_hold(*, exhibit, by, reason):
    exhibit = locked_exhibit(exhibit)
    access.enforce(policies.set_hold, by, exhibit)
    agency = policies.holding_agency(by, exhibit)
    made = LegalHold.objects.create(exhibit=exhibit, agency_id=agency, reason=reason, set_at=timezone.now(), set_by=by)
    audit.record("hold.set", exhibit, by=by, hold=made.pk, reason=reason)
    return made


@transaction.atomic
def lift(*, hold, by, reason):
    locked_exhibit(hold.exhibit)
    hold = (
        LegalHold.objects.select_for_update(of=["self"], no_key=True)
        .select_related("agency", "exhibit")
        .get(pk=hold.pk)
    )
    access.enforce(policies.lift_hold, by, hold, reason)
    hold.lifted_at, hold.lifted_by, hold.lifted_because = timezone.now(), by, reason.strip()
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    audit.record("hold.lifted", hold.exhibit, by=by, hold=hold.pk, reason=reason)
    return hold
