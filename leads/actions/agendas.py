"""What a meeting does with its agenda: leads put on it and taken off by hand, and decisions."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.actions._meetings import locked
from leads.models import AgendaItem, Decision, Lead
from leads.policies import meetings as policies_meetings


@transaction.atomic
def add(*, meeting, lead, why, by, now=None):
    """Put a lead on the agenda by hand, or back on it; it is heard last."""
    now = now or timezone.now()
    meeting = locked(meeting)
    access.enforce(policies_meetings.keep_agenda, by, meeting)
    if lead.agency_id != meeting.agency_id or not Lead.objects.visible_to(by).filter(pk=lead.pk).exists():
        raise Refused("There is no such lead of this center.", "agendas.add", meeting)
    reason = [AgendaItem.Reason.ADDED.value, why]
    found = meeting.items.select_for_update(no_key=True).filter(lead=lead).first()
    if found and found.removed_at is None:
        raise Refused(f"Lead {lead.number} is on the agenda already.", "agendas.add", found)
    place = (meeting.items.aggregate(last=Max("place"))["last"] or 0) + 1
    if found:
        found.removed_at, found.removed_by, found.removed_why = None, None, ""
        found.place, found.reasons = place, [*found.reasons, reason]
        found.save(update_fields=["removed_at", "removed_by", "removed_why", "place", "reasons"])
    else:
        found = AgendaItem.objects.create(
            meeting=meeting, lead=lead, place=place, reasons=[reason], added_at=now, added_by=by
        )
    audit.record("agenda.added", found, by=by, agency=meeting.agency, lead=lead.number, why=why)
    return found


@transaction.atomic
def remove(*, item, why, by, now=None):
    """Take a lead off the agenda; who did, and why, stays in the minutes."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies_meetings.take_off, by, item)
    item.removed_at, item.removed_by, item.removed_why = now, by, why
    item.save(update_fields=["removed_at", "removed_by", "removed_why"])
    audit.record("agenda.removed", item, by=by, agency=item.meeting.agency, lead=item.lead.number, why=why)
    return item


@transaction.atomic
def decide(*, item, text, by, now=None):
    """Write down what the meeting decided on a lead."""
    now = now or timezone.now()
    item = _locked(item)
    access.enforce(policies_meetings.decide, by, item)
    made = Decision.objects.create(item=item, text=text, decided_at=now, decided_by=by)
    audit.record("decision.made", made, by=by, agency=item.meeting.agency, lead=item.lead.number, text=text)
    return made


def _locked(item):
    """The meeting first, as who closes it does."""
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_for_update(of=["self"], no_key=True).select_related("lead").get(pk=item.pk)
    item.meeting = meeting
    return item
