"""What there is of clusters: one with all that its page shows, what may belong together, what has to be looked at."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Q

from evidence.queries.reach import fetch
from leads.clusters import alike
from leads.models import Activity, ClusterChange, ClusterLead, Lead, LeadEvent, LeadPair, Specimen
from leads.queries_entities import assertions_on

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
    and pairs of those they see, what happened to it, who sources say had to do with its events.
    """

    leads: list
    hidden: int
    events: list
    specimens: list
    pairs: list
    changes: list
    activities: list
    named: list


def cluster_of(lead):
    """The cluster a lead is in, or None."""
    found = ClusterLead.objects.filter(lead=lead).select_related("cluster__agency").first()
    return found and found.cluster


def whole_cluster(cluster, user):
    inside = ClusterLead.objects.filter(cluster=cluster)
    seen = Lead.objects.visible_to(user).filter(in_cluster__cluster=cluster).select_related("agency", "site")
    leads = list(seen.order_by("first_event_at", "pk")[:MOST_SHOWN])
    events = LeadEvent.objects.filter(lead__in=leads).select_related("agency", "incident", "lead")
    events = events.order_by("occurred_at", "pk")
    specimens = Specimen.objects.filter(event__lead__in=leads, event__withdrawn_at=None)
    both = LeadPair.objects.visible_to(user).filter(one__in=leads, other__in=leads)
    return Whole(
        leads=leads,
        hidden=inside.count() - len(leads),
        events=list(events),
        specimens=list(specimens.select_related("event__lead", "exhibit__incident", "exhibit__agency", "of__firearm")),
        pairs=list(both.joined().select_related("one__agency", "other__agency", "decided_by")),
        changes=changes_of(cluster, user),
        activities=list(Activity.objects.filter(lead__in=leads).select_related("by", "agency", "lead")[:MOST_CHANGES]),
        named=assertions_on(leads, user),
    )


def changes_of(cluster, user):
    """What happened to a cluster, the newest first, of leads that a person sees."""
    found = ClusterChange.objects.visible_to(user).filter(cluster=cluster)
    return list(found.select_related("lead", "other", "by")[:MOST_CHANGES])


def suggested(lead, user):
    """[(lead, case numbers)] that may be of the same gun as this one: both name a case, and one does not say which
    exhibit of it. Those in its cluster already and those a person set apart are left out.
    """
    mine = _named([lead.pk])
    cases = set(mine.get(lead.pk, {}))
    naming = LeadEvent.objects.filter(incident__in=cases).values_list("incident_id", "lead_id").distinct()
    many = Counter(case for case, _ in naming)
    said = LeadPair.objects.exclude(status=LeadPair.Status.TAKEN_BACK).filter(Q(one=lead) | Q(other=lead))
    out = {pk for pair in said.values_list("one_id", "other_id") for pk in pair} | {lead.pk}
    if cluster := cluster_of(lead):
        out |= set(cluster.members.values_list("lead_id", flat=True))
    others = {pk for _, pk in naming} - out
    found = {pk: alike(mine[lead.pk], cases_, many) for pk, cases_ in _named(others).items()} if others else {}
    seen = Lead.objects.visible_to(user).filter(pk__in=[pk for pk, by in found.items() if by]).order_by("-opened_at")
    numbers = dict(LeadEvent.objects.filter(lead=lead, incident__in=cases).values_list("incident_id", "case_number"))
    return [(each, [numbers[case] for case in found[each.pk]]) for each in seen[:MOST_SUGGESTED]]


def suggested_for(leads, user):
    """[(lead of a cluster, lead that may belong to it, case numbers)]"""
    found = [(lead, *each) for lead in leads[:MOST_LOOKED_AT] for each in suggested(lead, user)]
    return list({other.pk: (lead, other, cases) for lead, other, cases in found}.values())[:MOST_SUGGESTED]


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


def all_clusters():
    """{lead: the leads of its cluster, itself included}, of all leads that are in one."""
    found = {}
    for lead, cluster in ClusterLead.objects.values_list("lead_id", "cluster_id").iterator():
        found.setdefault(cluster, set()).add(lead)
    return {lead: members for members in map(frozenset, found.values()) for lead in members}


def numbers(leads):
    """{id: number} of leads, whoever sees them: for who runs the portal."""
    return dict(Lead.objects.filter(pk__in=leads).values_list("pk", "number"))
