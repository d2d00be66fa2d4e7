"""Calendar addresses: which one a secret opens, what stands in it, and when it was used."""

from datetime import timedelta

from django.db.models import Q

from agencies import access, keys
from agencies.models import AuditEvent, Membership
from agencies.roles import Permission, roles_with
from leads.models import CalendarFeed, Deadline, Proceeding, Referral

BACK, AHEAD, MOST = timedelta(days=30), timedelta(days=400), 500
READ = "calendar.read"


def live(secret):
    """The address that a secret opens, None for one that is unknown, revoked, of an account that is shut, or of a
    membership that is over or sees no cases any more.
    """
    works = Membership.objects.active().filter(user__locked_at=None, role__in=roles_with(Permission.REFERRAL_VIEW))
    found = CalendarFeed.objects.standing().filter(secret_hash=keys.hashed(secret), membership__in=works)
    return found.select_related("membership__user", "membership__agency").first()


def reader_of(feed):
    """The person a feed is for, at work for its agency and no other."""
    person = feed.membership.user
    access.work_as(person, feed.membership.agency_id)
    return person


def days(feed, person, today):
    """({(case, its day in court)}, open deadlines) of a feed, from a month ago to about a year ahead."""
    span = (today - BACK, today + AHEAD)
    agency = feed.membership.agency_id
    whose = Q(assigned_to=person.pk) | Q(referred_by=person.pk)
    whose = whose if feed.scope == CalendarFeed.Scope.MINE else Q(office=agency) | Q(agency=agency)
    cases = Referral.objects.visible_to(person).filter(whose)
    accepted = cases.filter(status=Referral.Status.ACCEPTED).select_related("lead")
    court = {(each, each.next_on) for each in accepted.filter(next_on__range=span).order_by("next_on", "id")[:MOST]}
    set_ = Proceeding.objects.coming().filter(referral__in=accepted, on__range=span).select_related("referral__lead")
    court |= {(each.referral, each.on) for each in set_[:MOST]}
    # A deadline is the office's own: who referred the case has other things to do until then.
    due = Deadline.objects.open().filter(
        office__in=access.agencies_with(person, Permission.REFERRAL_DECIDE),
        due_on__range=span,
        referral__in=cases.filter(status__in=Referral.OPEN),
    )
    return court, list(due.select_related("referral__lead").order_by("due_on", "id")[:MOST])


def memberships(user):
    """The memberships for which a person may have an address, by agency."""
    ids = [each.membership_id for each in access.standings(user) if Permission.REFERRAL_VIEW in each.permissions]
    return Membership.objects.filter(pk__in=ids).select_related("agency").order_by("agency__name", "id")


def of_person(user, most=20):
    """A person's addresses, those that stand first, then the newest."""
    found = CalendarFeed.objects.visible_to(user).select_related("membership__agency", "revoked_by")
    return sorted(found.order_by("-made_at", "-id")[:most], key=lambda each: each.revoked_at is not None)


def last_used(feeds):
    """{id of an address: when a program last asked for it}, to the hour, as the audit log tells."""
    label, found = CalendarFeed._meta.label_lower, {}
    rows = AuditEvent.objects.filter(object_type=label, object_id__in=[each.pk for each in feeds], verb=READ)
    for pk, at in rows.order_by("object_id", "-at").distinct("object_id").values_list("object_id", "at"):
        found[pk] = at
    return found
