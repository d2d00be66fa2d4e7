"""Telling an agency which exhibits have come to their day of review: once for each exhibit and day."""

from django.db import transaction
from django.db.models import F

from agencies import access, audit
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import policies, queries
from evidence.models import Exhibit, ReviewCall


@transaction.atomic
def tell(*, agency, by, now):
    """One notice to each of those who review what an agency keeps, those of its center where it has nobody; the call,
    or None where nothing is new.
    """
    access.enforce(policies.tell_reviews, by)
    # Who comes second waits for the rows and then finds them told.
    held = queries.reviews_to_tell(agency, now).select_for_update(of=["self"], no_key=True)
    come = list(held.order_by("pk").values_list("pk", flat=True))
    if not come:
        return None
    Exhibit.objects.filter(pk__in=come).update(review_told_on=F("review_on"))
    call = ReviewCall.objects.create(agency=agency, exhibits_count=len(come), told_at=now)
    audit.record("review.told", call, by=by, exhibits=len(come))
    people = queries.people_with(Permission.INCIDENT_EDIT, agency)
    if agency.parent_id and not people:
        people = queries.people_with(Permission.INCIDENT_EDIT, agency.parent_id)
    notify(people, "review.due", call, now=now)
    return call
