"""Those whose work a lead was hear that it yielded."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads.models import Feedback, Lead, Yield
from leads.policies import feedback as policies_feedback
from leads.queries import feedback as queries_feedback


@transaction.atomic
def give(*, by, now=None, limit=100):
    """Tell of up to `limit` yields that nobody was told of, each once for a lead and kind, whatever runs twice; returns
    how many. Call again until none are left.
    """
    now = now or timezone.now()
    access.enforce(policies_feedback.give, by)
    due = queries_feedback.not_told(now, limit)
    # The leads are held, so that two at once do not both find a yield untold.
    ids = sorted({lead for lead, _kind in due})
    leads = Lead.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=ids).order_by("pk").in_bulk()
    known = set(Yield.objects.filter(lead__in=ids).values_list("lead_id", "kind"))
    fresh = [(lead, kind) for lead, kind in due if (lead, kind) not in known]
    for pk, kind in fresh:
        _give(leads[pk], kind, by, now)
    return len(due)


def _give(lead, kind, by, now):
    gave = Yield.objects.create(lead=lead, kind=kind, at=now)
    hands = queries_feedback.hands(lead)
    working = queries_feedback.working(hands)
    rows = [_row(gave, working[person], hands[person], now) for person in sorted(working)]
    made = Feedback.objects.bulk_create(rows)
    people = {each.user_id: each.user for members in working.values() for each in members}
    for each in made:
        notify([people[each.person_id]], f"feedback.{kind}", each, label=lead.number, now=now)
    audit.record("feedback.given", lead, by=by, kind=kind, people=sorted(working))


def _row(gave, members, did, now):
    """In the name of the agency where the work was done, if the person works there still."""
    agencies = {agency for agency, _part in did}
    member = next((each for each in members if each.agency_id in agencies), members[0])
    parts = [part for part in Feedback.Part.values if part in {part for _agency, part in did}]
    return Feedback(
        gave=gave,
        person_id=member.user_id,
        agency_id=member.agency_id,
        unit_id=member.unit_id,
        parts=parts,
        told_at=now,
    )
