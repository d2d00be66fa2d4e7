"""Who and what had to do with the events of a lead, as sources say: named, added to, withdrawn."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import entitykeys, queries
from leads.actions._leads import hold
from leads.actions._same import apart
from leads.models import Assertion, Entity, EntityKey, Lead, LeadEvent, Particular
from leads.policies import entities as policies
from leads.queries import entities as queries_entities

NUMBERS = (Particular.Kind.STATE_NUMBER, Particular.Kind.FBI_NUMBER, Particular.Kind.LOCAL_NUMBER)


@transaction.atomic
def name(*, lead, kind, name, role, source_kind, source, reliability, validity, by, event=None, region="", born_on=None,
         more=None, others=(), now=None):  # fmt: skip
    """Name somebody or something on a lead that is not known yet, with the source that says so.

    more: {kind of particular: value} that the source tells besides. others: known records of which the person said that
    none is meant; where they may decide that, it is not asked again.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    access.enforce(policies.say, by, lead)
    who = {"kind": kind, "name": name.strip(), "region": region.strip().upper(), "born_on": born_on}
    _must_be_new(lead, who, {"event": event, "role": role, "source_kind": source_kind, "source": source.strip()})
    entity = Entity.objects.create(agency=lead.agency, recorded_at=now, recorded_by=by, **who)
    # A record stands for itself until somebody says that it is another one.
    entity.standing_id = entity.pk
    _find_by(entity, entitykeys.keys(kind, entity.name, region=entity.region, born_on=born_on))
    said = _say(lead, entity, event, role, source_kind, source, reliability, validity, by, now)
    _add(entity, lead, more or {}, by, now)
    for other in others:
        if policies.decide(by, entity, other) is None:
            apart(entity, other, f"Said when it was named on {lead.number}.", by=by, now=now)
    return said


@transaction.atomic
def say(*, lead, entity, role, source_kind, source, reliability, validity, by, event=None, more=None, now=None):
    """Say of somebody or something that is known that it had to do with a lead, or with one more event of it. `more` as
    in `name`: what is known of it from a lead is seen by those who see that lead.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    access.enforce(policies.say, by, lead)
    if not Entity.objects.visible_to(by).filter(pk=entity.pk).exists():
        raise access.Refused("Only what you see can be named again. Name it as new.", "assertions.say", lead)
    said = _say(lead, entity, event, role, source_kind, source, reliability, validity, by, now)
    _add(entity, lead, more or {}, by, now)
    return said


def _must_be_new(lead, who, said):
    """A form that was sent twice names nobody twice."""
    of = {f"entity__{name}": value for name, value in who.items()}
    if lead.assertions.standing().filter(**of, **said).exists():
        raise access.Refused("This source says that already. Give another source, or leave it.", "assertions.say", lead)


def _say(lead, entity, event, role, source_kind, source, reliability, validity, by, now):
    if event is not None and not LeadEvent.objects.filter(pk=event.pk, lead=lead).exists():
        raise access.Refused("This event is not on the lead any more. Open the lead again.", "assertions.say", lead)
    given = {"event": event, "role": role, "source_kind": source_kind, "source": source.strip()}
    if lead.assertions.standing().filter(entity=entity, **given).exists():
        raise access.Refused("This source says that already. Give another source, or leave it.", "assertions.say", lead)
    said = Assertion.objects.create(
        lead=lead, entity=entity, reliability=reliability, validity=validity,
        agency_id=policies.speaking_for(by, lead), said_at=now, said_by=by, **given,
    )  # fmt: skip
    audit.record("assertion.said", lead, by=by, agency=lead.agency, entity=entity.number, role=role, assertion=said.pk)
    return said


def _add(entity, lead, more, by, now):
    for kind, value in more.items():
        given = {"entity": entity, "lead": lead, "kind": kind, "value": value.strip()}
        if Particular.objects.standing().filter(**given).exists():
            continue
        made = Particular.objects.create(**given, added_at=now, added_by=by)
        if kind in NUMBERS:
            _find_by(entity, entitykeys.number_keys(kind, value), made)
        elif kind == Particular.Kind.OTHER_NAME:
            _find_by(entity, entitykeys.person_keys(value, entity.born_on), made)
        audit.record("entity.added_to", entity, by=by, agency=entity.agency_id, lead=lead.number, kind=kind)


def _find_by(entity, keys, particular=None):
    EntityKey.objects.bulk_create(
        EntityKey(entity=entity, particular=particular, key=key[:200]) for key in sorted(keys)
    )


@transaction.atomic
def withdraw(*, assertion, why, by, now=None):
    """Take back what was said: it stays on record with the reason, and those at work on the lead are told. With the
    last of it on a lead goes what else was known from there.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=assertion.lead_id))
    held = Assertion.objects.select_for_update(of=["self"], no_key=True).select_related("entity")
    assertion = held.get(pk=assertion.pk)
    assertion.lead = lead
    access.enforce(policies.withdraw, by, assertion)
    assertion.withdrawn_at, assertion.withdrawn_by, assertion.withdrawn_why = now, by, why.strip()
    assertion.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    if not lead.assertions.standing().filter(entity=assertion.entity).exists():
        # What it told besides was told of somebody of whom the lead says nothing any more.
        known = Particular.objects.standing().filter(lead=lead, entity=assertion.entity)
        known.update(withdrawn_at=now, withdrawn_by=by)
    told = {"entity": assertion.entity.number, "assertion": assertion.pk}
    audit.record("assertion.withdrawn", lead, by=by, agency=lead.agency, **told)
    notify(queries.involved(lead), "assertion.withdrawn", lead, by=by, now=now)
    return assertion


@transaction.atomic
def unmask(*, entity, reason, by):
    """Let a person read a masked name, once, for a reason that stays on record."""
    access.enforce(policies.unmask, by, entity, queries_entities.agencies_of(entity, by))
    audit.record("person.unmasked", entity, by=by, agency=entity.agency_id, reason=reason.strip())
    return entity
