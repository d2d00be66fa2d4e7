"""A link that joins two leads, in a portal of so many leads: what an action spends on clusters beside its own work."""

import random
import statistics
import time

from django.db import connection, transaction
from django.utils import timezone

from agencies.models import User
from leads.actions._clusters import regroup
from leads.models import ClusterLead, Lead, LeadPair
from tests.benchmarks.measuring import row
from tests.benchmarks.serving import run

LINKS = 300
# Milliseconds at the median and at the 95th percentile: twice what it took when the design was tried.
MOST_MS = (4, 24)
SIZES = (1, 1, 1, 2, 3, 5, 8, 40)


def figures(_connection):
    by, rng = User.objects.system(), random.Random(7)
    count, first, last = run("select count(*), min(id), max(id) from leads_lead")[0]
    with transaction.atomic():
        _fill(by, rng, first, last, min(count // 4, 100_000))
        times = [_joined(by, rng, first, last) for _ in range(LINKS)]
        floors = [_by_hand(by, rng, first, last) for _ in range(LINKS)]
        transaction.set_rollback(True)
    for words, figure, most in (("median", statistics.median, MOST_MS[0]), ("one in twenty", _late, MOST_MS[1])):
        yield row(f"a link that joins, {words}", figure(times), figure(floors), None, most_ms=most)


def _late(times):
    return statistics.quantiles(times, n=20)[-1]


def _by_hand(by, rng, first, last):
    """The least there is to write of it: the smaller cluster's leads get the other's number, and a row says so."""
    one, other = sorted(rng.sample(range(first, last + 1), 2))
    began = time.perf_counter()
    run(
        """with a as (select cluster_id from leads_clusterlead where lead_id = %(one)s),
                b as (select cluster_id from leads_clusterlead where lead_id = %(other)s),
                c as (update leads_clusterlead set cluster_id = a.cluster_id from a, b
                       where leads_clusterlead.cluster_id = b.cluster_id returning lead_id)
           insert into leads_clusterchange (lead_id, cluster_id, kind, why, at, by_id)
           select lead_id, cluster_id, 'joined', 'by hand', now(), %(by)s from c, a returning id""",
        {"one": one, "other": other, "by": by.pk},
    )
    return (time.perf_counter() - began) * 1000


def _fill(by, rng, first, last, leads):
    """Clusters of many sizes, as rows."""
    ids = iter(rng.sample(range(first, last + 1), leads))
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
    there = set(Lead.objects.values_list("pk", flat=True)) if last - first > leads * 10 else None
    members, pairs, number = [], [], 0
    now = timezone.now()
    centers = run("select min(agency_id) from leads_lead")[0][0]
    while True:
        size = rng.choice(SIZES)
        part = sorted(pk for _, pk in zip(range(size), ids, strict=False) if there is None or pk in there)
        if len(part) < size:
            break
        if size > 1:
            number += 1
            members += [(pk, number) for pk in part]
            pairs += [(part[0], pk) for pk in part[1:]]
    run(
        """insert into leads_cluster (id, agency_id, opened_at, changed_at, layout)
           select n, %s, %s, %s, '{}' from generate_series(1, %s) n returning id""",
        [centers, now, now, number],
    )
    ClusterLead.objects.bulk_create([ClusterLead(lead_id=pk, cluster_id=n) for pk, n in members], batch_size=5000)
    LeadPair.objects.bulk_create(
        [LeadPair(one_id=a, other_id=b, reason="bench", decided_at=now, decided_by=by) for a, b in pairs],
        batch_size=5000,
    )
    run("select setval('leads_cluster_id_seq', %s)", [number + 1])
    with connection.cursor() as cursor:
        for table in ("leads_clusterlead", "leads_leadpair", "leads_cluster"):
            cursor.execute(f"analyze {table}")


def _joined(by, rng, first, last):
    now = timezone.now()
    one, other = sorted(rng.sample(range(first, last + 1), 2))
    if LeadPair.objects.filter(one=one, other=other).exists():
        return 0.0
    LeadPair.objects.create(one_id=one, other_id=other, reason="bench", decided_at=now, decided_by=by)
    began = time.perf_counter()
    regroup([one, other], by=by, now=now)
    return (time.perf_counter() - began) * 1000
