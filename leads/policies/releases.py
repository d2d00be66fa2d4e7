"""Why a person may not seal, release, open, revoke or retract packets, or None if they may.

A copy is for the one person it was released to: who releases it sees that it was opened, and cannot open it.
"""

from django.utils import timezone

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import PacketRelease, PacketVersion

State = PacketRelease.State


def keep_packets(user):
    return None if user.is_system else "The portal itself seals packets and prepares their copies."


def release(user, version):
    if not has_permission(user, Permission.PACKET_RELEASE, version.packet.agency_id):
        return "Only a supervisor, commander or coordinator of the agency that makes a packet releases it."
    if version.state == PacketVersion.State.FAILED:
        return "This version could not be built. Make another one."
    if getattr(version, "retraction", None):
        return "This version is retracted. Make a newer one and release that."
    if version.packet.versions.filter(version__gt=version.version, releases__isnull=False).exists():
        return "A newer version was released. Release that one."
    return None


def retract(user, version, reason=None):
    if not has_permission(user, Permission.PACKET_RELEASE, version.packet.agency_id):
        return "Only a supervisor, commander or coordinator of the agency that makes a packet retracts it."
    if getattr(version, "retraction", None):
        return "This version is retracted already."
    if not version.releases.exists():
        return "Nobody has this version: there is nothing to retract."
    return "Say why." if reason is not None and not reason.strip() else None


def revoke(user, release, reason=None):
    if not has_permission(user, Permission.PACKET_RELEASE, release.source_id):
        return "Only a supervisor, commander or coordinator of the agency that released a packet revokes it."
    if release.revoked_at:
        return "This was revoked already."
    return "Say why." if reason is not None and not reason.strip() else None


def _is_theirs(user, release):
    return release.to_id == user.pk and has_permission(user, Permission.PACKET_VIEW, release.office_id)


def open_(user, release, now):
    """Asked at each opening: the link ends with the day, with being revoked, and with leaving the office."""
    if not _is_theirs(user, release):
        return "Only the person it was released to opens a copy of a packet."
    if release.revoked_at:
        return "This was revoked: ask who released it to you."
    if now >= release.ends_at:
        return "The days of this release are over: ask who released it to you for another one."
    if release.state != State.READY:
        return "Your copy is being prepared. Look again in a minute."
    return None


def receive(user, release, now=None):
    if not _is_theirs(user, release):
        return "Only the person it was released to confirms its receipt."
    if release.state != State.READY:
        return "Your copy is being prepared. Look again in a minute."
    if release.revoked_at or release.ends_at <= (now or timezone.now()):
        return "This copy can be opened no more: its receipt is not confirmed any more either."
    return "Its receipt is confirmed already." if release.received_at else None


def heed(user, release):
    if not _is_theirs(user, release):
        return "Only the person it was released to acknowledges that."
    return None if release.due_at else "There is nothing to acknowledge."


def again(user, release):
    """Prepare a copy once more that could not be prepared."""
    if refused := release_of(user, release):
        return refused
    if release.revoked_at:
        return "This was revoked: release it anew."
    if release.version.state == PacketVersion.State.FAILED:
        return "This version could not be built. Have it built again first, or make another one."
    return None if release.state == State.FAILED else "This copy does not have to be prepared again."


def release_of(user, release):
    if not has_permission(user, Permission.PACKET_RELEASE, release.source_id):
        return "Only a supervisor, commander or coordinator of the agency that released a packet does this."
    return None


def unmask(user, packet, reason=None):
    may = has_permission(user, Permission.PERSON_UNMASK, packet.agency_id)
    if not may or not has_permission(user, Permission.PACKET_MAKE, packet.agency_id):
        return "Your role does not include reading masked names for the agency that makes this packet."
    return "Say why the name has to be in the packet." if reason is not None and not reason.strip() else None


def write_wording(user, agency):
    if not has_permission(user, Permission.PACKET_RELEASE, agency.pk):
        return "Only a supervisor, commander or coordinator writes the wording of their agency."
    return None
