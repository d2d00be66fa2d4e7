"""Why a person may not do something to people, roles, units and keys, or None if they may."""

from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone

from agencies.access import agencies_with, all_standings, has_permission, is_member, standings
from agencies.kinds_of_notice import KINDS, choices_of
from agencies.models import Agency, Membership, Unit
from agencies.roles import GRANTS, Permission, Role, roles_with

NOT_ADMINISTRATOR = "Only an administrator of this agency can do that."
TO_YOURSELF = "You cannot give a role to yourself. Ask another administrator."
# Rights that reach beyond one agency are given by the center, and the log is not read by those who keep the accounts.
BEYOND_ONE_AGENCY = (Role.CENTER_COORDINATOR, Role.AUDITOR)
SEPARATE = (Permission.AGENCY_MANAGE, Permission.AUDIT_VIEW)


def _administers(user, agency):
    return user.is_system or has_permission(user, Permission.AGENCY_MANAGE, agency)


# --- memberships ----------------------------------------------------------------------------------------------------


def give_role(user, agency, role):
    """Whether `role` in `agency` is the user's to give."""
    if not _administers(user, agency):
        return NOT_ADMINISTRATOR
    if not agency.is_active:
        return "This agency takes no part any more."
    if role not in BEYOND_ONE_AGENCY:
        return None
    if agency.kind != Agency.Kind.CENTER:
        return f"The role of {Role(role).label.lower()} exists in a center only."
    if user.is_system or _coordinates(user, agency.pk):
        return None
    return f"Only a coordinator of the center appoints the {Role(role).label.lower()}."


def _coordinates(user, center_id):
    return any(each.agency_id == center_id and each.role == Role.CENTER_COORDINATOR for each in standings(user))


def hold(person, role):
    """Whether a person may hold `role` beside those they have: who keeps accounts does not read the log of it."""
    held = {permission for standing in all_standings(person) for permission in standing.permissions}
    wanted = GRANTS[Role(role)]
    for one, other in (SEPARATE, SEPARATE[::-1]):
        if one in held and other in wanted:
            return "One person cannot administer accounts and read the audit log. Appoint somebody else."
    return None


def grant(user, agency, person, role):
    if reason := give_role(user, agency, role):
        return reason
    if person.pk == user.pk:
        return TO_YOURSELF
    if person.is_system or not person.is_active:
        return "This account is closed."
    # Whoever is no member has not agreed to be one again, and is not to be taken from another agency unasked.
    if agency.pk not in _agencies_of(person):
        return "This person is not a member of the agency any more. Invite them: the role begins when they accept."
    if Membership.objects.filter(user=person, agency=agency, role=role, ended_at=None).exists():
        return "This person has this role already."
    return hold(person, role)


def end_membership(user, membership):
    if not _administers(user, membership.agency):
        return NOT_ADMINISTRATOR
    if membership.ended_at:
        return "This membership is over already."
    if membership.role in BEYOND_ONE_AGENCY and (reason := give_role(user, membership.agency, membership.role)):
        return reason
    if membership.role in roles_with(Permission.AGENCY_MANAGE) and not _leaves_an_administrator(membership):
        return "This is the last administrator of the agency. Appoint another one first."
    return None


def _leaves_an_administrator(membership):
    others = Membership.objects.active().filter(
        agency=membership.agency_id, role__in=roles_with(Permission.AGENCY_MANAGE), user__locked_at=None
    )
    return others.exclude(pk=membership.pk).exists()


def place(user, membership, unit):
    """Whether the user may put a member into a unit of the agency (or into none)."""
    if not _administers(user, membership.agency):
        return NOT_ADMINISTRATOR
    if membership.ended_at:
        return "This membership is over."
    if unit is not None and (unit.agency_id != membership.agency_id or not unit.is_active):
        return "This unit is not one of the agency's."
    return None


# --- invitations ----------------------------------------------------------------------------------------------------


def invite(user, agency, email, role, unit=None):
    if reason := give_role(user, agency, role):
        return reason
    if email.strip().lower() == user.email.lower():
        return TO_YOURSELF
    if not email.isascii():
        return "Write the e-mail in plain letters, without accents: letters that look alike would be another account."
    if unit is not None and (unit.agency_id != agency.pk or not unit.is_active):
        return "This unit is not one of the agency's."
    return None


def keep_invitation(user, invitation):
    """Whether an open invitation is the user's to send again or to withdraw."""
    if not _administers(user, invitation.agency):
        return NOT_ADMINISTRATOR
    if invitation.accepted_at or invitation.withdrawn_at:
        return "This invitation is not open any more."
    return None


def accept(user, invitation):
    """Whether an invitation can still be accepted, by whoever holds its secret."""
    open_still = not invitation.accepted_at and not invitation.withdrawn_at
    if not open_still or invitation.expires_at <= timezone.now() or not invitation.agency.is_active:
        return "This invitation was used, withdrawn, or is too old. Ask your agency administrator for a new one."
    # The right to give the role may have ended since: it must hold when the role is given.
    if give_role(invitation.invited_by, invitation.agency, invitation.role):
        return "Who invited you may not do so any more. Ask your agency administrator for a new invitation."
    return None


def accept_as(user, invitation, person):
    """Whether this person can take the role; the address invited is theirs."""
    if not person.is_active or person.is_system or person.email.lower() != invitation.email.lower():
        return "This invitation is for another address."
    if invitation.invited_by_id == person.pk:
        return TO_YOURSELF
    return hold(person, invitation.role)


# --- accounts -------------------------------------------------------------------------------------------------------


def administer(user, person):
    """Whether the user administers an agency of which the person is a member now."""
    if user.is_system or _agencies_of(person) & set(agencies_with(user, Permission.AGENCY_MANAGE)):
        return None
    return NOT_ADMINISTRATOR


def release(user, person):
    if reason := administer(user, person):
        return reason
    if person.pk == user.pk:
        return "Another administrator has to release your account."
    return None if person.locked_at else "This account is not locked."


def lock(user, person):
    if reason := administer(user, person):
        return reason
    if person.pk == user.pk:
        return "You cannot lock your own account."
    if not user.is_system and not _agencies_of(person) <= set(agencies_with(user, Permission.AGENCY_MANAGE)):
        return "This person works for another agency as well: end the membership in yours instead."
    return "This account is locked already." if person.is_shut else None


def _agencies_of(person):
    return {standing.agency_id for standing in all_standings(person)}


def change_password(user, person):
    return None if user.pk == person.pk else "Only the person can change their password."


def reset_password(user, person):
    if person.is_system or not person.is_active or not is_member(person):
        return "There is no such account."
    return None


def use_reset_link(user, person, token):
    if reason := reset_password(user, person):
        return reason
    return None if default_token_generator.check_token(person, token) else "This link was used, or is too old."


# --- units, keys, notices -------------------------------------------------------------------------------------------


def keep_units(user, agency):
    return None if _administers(user, agency) else NOT_ADMINISTRATOR


def name_unit(user, agency, name, unit=None):
    """Whether a unit of the agency (a new one, or this one) can have this name."""
    same = Unit.objects.filter(agency=agency, name__iexact=name).exclude(pk=unit and unit.pk)
    return "The agency has a unit of this name already." if same.exists() else None


def make_token(user, person):
    if user.pk != person.pk:
        return "A token is made by its owner."
    return None if has_permission(user, Permission.TOKEN_USE) else "Your role does not include an API token."


def revoke_token(user, token):
    if token.revoked_at:
        return "This token is revoked already."
    if token.user_id == user.pk or administer(user, token.user) is None:
        return None
    return "Only its owner or an administrator of their agency can revoke a token."


def own(user, record):
    """For what belongs to one person alone: a notice, a saved view."""
    return None if record.user_id == user.pk else "This is not yours."


def choose_notice(user, person, kind, how):
    if user.pk != person.pk:
        return "Each person chooses how they are mailed."
    if kind not in KINDS or how not in choices_of(kind):
        return "This is a duty: others wait for you. It is mailed at once or in working hours."
    return None


def send_mail(user):
    return None if user.is_system else "Mail is sent by the portal itself."


def keep_agency(user, agency):
    """Its own administrators keep an agency's name and hours, and so does the coordinator of its center."""
    if _administers(user, agency) or _coordinates(user, agency.parent_id):
        return None
    return NOT_ADMINISTRATOR


def take_part(user, agency, *, is_active=True):
    """Whether the user may say which ORIs are the agency's and whether it takes part: both decide who gets leads."""
    if not user.is_system and not _coordinates(user, agency.center and agency.center.pk):
        return "Only a coordinator of the center says which ORIs are an agency's and whether it takes part."
    if agency.kind == Agency.Kind.CENTER and not is_active:
        return "A center is closed by who runs this installation: its members would stand alone."
    return None


def create_agency(user, parent):
    """Members of a center are added by its coordinators, who say which ORIs are whose already; a center, which belongs
    to nobody, by who installs the portal.
    """
    if not user.is_system and not (parent and _coordinates(user, parent.pk)):
        return "Agencies are added by a coordinator of their center, or by who runs this installation."
    if parent is not None and parent.kind != Agency.Kind.CENTER:
        return f"{parent.name} is not a center."
    return None
