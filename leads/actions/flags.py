"""What there is to work with on a lead and the portal does not hold: set by an analyst with a source, or taken back."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads.actions._leads import hold, refresh
from leads.models import Lead, LeadFlag
from leads.policies import scoring as policies


@transaction.atomic
def add(*, lead, kind, source, by, now=None):
    """Say that something is there, and who says so; the score follows. What is set already is not set twice."""
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    access.enforce(policies.flag, by, lead)
    if lead.flags.filter(kind=kind, withdrawn_at=None).exists():
        raise access.Refused("This is set already. Take it back first if its source was wrong.", "flags.add", lead)
    flag = LeadFlag.objects.create(lead=lead, kind=kind, source=source.strip(), set_at=now, set_by=by)
    audit.record("lead.flagged", lead, by=by, number=lead.number, kind=kind, source=flag.source)
    refresh(lead, by=by, now=now)
    return flag


@transaction.atomic
def withdraw(*, flag, by, now=None):
    """It was not so, or is so no more; it stays on record."""
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=flag.lead_id))
    access.enforce(policies.flag, by, lead)
    flag = LeadFlag.objects.select_for_update(of=["self"], no_key=True).get(pk=flag.pk)
    if flag.withdrawn_at:
        raise access.Refused("This was taken back already.", "flags.withdraw", lead)
    flag.withdrawn_at, flag.withdrawn_by = now, by
    flag.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("lead.unflagged", lead, by=by, number=lead.number, kind=flag.kind)
    refresh(lead, by=by, now=now)
    return flag
