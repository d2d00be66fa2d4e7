"""Sections of a packet that tell of evidence: exhibits with their chains of custody, laboratory, traces."""

from collections import defaultdict

from evidence import queries
from evidence.models import Acquisition, CustodyEvent, LabRequestItem
from leads.packets import cut

MOST_LEGS, MOST = 10_000, 2000


def _case(exhibit):
    return f"{exhibit.incident.agency.code} {exhibit.incident.case_number}"


def exhibits(scene):
    """The exhibits of the cases behind the events, each with its whole chain, oldest leg first; a chain that does not
    fit says so.
    """
    legs = CustodyEvent.objects.filter(exhibit__in=scene.exhibits).order_by("exhibit_id", "position")
    legs, more = cut.first(legs, MOST_LEGS, "legs of custody")
    chains = defaultdict(list)
    for leg in legs:
        chains[leg.exhibit_id].append(_leg(leg))
    # The chain of the last one may be cut, those of what comes after it are missing.
    whole = legs[-1].exhibit_id if more else None
    compared = {exhibit for _lead, _of, exhibit in scene.specimens}
    return [
        {
            "key": f"exhibit-{each.pk}", "case": _case(each), "number": each.number, "what": each.get_kind_display(),
            "caliber": each.caliber, "count": each.count, "description": each.description,
            "property_number": each.property_number, "lab_number": each.lab_number, "collected_at": each.collected_at,
            "collected_by": each.collected_by, "compared": each.pk in compared, "firearm": _firearm(each),
            "disposed_at": each.disposed_at, "custody": chains[each.pk],
        }
        | ({"custody_cut": True} if more and each.pk >= whole else {})
        for each in scene.exhibits
    ] + more  # fmt: skip


def _leg(leg):
    return {
        "position": leg.position, "at": leg.at, "purpose": leg.get_purpose_display(), "from": leg.from_whom,
        "to": leg.to_whom, "seal": leg.seal_seen or leg.seal, "condition": leg.condition_seen or leg.condition,
        "paper": leg.paper, "confirmed": leg.hand_over_id is not None, "hash": leg.hash,
    }  # fmt: skip


def _firearm(exhibit):
    gun = getattr(exhibit, "firearm", None)
    if gun is None:
        return ""
    serial = "serial number obliterated" if gun.is_obliterated else f"serial {gun.serial}" if gun.serial else ""
    restored = f"restored to {gun.restored_serial} by {gun.restored_by}" if gun.restored_serial else ""
    stolen = gun.get_stolen_status_display() if gun.stolen_status != gun.Theft.NOT_CHECKED else ""
    device = "conversion device" if gun.has_conversion_device else ""
    made = "privately made" if gun.is_privately_made else ""
    return ", ".join(filter(None, [gun.make, gun.model, gun.caliber, serial, restored, made, device, stolen]))


def laboratory(scene):
    """Entries into NIBIN with who imaged what, and what was asked of laboratories with what they answered."""
    named = {each.pk: each for each in scene.exhibits}
    entries = Acquisition.objects.filter(exhibit__in=named).select_related("site").order_by("received_at", "pk")
    entries, more = cut.first(entries, MOST, "entries into NIBIN")
    items = LabRequestItem.objects.filter(exhibit__in=named).select_related("request__laboratory")
    items, unlisted = cut.first(items.order_by("request__requested_at", "pk"), MOST, "requests of laboratories")
    rows = [_entry(each, named[each.exhibit_id]) for each in entries]
    rows += [
        {
            "key": f"request-{each.pk}", "exhibit": named[each.exhibit_id].number,
            "case": _case(named[each.exhibit_id]),
            "what": each.request.get_asked_display(), "laboratory": each.request.laboratory.name,
            "received_at": each.request.received_at, "done_at": each.request.done_at,
            "state": each.request.get_status_display(), "result": each.request.result or each.request.reason,
        }
        for each in items
    ]  # fmt: skip
    return rows + more + unlisted


def _entry(each, exhibit):
    state = "Rejected" if each.rejected_at else "Entered" if each.entered_at else "Waiting"
    why = f"{each.get_rejection_display()} {each.rejection_note}".strip() if each.rejected_at else ""
    who = f"imaged by {each.operator}" if each.operator else ""
    piece = f"piece {each.representative}" if each.representative else ""
    return {
        "key": f"entry-{each.pk}", "exhibit": exhibit.number, "case": _case(exhibit), "what": "NIBIN entry",
        "laboratory": each.site.name, "received_at": each.received_at, "done_at": each.entered_at or each.rejected_at,
        "state": state, "result": ", ".join(filter(None, [each.reference, who, piece, why])),
    }  # fmt: skip


def traces(scene):
    """Traces of the firearms among the exhibits, for who may hold trace data; for others there is none."""
    guns = {each.firearm.pk: each for each in scene.exhibits if hasattr(each, "firearm")}
    found, more = cut.first(queries.traces_of_firearms(scene.user, guns, MOST + 1), MOST, "traces")
    return [_trace(each, guns[each.firearm_id]) for each in found] + more


def _trace(each, exhibit):
    result = getattr(each, "result", None)
    named = {
        "dealer": ", ".join(filter(None, [result.dealer_name, result.dealer_city, result.dealer_state])),
        "purchaser": result.purchaser_name, "purchaser_born_on": result.purchaser_born_on,
        "theft": result.get_theft_display(), "remarks": result.remarks,
    } if result else {}  # fmt: skip
    return {
        "key": f"trace-{each.pk}", "id": each.pk, "exhibit": exhibit.number, "case": _case(exhibit),
        "firearm": _firearm(exhibit), "number": each.trace_number, "state": each.get_status_display(),
        "reason": each.get_reason_display(), "requested_at": each.requested_at, "completed_at": each.completed_at,
        "purchased_on": each.purchased_on, "days_to_crime": each.days_to_crime, **named,
    }  # fmt: skip
