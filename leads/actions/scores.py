"""Scores age with the days, and follow what an incident turns out to be: what was urgent a month ago is so no more,
and shots fired become a homicide when somebody dies of them.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads import policies, queries
from leads.actions._leads import refresh
from leads.models import Lead, ScoreTable
from leads.queries import scoring as queries_scoring

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
    leads = _refresh(leads, by=by, now=now, limit=limit)
    audit.record_many("lead.scored", Lead, [lead.pk for lead in leads], by=by)
    return len(leads)


def _refresh(leads, *, by, now, limit):
    leads = leads.order_by("pk").prefetch_related("flags")
    leads = list(leads.select_for_update(of=["self"], no_key=True, skip_locked=True)[:limit])
    tables = {agency: queries_scoring.in_force(agency, now) for agency in {lead.agency_id for lead in leads}}
    for lead in leads:
        refresh(lead, by=by, now=now, table=tables[lead.agency_id])
    return leads


@transaction.atomic
def rescore(*, by, now=None, limit=500):
    """Score open leads anew whose score is of another version than their center's table in force; returns how many.
    Call again until none are left: the last call writes down that it is done, once for a table. What was stopped in
    between goes on where it was.
    """
    access.enforce(policies.escalate, by)
    now = now or timezone.now()
    for table in queries_scoring.newly_in_force(now).select_for_update(of=["self"], no_key=True, skip_locked=True):
        if done := _rescore(table, by=by, now=now, limit=limit):
            return done
    return 0


def _rescore(table, *, by, now, limit):
    for old in queries_scoring.before(table).select_for_update(of=["self"], no_key=True):
        old.state, old.superseded_at = ScoreTable.State.SUPERSEDED, now
        old.save(update_fields=["state", "superseded_at"])
        audit.record("score_table.superseded", old, by=by, version=old.version)
    others = Lead.objects.filter(agency=table.agency_id, status=Lead.Status.OPEN).exclude(score_version=table.version)
    done = len(_refresh(others, by=by, now=now, limit=limit))
    if not done and not others.exists():
        table.rescored_at = now
        table.save(update_fields=["rescored_at"])
        count = Lead.objects.filter(agency=table.agency_id, status=Lead.Status.OPEN).count()
        audit.record("score_table.rescored", table, by=by, version=table.version, leads=count)
    return done
