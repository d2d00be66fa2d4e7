"""The tree of an agency's storage: places are added, renamed, moved and closed, never taken away."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.actions._legs import locked_place
from evidence.models import Place

# What the database refuses, in words: it looks under a lock that no page has.
WHY = {
    "place_code_once_per_agency": "The agency has a place with this code already. Give another.",
    "place_not_inside_itself": "A place does not lie inside itself or inside one of its own places.",
    "place_of_one_agency": "A place lies inside places of its own agency.",
    "place_eight_deep": "Places lie at most eight deep. Choose one that is higher up.",
    "place_code_plain": "A code has letters, digits, dots, hyphens and underscores.",
}


@transaction.atomic
def add(*, agency, by, kind, code, label="", parent=None):
    """Add a place to an agency, inside `parent` or at the top."""
    access.enforce(policies.keep_places, by, agency)
    access.enforce(policies.lie_inside, by, agency, parent)
    place = Place(agency=agency, parent=parent, kind=kind, code=code.strip(), label=label.strip(), created_by=by)
    _save(place, force_insert=True)
    audit.record("place.added", place, by=by, code=place.code, kind=kind, parent=parent and parent.pk)
    return place


@transaction.atomic
def change(*, place, by, kind, code, label="", parent=None):
    """Rename a place, or move it with all that lies in it."""
    place = locked_place(place)
    access.enforce(policies.keep_places, by, place.agency)
    access.enforce(policies.lie_inside, by, place.agency, parent)
    before = {"kind": place.kind, "code": place.code, "label": place.label, "parent_id": place.parent_id}
    place.kind, place.code, place.label, place.parent = kind, code.strip(), label.strip(), parent
    _save(place, update_fields=["kind", "code", "label", "parent"])
    after = {name: getattr(place, name) for name in before}
    audit.record("place.changed", place, by=by, changes=audit.changes(before, after))
    return place


@transaction.atomic
def close(*, place, by):
    """Take an empty place out of use; it stays in the chains that name it."""
    place = locked_place(place)
    access.enforce(policies.close_place, by, place)
    place.closed_at, place.closed_by = timezone.now(), by
    place.save(update_fields=["closed_at", "closed_by"])
    audit.record("place.closed", place, by=by)
    return place


@transaction.atomic
def reopen(*, place, by):
    place = locked_place(place)
    access.enforce(policies.reopen_place, by, place)
    place.closed_at = place.closed_by = None
    place.save(update_fields=["closed_at", "closed_by"])
    audit.record("place.reopened", place, by=by)
    return place


def _save(place, **how):
    try:
        with transaction.atomic():
            place.save(**how)
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name
        if name not in WHY:
            raise
        raise access.Refused(WHY[name], "places.save") from error
