from django.db import transaction

from agencies import access, audit
from evidence import policies
from evidence.models import Firearm


@transaction.atomic
def check_theft(*, firearm, status, by, reference="", checked_at=None):
    """Record whether a firearm is reported stolen, when that was asked and under which number it is reported.

    Back to not checked takes away what was recorded; the audit log keeps it.
    """
    held = Firearm.objects.select_for_update(of=["self"], no_key=True)
    firearm = held.select_related("exhibit__agency").get(pk=firearm.pk)
    access.enforce(policies.check_theft, by, firearm, status=status, reference=reference, checked_at=checked_at)
    is_checked = status != Firearm.Theft.NOT_CHECKED
    values = {
        "stolen_status": status,
        "stolen_reference": reference.strip() if is_checked else "",
        "stolen_checked_at": checked_at if is_checked else None,
        "stolen_checked_by": by if is_checked else None,
    }
    before = firearm.stolen_status
    for name, value in values.items():
        setattr(firearm, name, value)
    firearm.save(update_fields=list(values))
    audit.record(
        "firearm.theft_checked",
        firearm,
        by=by,
        agency=firearm.exhibit.agency,
        exhibit=firearm.exhibit_id,
        before=before,
        status=status,
        reference=firearm.stolen_reference,
    )
    return firearm.exhibit
