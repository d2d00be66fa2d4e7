"""What the statuses that files have mean, where our own table does not know it."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads.models import StatusSpelling
from leads.policies import court as policies


@transaction.atomic
def say(*, spelling, meaning, by, now=None):
    """Say what a spelling means: of every docket that stands at it, and of those that files bring later."""
    found = StatusSpelling.objects.select_for_update(of=["self"], no_key=True).select_related("center")
    spelling = found.get(pk=spelling.pk)
    access.enforce(policies.say_meaning, by, spelling)
    before, spelling.meaning = spelling.meaning, meaning
    spelling.said_at, spelling.said_by = now or timezone.now(), by
    spelling.save(update_fields=["meaning", "said_at", "said_by"])
    said = {"raw": spelling.raw, "meaning": meaning, "before": before}
    audit.record("status_spelling.said", spelling, by=by, agency=spelling.center, **said)
    return spelling
