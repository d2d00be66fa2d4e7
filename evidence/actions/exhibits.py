from django.db import IntegrityError, transaction

from agencies import access, audit
from evidence import policies
from evidence.actions import custody
from evidence.guns.serials import serial_key
from evidence.models import CustodyEvent, Exhibit, Firearm, Incident


@transaction.atomic
def add(*, incident, by, number, kind, collected_at, firearm=None, **facts):
    """Add one item, or one group of casings, to an incident; its chain of custody begins with whoever collected it.

    `firearm` holds the description of a firearm: make, model, caliber, type_code, serial, importer, country and marks.
    """
    incident = Incident.objects.select_for_update(of=["self"]).select_related("agency").get(pk=incident.pk)
    access.enforce(policies.add_exhibit, by, incident)
    exhibit = Exhibit(
        incident=incident,
        agency=incident.agency,
        number=number.strip(),
        kind=kind,
        collected_at=collected_at,
        created_by=by,
        **facts,
    )
    try:
        with transaction.atomic():
            exhibit.save(force_insert=True)
    except IntegrityError as error:
        if "exhibit_number_once_per_incident" not in str(error):
            raise
        raise access.Refused(
            f"Case {incident} has an exhibit {exhibit.number} already. Give this one another number.", "exhibits.number"
        ) from error
    if kind == Exhibit.Kind.FIREARM:
        Firearm.objects.create(exhibit=exhibit, **_described(**(firearm or {})))
    audit.record("exhibit.added", exhibit, by=by, incident=incident.pk, number=exhibit.number, kind=kind)
    custody.record(
        exhibit=exhibit,
        by=by,
        purpose=CustodyEvent.Purpose.COLLECTED,
        from_whom="Scene",
        to_whom=exhibit.collected_by or str(by),
        at=collected_at,
    )
    return exhibit


def _described(*, serial="", is_privately_made=False, **description):
    key = serial_key(serial)
    # "None" on the form of a privately made firearm is the absence of a number, not a number.
    kept = serial.strip() if key or not is_privately_made else ""
    return {**description, "serial": kept, "serial_key": key, "is_privately_made": is_privately_made}
