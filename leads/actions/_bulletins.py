"""What every step of a bulletin does: hold it, enter a state, tell recipients what became of it."""

from django.utils import timezone

from agencies import audit
from agencies.calendars import end_of_nth_business_day
from agencies.models import User
from agencies.notifications import notify
from leads.actions._releases import look_for_stale_packets
from leads.models import Bulletin
from leads.queries import bulletins as queries
from leads.queries import outdated

# Business days of the recipient in which a bulletin, or what was said of it since, is acknowledged.
DAYS = 2


def locked(bulletin):
    """The bulletin as it stands, held until the transaction ends."""
    held = Bulletin.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency__calendar", "agency__parent", "lead", "drafted_by").get(pk=bulletin.pk)


def enter_status(bulletin, status, *, by, **values):
    before = bulletin.status
    for name, value in {"status": status, **values}.items():
        setattr(bulletin, name, value)
    bulletin.save(update_fields=["status", *values])
    why = next((value for name, value in values.items() if name.endswith("_why") and value), "")
    audit.record(f"bulletin.{status.value}", bulletin, by=by, agency=bulletin.agency, before=before, reason=why)
    return bulletin


def due(agency, now):
    return end_of_nth_business_day(now, DAYS, agency.working_calendar)


def warn(bulletin, verb, *, by, now):
    """Tell every recipient what was said of a bulletin since, and wait for each to acknowledge that."""
    for row in queries.recipients(bulletin):
        row.warned_at, row.heeded_at, row.heeded_by, row.due_at = now, None, None, due(row.agency, now)
        row.save(update_fields=["warned_at", "heeded_at", "heeded_by", "due_at"])
        notify(queries.readers(row.agency), verb, bulletin, by=by, now=now)


def look_for_stale(leads, *, by, now=None):
    """After links of some leads (ids) were taken back: a bulletin that tells of them is not to be relied on, and its
    recipients hear so at once.
    """
    now = now or timezone.now()
    for pk, why in outdated.bulletins(leads):
        bulletin = locked(Bulletin(pk=pk))
        bulletin.stale_at, bulletin.stale_why = now, why
        bulletin.save(update_fields=["stale_at", "stale_why"])
        audit.record("bulletin.stale", bulletin, by=by, agency=bulletin.agency, reason=why)
        warn(bulletin, "bulletin.stale", by=User.objects.system(), now=now)
        told = {bulletin.drafted_by, *queries.approvers(bulletin.agency)}
        notify(told, "bulletin.went_stale", bulletin, now=now)
    look_for_stale_packets(leads, by=by, now=now)
