"""What comes next in court for an accepted case, said in one line."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions import _court
from leads.models import Referral


@transaction.atomic
def plan(*, referral, by, next_on=None, next_what="", court_number="", now=None):
    """Record the next court date, or that there is none; those who worked on the case are told when it changes."""
    now = now or timezone.now()
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.charge, by, referral)
    referral.court_number = court_number
    referral.save(update_fields=["court_number"])
    changed = _court.plan(referral, next_on, next_what, by=by, now=now)
    day = next_on.isoformat() if next_on else None
    audit.record("referral.planned", referral, by=by, agency=referral.office, next_on=day, next_what=next_what)
    if changed:
        notify(queries.on_case(referral), "referral.planned", referral, by=by, now=now)
    return referral
