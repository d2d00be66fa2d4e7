"""Why a person may not record what happens in court, keep statutes or say what a status means, or None if they may."""

from django.utils import timezone

from agencies.access import has_permission
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.roles import Permission
from leads import policies


def proceed(user, referral):
    return policies.charge(user, referral)


def move(user, proceeding):
    """Say of a day in court that it was held, put off or taken off."""
    if reason := policies.charge(user, proceeding.referral):
        return reason
    if proceeding.status != proceeding.Status.SET:
        return f"This is {proceeding.get_status_display().lower()} already."
    return None


def hold(user, proceeding, now=None):
    """Say of a day in court that it was held: from the day on, where the office is."""
    if reason := move(user, proceeding):
        return reason
    if why_not_yet(proceeding.on, now or timezone.now(), proceeding.referral.office.zone):
        return f"It is set for {proceeding.on:%-d %b %Y}, which is still to come: put it off or take it off instead."
    return None


def dispose(user, charge):
    if reason := policies.charge(user, charge.referral):
        return reason
    if charge.is_superseded:
        return "A superseding indictment replaced this charge: record how the new one ended."
    return None


def outcome(user, referral):
    """Say at once how all charges of a case ended."""
    if reason := policies.charge(user, referral):
        return reason
    return None if referral.charges.standing().exists() else "Add the charges first: then you can say how they ended."


def revoke(user, referral):
    if reason := policies.charge(user, referral):
        return reason
    return "The revocation is recorded already." if hasattr(referral, "revocation") else None


def correct_revocation(user, revocation):
    return policies.charge(user, revocation.referral)


def keep_statutes(user, office):
    if office.kind not in Agency.PROSECUTORS or not has_permission(user, Permission.REFERRAL_DECIDE, office):
        return "Only a prosecutor of the office keeps its statutes."
    return None


def end_statute(user, statute):
    if reason := keep_statutes(user, statute.office):
        return reason
    return "This line is taken out already." if statute.ended_at else None


def say_meaning(user, spelling):
    """A prosecutor of an office of the center, or those at the center who bring its files."""
    center = spelling.center
    if has_permission(user, Permission.LEAD_TRIAGE, center):
        return None
    offices = Agency.objects.filter(parent=center, kind__in=Agency.PROSECUTORS)
    if any(has_permission(user, Permission.REFERRAL_DECIDE, each) for each in offices):
        return None
    return "Only a prosecutor of the center's offices, or its analysts, say what a status means."


def say_for_office(user, office):
    """Say what a status means to one's own office, whatever it means to the others."""
    if office.kind not in Agency.PROSECUTORS or not has_permission(user, Permission.REFERRAL_DECIDE, office):
        return "Only a prosecutor of the office says what a status means to it."
    return None


def keep_reasons(user, office):
    """Add to the reasons for which an office declines, or retire one."""
    if office.kind not in Agency.PROSECUTORS or not has_permission(user, Permission.REFERRAL_DECIDE, office):
        return "Only a prosecutor of the office keeps its reasons to decline."
    if office.kind == Agency.Kind.US_ATTORNEY:
        return (
            "The reasons of a U.S. Attorney's office are the categories it reports by: they are not its own to change."
        )
    return None
