"""A center's table of weights: drafted by one, put in force by another, never changed after that."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from agencies.notifications import notify
from leads import weights
from leads.models import ScoreTable
from leads.policies import scoring as policies
from leads.queries import scoring

State = ScoreTable.State


def _locked(table):
    """Behind the lock of its center, so that two never make one version."""
    Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=table.agency_id)
    return ScoreTable.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=table.pk)


@transaction.atomic
def draft(*, center, points, reason, by, now=None):
    """Write the center's draft, or write it anew: whoever does is its author, and somebody else puts it in force."""
    now = now or timezone.now()
    center = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=center.pk)
    access.enforce(policies.draft, by, center)
    points = {key: points.get(key) for key in weights.KEYS}
    if wrong := weights.mistakes(points):
        raise access.Refused(
            f"{weights.LABEL[next(iter(wrong))]}: {next(iter(wrong.values()))}", "weights.draft", center
        )
    values = {"points": points, "reason": reason.strip(), "drafted_at": now, "drafted_by": by}
    table = scoring.draft_of(center)
    if table:
        ScoreTable.objects.filter(pk=table.pk).update(**values)
        table.refresh_from_db()
    else:
        last = ScoreTable.objects.filter(agency=center).aggregate(last=Max("version"))["last"]
        table = ScoreTable.objects.create(agency=center, version=(last or weights.BUILT_IN.version) + 1, **values)
    audit.record("score_table.drafted", table, by=by, version=table.version, points=points, reason=table.reason)
    return table


@transaction.atomic
def agree(*, table, by, at=None, now=None):
    """Put a draft in force, now or from a time to come. Open leads are scored anew by a job."""
    now = now or timezone.now()
    table = _locked(table)
    access.enforce(policies.agree, by, table)
    if at and at < now:
        raise access.Refused("Choose a time to come, or leave it empty for now.", "weights.agree", table)
    table.state, table.agreed_at, table.agreed_by, table.in_force_from = State.AGREED, now, by, at or now
    table.save(update_fields=["state", "agreed_at", "agreed_by", "in_force_from"])
    since = table.in_force_from.isoformat()
    audit.record("score_table.agreed", table, by=by, version=table.version, since=since, drafted_by=table.drafted_by_id)
    notify([table.drafted_by], "score_table.agreed", table, by=by, now=now)
    return table


@transaction.atomic
def discard(*, table, by):
    """Put a draft away; its number is not used again."""
    table = _locked(table)
    access.enforce(policies.discard, by, table)
    table.state = State.DISCARDED
    table.save(update_fields=["state"])
    audit.record("score_table.discarded", table, by=by, version=table.version)
    return table
