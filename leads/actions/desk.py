"""What an analyst does with a lead before its agencies are told: accept, send, defer, decline; two decline together."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from agencies.notifications import notify
from leads import queries
from leads.actions._clusters import tell_anew
from leads.actions._desk import back, held, set_on
from leads.actions._directory import Directory
from leads.actions._leads import hold, hold_promises, settle
from leads.actions._seen import as_seen
from leads.models import DeskItem, Lead, TriageRule
from leads.policies import desk as policies
from leads.queries import desk

State = DeskItem.State


def _locked(item):
    """The row as it stands, behind the lock of its lead, so that it and what agencies owe never cross."""
    (lead,) = hold(Lead.objects.filter(pk=item.lead_id))
    return held(lead)


@transaction.atomic
def choose(*, center, first, by, now=None):
    """Whether new leads of a center wait for its analysts. What waits already stays until somebody decides."""
    now = now or timezone.now()
    center = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=center.pk)
    access.enforce(policies.change_rule, by, center)
    values = {"first": first, "changed_at": now, "changed_by": by}
    rule, _made = TriageRule.objects.update_or_create(agency=center, defaults=values)
    audit.record("desk.rule", center, by=by, first=first)
    return rule


@transaction.atomic
def accept(*, item, by, now=None):
    """Worth working: what is missing is looked for before it goes out."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.accept, by, item)
    set_on(item, state=State.ACCEPTED, until_on=None, accepted_at=now, accepted_by=by)
    audit.record("desk.accepted", item.lead, by=by, number=item.lead.number)
    return item


@transaction.atomic
def send(*, item, by, now=None):
    """Every agency with an event on it gets its obligation, and its clock begins now."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.send, by, item)
    set_on(item, state=State.SENT, until_on=None, sent_at=now, sent_by=by)
    settle(item.lead, directory=Directory(item.lead.agency), by=by, now=now, opened=True)
    tell_anew(item.lead)
    audit.record("desk.sent", item.lead, by=by, number=item.lead.number)
    hold_promises()
    return item


@transaction.atomic
def defer(*, item, until_on, by, note="", now=None):
    """Not now: it comes back to the desk on a day, or before that when its line grows."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.defer, by, item)
    if until_on <= desk.today(item.lead.agency, now):
        raise access.Refused("Choose a day after today.", "desk.defer", item)
    set_on(item, state=State.DEFERRED, until_on=until_on, note=note.strip(), deferred_at=now, deferred_by=by)
    audit.record("desk.deferred", item.lead, by=by, number=item.lead.number, until=until_on.isoformat(), note=item.note)
    return item


@transaction.atomic
def decline(*, item, why, by, note="", twin=None, now=None):
    """Propose that a lead goes to nobody; it does not end before a second person agrees."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.decline, by, item)
    if why == DeskItem.Why.DUPLICATE and (twin is None or twin.pk == item.lead_id):
        raise access.Refused("Name the other lead of which this one is a duplicate.", "desk.decline", item)
    reason = {"why": why, "note": note.strip(), "twin": twin if why == DeskItem.Why.DUPLICATE else None}
    reviewed = {"reviewed_at": None, "reviewed_by": None}
    set_on(item, state=State.PROPOSED, until_on=None, proposed_at=now, proposed_by=by, **reason, **reviewed)
    other = item.twin and item.twin.number
    audit.record("desk.proposed", item.lead, by=by, number=item.lead.number, why=why, note=item.note, twin=other)
    notify(queries.coordinators(item.lead), "desk.proposed", item.lead, by=by, now=now)
    return item


@transaction.atomic
def agree(*, item, by, seen="", now=None):
    """The second person agrees to what they read (`seen`, `_seen.as_seen`): the lead closes, nobody was told of it."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.review, by, item)
    as_seen(seen, item.proposed_at, "desk.agree", item)
    set_on(item, state=State.DECLINED, reviewed_at=now, reviewed_by=by)
    lead = item.lead
    lead.status, lead.closed_at = Lead.Status.CLOSED, now
    lead.save(update_fields=["status", "closed_at", "updated_at"])
    audit.record("desk.declined", lead, by=by, number=lead.number, why=item.why, proposed_by=item.proposed_by_id)
    notify([item.proposed_by], "desk.declined", lead, by=by, now=now)
    return item


@transaction.atomic
def bring_back(*, item, by, now=None):
    """It waits to be decided on again."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies.bring_back, by, item)
    proposer = item.proposed_by if item.state in (State.PROPOSED, State.DECLINED) else None
    back(item, by=by, now=now, why="brought back")
    notify(filter(None, [proposer]), "desk.brought_back", item.lead, by=by, now=now)
    return item


@transaction.atomic
def come_back(*, by, now=None, limit=500):
    """Deferred leads whose day has come wait again; returns how many. Call again until none are left."""
    now = now or timezone.now()
    access.enforce(policies.remember, by)
    due = desk.due_back(now)[:limit]
    leads = hold(Lead.objects.filter(pk__in=[item.lead_id for item in due]))
    came = 0
    for lead in leads:
        item = held(lead)
        if item.state == State.DEFERRED and item.until_on <= desk.today(lead.agency, now):
            person = item.deferred_by
            back(item, by=by, now=now, why="day came")
            notify([person], "desk.back", lead, by=by, now=now)
            came += 1
    return came


def _each(verb, items, by, step):
    """[(item, why not or "")] in the order of their leads; one refusal stops none of the others."""
    done = []
    hold(Lead.objects.filter(pk__in={item.lead_id for item in items}))
    for item in sorted(items, key=lambda each: each.lead_id):
        try:
            with transaction.atomic():
                step(item)
            done.append((item, ""))
        except access.Refused as refusal:
            done.append((item, refusal.reason))
    ids = [item.lead_id for item, reason in done if not reason]
    audit.record_many(f"desk.{verb}_together", Lead, ids, by=by, refused=len(done) - len(ids))
    return done


@transaction.atomic
def accept_all(*, items, by):
    """Accept many; as `_each` tells."""
    return _each("accepted", items, by, lambda item: accept(item=item, by=by))


@transaction.atomic
def send_all(*, items, by):
    """Send many; as `_each` tells."""
    return _each("sent", items, by, lambda item: send(item=item, by=by))


@transaction.atomic
def defer_all(*, items, until_on, by, note=""):
    """Defer many to one day; as `_each` tells."""
    return _each("deferred", items, by, lambda item: defer(item=item, until_on=until_on, note=note, by=by))
