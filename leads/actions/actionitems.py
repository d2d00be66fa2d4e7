"""What somebody has to do since a meeting decided it: given, done or dropped, and told of by its clock."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import agenda
from leads.actions._meetings import locked
from leads.models import ActionItem
from leads.policies import meetings as policies_meetings
from leads.queries import meetings as queries_meetings

Status = ActionItem.Status
VERBS = {1: "action.due_soon", 2: "action.overdue"}


@transaction.atomic
def give(*, decision, what, owner, day, by, now=None):
    """Give somebody something to do by a day. `owner` is a membership: the person, and the agency whose clock runs."""
    now = now or timezone.now()
    item = decision.item
    item.meeting = meeting = locked(item.meeting)
    access.enforce(policies_meetings.decide, by, item)
    if not queries_meetings.may_own(item.lead).filter(pk=owner.pk).exists():
        raise Refused("Choose somebody of an agency that sees this lead.", "actionitems.owner", item)
    try:
        soon_at, due_at = agenda.promise(now, day, owner.agency.working_calendar)
    except ValueError as wrong:
        raise Refused(str(wrong), "actionitems.day", item) from wrong
    made = ActionItem.objects.create(
        meeting=meeting,
        decision=decision,
        lead=item.lead,
        center=meeting.agency,
        agency=owner.agency,
        owner=owner.user,
        what=what,
        given_at=now,
        given_by=by,
        soon_at=soon_at,
        due_at=due_at,
        next_step_at=soon_at,
    )
    audit.record("action.given", made, by=by, agency=meeting.agency, lead=item.lead.number, owner=owner.user_id)
    notify([owner.user], "action.given", made, by=by, label=item.lead.number, now=now)
    return made


@transaction.atomic
def finish(*, action, result, by, now=None):
    """It is done, and this came of it."""
    return _end(action, Status.DONE, result, policies_meetings.finish, by, now or timezone.now())


@transaction.atomic
def drop(*, action, result, by, now=None):
    """It is not done any more, and why."""
    return _end(action, Status.DROPPED, result, policies_meetings.drop, by, now or timezone.now())


def _end(action, status, result, policy, by, now):
    action = ActionItem.objects.select_for_update(of=["self"], no_key=True).get(pk=action.pk)
    access.enforce(policy, by, action)
    action.status, action.ended_at, action.ended_by = status, now, by
    action.result, action.next_step_at = result, None
    action.save(update_fields=["status", "ended_at", "ended_by", "result", "next_step_at"])
    verb = f"action.{status}"
    audit.record(verb, action, by=by, agency=action.center, lead=action.lead.number, result=result)
    notify({action.owner, action.given_by}, verb, action, by=by, label=action.lead.number, now=now)
    return action


@transaction.atomic
def tell(*, by, now=None, limit=500):
    """Tell of up to `limit` action items whose next step has come, each step once; returns how many. Two at once share
    them. Call again until none are left.
    """
    now = now or timezone.now()
    access.enforce(policies_meetings.remind_of_actions, by)
    due = ActionItem.objects.select_for_update(of=["self"], no_key=True, skip_locked=True)
    due = list(due.filter(next_step_at__lte=now).select_related("lead", "agency", "owner", "center")[:limit])
    for action in due:
        action.level = 2 if action.due_at <= now else 1
        action.next_step_at = action.due_at if action.level == 1 else None
        notify(_told(action), VERBS[action.level], action, label=action.lead.number, now=now)
    ActionItem.objects.bulk_update(due, ["level", "next_step_at"])
    audit.record_many("action.reminded", ActionItem, [each.pk for each in due], by=by)
    return len(due)


def _told(action):
    """The owner, while they work there; what is overdue is for those above them too, and for the center where there is
    nobody.
    """
    works = queries_meetings.may_own(action.lead).filter(user=action.owner, agency=action.agency).exists()
    people = [action.owner] if works else []
    if action.level == 2 or not people:
        people += queries_meetings.above(action)
    return people
