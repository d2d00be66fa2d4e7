"""The statutes that an office keeps in its table, beside ours of the federal ones."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from leads import statutes
from leads.models import Statute
from leads.policies import court as policies

MOST_ELEMENTS = 12


@transaction.atomic
def add(*, office, citation, title, jurisdiction, by, elements=(), max_months=None, min_months=None,
        consecutive=False, since_on=None, until_on=None, source="", now=None):  # fmt: skip
    """Put a line into the table of an office: for charges that are recorded from now on, of offenses on its days."""
    access.enforce(policies.keep_statutes, by, office)
    key = statutes.key(citation)
    # Two who add the same line at once: the second finds the first's.
    Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=office.pk)
    if Statute.objects.used().filter(office=office, key=key, since_on=since_on).exists():
        raise Refused("This statute stands in the table from that day already.", "statutes.add", office)
    if len(elements) > MOST_ELEMENTS or not key:
        raise Refused(f"Give a citation, and {MOST_ELEMENTS} elements at most.", "statutes.add", office)
    made = Statute.objects.create(
        office=office, citation=citation, key=key, title=title, jurisdiction=jurisdiction, elements=list(elements),
        max_months=max_months, min_months=min_months, consecutive=consecutive, since_on=since_on, until_on=until_on,
        source=source, added_at=now or timezone.now(), added_by=by,
    )  # fmt: skip
    audit.record("statute.added", made, by=by, agency=office, citation=citation, max_months=max_months)
    return made


@transaction.atomic
def end(*, statute, by, now=None):
    """Take a line out of the table. What was charged by it keeps what it said."""
    statute = Statute.objects.select_for_update(of=["self"], no_key=True).select_related("office").get(pk=statute.pk)
    access.enforce(policies.end_statute, by, statute)
    statute.ended_at, statute.ended_by = now or timezone.now(), by
    statute.save(update_fields=["ended_at", "ended_by"])
    audit.record("statute.ended", statute, by=by, agency=statute.office, citation=statute.citation)
    return statute
