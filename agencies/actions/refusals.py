from django.db import models, transaction

from agencies import access, audit
from agencies.models import User


@transaction.atomic
def note(*, refusal, path, by):
    """Record that a policy refused somebody something; the refused deed itself was rolled back before.

    Who has not signed in is nobody yet: then the system says so.
    """
    by = by if by.is_authenticated else User.objects.system()
    target = refusal.target if isinstance(refusal.target, models.Model) and refusal.target.pk else None
    own = next((standing.agency_id for standing in access.standings(by)), None)
    agency = getattr(target, "agency_id", None) or own
    audit.record("refused", target, by=by, agency=agency, policy=refusal.policy, reason=refusal.reason, path=path)
