"""Leads said to be of one gun, or not; those concerned are told, and what was closed on such a lead begins anew."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import queries
from leads.actions._bulletins import look_for_stale
from leads.actions._clusters import regroup
from leads.actions._directory import Directory
from leads.actions._leads import hold, settle
from leads.actions._releases import tell_of_growth
from leads.actions._screenings import merge_screenings
from leads.models import Cluster, ClusterChange, ClusterLead, Lead, LeadPair
from leads.policies import clusters as policies
from leads.queries import clusters as queries_clusters

Status = LeadPair.Status


@transaction.atomic
def join(*, lead, other, reason, by, now=None):
    """Say that two leads are of one gun: their clusters become one."""
    return _decide(lead, other, Status.JOINED, reason, by, now or timezone.now())


@transaction.atomic
def keep_apart(*, lead, other, reason, by, now=None):
    """Say that two leads are not of one gun as far as is known: they are not suggested again."""
    return _decide(lead, other, Status.APART, reason, by, now or timezone.now())


def _decide(lead, other, status, reason, by, now):
    one, other = _locked(lead.pk, other.pk)
    pair = LeadPair.objects.select_for_update(of=["self"], no_key=True).filter(one=one, other=other).first()
    access.enforce(policies.decide_pair, by, one, other, pair)
    said = {"status": status, "reason": reason, "decided_at": now, "decided_by": by}
    if pair is None:
        pair = LeadPair.objects.create(one=one, other=other, **said)
    else:
        _say(pair, said)
    audit.record(f"pair.{status}", pair, by=by, agency=one.agency, leads=[one.number, other.number], reason=reason)
    if status == Status.JOINED:
        regroup([one.pk, other.pk], by=by, now=now)
    return pair


def _locked(*ids):
    found = hold(Lead.objects.filter(pk__in=ids))
    return (found[0], found[-1])


def _say(pair, said):
    for name, value in said.items():
        setattr(pair, name, value)
    pair.save(update_fields=list(said))


@transaction.atomic
def take_back(*, pair, reason, by, now=None):
    """Take back what was said of two leads. A cluster that only this held together falls apart."""
    now = now or timezone.now()
    one, other = _locked(pair.one_id, pair.other_id)
    pair = LeadPair.objects.select_for_update(of=["self"], no_key=True).get(pk=pair.pk)
    pair.one, pair.other, was = one, other, pair.status
    access.enforce(policies.take_back_pair, by, pair)
    _say(pair, {"status": Status.TAKEN_BACK, "reason": reason, "decided_at": now, "decided_by": by})
    audit.record("pair.taken_back", pair, by=by, agency=one.agency, leads=[one.number, other.number], reason=reason)
    if was == Status.JOINED:
        look_for_stale(regroup([one.pk, other.pk], by=by, now=now, lost=True), by=by, now=now)
    return pair


@transaction.atomic
def arrange(*, cluster, layout, by):
    """Keep where a person put the nodes of the chart."""
    cluster = Cluster.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=cluster.pk)
    access.enforce(policies.arrange, by, cluster)
    cluster.layout = layout
    cluster.save(update_fields=["layout"])
    audit.record("cluster.arranged", cluster, by=by, agency=cluster.agency, nodes=len(layout))
    return cluster


@transaction.atomic
def look_again(*, by, after=0, limit=2000, now=None):
    """Look whether exhibits are here by now that notices name: the newest first, the id to go on from or None at the
    end. after: an id of an event, 0 at the beginning.
    """
    access.enforce(policies.tell_changes, by)
    rows = queries_clusters.unfound_specimens(after, limit)
    if leads := {row["lead_id"] for row in rows}:
        regroup(leads, by=by, now=now or timezone.now())
        audit.record("cluster.looked_again", None, by=by, leads=len(leads))
    return rows[-1]["id"] if len(rows) == limit else None


@transaction.atomic
def tell(*, by, now=None):
    """Tell of one cluster's changes nobody was told of, and have what was closed on its leads begin anew where it grew;
    whether there was one. Call again until there is none.
    """
    access.enforce(policies.tell_changes, by)
    now = now or timezone.now()
    first = ClusterChange.objects.filter(told_at=None).order_by("id").values_list("cluster_id", flat=True).first()
    if first is None:
        return False
    untold = ClusterChange.objects.filter(cluster=first, told_at=None)
    changes = list(untold.select_for_update(of=["self"], skip_locked=True, no_key=True).order_by("id"))
    leads = {each.lead_id for each in changes}
    # Those it grew by, and those that were there.
    grown = {each.lead_id for each in changes if each.kind in ClusterChange.GROWS}
    among = set(ClusterLead.objects.filter(cluster=first).values_list("lead_id", flat=True)) if grown else set()
    _tell_of(leads, grown, among, first, by=by, now=now)
    ClusterChange.objects.filter(pk__in=[each.pk for each in changes]).update(told_at=now)
    audit.record("cluster.told", None, by=by, cluster=first, changes=len(changes))
    return bool(changes)


def _tell_of(leads, grown, among, cluster, *, by, now):
    """Those at work on leads (ids) that changed, and on all leads `among` which some are new (`grown`), hear of it. A
    lead that waits for triage is known to nobody: of a gun that joins it to one other lead neither hears yet, and the
    lead itself comes back to the desk. When it is sent it is told of (`_clusters.tell_anew`).
    """
    held = hold(Lead.objects.filter(pk__in=leads | among))
    # Asked behind the locks: who sends one of them holds it.
    inside = ClusterLead.objects.filter(cluster=cluster).values_list("lead_id", flat=True)
    kept = queries_clusters.kept_back({*leads, *inside})
    known = {*leads, *inside} - kept
    for lead in held:
        if lead.is_withdrawn or (lead.pk in known and len(known) < 2):
            continue
        if grown - kept or (grown and lead.pk in kept):
            settle(lead, directory=Directory(lead.agency), by=by, now=now, grew=True, grown="cluster.joined")
        elif lead.pk in leads & known:
            notify(queries.involved(lead), "cluster.parted", lead, by=by, now=now)
    if grown - kept:
        tell_of_growth(known, by=by, now=now)
        merge_screenings(known, by=by, now=now)
