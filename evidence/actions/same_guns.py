from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies, queries
from evidence.models import Firearm, FirearmPair
from evidence.models.firearm import COMPARED_AS

Status = FirearmPair.Status


@transaction.atomic
def suggest(*, by, limit=500):
    """Look for the next firearms, described or corrected since they were looked for last, among all others that
    somebody sees beside them; True while more wait. Who is stopped in between begins where it stood.
    """
    held = Firearm.objects.select_for_update(of=["self"], no_key=True, skip_locked=True)
    waiting = list(held.exclude(compared_as=COMPARED_AS).order_by("pk").values_list("pk", flat=True)[:limit])
    standing = queries.standing_pairs(waiting)
    fresh = [each for each in queries.alike(waiting) if (each["first_id"], each["second_id"]) not in standing]
    now = timezone.now()
    made = FirearmPair.objects.bulk_create([FirearmPair(**each, suggested_at=now) for each in fresh])
    gone = [pair.pk for pair, basis in standing.values() if pair.status == Status.SUGGESTED and not basis]
    back = [pair.pk for pair, basis in standing.values() if pair.status == Status.WITHDRAWN and basis]
    FirearmPair.objects.filter(pk__in=gone).update(status=Status.WITHDRAWN)
    FirearmPair.objects.filter(pk__in=back).update(status=Status.SUGGESTED, suggested_at=now)
    Firearm.objects.filter(pk__in=waiting).update(compared_as=COMPARED_AS)
    for verb, pairs in (("suggested", [each.pk for each in made] + back), ("withdrawn", gone)):
        if pairs:
            audit.record_many(f"firearm_pair.{verb}", FirearmPair, pairs, by=by)
    return len(waiting) == limit


@transaction.atomic
def decide(*, pair, status, by):
    """Say that two records are one gun, or that they are not: neither is asked again. Nothing is merged."""
    held = FirearmPair.objects.select_for_update(of=["self"], no_key=True)
    pair = held.select_related("agency", "other_agency", "first", "second").get(pk=pair.pk)
    access.enforce(policies.decide_pair, by, pair, status=status)
    before, is_decided = pair.status, status in (Status.SAME, Status.DIFFERENT)
    pair.status = status
    pair.decided_at, pair.decided_by = (timezone.now(), by) if is_decided else (None, None)
    pair.save(update_fields=["status", "decided_at", "decided_by"])
    audit.record(
        "firearm_pair.decided",
        pair,
        by=by,
        agency=pair.agency,
        firearms=[pair.first_id, pair.second_id],
        before=before,
        status=status,
    )
    return pair
