"""The nightly round of the people list: what is due for review is flagged, what was not reviewed or does not count any
more is dropped, what has come to its end is purged.

Each kind takes the rows that nobody else holds, a batch at a time, and what it did takes them out of what it looks for:
two at once share the work, and a round that was broken off or came a day late does what is left.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from agencies.notifications import notify
from leads import retention
from leads.actions._listed import stamped
from leads.models import ListedFact, ListedPerson
from leads.policies import listed as policies
from leads.prolific import ADULT, months_before
from leads.queries import listed as queries
from leads.standing import listed as standing

Status, Rule, Removal = ListedPerson.Status, ListedPerson.Rule, ListedPerson.Removal
BLANK = {
    "person": None, "criminal_predicate": "", "reasonable_suspicion_basis": "", "noncriminal": "", "note": "",
    "score": 0, "score_version": 0, "score_inputs": {}, "score_as_of": None,
}  # fmt: skip


@transaction.atomic
def keep(*, by, now=None, limit=500):
    """Do up to `limit` of each kind for every center; returns how many. Call again until none are left."""
    now = now or timezone.now()
    access.enforce(policies.keep_by_clock, by)
    done = 0
    for center in Agency.objects.filter(kind=Agency.Kind.CENTER).order_by("pk"):
        today = standing.today_of(center, now)
        given = (center, today, by, now, limit)
        done += _purge(*given) + _drop(*given) + _measure(*given) + _flag(*given)
    return done


def _due(center, limit, *either, **wanted):
    """Rows of a center that nobody else holds."""
    held = ListedPerson.objects.select_for_update(of=["self"], no_key=True, skip_locked=True)
    found = held.filter(*either, agency=center, **wanted).select_related("person", "proposed_by").order_by("pk")
    return list(found[:limit])


def _written(entries, verb, by, names, **values):
    for entry in entries:
        for name, value in values.items():
            setattr(entry, name, value)
    ListedPerson.objects.bulk_update(entries, [*values, *names])
    if entries:
        audit.record_many(f"listed.{verb}", ListedPerson, [each.pk for each in entries], by=by,
                          agency=entries[0].agency_id)  # fmt: skip


def _purge(center, today, by, now, limit):
    """The content goes: names, grounds, reasons, scores, events. That it was purged, when and by which rule stays."""
    due = _due(center, limit, purge_on__lte=today, purged_at=None, held_at=None)
    for entry in due:
        entry.rule = Rule.REMOVED if entry.status == Status.REMOVED else Rule.RETENTION
    _written(due, "purged", by, ["rule"], status=Status.PURGED, purged_at=now, **BLANK)
    ListedFact.objects.filter(listed__in=due).delete()
    for entry in due:
        entry.disseminations.exclude(reason="").update(reason="")
        notify(queries.recipients(entry), "listed.purged", entry, label=entry.number, now=now)
    return len(due)


def _drop(center, today, by, now, limit):
    due = _due(center, limit, status__in=ListedPerson.STANDING, review_due__lt=today)
    _remove(due, Removal.NOT_REVIEWED, today, by, now)
    return len(due)


def _remove(entries, removal, today, by, now):
    for entry in entries:
        entry.purge_on = retention.removed(today, entry.purge_on)
    _written(
        entries, "removed", by, ["purge_on"], status=Status.REMOVED, removal=removal, removed_at=now, removed_by=by
    )
    for entry in entries:
        heard = {entry.proposed_by, *queries.recipients(entry)}
        notify(heard, "listed.removed", entry, label=entry.number, now=now)


def _measure(center, today, by, now, limit):
    """Every standing entry is measured once a day, whatever was measured since midnight where it may have lost its
    predicate: one of which nothing counted then, and a juvenile where no law allows one. That drops it.
    """
    lost = Q(score=0) if standing.juvenile_law(center.pk) else Q(score=0) | Q(person__born_on__gt=_adults_since(today))
    due = _due(center, limit, Q(score_as_of__lt=today) | lost, status__in=ListedPerson.STANDING)
    scores = queries.measured(due, center, today)
    for entry in due:
        for name, value in stamped(scores[entry.pk]).items():
            setattr(entry, name, value)
    ListedPerson.objects.bulk_update(due, ["score", "score_version", "score_inputs", "score_as_of"])
    _remove([entry for entry in due if not scores[entry.pk].parts], Removal.PREDICATE, today, by, now)
    return len(due)


def _adults_since(today):
    """The last day on which somebody was born who is an adult today."""
    return months_before(today, 12 * ADULT)


def _flag(center, today, by, now, limit):
    soon = today + retention.days_of_notice()
    due = _due(center, limit, status__in=ListedPerson.LISTED, due_told_at=None, review_due__range=(today, soon))
    _written(due, "flagged", by, [], due_told_at=now)
    keepers = list(queries.keepers(center)) if due else []
    for entry in due:
        notify(keepers, "listed.review_due", entry, label=entry.number, now=now)
    return len(due)
