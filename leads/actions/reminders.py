"""Reminding those who are late, by hand: once an hour for each obligation, whoever asks."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._leads import hold
from leads.models import Lead, Obligation

AGAIN_AFTER = timedelta(hours=1)
MOST = 200
VERB = "obligation.reminded"


@transaction.atomic
def remind(*, obligations, by, now=None):
    """Tell those who owe the next step of each late obligation; returns how many were told of. Those reminded within
    the hour are left in peace, and so are those of which `by` may not remind.
    """
    now, asked = now or timezone.now(), obligations[:MOST]
    # Leads first, as every step does it. Two people who press at once: the second waits here and then finds the hour
    # taken.
    hold(Lead.objects.filter(pk__in={each.lead_id for each in asked}))
    late = Obligation.objects.select_for_update(of=["self"], no_key=True).filter(
        pk__in=[each.pk for each in asked], due_at__lte=now
    )
    late = list(late.select_related("lead__agency", "agency", "unit", "investigator").order_by("lead_id", "id"))
    late = [each for each in late if access.allows(policies.remind, by, each)]
    fresh = queries.reminded_since(VERB, now - AGAIN_AFTER)
    told = [each for each in late if each.pk not in fresh]
    owing = defaultdict(set)
    for each in told:
        owing[each.lead].update(queries.owing(each))
    for lead, people in owing.items():
        notify(people, VERB, lead, now=now)  # also who presses, where the step is theirs: it stays among their notices
    audit.record_many(VERB, Obligation, [each.pk for each in told], by=by)
    return len(told)
