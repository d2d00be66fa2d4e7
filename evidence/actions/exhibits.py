from django.db import IntegrityError, transaction

from agencies import access, audit
from evidence import numbers, policies
from evidence.actions import custody
from evidence.guns.serials import serial_key
from evidence.models import CustodyEvent, Exhibit, Firearm, Incident
from evidence.models.exhibit import plain


class ChangedMeanwhileError(Exception):
    """Somebody saved the exhibit after the person who corrects it had opened it."""


@transaction.atomic
def add(*, incident, by, number, kind, collected_at, firearm=None, **facts):
    """Add one item, or one group of casings, to an incident; its chain of custody begins with whoever collected it.

    `firearm` holds the description of a firearm: make, model, caliber, type_code, serial, importer, country and marks.
    """
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=incident.pk)
    access.enforce(policies.add_exhibit, by, incident)
    facts, firearm = _of_one_caliber(kind, facts, firearm)
    exhibit = Exhibit(
        incident=incident,
        agency=incident.agency,
        number=number.strip(),
        kind=kind,
        collected_at=collected_at,
        created_by=by,
        **facts,
    )
    _save_once(exhibit, force_insert=True)
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


@transaction.atomic
def correct(*, exhibit, by, seen, firearm=None, **facts):
    """Change what was recorded wrongly, or add what was not known: of the item, and of the firearm that it is.

    `seen` is the exhibit's `version` when the person opened it. What became another thing loses or gains the
    description of a firearm.
    """
    held = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    exhibit = held.select_related("incident", "agency").get(pk=exhibit.pk)
    access.enforce(policies.correct_exhibit, by, exhibit, **facts)
    if exhibit.version != seen:
        raise ChangedMeanwhileError(f"Exhibit {exhibit} was changed in the meantime.")
    facts, firearm = _of_one_caliber(facts.get("kind", exhibit.kind), facts, firearm)
    changes = _set(exhibit, {name: facts[name] for name in Exhibit.CORRECTABLE if name in facts})
    if changes:
        _save_once(exhibit, update_fields=list(changes))
    changes |= _set_firearm(exhibit, firearm)
    if changes:
        audit.record("exhibit.corrected", exhibit, by=by, incident=exhibit.incident_id, changes=changes)
    return exhibit


def _of_one_caliber(kind, facts, firearm):
    """(facts, firearm) with the same caliber in both: what is read from the weapon comes before what the label says."""
    caliber = (firearm or {}).get("caliber") or facts.get("caliber")
    if kind != Exhibit.Kind.FIREARM or not caliber:
        return facts, firearm
    return {**facts, "caliber": caliber}, {**(firearm or {}), "caliber": caliber}


def _set(record, values):
    """Set what differs; {name: [before, after]} of that."""
    changes = {name: [getattr(record, name), new] for name, new in values.items() if getattr(record, name) != new}
    for name, (_before, new) in changes.items():
        setattr(record, name, new)
    return {name: [plain(value) for value in pair] for name, pair in changes.items()}


def _set_firearm(exhibit, description):
    gun = getattr(exhibit, "firearm", None)
    if exhibit.kind != Exhibit.Kind.FIREARM:
        if gun is None:
            return {}
        gun.delete()
        return {f"firearm.{name}": [getattr(gun, name), ""] for name in Firearm.DESCRIBED if getattr(gun, name)}
    if gun and description is None:
        return {}
    fresh = gun is None
    gun = gun or Firearm(exhibit=exhibit)
    known = {name: getattr(gun, name) for name in Firearm.DESCRIBED} | ({"caliber": exhibit.caliber} if fresh else {})
    changes = _set(gun, _described(**known | (description or {})))
    if fresh:
        gun.save(force_insert=True)
    elif changes:
        gun.save(update_fields=list(changes))
    return {f"firearm.{name}": pair for name, pair in changes.items() if name != "serial_key"}


def _save_once(exhibit, **how):
    try:
        with transaction.atomic():
            exhibit.save(**how)
    except IntegrityError as error:
        if "exhibit_number_once_per_incident" not in str(error):
            raise
        reason = numbers.exhibit_is_there(exhibit.incident, exhibit.number)
        raise access.Refused(reason, "exhibits.number") from error


def _described(*, serial="", is_privately_made=False, **description):
    key = serial_key(serial)
    # "None" on the form of a privately made firearm is the absence of a number, not a number.
    kept = serial.strip() if key or not is_privately_made else ""
    return {**description, "serial": kept, "serial_key": key, "is_privately_made": is_privately_made}
