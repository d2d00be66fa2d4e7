"""Which leads are of one presumed gun, kept as links come and go: only what hangs on the changed leads is looked at."""

from itertools import groupby

from django.db import connection, transaction

from agencies import audit
from leads.clusters import connected
from leads.models import Cluster, ClusterChange, ClusterLead, Lead
from leads.queries_clusters import PLAIN

Kind = ClusterChange.Kind
# Taken last of all locks and held to the end of the transaction: of two that bring one specimen to two leads the second
# sees what the first brought.
LOCK = 7_302_110
SAME_EXHIBIT = "It names an exhibit, or a gun, that another lead names."
BY_A_PERSON = "It was joined to another lead."
NO_LINK = "Nothing links it to the others any more."

NAMED = f"""
  insert into leads_specimen (event_id, exhibit_id, of_id)
  select distinct e.id, x.id, coalesce(x.fired_from_id, x.id)
    from leads_leadevent e join leads_eventname n on n.event_id = e.id and n.exhibit_number <> ''
    join evidence_exhibit x on x.incident_id = e.incident_id
     and {PLAIN.format("x.number")} = {PLAIN.format("n.exhibit_number")}
   where e.lead_id = any(%s::bigint[]) and e.withdrawn_at is null
      on conflict do nothing"""
LINKS = """
  select m.lead_id, e.lead_id, true
    from leads_leadevent m join leads_specimen p on p.event_id = m.id
    join leads_specimen s on s.of_id = p.of_id and s.event_id <> p.event_id
    join leads_leadevent e on e.id = s.event_id and e.withdrawn_at is null and e.lead_id <> m.lead_id
   where m.lead_id = any(%(leads)s::bigint[]) and m.withdrawn_at is null
   union select one_id, other_id, false from leads_leadpair p
          where p.one_id = any(%(leads)s::bigint[]) and p.status = 'joined'
   union select one_id, other_id, false from leads_leadpair p
          where p.other_id = any(%(leads)s::bigint[]) and p.status = 'joined'
"""


@transaction.atomic
def regroup(leads, *, by, now, lost=False):
    """Put some leads (ids) into the clusters they belong to by now. The last thing that an action does.

    lost: a link of theirs may be gone, so that what hung together is looked over whole.
    """
    leads = set(leads)
    name_specimens(leads)
    if not links(leads) and not _clusters(leads):
        return
    _fetch("select pg_advisory_xact_lock(%s)", [LOCK])
    if lost:
        for cluster in sorted(set(_clusters(leads).values())):
            _part(cluster, by, now)
    found = links(leads)
    inside = _clusters(leads | {lead for link in found for lead in link[:2]})
    # A cluster is one thing, however many leads are in it; leads have their numbers, clusters theirs below zero.
    ends = [(-inside.get(one, -one), -inside.get(other, -other)) for one, other, _ in found]
    by_exhibit = {lead for one, other, exhibit in found if exhibit for lead in (one, other)}
    for part in connected({end for pair in ends for end in pair}, (), ends):
        if len(part) > 1:
            _join(part, by_exhibit, by, now)


def _join(part, by_exhibit, by, now):
    """Make one cluster of some (ids below zero) and of single leads: the largest stays, the oldest of equal ones."""
    singles, there = sorted(end for end in part if end > 0), [-end for end in part if end < 0]
    members = _members(there)
    kept = min(there, key=lambda pk: (-len(members[pk]), pk), default=None)
    if kept is None:
        first = Lead.objects.filter(pk__in=singles).order_by("opened_at", "pk").values_list("agency_id", flat=True)[0]
        kept = Cluster.objects.create(agency_id=first, opened_at=now, changed_at=now).pk
    moved = {lead: pk for pk in there if pk != kept for lead in members[pk]}
    ClusterLead.objects.filter(lead__in=moved).update(cluster=kept)
    ClusterLead.objects.bulk_create(ClusterLead(lead_id=lead, cluster_id=kept) for lead in singles)
    Cluster.objects.filter(pk__in=set(moved.values())).update(merged_into=kept, changed_at=now)
    Cluster.objects.filter(pk=kept).update(changed_at=now)
    changes = [_change(pk, lead, Kind.MERGED, by, now, BY_A_PERSON, kept) for lead, pk in moved.items()]
    for lead in [*singles, *moved]:
        changes.append(_change(kept, lead, Kind.JOINED, by, now, SAME_EXHIBIT if lead in by_exhibit else BY_A_PERSON))
    _write(changes, by)


def _part(pk, by, now):
    """Let a cluster fall into what still hangs together: the largest part keeps its number, the others that are more
    than one lead get numbers of their own.
    """
    members = _members([pk])[pk]
    kept, *others = connected(members, (), [link[:2] for link in links(members)])
    if len(kept) < 2:
        others = [*others, kept]
    changes = []
    for part in others:
        other = None
        if len(part) > 1:
            first = Lead.objects.filter(pk__in=part).order_by("opened_at", "pk").values_list("agency_id", flat=True)[0]
            other = Cluster.objects.create(agency_id=first, opened_at=now, changed_at=now).pk
            ClusterLead.objects.filter(lead__in=part).update(cluster=other)
            changes += [_change(other, lead, Kind.JOINED, by, now, SAME_EXHIBIT) for lead in part]
        else:
            ClusterLead.objects.filter(lead__in=part).delete()
        kind = Kind.PARTED if other else Kind.LEFT
        changes += [_change(pk, lead, kind, by, now, NO_LINK, other) for lead in part]
    if changes:
        Cluster.objects.filter(pk=pk).update(changed_at=now)
        _write(changes, by)


def _change(cluster, lead, kind, by, now, why, other=None):
    return ClusterChange(cluster_id=cluster, lead_id=lead, kind=kind, other_id=other, why=why, at=now, by=by)


def _write(changes, by):
    ClusterChange.objects.bulk_create(sorted(changes, key=lambda each: (each.lead_id, each.cluster_id)))
    rows = Lead.objects.filter(pk__in={each.lead_id for each in changes}).values_list("pk", "number", "agency_id")
    named = {pk: (number, center) for pk, number, center in rows}
    for each in changes:
        number, center = named[each.lead_id]
        cluster = Cluster(pk=each.cluster_id)
        audit.record(f"cluster.{each.kind}", cluster, by=by, agency=center, lead=number, other=each.other_id)


def name_specimens(leads):
    """Find the exhibits that the notices of these leads name."""
    _fetch(NAMED, [list(leads)])


def links(leads):
    """[(lead, lead, whether they name one specimen)] of all links that these leads have."""
    return _fetch(LINKS, {"leads": list(leads)})


def _clusters(leads):
    return dict(ClusterLead.objects.filter(lead__in=leads).values_list("lead_id", "cluster_id"))


def _members(clusters):
    rows = ClusterLead.objects.filter(cluster__in=clusters).order_by("cluster_id", "lead_id")
    grouped = groupby(rows.values_list("cluster_id", "lead_id"), key=lambda row: row[0])
    return {cluster: {lead for _, lead in each} for cluster, each in grouped}


def _fetch(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
