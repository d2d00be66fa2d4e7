"""What every change of hands does: one leg is added to the chain, and the exhibit says where it is."""

from django.utils import timezone

from agencies import audit
from evidence.models import CustodyEvent, Exhibit, HandOver, Place


def locked_exhibit(exhibit):
    """The exhibit, locked against everybody else who moves it, as it stands now."""
    locked = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    return locked.select_related("incident", "agency", "held_by").get(pk=exhibit.pk)


def locked_place(place):
    """A place that nobody closes or moves meanwhile, or None. Places are locked before exhibits."""
    if place is None:
        return None
    return Place.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=place.pk)


def add_leg(exhibit, by, *, purpose, to_whom, at, from_whom="", storage="", held_by=None, **facts):
    """One leg; `facts` are the other fields of `CustodyEvent`."""
    leg = CustodyEvent.objects.create(
        exhibit=exhibit,
        purpose=purpose,
        from_whom=from_whom[:120],
        to_whom=to_whom[:120],
        at=at,
        recorded_at=timezone.now(),
        recorded_by=by,
        **facts,
    )
    leg.refresh_from_db(fields=["position", "previous_hash", "hash", "hash_version"])
    place = facts.get("place")
    lay_in, exhibit.place = exhibit.storage, place
    exhibit.holder, exhibit.held_by = facts.get("to_person"), held_by
    exhibit.storage = str(place)[:80] if place else storage
    exhibit.was_in = "" if exhibit.storage else lay_in or exhibit.was_in
    exhibit.save(update_fields=["place", "holder", "held_by", "storage", "was_in"])
    audit.record("custody.recorded", exhibit, by=by, leg=leg.pk, purpose=purpose, to_whom=to_whom, hash=leg.hash)
    return leg


def write_answer(hand_over, by, status, reason=""):
    """Write the answer to a hand-over that was locked with its exhibit."""
    hand_over.status, hand_over.reason = status, reason.strip()
    hand_over.answered_at, hand_over.answered_by = timezone.now(), by
    hand_over.save(update_fields=["status", "reason", "answered_at", "answered_by"])
    audit.record(f"hand_over.{HandOver.Status(status).value}", hand_over.exhibit, by=by, hand_over=hand_over.pk)


def giver_of(hand_over):
    """The side of the giver, for the leg that a hand-over becomes."""
    return {
        "from_whom": str(hand_over.offered_by),
        "from_person": hand_over.offered_by,
        "condition": hand_over.condition,
        "seal": hand_over.seal,
        "hand_over": hand_over,
        "receipt": hand_over.receipt,
    }
