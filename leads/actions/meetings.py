"""A review of leads: planned, opened with its agenda built, closed by its chair."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import agenda
from leads.actions._meetings import locked
from leads.models import AgendaItem, Invited, Meeting
from leads.policies import meetings as policies_meetings
from leads.queries import meetings as queries_meetings

Status = Meeting.Status


@transaction.atomic
def plan(*, center, held_at, chair, agencies, by, where="", now=None):
    """Set a meeting of a center on the calendar and tell those it concerns."""
    now = now or timezone.now()
    access.enforce(policies_meetings.plan, by, center)
    _must_chair(center, chair)
    made = Meeting.objects.create(
        agency=center, held_at=held_at, chair=chair, where=where, planned_at=now, planned_by=by
    )
    _invite(made, agencies)
    audit.record("meeting.planned", made, by=by, held_at=held_at.isoformat(), agencies=_codes(agencies))
    notify(queries_meetings.attending(made), "meeting.planned", made, by=by, label=_label(made), now=now)
    return made


@transaction.atomic
def change(*, meeting, held_at, chair, agencies, by, where="", now=None):
    """Another time, place, chair or other agencies, while the meeting is still to come."""
    meeting = locked(meeting)
    access.enforce(policies_meetings.change, by, meeting)
    _must_chair(meeting.agency, chair)
    before = {"held_at": meeting.held_at.isoformat(), "agencies": _codes(each.agency for each in meeting.invited.all())}
    meeting.held_at, meeting.chair, meeting.where = held_at, chair, where
    meeting.save(update_fields=["held_at", "chair", "where"])
    meeting.invited.exclude(agency__in=agencies).delete()
    _invite(meeting, agencies)
    after = {"held_at": held_at.isoformat(), "agencies": _codes(agencies)}
    audit.record("meeting.changed", meeting, by=by, changes=audit.changes(before, after))
    notify(queries_meetings.attending(meeting), "meeting.changed", meeting, by=by, label=_label(meeting), now=now)
    return meeting


@transaction.atomic
def open_(*, meeting, by, now=None):
    """Build the agenda from what the rules find now, and begin."""
    now = now or timezone.now()
    meeting = locked(meeting)
    access.enforce(policies_meetings.open_, by, meeting)
    meeting.since = queries_meetings.since_last(meeting, now)
    found, meeting.left_out = agenda.build(queries_meetings.found(meeting, meeting.since, now))
    meeting.status, meeting.opened_at, meeting.opened_by = Status.OPEN, now, by
    meeting.save(update_fields=["since", "left_out", "status", "opened_at", "opened_by"])
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, lead_id=pk, place=place, reasons=reasons, added_at=now, added_by=by)
        for place, (pk, reasons) in enumerate(found, 1)
    )
    audit.record("meeting.opened", meeting, by=by, items=len(found))
    return meeting


@transaction.atomic
def cancel(*, meeting, by, now=None):
    now = now or timezone.now()
    meeting = locked(meeting)
    access.enforce(policies_meetings.change, by, meeting)
    meeting.status, meeting.ended_at, meeting.ended_by = Status.CANCELED, now, by
    meeting.save(update_fields=["status", "ended_at", "ended_by"])
    audit.record("meeting.canceled", meeting, by=by)
    notify(queries_meetings.attending(meeting), "meeting.canceled", meeting, by=by, label=_label(meeting), now=now)
    return meeting


@transaction.atomic
def close(*, meeting, by, summary="", now=None):
    """The chair ends it: its minutes stand as they are from now on."""
    now = now or timezone.now()
    meeting = locked(meeting)
    access.enforce(policies_meetings.close, by, meeting)
    meeting.status, meeting.ended_at, meeting.ended_by, meeting.summary = Status.CLOSED, now, by, summary
    meeting.save(update_fields=["status", "ended_at", "ended_by", "summary"])
    audit.record("meeting.closed", meeting, by=by)
    notify(queries_meetings.attending(meeting), "meeting.closed", meeting, by=by, label=_label(meeting), now=now)
    return meeting


def _invite(meeting, agencies):
    allowed = set(queries_meetings.may_be_invited(meeting.agency).values_list("pk", flat=True))
    if not {each.pk for each in agencies} <= allowed:
        raise Refused("Invite agencies of this center.", "meetings.invite", meeting)
    rows = [Invited(meeting=meeting, agency=each) for each in agencies]
    Invited.objects.bulk_create(rows, ignore_conflicts=True)


def _must_chair(center, chair):
    if not queries_meetings.may_chair(center).filter(user=chair).exists():
        raise Refused("Choose an analyst or a coordinator of the center as chair.", "meetings.chair", center)


def _codes(agencies):
    return sorted(each.code for each in agencies)


def _label(meeting):
    """The day on the center's wall clock."""
    wall = meeting.agency.working_calendar.local(meeting.held_at)
    return f"{wall.day} {wall:%b %Y}"
