"""What is there: reads for the pages of people, notices and the audit log."""

from dataclasses import dataclass
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from agencies import access, keys, session, walk
from agencies.models import (
    Agency,
    ApiToken,
    AuditEvent,
    Invitation,
    Membership,
    NoticeChoice,
    Notification,
    SignInAttempt,
    User,
)
from agencies.notifications import SENTENCES
from agencies.roles import Permission, roles_with

WRONG_TRIES = 5
WITHIN = timedelta(minutes=15)


def main_agency_id(person):
    """The agency whose auditors read what a person did that concerns no record: the first of theirs."""
    return next((standing.agency_id for standing in access.all_standings(person)), None)


def has_too_many_tries(person, now, **which):
    tries = SignInAttempt.objects.filter(email=person.email.lower(), at__gt=now - WITHIN, **which)
    return tries.count() >= WRONG_TRIES


def may_have_a_session(person, now):
    """Whether somebody signed in so lately that what they opened then may still be open."""
    signed_in = AuditEvent.objects.filter(object_type=User._meta.label_lower, object_id=person.pk, verb="sign_in")
    return signed_in.filter(at__gt=now - timedelta(seconds=session.ENDS_AFTER)).exists()


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


def page_of(queryset, after, draw):
    """The first rows of `queryset` below the id `after`, drawn; by the primary key alone, so the index gives them."""
    if after and after.isdecimal() and len(after) < 19:
        queryset = queryset.filter(pk__lt=int(after))
    found = list(queryset.order_by("-pk")[: walk.PAGE + 1])
    older = str(found[walk.PAGE - 1].pk) if len(found) > walk.PAGE else ""
    return Page([draw(row) for row in found[: walk.PAGE]], older)


def notices(user, after=None):
    """What a person was told, with the clock of the agency they work as."""
    zone = zone_of(user)
    return page_of(Notification.objects.visible_to(user), after, lambda row: _notice(row, zone))


def unread(user, *, most):
    """How many notices a person has not read, exact to `most`: every page asks, so without a queryset."""
    sql = """select count(*) from (
               select from agencies_notification where user_id = %s and read_at is null limit %s) n"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk, most])
        return cursor.fetchone()[0]


def notice_choices(person):
    """{kind: how} of what a person chose; what they left is not in it."""
    return dict(NoticeChoice.objects.filter(user=person).values_list("kind", "how"))


def calendars_of(people):
    """{person id: working calendar} of the agency each works for, the first of theirs; none of who works nowhere."""
    held = Membership.objects.active().filter(user_id__in=people).order_by("-agency__name", "-id")
    held = held.select_related("agency__calendar").prefetch_related("agency__calendar__holidays")
    return {each.user_id: each.agency.working_calendar for each in held}


def working_words(person):
    """The working hours by which a person is mailed, in words; "" for who works nowhere."""
    held = Membership.objects.active().filter(user=person).select_related("agency__calendar")
    found = held.order_by("agency__name", "id").first()
    return f"{found.agency.name}: {found.agency.calendar.name}" if found else ""


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


# --- people ---------------------------------------------------------------------------------------------------------


def people(user, text="", after=None):
    """The active memberships of the agencies a user administers, by name; `text` is part of a name, address or unit."""
    found = Membership.objects.visible_to(user).filter(ended_at=None).select_related("user", "agency", "unit")
    for word in text.replace("\x00", " ").split()[:5]:
        found = found.filter(
            Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(unit__name__icontains=word)
        )
    if after := walk.decode(after):
        name, pk = after
        found = found.filter(Q(user__name__gt=name) | Q(user__name=name, pk__gt=pk))
    rows = list(found.order_by("user__name", "pk")[: walk.PAGE + 1])
    last = rows[walk.PAGE - 1] if len(rows) > walk.PAGE else None
    zone = zone_of(user)
    return Page([_member(row, zone) for row in rows[: walk.PAGE]], walk.encode(last.user.name, last.pk) if last else "")


def _member(row, zone):
    seen = row.user.last_login
    return {
        "pk": row.pk,
        "name": str(row.user),
        "email": row.user.email,
        "role": row.get_role_display(),
        "agency": row.agency.name,
        "code": row.agency.code,
        "mark": row.agency.mark,
        "unit": row.unit.name if row.unit else "",
        "since": row.started_at.astimezone(zone).strftime("%-d %b %Y"),
        "seen": seen.astimezone(zone).strftime("%-d %b %Y %H:%M") if seen else "",
        "locked": row.user.locked_at is not None,
        "closed": not row.user.is_active,
    }


def member(user, membership):
    """One membership as its page shows it, with the person's other roles in agencies the user administers."""
    others = Membership.objects.visible_to(user).filter(user=membership.user, ended_at=None).exclude(pk=membership.pk)
    roles = [f"{row.get_role_display()}, {row.agency.name}" for row in others.select_related("agency")]
    return _member(membership, zone_of(user)) | {"others": roles, "ended": membership.ended_at is not None}


def open_invitations(user, after=None):
    """Invitations nobody has accepted or withdrawn, newest first; the old ones can be sent again."""
    zone, now = zone_of(user), timezone.now()
    found = Invitation.objects.visible_to(user).filter(accepted_at=None, withdrawn_at=None).select_related("agency")
    return page_of(found, after, lambda row: _invitation(row, zone, now))


def _invitation(row, zone, now):
    return {
        "pk": row.pk,
        "name": row.name,
        "email": row.email,
        "role": row.get_role_display(),
        "agency": row.agency.name,
        "until": row.expires_at.astimezone(zone).strftime("%a %-d %b %H:%M"),
        "is_old": row.expires_at <= now,
    }


def invitation_by_secret(secret):
    """The invitation whose link holds this secret, or None."""
    found = Invitation.objects.filter(secret_hash=keys.hashed(secret))
    return found.select_related("agency", "unit", "invited_by").first()


# --- units and keys -------------------------------------------------------------------------------------------------


def units(agency):
    """The units of an agency, those that take work first, with how many people each has."""
    people = Count("memberships", filter=Q(memberships__ended_at=None))
    found = agency.units.annotate(people=people).order_by("-is_active", "name")
    return [{"pk": row.pk, "name": row.name, "is_active": row.is_active, "people": row.people} for row in found]


def tokens(user):
    """One's own keys for programs, newest first; a revoked or expired one stays in the list for a while to be seen."""
    zone, now = zone_of(user), timezone.now()
    return [
        {
            "pk": row.pk,
            "name": row.name,
            "hint": row.hint,
            "made": row.created_at.astimezone(zone).strftime("%-d %b %Y"),
            "until": row.expires_at.astimezone(zone).strftime("%-d %b %Y"),
            "state": "revoked" if row.revoked_at else "expired" if row.expires_at <= now else "works",
        }
        for row in ApiToken.objects.visible_to(user)[: walk.PAGE]
    ]


def token_by_secret(secret, now):
    """The token of this secret while it works, with its owner, or None."""
    found = ApiToken.objects.filter(secret_hash=keys.hashed(secret), revoked_at=None, expires_at__gt=now)
    return found.select_related("user").first()
