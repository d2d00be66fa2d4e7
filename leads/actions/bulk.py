"""One step for many leads: each is asked and done by itself, so that one refusal stops none of the others."""

from django.db import transaction

from agencies import audit
from agencies.access import Refused
from leads.actions import assignments, obligations
from leads.actions._leads import hold
from leads.models import Lead, Obligation


@transaction.atomic
def assign(*, owed, investigator, by, unit=None):
    """Give many obligations to one person; returns [(obligation, why not or "")] in the order of their leads."""
    step = {"investigator": investigator, "unit": unit, "by": by}
    return _each("assigned", owed, by, lambda each: assignments.assign(obligation=each, **step))


@transaction.atomic
def acknowledge(*, owed, by):
    """Acknowledge many obligations; returns [(obligation, why not or "")] in the order of their leads."""
    return _each("acknowledged", owed, by, lambda each: obligations.acknowledge(obligation=each, by=by))


def _each(verb, owed, by, step):
    done = []
    # Every step locks its lead. All of them are held before the first, so that this never holds one and waits for
    # another whose holder waits for the first.
    hold(Lead.objects.filter(pk__in={each.lead_id for each in owed}))
    for obligation in sorted(owed, key=lambda each: (each.lead_id, each.pk)):
        try:
            with transaction.atomic():
                step(obligation)
            done.append((obligation, ""))
        except Refused as refusal:
            done.append((obligation, refusal.reason))
    refused = [obligation.pk for obligation, reason in done if reason]
    ids = [obligation.pk for obligation, reason in done if not reason]
    audit.record_many(f"obligation.{verb}_together", Obligation, ids, by=by, refused=refused)
    return done
