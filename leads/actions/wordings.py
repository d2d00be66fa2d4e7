"""An agency's own texts in packets."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.models import Wording
from leads.packets import wording as pure
from leads.policies import releases as policies


@transaction.atomic
def write(*, agency, kind, text, by, now=None):
    """Put a text in force; what was in force before stays on record."""
    access.enforce(policies.write_wording, by, agency)
    if why := pure.problem(text):
        raise Refused(why, "wordings.write", agency)
    made = Wording.objects.create(
        agency=agency, kind=kind, text=text.strip(), written_at=now or timezone.now(), written_by=by
    )
    audit.record("wording.written", made, by=by, agency=agency, kind=kind)
    return made
