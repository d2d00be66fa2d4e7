"""Notices that wait for a second reviewer: which they are, and how they are kept until somebody lets them go."""

import hashlib
import json

from django.utils import timezone

from agencies import audit
from evidence import queries as evidence
from evidence.imports import notices
from leads.models import HeldNotice

Why = HeldNotice.Why


def missing_review(notice, number, site, today):
    """What is missing before a notice may open a lead, "" when nothing is. Of a site that records its reviews in the
    portal that is a released review under the lead's number.
    """
    if site and evidence.reviews_here(site, notice.notice_date or today):
        return "" if evidence.release_of(number, site) else Why.SECOND
    return Why.SAME if notice.one_reviewer else ""


def keep_back(notice, number, site, reason, *, center, by, now):
    """Hold a notice; the same one is held once."""
    whole = notices.as_dict(notice)
    bare = whole | {"events": [each | {"row_number": 0} for each in whole["events"]]}
    digest = hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()
    there = HeldNotice.objects.waiting().filter(agency=center, number=number, digest=digest).first()
    if there:
        return there
    made = HeldNotice.objects.create(
        agency=center, site=site, number=number, why=reason, notice=whole, digest=digest, held_at=now, held_by=by
    )
    audit.record("notice.held", made, by=by, number=number, why=reason)
    return made


def write_decision(held, status, *, by, review=None, reason=""):
    held.status, held.review, held.reason = status, review, reason.strip()
    held.decided_at, held.decided_by = timezone.now(), by
    held.save(update_fields=["status", "review", "reason", "decided_at", "decided_by"])
    audit.record(f"notice.{status.value}", held, by=by, number=held.number, review=held.review_id, reason=held.reason)
