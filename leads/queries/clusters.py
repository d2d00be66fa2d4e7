"""What there is of clusters: one with all that its page shows, what may belong together, what has to be looked at."""

from collections import Counter
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from evidence.models import Incident
from evidence.queries.reach import fetch
from leads.clusters import alike
from leads.models import (
    Activity,
    ClusterChange,
    ClusterLead,
    Comparison,
    DeskItem,
    Lead,
    LeadEvent,
    LeadMention,
    LeadPair,
    Obligation,
    Specimen,
)
from leads.queries.entities import assertions_on

# A number apart from blanks, hyphens and case.
PLAIN = "upper(regexp_replace({}, '[^[:alnum:]]', '', 'g'))"
MOST_SHOWN, MOST_CHANGES = 200, 50
MOST_SUGGESTED, MOST_LOOKED_AT = 5, 20
UNFOUND = f"""
  select e.id, e.lead_id
    from leads_eventname n join leads_leadevent e on e.id = n.event_id
   where e.id > %(after)s and n.exhibit_number <> '' and e.incident_id is not null and e.withdrawn_at is null
     and not exists (select from leads_specimen s where s.event_id = e.id)
     and exists (select from evidence_exhibit x where x.incident_id = e.incident_id
                    and {PLAIN.format("x.number")} = {PLAIN.format("n.exhibit_number")})
   order by e.id limit %(limit)s"""


class Whole(NamedTuple):
    """A cluster as one person sees it: its leads, how many more there are that they do not see, the events, specimens
    and pairs of those they see, what happened to it, who sources say had to do with its events; what examiners found,
    which parts are closed, and the ids of the incidents that the person may open; which of these leads name each other.
    """

    leads: list
    hidden: int
    events: list
    specimens: list
    pairs: list
    changes: list
    activities: list
    named: list
    comparisons: list
    closed: list
    cases: set
    mentions: list


def with_others(leads):
    """Leads, each with whether another one of its presumed gun went out."""
    same = ClusterLead.objects.filter(cluster=OuterRef("in_cluster__cluster")).exclude(lead=OuterRef("pk"))
    return leads.annotate(shares_gun=Exists(same.out()))


def cluster_of(lead):
    """The cluster a lead is in, or None."""
    found = ClusterLead.objects.filter(lead=lead).select_related("cluster__agency").first()
    return found and found.cluster


def whole_cluster(cluster, user):
    inside = ClusterLead.objects.filter(cluster=cluster)
    seen = Lead.objects.visible_to(user).filter(in_cluster__cluster=cluster).select_related("agency", "site", "desk")
    leads = list(seen.order_by("first_event_at", "pk")[:MOST_SHOWN])
    events = LeadEvent.objects.filter(lead__in=leads).select_related("agency", "incident", "lead")
    events = list(events.order_by("occurred_at", "pk"))
    specimens = Specimen.objects.filter(event__lead__in=leads, event__withdrawn_at=None)
    both = LeadPair.objects.visible_to(user).filter(one__in=leads, other__in=leads)
    return Whole(
        leads=leads,
        hidden=inside.out().exclude(lead__in=leads).count(),
        events=events,
        specimens=list(specimens.select_related("event__lead", "exhibit__incident", "exhibit__agency", "of__firearm")),
        pairs=list(both.joined().select_related("one__agency", "other__agency", "decided_by")),
        changes=changes_of(cluster, user),
        activities=list(Activity.objects.filter(lead__in=leads).select_related("by", "agency", "lead")[:MOST_CHANGES]),
        named=assertions_on(leads, user),
        comparisons=list(_results(leads)[:MOST_CHANGES]),
        closed=list(_closed(leads)[:MOST_CHANGES]),
        cases=_may_open(events, user),
        mentions=list(_named_inside(leads)[:MOST_SHOWN]),
    )


def kept_back(leads):
    """Those of some leads (ids) that wait for triage, or were declined there: nobody outside knows of them."""
    on_desk = DeskItem.objects.filter(lead__in=leads).exclude(state=DeskItem.State.SENT)
    return set(on_desk.values_list("lead_id", flat=True))


def to_be_told(leads, now):
    """Those of some leads (ids) to whose clusters others came at a moment, of which the clock has yet to tell."""
    came = ClusterChange.objects.filter(told_at=None, at=now, kind__in=ClusterChange.GROWS)
    came = came.filter(Q(lead__desk=None) | Q(lead__desk__state=DeskItem.State.SENT))
    found = ClusterLead.objects.filter(lead__in=leads, cluster__in=came.values("cluster"))
    return set(found.values_list("lead", flat=True))


def _results(leads):
    """What was found of pairs and stands, or stood until it was corrected, the newest first."""
    status = Comparison.Status
    found = Comparison.objects.filter(lead__in=leads, status__in=[status.STANDING, status.SUPERSEDED])
    return found.select_related("lead", "recorded_by", "first__agency", "second__agency").order_by(
        "-recorded_at", "-pk"
    )


def _closed(leads):
    """What agencies owed and closed, the newest first."""
    found = Obligation.objects.filter(lead__in=leads, state=Obligation.State.CLOSED)
    return found.select_related("lead", "agency").order_by("-closed_at", "-pk")


def _named_inside(leads):
    """Which of some leads name which others of them in their notices."""
    found = LeadMention.objects.standing().filter(lead__in=leads, named__in=leads)
    return found.select_related("lead", "named").order_by("said_at", "pk")


def _may_open(events, user):
    incidents = {event.incident_id for event in events} - {None}
    return set(Incident.objects.visible_to(user).filter(pk__in=incidents).values_list("pk", flat=True))


def changes_of(cluster, user):
    """What happened to a cluster, the newest first, of leads that a person sees."""
    found = ClusterChange.objects.visible_to(user).filter(cluster=cluster)
    return list(found.select_related("lead", "other", "by")[:MOST_CHANGES])


def suggested(lead, user):
    """[(lead, case numbers)] that may be of the same gun as this one."""
    return [(other, cases) for _lead, other, cases in suggested_for([lead], user)]


def suggested_for(leads, user):
    """[(lead, lead that may be of the same gun, case numbers)], the newest first: both name a case, and one does not
    say which exhibit of it. Those in its cluster already and those a person set apart are left out.
    """
    leads = {lead.pk: lead for lead in leads[:MOST_LOOKED_AT]}
    mine = _named(leads)
    cases = {case for each in mine.values() for case in each}
    naming = LeadEvent.objects.filter(incident__in=cases).values_list("incident_id", "lead_id").distinct()
    many, others = Counter(case for case, _ in naming), {pk for _, pk in naming} - set(leads)
    found, out = _named(others) if others else {}, _settled(leads)
    by = {
        (pk, other): shared
        for pk in leads
        for other in found
        if (pk, other) not in out and (shared := alike(mine.get(pk, {}), found[other], many))
    }
    seen = Lead.objects.visible_to(user).filter(pk__in={other for _, other in by}).order_by("-opened_at")
    named = LeadEvent.objects.filter(lead__in=leads, incident__in=cases)
    numbers = {
        (lead, case): number for lead, case, number in named.values_list("lead_id", "incident_id", "case_number")
    }
    first = {other: pk for pk, other in reversed(by)}
    return [
        (leads[pk], each, [numbers[pk, case] for case in by[pk, each.pk]])
        for each in seen[:MOST_SUGGESTED]
        for pk in [first[each.pk]]
    ]


def _settled(leads):
    """{(one of these leads, other)} of which nothing is to be decided: in one cluster, or said to be apart."""
    said = LeadPair.objects.exclude(status=LeadPair.Status.TAKEN_BACK).filter(Q(one__in=leads) | Q(other__in=leads))
    found = {way for one, other in said.values_list("one_id", "other_id") for way in ((one, other), (other, one))}
    clusters = ClusterLead.objects.filter(lead__in=leads).values("cluster")
    inside = (
        ClusterLead.objects.filter(cluster__in=clusters).order_by("cluster_id").values_list("cluster_id", "lead_id")
    )
    for _, rows in groupby(inside, key=lambda row: row[0]):
        members = [lead for _, lead in rows]
        found |= {(pk, other) for pk in members if pk in leads for other in members}
    return found


def with_mentions(leads):
    """Leads, each with whether a notice of it names another one or it is named by one: most have neither."""
    there = LeadMention.objects.standing().filter(Q(lead=OuterRef("pk")) | Q(named=OuterRef("pk")))
    return leads.annotate(is_mentioned=Exists(there))


def mentions(lead, user):
    """What notices say of a lead for its page: {names, named_by, superseded_by}, of a lead that the reader does not see
    only that there is one.
    """
    if not lead.is_mentioned:
        return {"names": [], "named_by": [], "superseded_by": []}
    said = LeadMention.objects.standing().filter(Q(lead=lead) | Q(named=lead)).select_related("lead", "named")
    said = list(said.order_by("-pk")[:MOST_SHOWN])
    both = {pk for each in said for pk in (each.lead_id, each.named_id)}
    seen = set(Lead.objects.visible_to(user).filter(pk__in=both - {None}).values_list("pk", flat=True))
    for each in said:
        each.seen = (each.named_id if each.lead_id == lead.pk else each.lead_id) in seen
    kept = kept_back(both - seen - {None, lead.pk})
    by = [each for each in said if each.lead_id != lead.pk and each.lead_id not in kept]
    return {
        "names": [each for each in said if each.lead_id == lead.pk],
        "named_by": [each for each in by if not each.supersedes],
        "superseded_by": [each for each in by if each.supersedes],
    }


def pair_of(one, other):
    """What was said of two leads, or None."""
    both = sorted((one.pk, other.pk))
    return LeadPair.objects.filter(one=both[0], other=both[1]).first()


def _named(leads):
    """{lead: {case: ids of the specimens of it that the lead names}}"""
    rows = LeadEvent.objects.filter(lead__in=leads, incident__isnull=False)
    found = {}
    for lead, case, of in rows.values_list("lead_id", "incident_id", "specimens__of"):
        found.setdefault(lead, {}).setdefault(case, set()).update({of} - {None})
    return found


def unfound_specimens(after, limit):
    """[{id, lead_id}] of events whose notice names an exhibit that is here by now."""
    return fetch(UNFOUND, {"after": after, "limit": limit})


def all_links():
    """Every link there is, as pairs of nodes: a lead with each specimen that it names, and leads that were joined."""
    named = Specimen.objects.filter(event__withdrawn_at=None).values_list("event__lead_id", "of_id")
    for lead, specimen in named.iterator():
        yield ("lead", lead), ("specimen", specimen)
    for one, other in LeadPair.objects.joined().values_list("one_id", "other_id").iterator():
        yield ("lead", one), ("lead", other)
    mentions = LeadMention.objects.standing().filter(lead__events_count__gt=0, named__events_count__gt=0)
    for lead, named in mentions.values_list("lead_id", "named_id").iterator():
        yield ("lead", lead), ("lead", named)


def all_clusters():
    """{lead: the leads of its cluster, itself included}, of all leads that are in one."""
    found = {}
    for lead, cluster in ClusterLead.objects.values_list("lead_id", "cluster_id").iterator():
        found.setdefault(cluster, set()).add(lead)
    return {lead: members for members in map(frozenset, found.values()) for lead in members}


def numbers(leads):
    """{id: number} of leads, whoever sees them: for who runs the portal."""
    return dict(Lead.objects.filter(pk__in=leads).values_list("pk", "number"))
