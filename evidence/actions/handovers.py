"""A hand-over has two parties: one offers, the other confirms or refuses; until then it is in transit."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.models import Agency
from agencies.notifications import notify
from evidence import policies, queries
from evidence.actions import acquisitions
from evidence.actions._legs import add_leg, giver_of, locked_exhibit, locked_place, write_answer
from evidence.models import CustodyEvent, HandOver

Purpose, Status = CustodyEvent.Purpose, HandOver.Status


@transaction.atomic
def offer(
    *, exhibit, by, purpose, agency, at, unit=None, person=None, place=None, condition="", seal="", note="",
    receipt=None,
):  # fmt: skip
    """Give an exhibit to a person, a unit or a place of an agency. A laboratory sees the case from then on."""
    exhibit = locked_exhibit(exhibit)
    last = exhibit.custody.last()
    asked = {"unit": unit, "person": person, "place": place, "at": at, "last_at": last.at if last else None}
    access.enforce(policies.offer_exhibit, by, exhibit, agency, **asked)
    if agency.pk not in {each.pk for each in queries.receivers_for(exhibit)}:
        raise access.Refused(f"{agency} does not take part in this case. Choose an agency that does.")
    made = HandOver.objects.create(
        exhibit=exhibit, purpose=purpose, at=at, condition=condition, seal=seal, note=note, receipt=receipt,
        from_agency=exhibit.held_by or exhibit.agency, from_place=exhibit.place, to_agency=agency, to_unit=unit,
        to_person=person, to_place=place, offered_at=timezone.now(), offered_by=by,
    )  # fmt: skip
    audit.record("hand_over.offered", exhibit, by=by, hand_over=made.pk, purpose=purpose, to=made.to_words)
    if agency.kind == Agency.Kind.LABORATORY:
        access.share(exhibit.incident, agency)
        audit.record("incident.shared", exhibit.incident, by=by, with_agency=agency.pk)
    notify(queries.receivers_told(made), "hand_over.offered", made, by=by)
    return made


@transaction.atomic
def confirm(*, hand_over, by, condition_seen="", seal_seen=None, note="", place=None, at=None):
    """Say that an exhibit arrived: the chain gets its row. `seal_seen`: None when it is the seal that was given.

    What a laboratory takes for NIBIN is received there with this: its two business days begin.
    """
    place = locked_place(place or hand_over.to_place)
    hand_over = _locked(hand_over)
    exhibit, at = hand_over.exhibit, at or max(timezone.now(), hand_over.at)
    seal = hand_over.seal if seal_seen is None else seal_seen.strip()
    access.enforce(policies.confirm_hand_over, by, hand_over, seal_seen=seal, note=note, place=place, at=at)
    to_laboratory = hand_over.purpose == Purpose.TO_LABORATORY
    write_answer(hand_over, by, Status.CONFIRMED)
    add_leg(
        exhibit,
        by,
        purpose=Purpose.RECEIVED if to_laboratory else hand_over.purpose,
        to_whom=str(place or by) if not to_laboratory else hand_over.to_agency.name,
        to_person=None if place else by,
        to_agency=hand_over.to_agency,
        held_by=hand_over.to_agency,
        place=place,
        condition_seen=condition_seen.strip() or hand_over.condition,
        seal_seen=seal,
        note=note.strip(),
        at=at,
        **giver_of(hand_over),
    )
    if to_laboratory:
        acquisitions.start_clock_if_due(exhibit=exhibit, site=hand_over.to_agency, received_at=at, by=by)
    notify([hand_over.offered_by], "hand_over.confirmed", hand_over, by=by)
    return hand_over


@transaction.atomic
def refuse(*, hand_over, by, reason):
    """Say that an exhibit is not taken: it stays with the giver, who is told."""
    hand_over = _locked(hand_over)
    access.enforce(policies.refuse_hand_over, by, hand_over, reason=reason)
    write_answer(hand_over, by, Status.REFUSED, reason)
    notify([hand_over.offered_by], "hand_over.refused", hand_over, by=by)
    return hand_over


@transaction.atomic
def withdraw(*, hand_over, by, reason=""):
    """Take an offer back: the exhibit never left."""
    hand_over = _locked(hand_over)
    access.enforce(policies.withdraw_hand_over, by, hand_over)
    write_answer(hand_over, by, Status.WITHDRAWN, reason)
    notify(queries.receivers_told(hand_over), "hand_over.withdrawn", hand_over, by=by)
    return hand_over


def _locked(hand_over):
    """Behind the lock of its exhibit, which everybody takes first who moves it."""
    exhibit = locked_exhibit(hand_over.exhibit)
    found = HandOver.objects.select_for_update(of=["self"], no_key=True)
    found = found.select_related("offered_by", "from_agency", "to_agency", "to_unit", "to_person", "to_place")
    found = found.get(pk=hand_over.pk, exhibit=exhibit)
    found.exhibit = exhibit
    return found


@transaction.atomic
def confirm_each(*, hand_overs, by):
    """Confirm several as they were given; (those confirmed, [(one that was not, why)]): one that may not be confirmed
    does not keep the others.
    """
    done, left = [], []
    for each in sorted(hand_overs, key=lambda each: each.exhibit_id):
        try:
            done.append(confirm(hand_over=each, by=by))
        except access.Refused as refused:
            left.append((each, refused.reason))
    return done, left
