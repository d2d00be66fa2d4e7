"""Scores age with the days, and follow what an incident turns out to be: what was urgent a month ago is so no more,
and shots fired become a homicide when somebody dies of them.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads import policies, queries
from leads.actions._leads import refresh
from leads.models import Lead

GOOD_FOR = timedelta(hours=20)


@transaction.atomic
def renew(*, by, now=None, limit=500):
    """Score open leads anew whose score is from another day; returns how many. Call again until none are left."""
    now = now or timezone.now()
    stale = Lead.objects.filter(status=Lead.Status.OPEN, scored_at__lt=now - GOOD_FOR)
    return _score(stale, by=by, now=now, limit=limit)


@transaction.atomic
def follow(*, by, now=None, limit=500):
    """Bring leads up to date whose incidents were corrected since: kind, time, line, score and priority. Returns how
    many; call again until none are left.
    """
    corrected = Lead.objects.filter(pk__in=queries.events_corrected().values("lead")[:limit])
    return _score(corrected, by=by, now=now or timezone.now(), limit=limit)


def _score(leads, *, by, now, limit):
    access.enforce(policies.escalate, by)
    leads = list(leads.order_by("pk").select_for_update(of=["self"], no_key=True, skip_locked=True)[:limit])
    for lead in leads:
        refresh(lead, by=by, now=now)
    audit.record_many("lead.scored", Lead, [lead.pk for lead in leads], by=by)
    return len(leads)
