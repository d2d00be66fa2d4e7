"""Two records that turn out to be one arrest, one warrant or one gun count once; what named them stays."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.models import Outcome
from leads.policies import outcomes as policies_outcomes


@transaction.atomic
def merge(*, outcome, into, why, by, now=None):
    """Say that `outcome` is `into`: it keeps its number and who named it, and counts as that one."""
    now = now or timezone.now()
    outcome, into = _held(outcome, into)
    access.enforce(policies_outcomes.merge, by, outcome, into=into)
    if into.merged_into_id or into.kind != outcome.kind or into.pk == outcome.pk:
        raise Refused("Choose another one of the same kind, which counts by itself.", "outcomes.into", outcome)
    if not Outcome.objects.visible_to(by).filter(pk=into.pk).exists():
        raise Refused("Choose one that you see.", "outcomes.into", outcome)
    outcome.merged_into, outcome.merged_at, outcome.merged_by, outcome.merged_why = into, now, by, why
    outcome.save(update_fields=["merged_into", "merged_at", "merged_by", "merged_why"])
    audit.record("outcome.merged", outcome, by=by, agency=outcome.agency, into=into.pk, why=why)
    return into


@transaction.atomic
def part(*, outcome, by):
    """Take back that it is another one: what named it counts as it again."""
    (outcome,) = _held(outcome)
    access.enforce(policies_outcomes.part, by, outcome)
    was, outcome.merged_into, outcome.merged_at, outcome.merged_by = outcome.merged_into_id, None, None, None
    why, outcome.merged_why = outcome.merged_why, ""
    outcome.save(update_fields=["merged_into", "merged_at", "merged_by", "merged_why"])
    audit.record("outcome.parted", outcome, by=by, agency=outcome.agency, was=was, why=why)
    return outcome


def _held(*outcomes):
    """Locked in the order of their ids, so that two who merge them crosswise wait for each other."""
    held = Outcome.objects.select_for_update(of=["self"], no_key=True).select_related("agency").order_by("pk")
    found = {each.pk: each for each in held.filter(pk__in=[each.pk for each in outcomes])}
    return [found[each.pk] for each in outcomes]
