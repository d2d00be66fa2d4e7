"""The checklist of a lead: what was asked for, what it gave; and what a center looks for on leads of each type."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads.actions._leads import hold
from leads.models import EnrichmentItem, EnrichmentRule, Lead
from leads.policies import entities as policies


@transaction.atomic
def answer(*, lead, kind, state, by, result="", link="", now=None):
    """Say what became of an item. What it was before stays in the log."""
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    item = EnrichmentItem.objects.select_for_update(of=["self"], no_key=True).filter(lead=lead, kind=kind).first()
    access.enforce(policies.answer, by, lead, item, state)
    given = {
        "state": state,
        "result": result.strip(),
        "link": link,
        "changed_at": now or timezone.now(),
        "changed_by": by,
    }
    if item is None:
        item = EnrichmentItem.objects.create(lead=lead, kind=kind, **given)
    else:
        for name, value in given.items():
            setattr(item, name, value)
        item.save(update_fields=list(given))
    audit.record("enrichment.answered", lead, by=by, agency=lead.agency, kind=kind, state=state, result=item.result)
    return item


@transaction.atomic
def choose(*, center, chosen, by, now=None):
    """Choose what is looked for on leads of each type from now on. What was answered on a lead stays there."""
    access.enforce(policies.choose, by, center)
    now = now or timezone.now()
    rule, made = EnrichmentRule.objects.select_for_update(of=["self"], no_key=True).get_or_create(
        agency=center, defaults={"chosen": chosen, "changed_at": now, "changed_by": by}
    )
    if not made:
        rule.chosen, rule.changed_at, rule.changed_by = chosen, now, by
        rule.save(update_fields=["chosen", "changed_at", "changed_by"])
    audit.record("enrichment.chosen", None, by=by, agency=center, chosen=chosen)
    return rule
