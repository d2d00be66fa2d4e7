"""What NIBIN's candidates showed: reviewer 1, and before a lead goes out reviewer 2, who is another."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import mros, policies, queries
from evidence.models import CorrelationReview

Status = CorrelationReview.Status


def _held(review):
    held = CorrelationReview.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("site__calendar", "acquisition__exhibit__incident").get(pk=review.pk)


def _move(review, by, to, **values):
    before = review.status
    for name, value in {"status": to, **values}.items():
        setattr(review, name, value)
    review.save(update_fields=["status", *values])
    audit.record(
        f"correlation.{Status(to).value}", review, by=by, agency=review.site, before=before, lead=review.lead_number,
        acquisition=review.acquisition_id,
    )  # fmt: skip
    return review


@transaction.atomic
def review(*, review, candidate, by, lead_number="", note=""):
    """Reviewer 1: no candidate, or one (case and exhibit), which waits under its lead's number for reviewer 2."""
    review, candidate = _held(review), candidate.strip()
    access.enforce(policies.review_first, by, review, candidate=candidate, lead_number=lead_number)
    seen = {"first_at": timezone.now(), "first_by": by, "note": note.strip()}
    if not candidate:
        return _move(review, by, Status.CLEARED, candidate="", lead_number="", **seen)
    review = _move(review, by, Status.SECOND, candidate=candidate, lead_number=lead_number.strip(), **seen)
    notify(queries.people_with(Permission.ACQUISITION_RECORD, review.site), "correlation.second", review, by=by)
    return review


@transaction.atomic
def decide(*, review, release, by, note=""):
    """Reviewer 2: the lead may go out, or not and why."""
    review = _held(review)
    access.enforce(policies.review_second, by, review, release=release, note=note)
    seen = {"second_at": timezone.now(), "second_by": by, "note": note.strip() or review.note}
    return _move(review, by, Status.RELEASED if release else Status.REFUSED, **seen)


@transaction.atomic
def reopen(*, review, by):
    """NIBIN correlated anew: reviewer 1 looks again, within two business days from now."""
    review = _held(review)
    access.enforce(policies.review_again, by, review)
    now = timezone.now()
    blank = {"first_at": None, "first_by": None, "second_at": None, "second_by": None}
    blank |= {"candidate": "", "lead_number": "", "due_at": mros.due_at(now, review.site.working_calendar)}
    return _move(review, by, Status.FIRST, **blank)
