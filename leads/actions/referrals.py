"""A case goes to prosecutors' offices and comes back with a decision."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Permission, Role
from leads import policies, prosecuting, queries
from leads.actions import _asked, _court
from leads.actions._referrals import DECIDE_WITHIN, ask_anew, is_federal, keep, locked, put_before
from leads.actions._seen import as_drafted
from leads.models import Lead, Referral
from leads.queries import declining
from leads.queries import referrals as near

__all__ = ["DECIDE_WITHIN", "answer", "decide", "make", "make_each"]

Status = Referral.Status
VERBS = {
    Status.ACCEPTED: "referral.accepted",
    Status.DECLINED: "referral.declined",
    Status.MORE_ASKED: "referral.more_asked",
    Status.TRANSFERRED: "referral.transferred",
}
DECISION = ["status", "decided_at", "decided_by", "decline_reason", "reason_said", "decision_note", "court_number"]
UNDECIDED = "Charges of this case are pending. Record the outcome first, such as dismissed by the prosecutor."
TWICE = "This defendant's case on this lead was referred to that office already."


@transaction.atomic
def make(
    *, lead, agency, office, defendant, summary, by, venue="", person=None, born_on=None, events=(), now=None, quiet=()
):
    """Put one person's case before an office, which sees the lead from now on, and of its incidents those of the agency
    that refers; another agency's stay its own to show. events: those of the gun that are asserted about the person.
    """
    now = now or timezone.now()
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=lead.pk)
    access.enforce(policies.refer, by, lead, agency)
    if not access.has_permission(by, Permission.REFERRAL_MAKE, agency):
        raise Refused("Refer in the name of an agency you work for.", "referrals.make", lead)
    if person and person.pk not in near.persons_for(lead, by):
        raise Refused("Choose a person who is named on this lead.", "referrals.make", lead)
    chosen = {event.pk for event in events}
    events = list(near.events_for(lead, [agency]).filter(pk__in=chosen)) if chosen else []
    if len(events) < len(chosen):
        raise Refused("Choose events of this gun that your agency sees.", "referrals.make", lead)
    defendant, born_on = (person.name[:120], person.born_on) if person else (defendant, born_on)
    case = Referral(
        lead=lead, agency=agency, person=person, defendant=defendant, born_on=born_on, summary=summary,
        venue=_venue(lead, agency, office, defendant, venue), referred_by=by,
    )  # fmt: skip
    return put_before(office, case, events, by=by, now=now, quiet=quiet)


@transaction.atomic
def make_each(*, lead, offices, by, now=None, **case):
    """Put one person's case before several offices at once; each decides by itself."""
    offices = list(offices)
    quiet = [office.pk for office in offices]
    return [make(lead=lead, office=office, by=by, now=now, quiet=quiet, **case) for office in offices]


def _venue(lead, agency, office, defendant, asked):
    """Under which law a case goes to an office; refused where it cannot go there. What another agency referred is no
    reason to refuse: the refusal would tell of it.
    """
    if office.kind not in Agency.PROSECUTORS or office.parent_id != lead.agency_id:
        raise Refused("Choose a prosecutor's office of this center.", "referrals.make", lead)
    venue = prosecuting.venue_of(asked, federal=is_federal(office))
    if wrong := prosecuting.why_not_venue(venue, federal=is_federal(office)):
        raise Refused(wrong, "referrals.make", lead)
    if lead.referrals.filter(agency=agency, office=office, defendant=defendant).exists():
        raise Refused(TWICE, "referrals.make", lead)
    return venue


@transaction.atomic
def decide(
    *, referral, status, by, reason="", note="", court_number="", next_on=None, next_what="", items=(), due_on=None,
    office=None, seen="", now=None,
):  # fmt: skip
    """Accept, decline with a reason, ask for more (`items`, each a task of the agency due on a day), or transfer the
    case to another office, before which it is then. A case that is not accepted has no day in court. seen: the
    `version` of the case that who decides began from (`_seen.as_drafted`).
    """
    now = now or timezone.now()
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=referral.lead_id)
    referral = locked(referral)
    referral.lead = lead
    access.enforce(policies.decide, by, referral)
    as_drafted(seen, referral)
    if status not in VERBS or not referral.can_move_to(status):
        raise Refused(f"A referral that is {referral.get_status_display().lower()} cannot move there.", "decide")
    if status == Status.DECLINED and referral.charges.undecided().exists():
        raise Refused(UNDECIDED, "referrals.decide", referral)
    if status == Status.DECLINED and not reason:
        raise Refused("Say why the case is declined.", "referrals.decide", referral)
    reasons = dict(declining.reasons_of(referral.office)) if status == Status.DECLINED else {}
    if status == Status.DECLINED and reason not in reasons:
        raise Refused("Choose a reason of your office's own list.", "referrals.decide", referral)
    to = _transfer(referral, office, by=by, now=now) if status == Status.TRANSFERRED else None
    if status == Status.MORE_ASKED:
        _asked.give(referral, items, due_on, by=by, now=now)
    referral.status, referral.decided_at, referral.decided_by = status, now, by
    referral.decline_reason, referral.reason_said = (reason, reasons[reason]) if reasons else ("", "")
    referral.decision_note, referral.court_number = note, court_number or referral.court_number
    referral.save(update_fields=DECISION)
    coming = (next_on, next_what) if status == Status.ACCEPTED else (None, "")
    _court.plan(referral, *coming, by=by, now=now)
    why = {"reason": referral.decline_reason, "reason_said": referral.reason_said}
    keep(referral, status, by=by, now=now, note=note, other=to, **why)
    audit.record(VERBS[status], referral, by=by, agency=referral.office, reason=reason)
    notify(queries.on_case(referral), VERBS[status], referral, by=by, now=now)
    return referral


def _transfer(referral, office, *, by, now):
    """The same case before another office."""
    if office is None or office.pk == referral.office_id:
        raise Refused("Choose the office that takes the case.", "referrals.decide", referral)
    special = referral.venue in (prosecuting.JUVENILE, prosecuting.REVOCATION)
    venue = _venue(referral.lead, referral.agency, office, referral.defendant, referral.venue if special else "")
    case = Referral(
        lead=referral.lead, agency=referral.agency, person=referral.person, defendant=referral.defendant,
        born_on=referral.born_on, summary=referral.summary, venue=venue, referred_by=by, origin=referral,
    )  # fmt: skip
    events = [each.event for each in referral.asserted.select_related("event__lead").order_by("event_id")]
    return put_before(office, case, events, by=by, now=now, quiet=[referral.office_id])


@transaction.atomic
def answer(*, referral, summary, by, now=None):
    """The agency brings what was asked for, or asks again after a decline; the office decides anew."""
    now = now or timezone.now()
    referral = locked(referral)
    access.enforce(policies.answer, by, referral)
    before, referral.summary = referral.summary, summary
    ask_anew(referral, by=by, now=now, summary_before=before if before != summary else "")
    audit.record("referral.answered", referral, by=by, before=before)
    notify(queries.holders(referral.office, Role.PROSECUTOR), "referral.answered", referral, by=by, now=now)
    return referral
