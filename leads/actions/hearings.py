"""What comes next in court for an accepted case."""

from django.db import transaction

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.models import Referral


@transaction.atomic
def plan(*, referral, by, next_on=None, next_what="", court_number=""):
    """Record the next court date, or that there is none; those who worked on the case are told when it changes."""
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.charge, by, referral)
    before = referral.next_on, referral.next_what
    referral.next_on, referral.next_what, referral.court_number = next_on, next_what, court_number
    referral.save(update_fields=["next_on", "next_what", "court_number"])
    day = next_on.isoformat() if next_on else None
    audit.record("referral.planned", referral, by=by, agency=referral.office, next_on=day, next_what=next_what)
    if (next_on, next_what) != before:
        notify(queries.on_case(referral), "referral.planned", referral, by=by)
    return referral
