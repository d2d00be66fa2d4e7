"""Whether a lead stays on the analyst's desk when its line changes, instead of going to its agencies."""

from agencies import audit
from agencies.notifications import notify
from leads import queries
from leads.models import DeskItem, Lead

State = DeskItem.State
# What begins anew has no decision behind it; the log keeps what was decided before.
ANEW = {"state": State.WAITING, "until_on": None, "why": "", "note": "", "twin": None} | {
    f"{verb}_{what}": None for verb in ("accepted", "proposed", "reviewed", "deferred") for what in ("at", "by")
}


def held(lead):
    """The lead's row on the desk, locked behind its lead, or None."""
    item = DeskItem.objects.select_for_update(of=["self"], no_key=True).filter(lead=lead).first()
    if item:
        item.lead = lead
    return item


def keeps(lead, *, directory, by, now, opened, grew):
    """Whether nobody is told of a lead yet. A new one of a center that looks first comes to the desk; one that was put
    off or declined and grows comes back, as what was decided was decided on less.
    """
    if opened and not directory.looks_first:
        return False
    item = held(lead)
    if item is None and opened:
        come(lead, by=by, now=now)
        return True
    if item is None or item.state == State.SENT:
        return False
    if grew and item.state in (State.DEFERRED, State.PROPOSED, State.DECLINED):
        back(item, by=by, now=now, why="grew")
    return True


def come(lead, *, by, now):
    item = DeskItem.objects.create(lead=lead, agency_id=lead.agency_id, score=lead.score, came_at=now)
    audit.record("desk.came", lead, by=by, number=lead.number)
    notify(queries.coordinators(lead), "desk.came", lead, by=by, now=now)
    return item


def back(item, *, by, now, why):
    """A lead waits on the desk again; one that was declined is open again."""
    lead, was = item.lead, item.state
    set_on(item, came_at=now, **ANEW)
    if lead.status == Lead.Status.CLOSED:
        lead.status, lead.closed_at = Lead.Status.OPEN, None
        lead.save(update_fields=["status", "closed_at", "updated_at"])
        audit.record("lead.reopened", lead, by=by, number=lead.number)
    audit.record("desk.back", lead, by=by, number=lead.number, was=was, why=why)


def set_on(item, **values):
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=[*values])
