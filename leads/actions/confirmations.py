"""What an examiner confirms under one report."""

from itertools import combinations
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._leads import hold, refresh
from leads.actions._reported import Found, write
from leads.models import Comparison, Lead
from leads.policies import confirmation as policies_confirmation


@transaction.atomic
def confirm(*, lead, events, report, by, verified_by=None, now=None):
    """An examiner compared the specimens under the microscope and confirms that these events belong to the line: under
    one report, all or none, verified by a second one where the laboratory has any. Each two of them are a pair from
    then on; of a single one the report names no other, and no hit is counted. Those at work on the lead are told once.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    ids = {event.pk for event in events}
    held = list(lead.events.select_for_update(of=["self"], no_key=True).filter(pk__in=ids).order_by("pk"))
    for event in held:
        access.enforce(policies.confirm, by, event)
    access.enforce(
        policies_confirmation.verify, by, [Comparison.Result.CONFIRMED], verified_by, lead.site or lead.agency
    )
    for event in held:
        event.confirmed_at, event.confirmed_by, event.report = now, by, report
        event.save(update_fields=["confirmed_at", "confirmed_by", "report"])
        audit.record("event.confirmed", event, by=by, agency=lead.agency, lead=lead.number, report=report)
    _pair(lead, held, report, by, verified_by, now)
    refresh(lead, by=by, now=now)
    second = verified_by and verified_by.pk
    audit.record("report.recorded", lead, by=by, report=report, events=sorted(ids), verified_by=second)
    notify(queries.involved(lead), "lead.confirmed", lead, by=by, now=now)
    return lead


def _pair(lead, events, report, by, verified_by, now):
    known = Comparison.objects.standing().filter(lead=lead, result__in=Comparison.FINAL)
    known = set(known.values_list("first", "second"))
    for one, two in combinations(events, 2):
        if (one.pk, two.pk) not in known:
            under = {
                "report": report,
                "verified_by": verified_by,
                "reported_on": timezone.localdate(now, ZoneInfo((lead.site or lead.agency).zone)),
            }
            write(lead, Found(one, two, Comparison.Result.CONFIRMED), by=by, now=now, **under)
    lead.hits += len(events) > 1
