"""Every scene with gunfire has an answer: evidence, none found after a canvass, or why it was not searched."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from evidence import policies
from evidence.models import Canvass, CollectionRule, Incident


def _held(incident):
    held = Incident.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency").get(pk=incident.pk)


@transaction.atomic
def answer(*, incident, answer, by, searched_by="", searched_at=None, reason="", note=""):
    """Say that a canvass found nothing, by whom and when, or why the scene was not searched; it may be said anew."""
    incident = _held(incident)
    found = answer == Canvass.Answer.NONE_FOUND
    said = {
        "answer": answer,
        "searched_by": searched_by.strip() if found else "",
        "searched_at": searched_at if found else None,
        "reason": "" if found else reason,
        "note": note.strip(),
    }
    access.enforce(policies.answer_collection, by, incident, **said)
    before = incident.collection
    values = said | {"said_at": timezone.now(), "said_by": by}
    made, _new = Canvass.objects.update_or_create(incident=incident, defaults=values)
    incident.collection = answer
    incident.save(update_fields=["collection"])
    audit.record("incident.canvassed", incident, by=by, before=before, after=answer, reason=reason, canvass=made.pk)
    return incident


@transaction.atomic
def withdraw(*, incident, by):
    """Take back what was said of a scene: its question is open again, unless evidence answers it."""
    incident = _held(incident)
    access.enforce(policies.withdraw_answer, by, incident)
    said = Canvass.objects.get(incident=incident)
    was = said.answer
    said.delete()
    if incident.collection != Incident.Collection.COLLECTED:
        incident.collection = Incident.Collection.UNANSWERED
        incident.save(update_fields=["collection"])
    audit.record("incident.canvass_withdrawn", incident, by=by, before=was)
    return incident


@transaction.atomic
def owe(*, incident, by, unit=None, officer=""):
    """Say which unit, or which officer, owes the answer for a scene."""
    incident = _held(incident)
    access.enforce(policies.owe_answer, by, incident, unit=unit)
    incident.owing_unit, incident.owing_officer = unit, officer.strip()
    incident.save(update_fields=["owing_unit", "owing_officer"])
    audit.record("incident.owed", incident, by=by, unit=unit and unit.pk, officer=incident.owing_officer)
    return incident


@transaction.atomic
def set_rule(*, agency, begins_on, by, unit=None):
    """Say from which day an agency answers for every scene, and which unit owes where nobody is named."""
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.set_collection_rule, by, agency, unit=unit)
    values = {"begins_on": begins_on, "unit": unit, "set_at": timezone.now(), "set_by": by}
    rule, _new = CollectionRule.objects.update_or_create(agency=agency, defaults=values)
    audit.record("collection.rule_set", rule, by=by, agency=agency, begins_on=str(begins_on), unit=unit and unit.pk)
    return rule
