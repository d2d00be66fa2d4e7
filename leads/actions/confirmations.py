"""What an examiner confirms under one report."""

from django.db import transaction

from agencies import audit
from leads.actions import events as events_


@transaction.atomic
def confirm(*, lead, events, report, by, now=None):
    """Confirm several events of one lead under one report, all or none."""
    for event in sorted(events, key=lambda each: each.pk):
        events_.confirm(event=event, report=report, by=by, now=now)
    audit.record("report.recorded", lead, by=by, report=report, events=[event.pk for event in events])
    return lead
