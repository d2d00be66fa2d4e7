"""What an accepted case charges and how it ends."""

from django.db import transaction

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.models import Charge, Referral


@transaction.atomic
def add(*, referral, statute, title, counts, charged_on, by):
    """Record an offense charged and tell those who worked on the case."""
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.charge, by, referral)
    charge = Charge.objects.create(
        referral=referral, statute=statute, title=title, counts=counts, charged_on=charged_on
    )
    audit.record("charge.added", charge, by=by, agency=referral.office, statute=statute, counts=counts)
    notify(queries.on_case(referral), "charge.added", referral, by=by)
    return charge


@transaction.atomic
def dispose(*, charge, disposition, disposed_on, by, prison_months=None, probation_months=None):
    """Record how a charge ended and tell those who worked on the case."""
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=charge.referral_id)
    access.enforce(policies.charge, by, referral)
    charge = Charge.objects.select_for_update(of=["self"], no_key=True).get(pk=charge.pk)
    charge.disposition, charge.disposed_on = disposition, disposed_on
    charge.prison_months, charge.probation_months = prison_months, probation_months
    charge.save(update_fields=["disposition", "disposed_on", "prison_months", "probation_months"])
    audit.record("charge.disposed", charge, by=by, agency=referral.office, disposition=disposition)
    notify(queries.on_case(referral), "referral.disposed", referral, by=by)
    return charge
