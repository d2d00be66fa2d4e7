"""Sections of a packet that tell what happened and who had to do with it: people, timeline, map, activity, outcomes."""

from django.db.models import Q

from evidence.words import counted
from leads import placemap, sentences
from leads.models import Activity, Assertion, Charge, Obligation, Referral
from leads.packets import cut, unsaid
from leads.packets.record import case_of, cases

MOST = 2000
OTHERS = "Reasons and charges are this office's to tell."
Role = Assertion.Role


def people(scene):
    """Who had to do with the events as sources say, also what was withdrawn; witnesses are counted and no more."""
    said = unsaid.said(scene.readers)
    told, more = cut.first([pair for pair in said if pair[0].role != Role.WITNESS], MOST, "statements about people")
    left = sum(each.role == Role.WITNESS for each, _why in said)
    rows = [_person(each, why) for each, why in told] + more
    if left:
        many = "1 statement about a witness is" if left == 1 else f"{left} statements about witnesses are"
        rows.append({"key": "witnesses", "left_out": f"{many} not in this section."})
    return rows


def witnesses(scene):
    """Those whom sources call witnesses: by number, never by name."""
    said = [pair for pair in unsaid.said(scene.readers) if pair[0].role == Role.WITNESS]
    told, more = cut.first(said, MOST, "statements about witnesses")
    return [_person(each, why or "witness") for each, why in told] + more


def _person(said, why):
    entity = said.entity
    name = "" if why else " ".join(filter(None, [entity.name, entity.region]))
    born = entity.born_on if entity.born_on and not why else None
    return {
        "key": f"said-{said.pk}", "number": entity.number, "what": entity.get_kind_display(), "name": name,
        "withheld": why, "born_on": born, "role": said.get_role_display(), "lead": said.lead.number,
        "event": case_of(said.event) if said.event else "",
        "source": f"{said.get_source_kind_display()}: {said.source}",
        "grade": f"{said.reliability}{said.validity}", "said_at": said.said_at, "agency": said.agency.code,
        "withdrawn_at": said.withdrawn_at, "withdrawn_why": said.withdrawn_why,
    }  # fmt: skip


def places(scene):
    """Where the events were: the point for cases that may be read, for others the block. A hundred-thousandth of a
    degree is about a meter.
    """
    rows = []
    for same in cases(scene.events).values():
        event = same[0]
        incident = event.incident if event.incident_id else None
        if incident is None or incident.lat is None:
            continue
        near = incident.pk not in scene.incidents
        lat, lng = placemap.blocked(incident.lat, incident.lng) if near else (incident.lat, incident.lng)
        rows.append(
            {"key": f"case-{incident.pk}", "case": case_of(event), "what": event.get_kind_display(),
             "lat": round(lat * 100_000), "lng": round(lng * 100_000), "near": near,
             "mark": event.agency.mark if event.agency else 0}
        )  # fmt: skip
    return rows


def activity(scene):
    """What was done on the leads, oldest first."""
    found = Activity.objects.visible_to(scene.user).filter(lead__in=scene.leads).select_related("lead", "agency", "by")
    found, more = cut.first(found.order_by("at", "pk"), MOST, "entries")
    return [
        {
            "key": f"activity-{each.pk}", "lead": each.lead.number, "at": each.at, "what": each.get_kind_display(),
            "result": each.get_result_display(), "text": each.text, "minutes": each.minutes, "agency": each.agency.code,
            "by": str(each.by),
        }
        for each in found
    ] + more  # fmt: skip


def outcomes(scene):
    """What agencies closed their parts with, and what became of the cases they referred."""
    closed = Obligation.objects.visible_to(scene.user).filter(lead__in=scene.leads, state=Obligation.State.CLOSED)
    closed = closed.select_related("lead", "agency", "named_outcome").order_by("closed_at", "pk")
    closed, more = cut.first(closed, MOST, "parts that were closed")
    rows = [
        {
            "key": f"part-{each.pk}", "at": each.closed_at, "lead": each.lead.number, "who": each.agency.name,
            "what": each.get_outcome_display(), "detail": str(each.named_outcome or ""), "note": each.closing_note,
        }
        for each in closed
    ]  # fmt: skip
    return rows + more + _prosecuted(scene)


def _referrals(scene):
    """Cases that the agency of the packet referred, or that are before it: others that its maker sees are not its."""
    own = Referral.objects.visible_to(scene.user).filter(Q(agency=scene.agency) | Q(office=scene.agency))
    own = own.filter(lead__in=scene.leads).select_related("lead__agency", "office", "person", "revocation")
    return cut.first(own.order_by("referred_at", "pk"), MOST, "referrals")


def _prosecuted(scene):
    """What became of cases. Of one that is before another office than the packet's own its state, since when and its
    law, as offices learn of each other; why it was declined and what was charged is that office's to tell.
    """
    found, more = _referrals(scene)
    own = [each for each in found if each.office_id == scene.agency.pk]
    charges = Charge.objects.visible_to(scene.user).filter(referral__in=own)
    charges = charges.select_related("referral__lead", "superseded_in").order_by("pk")
    charges, unlisted = cut.first(charges, MOST, "charges")
    rows = [
        {
            "key": f"referral-{each.pk}", "at": each.decided_at or each.referred_at, "lead": each.lead.number,
            "who": each.office.name, "what": f"Referral: {each.get_status_display()}, {each.get_venue_display()}",
            "detail": each.defendant, "note": each.get_decline_reason_display() if each in own else OTHERS,
        }
        for each in found
    ]  # fmt: skip
    rows += [_charged(each) for each in charges]
    rows += [_revoked(each) for each in own if hasattr(each, "revocation")]
    return rows + more + unlisted


def _charged(charge):
    """A charge on the day on which it came to where it stands: ended, replaced by a superseding indictment, charged."""
    replaced, case = charge.superseded_in, charge.referral
    return {
        "key": f"charge-{charge.pk}", "at": None, "lead": case.lead.number, "who": case.defendant,
        "on": replaced.on if replaced else charge.disposed_on or charge.charged_on,
        "what": f"Charge: {charge.stands_as}",
        "detail": f"{charge.statute}, {charge.title}, {counted(charge.counts, 'count')}",
        "note": ", ".join(sentences.parts(charge)),
    }  # fmt: skip


def _revoked(case):
    found = case.revocation
    return {
        "key": f"revocation-{found.pk}", "at": None, "on": found.revoked_on, "lead": case.lead.number,
        "who": case.defendant, "what": "Supervision revoked", "detail": found.get_of_display(),
        "note": f"{sentences.months(found.months)}, {found.court}",
    }  # fmt: skip


def timeline(made):
    """What happened when, from the rows of other sections: oldest first, what has no time left out."""
    told = [(row["at"], row["key"], "Event", _happened(row)) for row in made["events"] if not row["withdrawn_at"]]
    told += [(row["done_at"], row["key"], "Laboratory", _examined(row)) for row in cut.told(made["laboratory"])]
    told += [(row["at"], row["key"], "Outcome", f"{row['what']}, {row['who']}") for row in cut.told(made["outcomes"])]
    # Two leads that name one case name one event.
    once = {(at, kind, what): key for at, key, kind, what in reversed(told) if at}
    rows = [{"key": key, "at": at, "kind": kind, "what": what} for (at, kind, what), key in once.items()]
    pairs = [row for row in made["links"] if row["key"].startswith("pair-")]
    rows += [{"key": row["key"], "on": row["on"], "kind": "Comparison", "what": _compared(row)} for row in pairs]
    missing = [row for name in ("laboratory", "outcomes") for row in made[name] if "left_out" in row]
    return sorted(rows, key=lambda row: (str(row.get("at") or row.get("on")), row["key"])) + missing


def _happened(row):
    return f"{row['what']}, {row['agency']} {row['case']}"


def _examined(row):
    return f"{row['what']}, {row['state'].lower()}: {row['case']}, exhibit {row['exhibit']}"


def _compared(row):
    return f"{row['result']}: {row['one']} and {row['other']}, {row['standing'].lower()}"
