"""What a side holds beside its leads: a lead review with a decision, what somebody has to do, feedback."""

from datetime import timedelta

from django.utils import timezone

from agencies.models import User
from leads.actions import actionitems, agendas, feedbacks, meetings
from leads.models import Feedback


def meeting_of(side):
    """A meeting of the side's center that is open, with the lead on its agenda."""
    by, marker, now = side["analyst"], side.marker, timezone.now()
    planned = meetings.plan(
        center=side.center, held_at=now + timedelta(hours=1), chair=by, agencies=[side.police, side.lab], by=by,
        where=f"{marker} room",
    )  # fmt: skip
    side.meeting = meetings.open_(meeting=planned, by=by)
    side.agenda_item = side.meeting.items.get(lead=side.lead)
    side.decision = agendas.decide(item=side.agenda_item, text=f"{marker} decision", by=by)
    side.action_item = actionitems.give(
        decision=side.decision, what=f"{marker} deed", owner=side.people["detective"].memberships.get(),
        day=(now + timedelta(days=9)).date(), by=by,
    )  # fmt: skip
    while feedbacks.give(by=User.objects.system()):
        pass
    side.feedback = Feedback.objects.filter(agency=side.police).latest("pk")
