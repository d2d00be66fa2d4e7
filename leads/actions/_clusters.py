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
  select m.lead_id as one, e.lead_id as other, true as by_exhibit
    from leads_leadevent m join leads_specimen p on p.event_id = m.id
    join leads_specimen s on s.of_id = p.of_id and s.event_id <> p.event_id
    join leads_leadevent e on e.id = s.event_id and e.withdrawn_at is null and e.lead_id <> m.lead_id
   where m.lead_id = any(%(leads)s::bigint[]) and m.withdrawn_at is null
   union select one_id, other_id, false from leads_leadpair p
          where p.one_id = any(%(leads)s::bigint[]) and p.status = 'joined'
   union select one_id, other_id, false from leads_leadpair p
          where p.other_id = any(%(leads)s::bigint[]) and p.status = 'joined'"""
# Only where there is anything to tie or to part.
LOCKED = """
  select pg_advisory_xact_lock(%(lock)s)
   where exists (select from leads_leadevent e join leads_specimen s on s.event_id = e.id
                  where e.lead_id = any(%(leads)s::bigint[]))
      or exists (select from leads_leadpair where one_id = any(%(leads)s::bigint[]))
      or exists (select from leads_leadpair where other_id = any(%(leads)s::bigint[]))
      or exists (select from leads_clusterlead where lead_id = any(%(leads)s::bigint[]))"""
TIED = f"""
  select l.*, a.cluster_id, b.cluster_id from ({LINKS}) l
    left join leads_clusterlead a on a.lead_id = l.one left join leads_clusterlead b on b.lead_id = l.other"""
SIZES = """
  select c.id, (select count(*) from leads_clusterlead m where m.cluster_id = c.id)
    from unnest(%s::bigint[]) c(id)"""
OPENED = """
  insert into leads_cluster (agency_id, opened_at, changed_at, layout)
  select agency_id, %(now)s, %(now)s, '{}' from leads_lead where id = any(%(leads)s::bigint[])
   order by opened_at, id limit 1 returning id"""
JOINED = """
  with moved as (
    update leads_clusterlead m set cluster_id = %(kept)s from leads_clusterlead was
     where m.cluster_id = any(%(others)s::bigint[]) and was.lead_id = m.lead_id returning m.lead_id, was.cluster_id),
  added as (
    insert into leads_clusterlead (lead_id, cluster_id)
    select l.id, %(kept)s from unnest(%(singles)s::bigint[]) l(id) returning lead_id),
  clusters as (
    update leads_cluster set changed_at = %(now)s, merged_into_id = nullif(%(kept)s, id)
     where id = any(%(others)s::bigint[] || array[%(kept)s::bigint])),
  changes as (
    select lead_id, cluster_id, 'merged' as kind, %(kept)s as other, %(by_a_person)s as why from moved
     union all
    select lead_id, %(kept)s, 'joined', null,
           case when lead_id = any(%(by_exhibit)s::bigint[]) then %(same_exhibit)s else %(by_a_person)s end
      from (select lead_id from moved union all select lead_id from added) x)
  insert into leads_clusterchange (lead_id, cluster_id, kind, other_id, why, at, by_id)
  select lead_id, cluster_id, kind, other, why, %(now)s, %(by)s from changes order by lead_id, cluster_id
  returning lead_id, (select agency_id from leads_cluster where id = %(kept)s)"""


@transaction.atomic
def regroup(leads, *, by, now, lost=False):
    """Put some leads (ids) into the clusters they belong to by now. The last thing that an action does.

    lost: a link of theirs may be gone, so that what hung together is looked over whole.
    """
    leads = set(leads)
    name_specimens(leads)
    if not _fetch(LOCKED, {"leads": list(leads), "lock": LOCK}):
        return
    if lost:
        for cluster in sorted(set(_clusters(leads).values())):
            _part(cluster, by, now)
    found = _fetch(TIED, {"leads": list(leads)})
    # A cluster is one thing, however many leads are in it; leads have their numbers, clusters theirs below zero.
    ends = [(-(a or -one), -(b or -other)) for one, other, _by, a, b in found]
    by_exhibit = [lead for one, other, exhibit, *_ in found if exhibit for lead in (one, other)]
    for part in connected({end for pair in ends for end in pair}, (), ends):
        if len(part) > 1:
            _join(part, by_exhibit, by, now)


def _join(part, by_exhibit, by, now):
    """Make one cluster of some (ids below zero) and of single leads: the largest stays, the oldest of equal ones."""
    singles, there = sorted(end for end in part if end > 0), sorted(-end for end in part if end < 0)
    sizes = dict(_fetch(SIZES, [there])) if len(there) > 1 else dict.fromkeys(there, 1)
    kept = min(there, key=lambda pk: (-sizes[pk], pk), default=None)
    if kept is None:
        ((kept,),) = _fetch(OPENED, {"now": now, "leads": singles})
    others = [pk for pk in there if pk != kept]
    told = {"by": by.pk, "now": now, "same_exhibit": SAME_EXHIBIT, "by_a_person": BY_A_PERSON}
    given = {"kept": kept, "others": others, "singles": singles, "by_exhibit": by_exhibit, **told}
    changed = _fetch(JOINED, given)
    leads, center = sorted({lead for lead, _ in changed}), changed[0][1]
    audit.record_many("cluster.joined", Lead, leads, by=by, agency=center, cluster=kept, merged=others)


def _center(cluster):
    return Cluster.objects.values_list("agency_id", flat=True).get(pk=cluster)


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
    changes = sorted(changes, key=lambda each: (each.cluster_id, each.kind))
    for (cluster, kind), some in groupby(changes, key=lambda each: (each.cluster_id, each.kind)):
        leads = sorted(each.lead_id for each in some)
        audit.record_many(f"cluster.{kind}", Lead, leads, by=by, agency=_center(cluster), cluster=cluster)


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
