"""Which leads are of one presumed gun, kept as links come and go: only what hangs on the changed leads is looked at."""

from itertools import groupby

from django.db import connection, transaction

from agencies import audit
from leads.clusters import connected
from leads.models import Cluster, ClusterChange, ClusterLead, Lead

Kind = ClusterChange.Kind
# Taken last of all locks and held to the end of the transaction: of two that bring one specimen to two leads the second
# sees what the first brought.
LOCK = 7_302_110
SAME_EXHIBIT = "It names an exhibit, or a gun, that another lead names."
WHY = {
    "exhibit": SAME_EXHIBIT,
    "notice": "A notice of one names the other by its number.",
    "person": "It was joined to another lead.",
}
NO_LINK = "Nothing links it to the others any more."

TIES = "select * from leads_ties(%s, %s)"
LINKS = "select * from leads_links(%s)"
NAMED = "select leads_name_specimens(%s)"
JOINED = "select * from leads_join(%s, %s, %s, %s, %s, %s, %s)"


@transaction.atomic(savepoint=False)
def regroup(leads, *, by, now, lost=False):
    """Put some leads (ids) into the clusters they belong to by now: those leads, and whatever hung together with them
    where a cluster fell apart. The last thing that an action does.

    lost: a link of theirs may be gone, so that what hung together is looked over whole.
    """
    leads = sorted(set(leads))
    apart = set(leads)
    found = _ties(leads)
    if lost:
        for cluster in sorted(set(_clusters(leads).values())):
            apart |= _part(cluster, by, now)
        found = _ties(leads)
    # A cluster is one thing, however many leads are in it; leads have their numbers, clusters theirs below zero.
    ends = [(-(a or -one), -(b or -other)) for one, other, _how, a, b in found]
    named = {what: [lead for *ends, how, _a, _b in found if how == what for lead in ends] for what in WHY}
    for part in connected({end for pair in ends for end in pair}, (), ends):
        if len(part) > 1:
            _join(part, named, by, now)
    return apart


def _ties(leads):
    """[(lead, lead, what ties them, cluster or None, cluster or None)]: asked under the lock, where there are any."""
    return _fetch(TIES, [leads, LOCK])


def _join(part, named, by, now):
    """Make one cluster of some (ids below zero) and of single leads: the largest stays, the oldest of equal ones."""
    singles, there = sorted(end for end in part if end > 0), sorted(-end for end in part if end < 0)
    changed = _fetch(JOINED, [there, singles, named["exhibit"], named["notice"], by.pk, now, list(WHY.values())])
    leads, (_, kept, center) = sorted({lead for lead, *_ in changed}), changed[0]
    others = [pk for pk in there if pk != kept]
    audit.record_many("cluster.joined", Lead, leads, by=by, agency=center, cluster=kept, merged=others)


def _center(cluster):
    return Cluster.objects.values_list("agency_id", flat=True).get(pk=cluster)


def _part(pk, by, now):
    """Let a cluster fall into what still hangs together: the largest part keeps its number, the others that are more
    than one lead get numbers of their own. Which leads (ids) are not all of one gun any more.
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
    return members if changes else set()


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
    """[(lead, lead, what ties them: exhibit, notice or person)] of all links that these leads have."""
    return _fetch(LINKS, [list(leads)])


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


def tell_anew(lead):
    """A lead goes out that waited for triage: whoever is on its gun hears of it, as if it had joined now."""
    inside = ClusterLead.objects.filter(lead=lead).values("cluster")
    joined = ClusterChange.objects.filter(lead=lead, cluster__in=inside, kind=Kind.JOINED).order_by("-id")
    ClusterChange.objects.filter(pk__in=joined.values("pk")[:1], told_at__isnull=False).update(told_at=None)
