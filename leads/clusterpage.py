"""What the page of one cluster says: plain values for the components, and the nodes and edges of its chart."""

from django.urls import reverse

from agencies.access import allows
from leads import entitypage, gunline, pages, policies_clusters, rows
from leads.clusters import CONFIRMED, MIXED, confidence
from leads.gunline import group_of

MOST_NODES, LONGEST_NODE, FARTHEST = 1000, 24, 100_000
STAMPS = {
    CONFIRMED: "Every link of every lead is confirmed by a firearm examiner.",
    MIXED: "Investigative lead only, not probable cause by itself. {done} of {many} links are confirmed: "
    "the others leave the whole unconfirmed.",
    "unconfirmed": "Investigative lead only, not probable cause by itself. No link is confirmed by an examiner yet.",
}
DID = {
    "joined": "Lead {lead} joined. {why}",
    "left": "Lead {lead} left. {why}",
    "merged": "Lead {lead} moved to {other}. {why}",
    "parted": "Lead {lead} parted into {other}. {why}",
}
ICONS = {"joined": "link", "left": "back", "merged": "swap", "parted": "swap"}


def context(cluster, whole, suggestions, user, reader, now):
    """Everything templates/leads/cluster.html draws."""
    events, done = whole.events, sum(event.confirmed_at is not None for event in whole.events)
    sure = confidence(len(events), done)
    line = _line(events)
    return {
        "cluster": cluster,
        "line": gunline.draw(line, zone=reader.zone, now=now) if line else None,
        "confirmed": sure == CONFIRMED and not whole.hidden,
        "stamp_words": STAMPS[sure if not (sure == CONFIRMED and whole.hidden) else MIXED].format(
            done=done, many=len(events)
        ),
        "leads": [_lead(each, reader.zone, now) for each in whole.leads],
        "hidden": whole.hidden,
        "events": [_event(each, reader.zone, now) for each in events],
        "events_count": len(_cases(events)),
        "agencies": sorted({event.agency.code for event in events if event.agency}),
        "specimens": _specimens(whole.specimens),
        "guns": _guns(whole.specimens),
        "pairs": [{"pair": each, "may": allows(policies_clusters.take_back_pair, user, each)} for each in whole.pairs],
        "suggestions": suggestions,
        "feed": [_change(each, reader.zone, now) for each in whole.changes],
        "work": [_work(each, reader.zone, now) for each in whole.activities],
        "named": entitypage.lines(whole.named, user, reader.zone, now),
        "chart": chart(cluster, whole),
        "may_arrange": allows(policies_clusters.arrange, user, cluster),
        "as_of": pages.moment(now, reader.zone),
    }


def _cases(events):
    """Events of one cluster by what happened: two leads that name one case name one event."""
    found = {}
    for event in events:
        found.setdefault(("case", event.incident_id) if event.incident_id else ("event", event.pk), []).append(event)
    return found


def _line(events):
    """The line of the whole gun: an event is drawn confirmed where each lead's link to it is."""
    dated = [each for each in _cases(events).values() if each[0].occurred_at]
    return rows.events([[*_drawn(each[0]), all(one.confirmed_at for one in each), None] for each in dated])


def _drawn(event):
    agency = event.agency
    code, mark = (agency.code, agency.mark) if agency else (event.agency_text or "Not given", 5)
    return (event.occurred_at.isoformat(), event.kind, code, mark, event.case_number)


def _lead(lead, zone, now):
    return {
        "lead": lead,
        "mini": rows.mini(lead.line),
        "links": f"{lead.confirmed_count} of {lead.events_count} confirmed",
        "opened": pages.day_time(lead.opened_at, zone, now),
    }


def _event(event, zone, now):
    return {
        "event": event,
        "icon": group_of(event.kind).icon,
        "when": pages.day_time(event.occurred_at, zone, now) if event.occurred_at else "Not dated",
        "confirmed": event.confirmed_at is not None,
    }


def _specimens(specimens):
    """[{exhibit, leads, shared}] in the order of their cases."""
    found = {}
    for each in specimens:
        found.setdefault(each.exhibit, []).append(each.event.lead)
    listed = [
        {"exhibit": exhibit, "leads": leads, "shared": len({lead.pk for lead in leads}) > 1}
        for exhibit, leads in found.items()
    ]
    return sorted(listed, key=lambda each: (each["exhibit"].incident.occurred_at, each["exhibit"].pk))


def _guns(specimens):
    """The recovered firearms: those that fired a test fire which a lead names, or that a lead names itself."""
    found = {each.of_id: each.of for each in specimens if each.of.kind == each.of.Kind.FIREARM}
    return [{"exhibit": gun, "firearm": getattr(gun, "firearm", None)} for gun in found.values()]


def _change(change, zone, now):
    words = DID[change.kind].format(lead=change.lead.number, other=change.other, why=change.why)
    said = {"icon": ICONS[change.kind], "who": str(change.by), "text": words}
    return said | {"iso": change.at.isoformat(), "when": pages.moment(change.at, zone, now.year)}


def _work(activity, zone, now):
    """What somebody of any agency did on one of the leads."""
    found = f" {activity.get_result_display()}." if activity.result else ""
    words = f"{activity.get_kind_display().lower()} on {activity.lead.number}: {activity.text}{found}"
    said = {"icon": "note", "who": f"{activity.by}, {activity.agency.code}", "text": words}
    return said | {"iso": activity.at.isoformat(), "when": pages.moment(activity.at, zone, now.year)}


def chart(cluster, whole):
    """{nodes, edges} of the chart: leads, the events they name, and what ties leads together."""
    nodes, edges = {}, []
    for lead in whole.leads:
        href = lead.get_absolute_url()
        nodes[f"l{lead.pk}"] = {"kind": "lead", "label": lead.number, "href": href, "sure": lead.is_confirmed}
    for (kind, pk), same in _cases(whole.events).items():
        first, node = same[0], f"{kind[0]}{pk}"
        href = reverse("incident", args=[first.incident_id]) if first.incident_id else ""
        label = f"{first.agency.code if first.agency else first.agency_text} {first.case_number}"
        nodes[node] = {"kind": group_of(first.kind).label, "label": label, "href": href, "sure": True}
        edges += [{"from": f"l{one.lead_id}", "to": node, "sure": one.confirmed_at is not None} for one in same]
    edges += [{"from": f"l{p.one_id}", "to": f"l{p.other_id}", "sure": False, "joined": True} for p in whole.pairs]
    return {"nodes": nodes, "edges": edges, "layout": cluster.layout}


def laid_out(given):
    """{node: [x, y]} as the chart sends it; ValueError where it is anything else."""
    if not isinstance(given, dict) or len(given) > MOST_NODES:
        raise ValueError("No places of nodes.")
    found = {}
    for node, at in given.items():
        if len(node) > LONGEST_NODE or not isinstance(at, list) or len(at) != 2:
            raise ValueError("No place of a node.")
        found[node] = [round(min(max(float(each), -FARTHEST), FARTHEST), 1) for each in at]
    return found
