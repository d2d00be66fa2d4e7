"""Secret addresses of a person's dates: made, renewed, revoked, and noted when a program asks."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, keys
from agencies.models import Membership
from leads.models import CalendarFeed
from leads.policies import dates as policies
from leads.queries import feeds as queries_feeds


@transaction.atomic
def make(*, membership, scope, by, now=None):
    """A new address in place of the one there was: (the address, its secret, which is shown once)."""
    now = now or timezone.now()
    membership = Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.pk)
    access.enforce(policies.have_feed, by, membership)
    stood = CalendarFeed.objects.standing().filter(membership=membership)
    former = list(stood.values_list("pk", flat=True))
    stood.update(revoked_at=now, revoked_by=by)
    secret = keys.new()
    made = CalendarFeed.objects.create(
        membership=membership, scope=scope, secret_hash=keys.hashed(secret), hint=secret[-4:], made_at=now
    )
    audit.record("calendar.made", made, by=by, agency=membership.agency_id, scope=scope, former=former)
    return made, secret


@transaction.atomic
def revoke(*, feed, by, now=None):
    feed = CalendarFeed.objects.select_for_update(of=["self"], no_key=True).get(pk=feed.pk)
    access.enforce(policies.revoke_feed, by, feed)
    feed.revoked_at, feed.revoked_by = now or timezone.now(), by
    feed.save(update_fields=["revoked_at", "revoked_by"])
    audit.record("calendar.revoked", feed, by=by, agency=feed.membership.agency_id)
    return feed


@transaction.atomic
def note_read(*, feed, by):
    """That a program asked for it: whoever holds the address reads it, so its owner sees when it is used."""
    audit.record(queries_feeds.READ, feed, by=by, agency=feed.membership.agency_id)
