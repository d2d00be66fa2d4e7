"""What a prosecutor asked for is a task of the agency that referred the case, and answers it when all is done."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from agencies import audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.roles import Role
from leads import queries
from leads.actions._referrals import ask_anew, locked
from leads.models import Activity, Obligation, Referral, Task

MOST_ITEMS = 20


def give(referral, items, due_on, *, by, now):
    """Put the items on the part of the agency that referred: each due by the end of its day, in the agency's zone."""
    if not items:
        return []
    if len(items) > MOST_ITEMS:
        raise Refused(f"At most {MOST_ITEMS} items are asked for at once.", "decide", referral)
    part = Obligation.objects.filter(lead=referral.lead_id, agency=referral.agency_id).first()
    if part is None:
        raise Refused("The agency has no part in this lead: say in words what is missing.", "decide", referral)
    zone = ZoneInfo(referral.agency.zone)
    if due_on is None or due_on <= now.astimezone(zone).date():
        raise Refused("Give a day to come by which it is to be there.", "decide", referral)
    due_at = datetime.combine(due_on, time(23, 59), zone)
    kind = Activity.Kind.RECORDS
    given = {"obligation": part, "referral": referral, "kind": kind, "given_at": now, "given_by": by}
    return Task.objects.bulk_create(Task(what=what, due_at=due_at, **given) for what in items)


def settle(referral, *, by, now):
    """When nothing is open any more, the case goes back to the office, which is told."""
    referral = locked(referral)
    if referral.status != Referral.Status.MORE_ASKED or referral.tasks.open().exists():
        return
    done = referral.tasks.filter(status=Task.Status.DONE, given_at__gte=referral.decided_at).count()
    dropped = referral.tasks.filter(status=Task.Status.DROPPED, given_at__gte=referral.decided_at).count()
    words = f"What was asked for: {done} done" + (f", {dropped} dropped" if dropped else "") + "."
    ask_anew(referral, by=by, now=now, note=words)
    audit.record("referral.answered", referral, by=by, done=done, dropped=dropped)
    notify(queries.holders(referral.office, Role.PROSECUTOR), "referral.answered", referral, by=by, now=now)
