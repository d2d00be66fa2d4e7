"""What the offices that a person's case is before weigh together, and who of them should have it."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import ChangedMeanwhileError, Refused
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Role
from leads import queries
from leads.models import Screening, ScreeningVersion, VenueView
from leads.policies import referrals as policies_referrals
from leads.queries import referrals as near

SAVED_SINCE = (
    "Somebody saved this worksheet since you opened it. Yours is not saved: take over what is new, and save again. "
    "What theirs says stays among what it said before."
)


@transaction.atomic
def fill_in(*, screening, seen, by, now=None, **said):
    """Keep a new version. seen: the id of the version that was read (None for the first); one that was saved since is
    never written over.
    """
    now = now or timezone.now()
    screening, offices = _held(screening, by)
    if screening.versions.order_by("-id").values_list("id", flat=True).first() != seen:
        raise ChangedMeanwhileError(SAVED_SINCE, "screenings.fill_in", screening)
    office = _own(by, offices)
    version = ScreeningVersion.objects.create(screening=screening, office=office, saved_at=now, saved_by=by, **said)
    audit.record("screening.saved", screening, by=by, agency=office, version=version.pk)
    return screening


@transaction.atomic
def say(*, screening, chosen, why, by, now=None):
    """Say for one's office which of them should have the case; the other ones are told."""
    now = now or timezone.now()
    screening, offices = _held(screening, by)
    if chosen not in offices:
        raise Refused("Choose one of the offices that the case is before.", "screenings.say", screening)
    office = _own(by, offices)
    VenueView.objects.create(screening=screening, office=office, chosen=chosen, why=why, said_at=now, said_by=by)
    audit.record("screening.said", screening, by=by, agency=office, chosen=chosen.code)
    for case in screening.referrals.exclude(office=office).select_related("office").order_by("id"):
        notify(queries.holders(case.office, Role.PROSECUTOR), "screening.said", case, by=by, now=now)
    return screening


def _held(screening, by):
    """The worksheet, held, and the offices that share it."""
    screening = Screening.objects.select_for_update(of=["self"], no_key=True).get(pk=screening.pk)
    offices = near.concerned(screening)
    access.enforce(policies_referrals.weigh, by, screening, {each.pk for each in offices})
    return screening, offices


def _own(by, offices):
    return Agency.objects.get(pk=policies_referrals.office_of(by, {each.pk for each in offices}))
