"""Why a person may not do something to a lead, or None if they may. Actions enforce these, templates ask them."""

from agencies.access import agencies_with, has_permission, standings
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import Lead, Obligation, Referral
from leads.models.obligation import deciders

State = Obligation.State


def _move(obligation, state, verb):
    if not obligation.can_move_to(state):
        return f"A lead that is {obligation.get_state_display().lower()} cannot be {verb}."
    return None


def load_notices(user, center):
    if user.is_system or has_permission(user, Permission.LEAD_IMPORT, center):
        return None
    sites = center.members.filter(kind=Agency.Kind.LABORATORY)
    own = any(has_permission(user, Permission.LEAD_IMPORT, site) for site in sites)
    return None if own else "Only the center's analysts and its laboratory load lead notices."


def decide_notice(user, held, reason=None):
    """Release a notice without a second review, or decline it: with a reason that is kept."""
    may = any(has_permission(user, Permission.OBLIGATION_APPROVE, each) for each in (held.agency_id, held.site_id))
    if not may:
        return "Only the center's coordinator or a supervisor of the laboratory releases a lead without reviewer 2."
    if not held.can_move_to(held.Status.RELEASED):
        return f"This notice is decided already: {held.get_status_display().lower()}."
    return "Say why." if reason is not None and not reason.strip() else None


def release_reviewed(user):
    return None if user.is_system else "The portal itself releases what two people have reviewed."


def offers_notices(user):
    """Whether somebody may load notices for one of their agencies: by what is known of them, without a look at rows."""
    return any(Permission.LEAD_IMPORT in s.permissions and s.agency_kind in Agency.GIVE_NOTICE for s in standings(user))


def match(user, event):
    if not has_permission(user, Permission.LEAD_TRIAGE, event.lead.agency):
        return "Only the center's analysts match notices to incidents."
    if event.incident_id:
        return "This event is matched already."
    return None


def confirm(user, event):
    lead = event.lead
    sites = [agency for agency in (lead.site, lead.agency) if agency]
    if not any(has_permission(user, Permission.LEAD_CONFIRM, agency) for agency in sites):
        return "Only a firearm examiner of the laboratory that gave notice confirms a link."
    if event.confirmed_at:
        return "An examiner has confirmed this event already."
    return None


def acknowledge(user, obligation):
    if not has_permission(user, Permission.OBLIGATION_ACKNOWLEDGE, obligation.agency_id):
        return "Only a supervisor or analyst of the agency acknowledges for it."
    return _move(obligation, State.ACKNOWLEDGED, "acknowledged")


def assign(user, obligation):
    if not has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id):
        return "Only a supervisor of the agency assigns its leads."
    return _move(obligation, State.ASSIGNED, "assigned")


def take(user, obligation):
    if not has_permission(user, Permission.OBLIGATION_TAKE, obligation.agency_id):
        return "Only a supervision officer of the agency takes a lead on that nobody gave them."
    if obligation.investigator_id:
        return "Somebody has this lead already."
    return _move(obligation, State.ASSIGNED, "taken on")


def works_on(user, obligation):
    """Whether a person was given this part and may work it still: by the agency that owes it, or as somebody of a
    partner for as long as that has an event on the lead.
    """
    if obligation.investigator_id != user.pk:
        return False
    if obligation.partner_id is None:
        return has_permission(user, Permission.OBLIGATION_WORK, obligation.agency_id)
    return lends(obligation, obligation.partner_id) and has_permission(
        user, Permission.OBLIGATION_WORK, obligation.partner_id
    )


def lends(obligation, agency_id):
    """Whether people of an agency may be given what another one owes: it has an event on the lead, or keeps it."""
    lead = obligation.lead
    return agency_id != obligation.agency_id and (agency_id == lead.agency_id or lead.has_event_of(agency_id))


def return_(user, obligation):
    if obligation.is_stranded:
        may = has_permission(user, Permission.LEAD_TRIAGE, obligation.lead.agency_id)
        return None if may else "Only the center returns the leads of an agency that takes no part any more."
    may = has_permission(user, Permission.OBLIGATION_ACKNOWLEDGE, obligation.agency_id)
    if not may and (obligation.partner_id or not works_on(user, obligation)):
        return "Only the assigned investigator or a supervisor of the agency returns a lead."
    if obligation.state == State.PROPOSED:
        return "Closing is proposed. A supervisor approves it or sends it back first."
    return _move(obligation, State.RETURNED, "returned")


def start(user, obligation):
    if not works_on(user, obligation):
        return "Only the person it is assigned to takes a lead on."
    if obligation.state != State.ASSIGNED:
        return "This lead is not waiting for you to take it on."
    return None


def log(user, obligation):
    if not has_permission(user, Permission.OBLIGATION_WORK, obligation.agency_id) and not works_on(user, obligation):
        return "Only investigators of the agency log what was done."
    if obligation.state not in (State.ASSIGNED, State.IN_PROGRESS, State.PROPOSED):
        return "Assign the lead to somebody first: then what was done can be logged."
    return None


def propose(user, obligation):
    mine = works_on(user, obligation)
    if not mine and not has_permission(user, Permission.OBLIGATION_WORK, obligation.agency_id):
        return "Only investigators of the agency propose closing."
    if not mine and not has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id):
        return "Only the assigned investigator or a supervisor proposes closing."
    return _move(obligation, State.PROPOSED, "proposed for closing")


def decide_closing(user, obligation):
    may = has_permission(user, Permission.OBLIGATION_APPROVE, obligation.agency_id)
    if not may and not _stands_in(user, obligation):
        return "Only a supervisor of the agency decides on closing."
    if obligation.state != State.PROPOSED:
        return "Nobody has proposed to close this lead."
    if obligation.proposed_by_id == user.pk:
        return "Somebody else than the one who proposed closing has to approve it."
    return None


def _stands_in(user, obligation):
    """Whether it is the center that decides on closing: nobody else in the agency may, and it would wait for ever."""
    center = has_permission(user, Permission.OBLIGATION_APPROVE, obligation.lead.agency_id)
    if obligation.state != State.PROPOSED or obligation.is_stranded or not center:
        return False
    known = getattr(obligation, "has_decider", None)
    return not (deciders(obligation.agency_id, obligation.proposed_by_id).exists() if known is None else known)


def reroute(user, obligation):
    if not has_permission(user, Permission.LEAD_TRIAGE, obligation.lead.agency):
        return "Only the center routes a returned lead to another agency."
    if obligation.state != State.RETURNED:
        return "Only a lead that was returned is routed anew."
    if not obligation.lead.has_event_of(obligation.agency_id):
        return "No event of this agency is left on the lead to route."
    return None


def _is_sent(lead):
    desk = getattr(lead, "desk", None)
    waits = desk and desk.state != desk.State.SENT
    return "This lead was not sent yet. Send it from the triage page first." if waits else None


def ask(user, lead):
    if not has_permission(user, Permission.LEAD_TRIAGE, lead.agency_id):
        return "Only the center asks another agency to take part in a lead."
    if lead.status != Lead.Status.OPEN:
        return "This lead is closed: there is nothing left to take part in."
    return _is_sent(lead)


def remind(user, obligation):
    if has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id):
        return None
    if has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.lead.agency_id):
        return None
    return "Only a supervisor of the agency or the center's coordinator reminds of what is late."


def add_file(user, lead):
    if not any(has_permission(user, permission) for permission in (Permission.OBLIGATION_WORK, Permission.LEAD_TRIAGE)):
        return "Only investigators and analysts hang files on a lead."
    return None


def take_original(user, lead):
    if add_file(user, lead):
        return "The original, with what the camera wrote into it, is for investigators and analysts on the lead."
    return None


def export(user, lead=None):
    return None if has_permission(user, Permission.LEAD_EXPORT) else "Your role does not include exports."


def refer(user, lead, agency=None):
    """With an agency: whether it may be the one that refers."""
    may = agencies_with(user, Permission.REFERRAL_MAKE)
    if agency is not None:
        may = [each for each in may if each == agency.pk]
    if lead.agency_id in may or lead.obligations.filter(agency_id__in=may).exists():
        return _is_sent(lead)
    return "Only an investigator of an agency on this lead refers it to a prosecutor."


def decide(user, referral):
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return "Only a prosecutor of the office it was referred to decides."
    if referral.status == Referral.Status.DECLINED:
        return "This case is declined. The office decides anew when the agency asks again."
    if referral.status in Referral.MOVED:
        return "This case is with another office now."
    return None


def answer(user, referral):
    if not has_permission(user, Permission.REFERRAL_MAKE, referral.agency_id):
        return "Only the agency that referred the case answers the prosecutor."
    status = Referral.Status
    if referral.status not in (status.MORE_ASKED, status.DECLINED, status.TRANSFERRED):
        return "The prosecutor has not asked for more."
    return None


def charge(user, referral):
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return "Only a prosecutor of the office records charges and dispositions."
    if referral.status != Referral.Status.ACCEPTED:
        return "Accept the case first: then charges can be recorded."
    return None


def escalate(user):
    return None if user.is_system else "The clock escalates by itself."
