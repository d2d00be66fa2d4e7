"""What the page of one cluster says: plain values for the components, and the nodes and edges of its chart."""

import re
from math import isfinite

from django.urls import reverse

from agencies.access import allows
from agencies.markup import PARTLY, STAMP_WORDS
from leads import gunline
from leads.clusters import CONFIRMED, MIXED, confidence, connected
from leads.gunline import group_of
from leads.pages import clusterfeed, clustermap, rows
from leads.pages import entity as entitypage
from leads.pages import leads as pages
from leads.policies import clusters as policies_clusters

MOST_NODES, FARTHEST = 1000, 100_000
# A lead, a case, an event of no case, each with its id.
NODE = re.compile(r"[lce][0-9]{1,19}")
STAMPS = {
    CONFIRMED: "Every link of every lead is confirmed by a firearm examiner.",
    MIXED: "Investigative lead only, not probable cause by itself. What is not confirmed leaves the whole unconfirmed.",
    "unconfirmed": "Investigative lead only, not probable cause by itself. No link is confirmed by an examiner yet.",
}
PRESUMED = " That its leads are of one gun is presumed."


def context(cluster, whole, suggestions, user, reader, now, show=clusterfeed.ALL):
    """Everything templates/leads/cluster.html draws."""
    events, done = whole.events, sum(event.confirmed_at is not None for event in whole.events)
    parts, cases = _tied(whole), _cases(events)
    line = _line(cases, parts[0] if parts else ())
    places = clustermap.context(list(cases.values()), whole.cases)
    numbers = places["numbers"] if places else {}
    feed, more = clusterfeed.entries(whole, show, reader.zone, now)
    return {
        "cluster": cluster,
        "line": gunline.draw(line, zone=reader.zone, now=now) if line else None,
        **_stamp(done, len(events), max(len(parts) - 1, 0), whole.hidden),
        "leads": [_lead(each, reader.zone, now) for each in whole.leads],
        "hidden": whole.hidden,
        "events": [_event(each, whole.cases, numbers, reader.zone, now) for each in events],
        "events_count": len(cases),
        "map": places,
        "agencies": sorted({event.agency.code for event in events if event.agency}),
        "specimens": _specimens(whole),
        "guns": _guns(whole),
        "pairs": [{"pair": each, "may": allows(policies_clusters.take_back_pair, user, each)} for each in whole.pairs],
        "mentions": whole.mentions,
        "suggestions": suggestions,
        "feed": feed,
        "more_feed": more,
        "show": show,
        "named": entitypage.lines(whole.named, user, reader.zone, now),
        "chart": chart(cluster, whole),
        "may_arrange": allows(policies_clusters.arrange, user, cluster),
        "as_of": pages.moment(now, reader.zone),
    }


def _tied(whole):
    """The leads by what specimens tie together, the most first: that two of these parts are of one gun is said by a
    person or a notice alone, and no examiner confirmed that.
    """
    named = [(each.event.lead_id, each.of_id) for each in whole.specimens]
    return connected([lead.pk for lead in whole.leads], named, ())


def _stamp(done, events, presumed, hidden):
    """What the stamp says. A gun with leads that the reader does not see is confirmed in part at most."""
    many = events + presumed
    sure = confidence(many, done)
    if sure == CONFIRMED and hidden:
        sure = MIXED
    far = f"{done} of {many} links" + (" you see" if hidden else "")
    link = {CONFIRMED: True, MIXED: far}.get(sure, False)
    word = f"{PARTLY}, {far}" if sure == MIXED else STAMP_WORDS[link]
    return {"link": link, "stamp_word": word, "stamp_words": STAMPS[sure] + (PRESUMED if done and presumed else "")}


def _cases(events):
    """Events of one cluster by what happened: two leads that name one case name one event."""
    found = {}
    for event in events:
        found.setdefault(("case", event.incident_id) if event.incident_id else ("event", event.pk), []).append(event)
    return found


def _line(cases, core):
    """The line of the whole gun: an event is drawn confirmed where each lead's link to it is, and these leads are among
    those that specimens tie (`core`).
    """
    dated = [each for each in cases.values() if each[0].occurred_at]
    return rows.events([[*_drawn(each[0]), all(_sure(one, core) for one in each), None] for each in dated])


def _sure(event, core):
    return event.confirmed_at is not None and event.lead_id in core


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


def _event(event, may_open, numbers, zone, now):
    seen = event.incident_id in may_open
    return {
        "url": reverse("incident", args=[event.incident_id]) if seen else "",
        "place": numbers.get(event.incident_id),
        "near": event.incident_id in numbers and not seen,
        "event": event,
        "icon": group_of(event.kind).icon,
        "when": pages.happened(event.occurred_at, zone, now) if event.occurred_at else "Not dated",
        "confirmed": event.confirmed_at is not None,
    }


def _opens(exhibit, may_open):
    """The address of an exhibit for who may open its case."""
    return reverse("exhibit", args=[exhibit.pk]) if exhibit.incident_id in may_open else ""


def _specimens(whole):
    """[{exhibit, url, leads, shared}] in the order of their cases."""
    found = {}
    for each in whole.specimens:
        found.setdefault(each.exhibit, []).append(each.event.lead)
    listed = [
        {
            "exhibit": exhibit,
            "url": _opens(exhibit, whole.cases),
            "leads": leads,
            "shared": len({lead.pk for lead in leads}) > 1,
        }
        for exhibit, leads in found.items()
    ]
    return sorted(listed, key=lambda each: (each["exhibit"].incident.occurred_at, each["exhibit"].pk))


def _guns(whole):
    """The recovered firearms: those that fired a test fire which a lead names, or that a lead names itself."""
    found = {each.of_id: each.of for each in whole.specimens if each.of.kind == each.of.Kind.FIREARM}
    return [
        {"exhibit": gun, "url": _opens(gun, whole.cases), "firearm": getattr(gun, "firearm", None)}
        for gun in found.values()
    ]


def chart(cluster, whole):
    """{nodes, edges} of the chart: leads, the events they name, and what ties leads together."""
    nodes, edges = {}, []
    for lead in whole.leads:
        href = lead.get_absolute_url()
        nodes[f"l{lead.pk}"] = {"kind": "lead", "label": lead.number, "href": href, "sure": lead.is_confirmed}
    for (kind, pk), same in _cases(whole.events).items():
        first, node = same[0], f"{kind[0]}{pk}"
        href = reverse("incident", args=[first.incident_id]) if first.incident_id in whole.cases else ""
        label = f"{first.agency.code if first.agency else first.agency_text} {first.case_number}"
        nodes[node] = {"kind": group_of(first.kind).label, "label": label, "href": href, "sure": True}
        edges += [{"from": f"l{one.lead_id}", "to": node, "sure": one.confirmed_at is not None} for one in same]
    joined = [(each.one_id, each.other_id) for each in whole.pairs] + [(n.lead_id, n.named_id) for n in whole.mentions]
    edges += [{"from": f"l{one}", "to": f"l{other}", "sure": False, "joined": True} for one, other in joined]
    # Where others lie would tell of leads and cases that the reader does not see.
    return {
        "nodes": nodes,
        "edges": edges,
        "layout": {node: cluster.layout[node] for node in cluster.layout.keys() & nodes},
    }


def _is_place(given):
    return isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)


def laid_out(given):
    """{node: [x, y]} as the chart sends it; ValueError where it is anything else."""
    if not isinstance(given, dict) or len(given) > MOST_NODES:
        raise ValueError("No places of nodes.")
    found = {}
    for node, at in given.items():
        if not NODE.fullmatch(node) or not isinstance(at, list) or len(at) != 2 or not all(map(_is_place, at)):
            raise ValueError("No place of a node.")
        found[node] = [round(min(max(float(each), -FARTHEST), FARTHEST), 1) for each in at]
    return found
