"""Whose case it is in its office."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads.models import Referral
from leads.policies import dates as policies
from leads.queries import dates as queries_dates


@transaction.atomic
def give(*, referral, prosecutor, by, now=None):
    """Give a case to a prosecutor of its office, or to nobody (None): then it is everybody's there."""
    now = now or timezone.now()
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.give, by, referral)
    if prosecutor and not queries_dates.prosecutors(referral.office_id).filter(pk=prosecutor.pk).exists():
        raise Refused("Choose a prosecutor of the office.", "caseloads.prosecutor", referral)
    before, referral.assigned_to = referral.assigned_to_id, prosecutor
    referral.assigned_at, referral.assigned_by = (now, by) if prosecutor else (None, None)
    referral.save(update_fields=["assigned_to", "assigned_at", "assigned_by"])
    changes = {"assigned_to": [before, prosecutor and prosecutor.pk]}
    audit.record("referral.assigned", referral, by=by, agency=referral.office_id, changes=changes)
    if prosecutor and prosecutor.pk != before:
        notify([prosecutor], "referral.assigned", referral, by=by, now=now)
    return referral
