"""What making, moving and answering a case have in common."""

from datetime import timedelta

from agencies import access, audit
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Role
from leads import prosecuting, queries
from leads.models import LeadEvent, Referral, ReferralDecision, ReferralEvent, Screening
from leads.queries import referrals as near

DECIDE_WITHIN = timedelta(days=30)
Status = Referral.Status
ANEW = ["summary", "status", "decided_at", "decided_by", "decline_reason", "reason_said", "decision_due_at"]


def put_before(office, case, events, *, by, now, quiet=()):
    """Write a case (a row that is not saved yet) and let the office see its lead and those incidents of it that are the
    referring agency's; tell it, and the offices with a case of the same person or gun but those that are `quiet`.
    """
    case.person_key = prosecuting.person_key(case.defendant, case.born_on)
    case.screening = near.screening_for(
        case.lead, person=case.person, key=case.person_key, defendant=case.defendant
    ) or Screening.objects.create(lead=case.lead, person=case.person, defendant=case.defendant, opened_at=now)
    case.office, case.referred_at, case.decision_due_at = office, now, now + DECIDE_WITHIN
    case.save(force_insert=True)
    ReferralEvent.objects.bulk_create(ReferralEvent(referral=case, event=event) for event in events)
    shown = _share(case, events)
    said = {"lead": case.lead.number, "office": office.code, "incidents": shown, "events": [e.pk for e in events]}
    audit.record("referral.made", case, by=by, person=case.person_id, **said)
    notify(queries.holders(office, Role.PROSECUTOR), "referral.made", case, by=by, now=now)
    _tell_beside(case, {office.pk, *quiet}, by=by, now=now)
    return case


def _share(case, events):
    """Grant the office the lead and those of the events asserted, and the agency's own incidents among them."""
    for lead in {case.lead, *(event.lead for event in events)}:
        access.share(lead, case.office)
    own = LeadEvent.objects.filter(incident__agency=case.agency).select_related("incident")
    own = [*own.filter(lead=case.lead), *own.filter(pk__in=[event.pk for event in events])]
    incidents = {event.incident_id: event.incident for event in own}
    for incident in incidents.values():
        access.share(incident, case.office)
    return sorted(incidents)


def _tell_beside(case, quiet, *, by, now):
    others = near.near_to(case).filter(status__in=Referral.OPEN).exclude(office__in=quiet).order_by("office_id", "id")
    first = {}
    for each in others[: near.MOST_BESIDE]:
        first.setdefault(each.office_id, each)
    for each in first.values():
        notify(queries.holders(each.office, Role.PROSECUTOR), "referral.beside", each, by=by, now=now)


def locked(referral):
    """The case as it stands, held until the transaction ends."""
    found = Referral.objects.select_for_update(of=["self"], no_key=True)
    return found.select_related("lead", "agency", "office", "person").get(pk=referral.pk)


def keep(referral, became, *, by, now, **values):
    """Write down a step of a case, for good."""
    return ReferralDecision.objects.create(referral=referral, became=became, by=by, at=now, **values)


def ask_anew(referral, *, by, now, **values):
    """A case goes back to its office, which has its time to decide again."""
    referral.status, referral.decided_at, referral.decided_by = Status.REFERRED, None, None
    referral.decline_reason, referral.reason_said, referral.decision_due_at = "", "", now + DECIDE_WITHIN
    referral.save(update_fields=ANEW)
    keep(referral, Status.REFERRED, by=by, now=now, **values)


def is_federal(office):
    return office.kind == Agency.Kind.US_ATTORNEY
