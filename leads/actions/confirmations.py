"""What an examiner confirms under one report."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._leads import hold, refresh
from leads.models import Lead


@transaction.atomic
def confirm(*, lead, events, report, by, now=None):
    """An examiner compared the specimens under the microscope and confirms that these events belong to the line: under
    one report, all or none. Those at work on the lead are told once.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    ids = {event.pk for event in events}
    held = lead.events.select_for_update(of=["self"], no_key=True).filter(pk__in=ids).order_by("pk")
    for event in held:
        access.enforce(policies.confirm, by, event)
        event.confirmed_at, event.confirmed_by, event.report = now, by, report
        event.save(update_fields=["confirmed_at", "confirmed_by", "report"])
        audit.record("event.confirmed", event, by=by, agency=lead.agency, lead=lead.number, report=report)
    refresh(lead, by=by, now=now)
    audit.record("report.recorded", lead, by=by, report=report, events=sorted(ids))
    notify(queries.involved(lead), "lead.confirmed", lead, by=by, now=now)
    return lead
