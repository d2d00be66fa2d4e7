"""What is there: reads for the pages of people, notices and the audit log."""

from dataclasses import dataclass
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from agencies import access, walk
from agencies.models import Agency, Membership, Notification, SignInAttempt, User
from agencies.notifications import SENTENCES
from agencies.roles import Permission, roles_with

WRONG_TRIES = 5
WITHIN = timedelta(minutes=15)


def person_by_email(email):
    """The person who signs in with this address, or None; the actor of periodic jobs is nobody's."""
    return User.objects.filter(email__iexact=email.strip(), is_system=False).first()


def main_agency_id(person):
    """The agency whose auditors read what a person did that concerns no record: the first of theirs."""
    return next((standing.agency_id for standing in access.all_standings(person)), None)


def has_too_many_tries(email, now):
    return SignInAttempt.objects.filter(email=email.strip().lower(), at__gt=now - WITHIN).count() >= WRONG_TRIES


def administrators_of(person):
    """Who may release a person's account: the administrators of the agencies they belong to."""
    agencies = Agency.objects.filter(memberships__in=Membership.objects.active().filter(user=person))
    roles = roles_with(Permission.AGENCY_MANAGE)
    return User.objects.filter(
        memberships__in=Membership.objects.active().filter(agency__in=agencies, role__in=roles)
    ).distinct()


@dataclass(frozen=True)
class Page:
    """One keyset page of plain rows, newest first, with the cursor of the older ones ("" when there are none)."""

    rows: list
    older: str


def _page(queryset, after, draw):
    """The first rows of `queryset` below the id `after`, drawn; by the primary key alone, so the index gives them."""
    if after and after.isdecimal() and len(after) < 19:
        queryset = queryset.filter(pk__lt=int(after))
    found = list(queryset.order_by("-pk")[: walk.PAGE + 1])
    older = str(found[walk.PAGE - 1].pk) if len(found) > walk.PAGE else ""
    return Page([draw(row) for row in found[: walk.PAGE]], older)


def notices(user, after=None):
    """What a person was told, with the clock of the agency they work as."""
    zone = zone_of(user)
    return _page(Notification.objects.visible_to(user), after, lambda row: _notice(row, zone))


def _notice(row, zone):
    return {
        "pk": row.pk,
        "sentence": SENTENCES.get(row.verb, row.verb),
        "label": row.label,
        "when": row.created_at.astimezone(zone).strftime("%a %-d %b %H:%M"),
        "iso": row.created_at.isoformat(),
        "is_new": row.read_at is None,
    }


def zone_of(user):
    """The zone of the agency a person works as; of the first, when they work as all of theirs."""
    standings = access.standings(user)
    return ZoneInfo(standings[0].zone) if standings else UTC
