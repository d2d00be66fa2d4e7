"""The reasons for which an office declines: added, retired, used again. None is ever deleted."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from leads.models import DeclinationReason
from leads.policies import court as policies
from leads.queries import declining as queries


@transaction.atomic
def add(*, office, label, by, now=None):
    """One more reason of an office, for cases that are declined from now on."""
    access.enforce(policies.keep_reasons, by, office)
    _alone(office)
    label, found = " ".join(label.split()), queries.table(office)
    if any(each.label.casefold() == label.casefold() for each in found):
        raise Refused("This reason stands in the list already, in use or retired.", "declining.add", office)
    if not label or len(found) >= queries.MOST:
        raise Refused(f"Say the reason; a list has {queries.MOST} at most.", "declining.add", office)
    made = DeclinationReason.objects.create(
        office=office, code=f"own_{sum(each.is_own for each in found) + 1}", label=label,
        added_at=now or timezone.now(), added_by=by,
    )  # fmt: skip
    audit.record("declination_reason.added", made, by=by, agency=office, code=made.code, label=label)
    return made


@transaction.atomic
def set_used(*, office, code, used, by, now=None):
    """Retire a reason, a usual one or an own, or use it again. What was declined for it keeps its words."""
    now = now or timezone.now()
    access.enforce(policies.keep_reasons, by, office)
    _alone(office)
    found = next((each for each in queries.table(office) if each.code == code), None)
    if found is None or code == queries.ALWAYS:
        raise Refused("Choose a reason of the list. “Other” stays in it.", "declining.set_used", office)
    if found.is_used == used:
        raise Refused(f"This reason is {'in use' if used else 'retired'} already.", "declining.set_used", office)
    retired = {"retired_at": None, "retired_by": None} if used else {"retired_at": now, "retired_by": by}
    added = {"label": found.label, "added_at": now, "added_by": by}
    row, _new = DeclinationReason.objects.update_or_create(
        office=office, code=code, defaults=retired, create_defaults=added | retired
    )
    audit.record(f"declination_reason.{'used' if used else 'retired'}", row, by=by, agency=office, code=code)
    return row


def _alone(office):
    """Two who change a list at once do so one after the other."""
    Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=office.pk)
