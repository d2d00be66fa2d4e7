"""Looking at what is sensitive is written down as well."""

from django.db import transaction

from agencies import access, audit
from agencies.roles import Permission


@transaction.atomic
def note_audit_read(*, filters, by):
    """Record that the audit log was read, and what was looked for."""
    agency = next(iter(access.agencies_with(by, Permission.AUDIT_VIEW)), None)
    audit.record("audit.read", None, by=by, agency=agency, filters=filters)
