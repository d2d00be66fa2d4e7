"""Gunshot alerts on their way in: upserted by number, merged where they tell of the same shots, and matched."""

from datetime import timedelta

from django.db import connection, transaction

from agencies import access, audit
from evidence import keys, policies
from evidence.alerts import MATCH_WITHIN, MERGE_WITHIN, Scene, matched, merged
from evidence.loading import stage_alerts
from evidence.models import Detection, GunshotAlert, ImportBatch, Incident

LOCK = 724021
OPEN, MATCHED = Detection.State.OPEN, Detection.State.MATCHED


@transaction.atomic
def load(*, agency, rows, by, batch=None):
    """Write the rows (imports.alerts.AlertRow) of one list: {"new", "updated", "unchanged", "merged", "matched"}.

    A row that is here under its source and number is set anew where it says otherwise. What a person decided of a
    detection stays; the others are matched anew.
    """
    access.enforce(policies.load_file, by, agency, ImportBatch.Kind.ALERTS)
    hyphens = keys.hyphens_count(agency)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, agency.pk])
        stage_alerts.fill(cursor, rows, lambda number: keys.as_in_file(number, hyphens)[: keys.LONGEST])
        counts = stage_alerts.compare(cursor, agency.pk)
        stage_alerts.remember_updated(cursor)
        touched = stage_alerts.update(cursor)
        placed, made, others = _grouped(cursor, agency.pk)
        touched |= set(placed.values()) | set(others.values())
        stage_alerts.remember(cursor, touched | set(others), others)
        new = stage_alerts.write(cursor, agency.pk, batch and batch.pk, placed, made)
        stage_alerts.join(cursor, others)
        stage_alerts.sum_up(cursor, touched - set(others))
        changed = _matched(cursor, agency.pk, touched - set(others)) if touched else []
        if batch:
            stage_alerts.note(cursor, batch, placed, made, others, new)
    audit.record_many(
        "alert.loaded", GunshotAlert, new, by=by, agency=agency, batch=batch and batch.pk, updated=counts["updated"]
    )
    found = Detection.objects.filter(pk__in=changed, state=MATCHED).count()
    return counts | {"merged": len(new) - len(made), "matched": found}


def _grouped(cursor, agency_id):
    """({row: detection} of the new rows, detections to make, {undecided detection: the one that it is})."""
    found = stage_alerts.fresh(cursor)
    fresh = {alert.id: row for row, alert in found}
    known = {each.alert.id: each for each in stage_alerts.here(cursor, agency_id, MERGE_WITHIN)}
    groups = merged([*(alert for _row, alert in found), *(each.alert for each in known.values())])
    groups = [group for group in groups if any(alert.id in fresh for alert in group)]
    free = iter(stage_alerts.numbers(cursor, sum(all(alert.id in fresh for alert in group) for group in groups)))
    placed, made, others = {}, [], {}
    for group in groups:
        there = {known[alert.id].detection: known[alert.id].decided for alert in group if alert.id in known}
        if there:
            # What a person decided stays as they saw it: only where nothing else is near it takes one more alert.
            one = min(there, key=lambda pk: (there[pk], pk))
            others |= {pk: one for pk, decided in there.items() if pk != one and not decided}
        else:
            one = next(free)
            made.append(one)
        placed |= {fresh[alert.id]: one for alert in group if alert.id in fresh}
    return placed, made, others


@transaction.atomic
def match(*, agency, by, since=None):
    """Look anew for the incidents of the detections (after `since`) that are none yet: an incident may come after its
    alerts. How many found theirs.
    """
    access.enforce(policies.match_alerts, by, agency)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, agency.pk])
        changed = _matched(cursor, agency.pk, since=since)
    audit.record_many("detection.matched", Detection, changed, by=by, agency=agency)
    return Detection.objects.filter(pk__in=changed, state=MATCHED).count()


def _matched(cursor, agency_id, detections=None, since=None):
    """Match undecided detections, by number, then by time and place; the ids of those that changed."""
    groups = stage_alerts.undecided(cursor, agency_id, detections, since)
    if not groups:
        return []
    within = max(MATCH_WITHIN, timedelta(minutes=1))
    rows = stage_alerts.scenes(cursor, agency_id, groups, Incident.GUNFIRE, within)
    scenes = [Scene(pk, stage_alerts.point(*where), key) for pk, *where, key in rows]
    decided = []
    for detection, found in zip(groups, matched(groups.values(), scenes), strict=True):
        sure = found.scene is not None and not found.others
        near = 0 if sure or found.scene is None else 1 + len(found.others)
        meters = round(found.meters) if sure and found.meters is not None else None
        what = (MATCHED, found.scene, found.how) if sure else (OPEN, None, "")
        decided.append((detection, *what, meters, near))
    return stage_alerts.settle(cursor, decided)
