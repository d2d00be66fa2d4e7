"""Many exhibits at a bench, with one receipt. What may not be moved is named on it with the reason; the rest is done:
one bag that is in transit must not keep forty others on the bench.
"""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.actions import custody, handovers
from evidence.actions._legs import locked_place
from evidence.models import Receipt

# So many reasons are told at once.
FIRST = 5


@transaction.atomic
def check_in(*, exhibits, place, by, left_out=(), note=""):
    """Put exhibits into one place. `left_out`: [(what was scanned, why it is no exhibit)] to be kept with the rest."""
    place = locked_place(place)
    access.enforce(policies.keep_places, by, place.agency)
    receipt = _receipt(Receipt.Kind.CHECK_IN, place.agency, by, place=place)
    now = timezone.now()
    return _move(
        receipt, exhibits, left_out, by,
        lambda each: custody.store(exhibit=each, place=place, by=by, at=now, note=note, receipt=receipt),
    )  # fmt: skip


@transaction.atomic
def check_out(*, exhibits, bench, agency, by, purpose, person=None, unit=None, left_out=(), note=""):
    """Offer exhibits to one person or desk: each is in transit until it is confirmed. `bench`: whose bench it is."""
    access.enforce(policies.work_at_bench, by, bench)
    receipt = _receipt(Receipt.Kind.CHECK_OUT, bench, by, to_agency=agency, to_person=person)
    now, to = timezone.now(), {"agency": agency, "person": person, "unit": unit, "purpose": purpose}

    def give(each):
        last = each.custody.last()
        sealed = (
            {"seal": last.seal_seen or last.seal, "condition": last.condition_seen or last.condition} if last else {}
        )
        handovers.offer(exhibit=each, by=by, at=now, note=note, receipt=receipt, **to, **sealed)

    return _move(receipt, exhibits, left_out, by, give)


def _receipt(kind, agency, by, **to):
    return Receipt.objects.create(kind=kind, agency=agency, made_at=timezone.now(), made_by=by, **to)


def _move(receipt, exhibits, left_out, by, move):
    """Each by itself, in the order of their locks; the receipt, or a refusal when nothing at all was moved."""
    left, moved = list(left_out), []
    for each in sorted(exhibits, key=lambda each: each.pk):
        try:
            with transaction.atomic():
                move(each)
            moved.append(each.pk)
        except access.Refused as refused:
            left.append((f"{each.incident.case_number}, exhibit {each.number}", refused.reason))
    if not moved:
        why = " ".join(f"{what}: {reason}" for what, reason in left[:FIRST])
        raise access.Refused(f"Nothing was moved. {why}".strip(), "moves.nothing")
    receipt.left_out = [list(each) for each in left]
    receipt.save(update_fields=["left_out"])
    audit.record("receipt.made", receipt, by=by, kind=receipt.kind, exhibits=moved, left_out=len(left))
    return receipt
