"""A case goes to a prosecutor's office and comes back with a decision."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Permission, Role
from leads import policies, queries
from leads.actions import _court
from leads.models import Lead, Referral

DECIDE_WITHIN = timedelta(days=30)
VERBS = {
    Referral.Status.ACCEPTED: "referral.accepted",
    Referral.Status.DECLINED: "referral.declined",
    Referral.Status.MORE_ASKED: "referral.more_asked",
}


@transaction.atomic
def make(*, lead, agency, office, defendant, summary, by, now=None):
    """Put one defendant's case before an office, which sees the lead from now on, and of its incidents those of the
    agency that refers; another agency's stay its own to show.
    """
    now = now or timezone.now()
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).get(pk=lead.pk)
    access.enforce(policies.refer, by, lead, agency)
    if not access.has_permission(by, Permission.REFERRAL_MAKE, agency):
        raise Refused("Refer in the name of an agency you work for.", "referrals.make", lead)
    if office.kind not in Agency.PROSECUTORS or office.parent_id != lead.agency_id:
        raise Refused("Choose a prosecutor's office of this center.", "referrals.make", lead)
    if lead.referrals.filter(office=office, defendant=defendant).exists():
        raise Refused("This defendant's case on this lead was referred to that office already.", "referrals.make", lead)
    referral = Referral.objects.create(
        lead=lead,
        agency=agency,
        office=office,
        defendant=defendant,
        summary=summary,
        referred_at=now,
        referred_by=by,
        decision_due_at=now + DECIDE_WITHIN,
    )
    access.share(lead, office)
    own = [event.incident for event in lead.events.filter(incident__agency=agency).select_related("incident")]
    for incident in own:
        access.share(incident, office)
    shown = [incident.pk for incident in own]
    audit.record("referral.made", referral, by=by, lead=lead.number, office=office.code, incidents=shown)
    notify(queries.holders(office, Role.PROSECUTOR), "referral.made", referral, by=by, now=now)
    return referral


@transaction.atomic
def decide(*, referral, status, by, reason="", note="", court_number="", next_on=None, next_what="", now=None):
    """Accept, decline with a reason, or ask for more."""
    now = now or timezone.now()
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.decide, by, referral)
    if not referral.can_move_to(status):
        raise Refused(f"A referral that is {referral.get_status_display().lower()} cannot move there.", "decide")
    if status == Referral.Status.DECLINED and not reason:
        raise Refused("Say why the case is declined.", "referrals.decide", referral)
    referral.status, referral.decided_at, referral.decided_by = status, now, by
    referral.decline_reason = reason if status == Referral.Status.DECLINED else ""
    referral.decision_note, referral.court_number = note, court_number or referral.court_number
    referral.save(
        update_fields=["status", "decided_at", "decided_by", "decline_reason", "decision_note", "court_number"]
    )
    _court.plan(referral, next_on, next_what, by=by, now=now)
    audit.record(VERBS[status], referral, by=by, agency=referral.office, reason=reason)
    notify(queries.on_case(referral), VERBS[status], referral, by=by, now=now)
    return referral


@transaction.atomic
def answer(*, referral, summary, by, now=None):
    """The agency brings what was asked for, or asks again after a decline; the office decides anew."""
    now = now or timezone.now()
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.answer, by, referral)
    before, referral.summary = referral.summary, summary
    referral.status, referral.decided_at, referral.decided_by = Referral.Status.REFERRED, None, None
    referral.decline_reason, referral.decision_due_at = "", now + DECIDE_WITHIN
    referral.save(update_fields=["summary", "status", "decided_at", "decided_by", "decline_reason", "decision_due_at"])
    audit.record("referral.answered", referral, by=by, before=before)
    notify(queries.holders(referral.office, Role.PROSECUTOR), "referral.answered", referral, by=by, now=now)
    return referral
