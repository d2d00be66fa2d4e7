"""Documented events that count for an entry of the people list: added and withdrawn, and measured at once."""

from django.db import transaction
from django.utils import timezone

from agencies import access
from agencies.access import Refused
from leads.actions._listed import enter, locked, measure, stamped
from leads.models import ListedFact
from leads.policies import listed as policies
from leads.standing import listed as standing


@transaction.atomic
def add(*, entry, factor, on, source, by, now=None):
    """Add an arrest, a charge, an order or a traced purchase, with where it can be read."""
    now = now or timezone.now()
    entry = locked(entry)
    access.enforce(policies.record_fact, by, entry)
    today, source = standing.today_of(entry.agency, now), source.strip()
    if on > today:
        raise Refused("Give the day on which it happened.", "listed_facts.add", entry)
    if entry.facts.standing().filter(factor=factor, on=on, source=source).exists():
        raise Refused("This event is on record already.", "listed_facts.add", entry)
    made = ListedFact.objects.create(listed=entry, factor=factor, on=on, source=source, recorded_at=now, recorded_by=by)
    enter(entry, "fact_added", by=by, **stamped(measure(entry, today)))
    return made


@transaction.atomic
def withdraw(*, fact, by, now=None):
    """It was wrong or cannot be shown: it stops counting at once and stays on record until the entry is purged."""
    now = now or timezone.now()
    entry = locked(fact.listed)
    access.enforce(policies.record_fact, by, entry)
    fact = ListedFact.objects.select_for_update(no_key=True).get(pk=fact.pk)
    if fact.withdrawn_at:
        raise Refused("This event is withdrawn already.", "listed_facts.withdraw", entry)
    fact.withdrawn_at, fact.withdrawn_by = now, by
    fact.save(update_fields=["withdrawn_at", "withdrawn_by"])
    enter(entry, "fact_withdrawn", by=by, **stamped(measure(entry, standing.today_of(entry.agency, now))))
    return fact
