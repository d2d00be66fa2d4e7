"""What a side holds of the days of its case: a deadline, a calendar address, an arrest a federal office asks of."""

from django.utils import timezone

from agencies.models import Agency, Membership
from leads.actions import calendarfeeds, caseloads, deadlines, gunarrests
from leads.models import GunArrest
from tests import factories


def of(side):
    marker, prosecutor = side.marker, side["prosecutor"]
    due = {"kind": "discovery", "due_on": side.now.date(), "basis": f"{marker} order"}
    side.deadline = deadlines.add(referral=side.referral, by=prosecutor, **due)
    caseloads.give(referral=side.referral, prosecutor=prosecutor, by=prosecutor)
    detective = side["detective"]
    mine = Membership.objects.get(user=detective, agency=side.police)
    side.feed, side.secret = calendarfeeds.make(membership=mine, scope="agency", by=detective)
    side.federal_office = factories.agency(None, Agency.Kind.US_ATTORNEY, parent=side.center)
    gunarrests.set_rule(office=side.federal_office, shown=True, by=side["center_coordinator"])
    side.gun_arrest = GunArrest.objects.create(
        office=side.federal_office, outcome=side.outcome, came_at=timezone.now(), status="asked",
        answered_at=timezone.now(), answered_by=prosecutor, reason=f"{marker} gun?",
    )  # fmt: skip
