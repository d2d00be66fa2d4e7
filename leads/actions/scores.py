"""Scores age with the days: what was urgent a month ago is so no more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads import policies
from leads.actions._leads import refresh
from leads.models import Lead

GOOD_FOR = timedelta(hours=20)


@transaction.atomic
def renew(*, by, now=None, limit=500):
    """Score open leads anew whose score is from another day; returns how many. Call again until none are left."""
    now = now or timezone.now()
    access.enforce(policies.escalate, by)
    stale = Lead.objects.filter(status=Lead.Status.OPEN, scored_at__lt=now - GOOD_FOR).order_by("pk")
    leads = list(stale.select_for_update(of=["self"], skip_locked=True)[:limit])
    for lead in leads:
        refresh(lead, now=now)
    audit.record_many("lead.scored", Lead, [lead.pk for lead in leads], by=by)
    return len(leads)
