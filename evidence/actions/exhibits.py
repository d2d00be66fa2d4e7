from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from evidence import numbers, policies, queries
from evidence.actions import custody
from evidence.actions._describing import described
from evidence.models import CustodyEvent, Exhibit, Firearm, FirearmPair, Incident, SentForm
from evidence.models.exhibit import plain


class ChangedMeanwhileError(Exception):
    """Somebody saved the exhibit after the person who corrects it had opened it."""


@transaction.atomic
def add(*, incident, by, number, kind, collected_at, firearm=None, keep_words=False, once=None, **facts):
    """Add one item, or one group of casings, to an incident; its chain of custody begins with whoever collected it.

    `once` is the key of the form on the device that sends it: the same form sent again is the same exhibit.

    `firearm` holds the description of a firearm, of the fields `Firearm.DESCRIBED`, as typed; with `keep_words` the
    words stay as they are.
    """
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=incident.pk)
    access.enforce(policies.add_exhibit, by, incident)
    if sent := queries.exhibit_sent_before(by, once, incident, number.strip()):
        return sent
    facts, gun = _gun(kind, facts, firearm, keep_words=keep_words)
    exhibit = Exhibit(
        incident=incident,
        agency=incident.agency,
        number=number.strip(),
        kind=kind,
        collected_at=collected_at,
        review_on=queries.review_date(incident.agency, kind, collected_at),
        created_by=by,
        **facts,
    )
    _save_once(exhibit, force_insert=True)
    if once:
        SentForm.objects.get_or_create(
            key=once, defaults={"incident": incident, "sent_at": timezone.now(), "sent_by": by}
        )
    if kind == Exhibit.Kind.FIREARM:
        Firearm.objects.create(exhibit=exhibit, **gun)
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
def correct(*, exhibit, by, seen, firearm=None, keep_words=False, **facts):
    """Change what was recorded wrongly, or add what was not known: of the item, and of the firearm that it is.

    `seen` is the exhibit's `version` when the person opened it. What became another thing loses or gains the
    description of a firearm.
    """
    held = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    exhibit = held.select_related("incident", "agency").get(pk=exhibit.pk)
    access.enforce(policies.correct_exhibit, by, exhibit, **facts)
    if exhibit.version != seen:
        raise ChangedMeanwhileError(f"Exhibit {exhibit} was changed in the meantime.")
    known = getattr(exhibit, "firearm", None)
    facts, gun = _gun(facts.get("kind", exhibit.kind), facts, firearm, known, exhibit.caliber, keep_words)
    changes = _set(exhibit, {name: facts[name] for name in Exhibit.CORRECTABLE if name in facts})
    if changes:
        _save_once(exhibit, update_fields=list(changes))
    changes |= _set_firearm(exhibit, gun)
    if changes:
        audit.record("exhibit.corrected", exhibit, by=by, incident=exhibit.incident_id, changes=changes)
    return exhibit


def _gun(kind, facts, firearm, known=None, caliber="", keep_words=False):
    """(facts, values of the firearm or None): with the same caliber in both, and what is read from the weapon comes
    before what the label says.
    """
    if kind != Exhibit.Kind.FIREARM:
        return facts, None
    if reason := policies.why_not_described(firearm or {}, known):
        raise access.Refused(reason, "exhibits.firearm")
    given = dict(firearm or {})
    if label := facts.get("caliber") or ("" if known else caliber):
        given.setdefault("caliber", label)
        given["caliber"] = given["caliber"] or label
    values = described(given, known, keep_words)
    return (facts | {"caliber": values["caliber"]} if given.get("caliber") else facts), values


def _set(record, values):
    """Set what differs; {name: [before, after]} of that."""
    changes = {name: [getattr(record, name), new] for name, new in values.items() if getattr(record, name) != new}
    for name, (_before, new) in changes.items():
        setattr(record, name, new)
    return {name: [plain(value) for value in pair] for name, pair in changes.items()}


def _set_firearm(exhibit, values):
    gun = getattr(exhibit, "firearm", None)
    if values is None:
        if gun is None:
            return {}
        # What nobody decided was only suggested, of a record that is no firearm.
        FirearmPair.objects.of(gun).delete()
        gun.delete()
        return {f"firearm.{name}": [plain(getattr(gun, name)), ""] for name in Firearm.DESCRIBED if getattr(gun, name)}
    if gun is None:
        gun = Firearm(exhibit=exhibit)
        changes = _set(gun, values)
        gun.save(force_insert=True)
        return _told(changes)
    changes = _set(gun, values)
    if changes:
        right = {*filter(None, gun.corrected.split(",")), *(name for name in changes if name in Firearm.DESCRIBED)}
        gun.corrected = ",".join(sorted(right))
        gun.save(update_fields=[*changes, "corrected"])
    return _told(changes)


def _told(changes):
    return {f"firearm.{name}": pair for name, pair in changes.items() if name in Firearm.DESCRIBED}


def _save_once(exhibit, **how):
    try:
        with transaction.atomic():
            exhibit.save(**how)
    except IntegrityError as error:
        if "exhibit_number_once_per_incident" not in str(error):
            raise
        reason = numbers.exhibit_is_there(exhibit.incident, exhibit.number)
        raise access.Refused(reason, "exhibits.number") from error
