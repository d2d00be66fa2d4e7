"""Who was trained on 28 CFR Part 23, as an administrator records it; and what a center's law says of juveniles."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.models import Certificate, ListRule
from leads.policies import listed as policies

VALID_DAYS = 730


@transaction.atomic
def record(*, membership, completed_on, by, now=None):
    """A member was trained on a day: they read the list for two years. One that is in force is replaced."""
    now = now or timezone.now()
    access.enforce(policies.certify, by, membership)
    zone = ZoneInfo(membership.agency.zone)
    if completed_on > timezone.localdate(now, zone):
        raise Refused("Give the day on which the training was completed.", "certificates.record", membership)
    end = completed_on + timedelta(VALID_DAYS + 1)
    expires_at = datetime.combine(end, time(), zone)
    if expires_at <= now:
        raise Refused("A training counts for two years: this one is over.", "certificates.record", membership)
    before = Certificate.objects.select_for_update(no_key=True)
    for old in before.filter(user=membership.user_id, agency=membership.agency_id, ended_at=None):
        _end(old, by, now)
    made = Certificate.objects.create(
        user=membership.user, agency=membership.agency, completed_on=completed_on, expires_at=expires_at,
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    audit.record("certificate.recorded", made, by=by, person=membership.user_id, completed_on=completed_on.isoformat())
    return made


@transaction.atomic
def end(*, certificate, by, now=None):
    """It was recorded by mistake, or is not valid any more: the person does not read the list from now on."""
    certificate = Certificate.objects.select_for_update(no_key=True).get(pk=certificate.pk)
    access.enforce(policies.end_certificate, by, certificate)
    _end(certificate, by, now or timezone.now())
    audit.record("certificate.ended", certificate, by=by, person=certificate.user_id)
    return certificate


def _end(certificate, by, now):
    certificate.ended_at, certificate.ended_by = now, by
    certificate.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def set_rule(*, center, juvenile_law, by, now=None):
    """Name the law by which the center's list may hold a juvenile, or none."""
    access.enforce(policies.set_rule, by, center)
    values = {"juvenile_law": juvenile_law.strip(), "set_at": now or timezone.now(), "set_by": by}
    rule, _new = ListRule.objects.update_or_create(agency=center, defaults=values)
    audit.record("list_rule.set", rule, by=by, agency=center.pk, juvenile_law=rule.juvenile_law)
    return rule
