"""Reminding those who are late, by hand: once an hour for each obligation, whoever asks."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.models import Obligation

AGAIN_AFTER = timedelta(hours=1)
MOST = 200
VERB = "obligation.reminded"


@transaction.atomic
def remind(*, obligations, by, now=None):
    """Tell the investigator of each late obligation, or its supervisors where nobody has it; returns how many were told
    of. Those reminded within the hour are left in peace.
    """
    now = now or timezone.now()
    # Two people who press at once: the second waits here and then finds the hour taken.
    late = Obligation.objects.select_for_update(of=["self"]).filter(
        pk__in=[each.pk for each in obligations[:MOST]], due_at__lte=now
    )
    late = list(late.select_related("lead__agency", "agency", "unit", "investigator").order_by("lead_id", "id"))
    for each in late:
        access.enforce(policies.remind, by, each)
    fresh = queries.reminded_since(VERB, now - AGAIN_AFTER)
    told = [each for each in late if each.pk not in fresh]
    for each in told:
        people = [each.investigator] if each.investigator else queries.supervisors(each)
        notify(people, VERB, each.lead, now=now)
    audit.record_many(VERB, Obligation, [each.pk for each in told], by=by)
    return len(told)
