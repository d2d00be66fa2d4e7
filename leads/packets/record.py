"""Sections of a packet that tell of the leads themselves: summary, gun line, events, links, chart."""

from itertools import combinations

from django.db.models import Q

from leads.models import Comparison, LeadMention, LeadPair
from leads.packets import cut
from leads.pairs import possible

MOST, MOST_BY_NAME = 2000, 200


def code_of(event):
    return event.agency.code if event.agency else event.agency_text or "Agency not given"


def case_of(event):
    return f"{code_of(event)} {event.case_number}"


def summary(scene):
    """Facts of the lead and its presumed gun."""
    lead, events = scene.lead, scene.events
    reviewers = ", ".join(filter(None, [lead.reviewer_1, lead.reviewer_2]))
    agencies = ", ".join(sorted({code_of(event) for event in events}))
    facts = {
        "Lead": lead.number,
        "Presumed gun": scene.cluster.number if scene.cluster else "",
        "Its leads": ", ".join(each.number for each in scene.leads) if len(scene.leads) > 1 else "",
        "Notice": f"{lead.notice_on:%-d %b %Y}",
        "NIBIN site": lead.site.name if lead.site else "",
        "Reviewed by": reviewers,
        "Kept by": lead.agency.name,
        "Status": lead.get_status_display(),
        "Caliber": lead.caliber,
        "Events": str(len(events)),
        "Events confirmed": f"{sum(event.confirmed_at is not None for event in events)} of {len(events)}",
        "Agencies": agencies,
    }
    return [{"key": f"fact {label}", "label": label, "value": value} for label, value in facts.items() if value]


def cases(events):
    """Events by what happened: two leads that name one case name one event."""
    found = {}
    for event in events:
        found.setdefault(("case", event.incident_id) if event.incident_id else ("event", event.pk), []).append(event)
    return found


def line(scene):
    """The events of the line, each case once; confirmed where every lead's link to it is."""
    return [
        {
            "key": f"{kind}-{pk}", "at": same[0].occurred_at, "kind": same[0].kind, "agency": code_of(same[0]),
            "mark": same[0].agency.mark if same[0].agency else 0, "case": same[0].case_number,
            "confirmed": all(each.confirmed_at is not None for each in same),
        }
        for (kind, pk), same in cases(scene.events).items()
        if same[0].occurred_at
    ]  # fmt: skip


def events(scene):
    """Every event that any of the leads names or named: what was taken back stays, and says so."""
    return [
        {
            "key": f"event-{event.pk}", "lead": event.lead.number, "at": event.occurred_at, "kind": event.kind,
            "what": event.get_kind_display(), "offense": event.offense, "agency": code_of(event),
            "case": event.case_number, "address": event.address, "caliber": event.caliber, "casings": event.casings,
            "lab_number": event.lab_number, "exhibit": event.exhibit_number, "link": _link(event),
            "confirmed_at": event.confirmed_at, "report": event.report, "withdrawn_at": event.withdrawn_at,
        }
        for event in scene.every
    ]  # fmt: skip


def _link(event):
    return "Taken back" if event.withdrawn_at else "Confirmed" if event.confirmed_at else "Unconfirmed"


def links(scene):
    """What is on record of each pair of cases: every result, also those corrected since or refused; pairs that nobody
    compared; and what people said of two leads.
    """
    found = Comparison.objects.visible_to(scene.user).filter(lead__in=scene.leads)
    found = found.select_related(
        "lead", "first__agency", "second__agency", "recorded_by", "verified_by", "request__laboratory", "off"
    )
    rows, more = cut.first(found.order_by("reported_on", "pk"), MOST, "results")
    told = [_result(each) for each in rows]
    stands = {(each.first_id, each.second_id) for each in rows if each.status == Comparison.Status.STANDING}
    if more:
        # A pair whose result is not listed was compared all the same.
        stands = set(found.filter(status=Comparison.Status.STANDING).values_list("first_id", "second_id"))
    return told + more + _uncompared(scene, stands, not more) + _said_of_leads(scene)


def _result(each):
    request = each.request
    return {
        "key": f"pair-{each.pk}", "lead": each.lead.number, "one": case_of(each.first), "other": case_of(each.second),
        "result": each.get_result_display(), "standing": each.get_status_display(), "report": each.report,
        "on": each.reported_on, "examiner": str(each.recorded_by),
        "verified_by": str(each.verified_by) if each.verified_by else "",
        "laboratory": request.laboratory.name if request and request.laboratory else "", "note": each.note,
        "reason": each.reason, "took_off": case_of(each.off) if each.off_id else "",
    }  # fmt: skip


def _uncompared(scene, stands, is_whole):
    """Of each lead, the pairs without a result that stands: by name while they are few, else how many."""
    rows = []
    for lead in scene.leads:
        here = sorted((event for event in scene.events if event.lead_id == lead.pk), key=lambda event: event.pk)
        if possible(len(here)) > MOST_BY_NAME:
            rest = "those without a result here were not compared" if is_whole else "not every result is listed here"
            words = f"{possible(len(here)):,} pairs of cases; {rest}."
            rows.append({"key": f"uncompared-{lead.pk}", "lead": lead.number, "words": words})
            continue
        rows += [
            {
                "key": f"open-{one.pk}-{other.pk}", "lead": lead.number, "one": case_of(one), "other": case_of(other),
                "result": "Not compared", "standing": "NIBIN lead",
            }
            for one, other in combinations(here, 2)
            if (one.pk, other.pk) not in stands
        ]  # fmt: skip
    return rows


def _said_of_leads(scene):
    """What people and notices said of two leads: that they are of one gun, or are not, or that this was taken back."""
    both = Q(one__in=scene.leads) | Q(other__in=scene.leads)
    pairs = LeadPair.objects.visible_to(scene.user).filter(both, one__grants__group=scene.agency.group_id)
    pairs = pairs.filter(other__grants__group=scene.agency.group_id).select_related("one", "other", "decided_by")
    for side in ("one", "other"):
        pairs = pairs.filter(Q(**{f"{side}__desk": None}) | Q(**{f"{side}__desk__state": "sent"}))
    pairs, more = cut.first(pairs.order_by("pk").distinct(), MOST, "decisions on two leads")
    named = LeadMention.objects.standing().filter(lead__in=scene.leads, named__in=scene.leads)
    named = named.select_related("lead", "named").order_by("pk")
    named, unlisted = cut.first(named, MOST, "leads that notices name")
    told = [
        {
            "key": f"leads-{each.pk}", "one": f"Lead {each.one.number}", "other": f"Lead {each.other.number}",
            "result": each.get_status_display(), "standing": "Said by a person", "note": each.reason,
            "on": each.decided_at, "examiner": str(each.decided_by),
        }
        for each in pairs
    ]  # fmt: skip
    told += [
        {
            "key": f"named-{each.pk}", "one": f"Lead {each.lead.number}", "other": f"Lead {each.named.number}",
            "result": "One gun", "standing": "Said by a notice", "on": each.said_at,
        }
        for each in named
    ]  # fmt: skip
    return told + more + unlisted


def chart(scene):
    """Leads, the cases they name, and what ties them."""
    rows = [
        {"key": f"lead-{each.pk}", "node": "lead", "label": each.number, "sure": each.is_confirmed}
        for each in scene.leads
    ]
    for (kind, pk), same in cases(scene.events).items():
        node = f"{kind}-{pk}"
        rows.append({"key": node, "node": "case", "label": case_of(same[0]), "what": same[0].get_kind_display()})
        rows += [
            {"key": f"edge-{event.pk}", "from": f"lead-{event.lead_id}", "to": node,
             "sure": event.confirmed_at is not None}
            for event in same
        ]  # fmt: skip
    return rows
