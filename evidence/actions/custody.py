from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import policies, queries
from evidence.models import CustodyEvent, Exhibit

Purpose = CustodyEvent.Purpose


@transaction.atomic
def record(*, exhibit, by, purpose, to_whom, at, from_whom="", condition="", seal="", laboratory=None, storage=""):
    """Add one leg to an exhibit's chain. A laboratory that it is sent to sees the case from then on and is told."""
    held = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    exhibit = held.select_related("incident", "agency").get(pk=exhibit.pk)
    last = exhibit.custody.last()
    access.enforce(policies.record_custody, by, exhibit, at=at, last_at=last.at if last else None)
    leg = CustodyEvent.objects.create(
        exhibit=exhibit,
        purpose=purpose,
        from_whom=from_whom or (last.to_whom if last else ""),
        to_whom=to_whom,
        condition=condition,
        seal=seal,
        at=at,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    leg.refresh_from_db(fields=["position", "previous_hash", "hash"])
    if storage:
        exhibit.storage = storage
        exhibit.save(update_fields=["storage"])
    audit.record("custody.recorded", exhibit, by=by, leg=leg.pk, purpose=purpose, to_whom=to_whom)
    if laboratory:
        access.share(exhibit.incident, laboratory)
        audit.record("incident.shared", exhibit.incident, by=by, with_agency=laboratory.pk)
        notify(queries.people_with(Permission.ACQUISITION_RECORD, laboratory), "exhibit.sent", exhibit, by=by)
    return leg
