"""What people write one by one, and the watches over what is written, in a portal full of evidence.

A deed is done by its action and taken back; `scanned` is how many rows it read by going through a table instead of an
index, in triggers as well, and `scanned_large` how many of them were a large table's.
"""

import resource
import statistics
import time
from functools import partial
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import User
from evidence import filecheck, queries
from evidence.actions import acquisitions, exhibits, handovers, moves, traces
from evidence.models import Acquisition, Exhibit, Firearm, Incident, Place, StoredFile
from tests.benchmarks.measuring import Recorder, row

RUNS = 12
MOST_MS, MOST_SCANNED, MOST_MEGABYTES = 100, 20_000, 200
# Twenty chains are written one after the other.
TOGETHER = {"moving twenty by scan": 1_000}
SCANNED = """
select coalesce(sum(s.seq_tup_read), 0), coalesce(sum(s.seq_tup_read) filter (where c.reltuples > 5000), 0)
  from pg_stat_xact_user_tables s join pg_class c on c.oid = s.relid
"""


def figures(_connection):
    town = get_user_model().objects.get(email="lists-town@portal.example")
    other = User.objects.get(email__startswith="commander-", memberships__agency__in=town.memberships.values("agency"))
    for what, (prepare, deed) in _deeds(town, other).items():
        yield _measured(what, prepare, deed)
    yield from _watches()


def _deeds(town, other):
    """{name: (what is prepared, what is done with it)} for people of the biggest agency."""
    now, agency = timezone.now(), town.memberships.first().agency
    mine = Exhibit.objects.filter(agency=agency, disposed_at=None)
    incident = Incident.objects.filter(agency=agency, collection="collected").order_by("-pk").first()
    casings = list(mine.filter(kind="casing_group").exclude(hand_overs__status="offered").order_by("-pk")[:20])
    place = Place.objects.filter(agency=agency, kind="bin").order_by("-pk").first()
    waiting = (
        Acquisition.objects.filter(exhibit__agency=agency, entered_at=None, rejected_at=None).order_by("-pk").first()
    )
    gun = Firearm.objects.filter(exhibit__agency=agency, traces=None).order_by("-pk").first()
    receiver = {"agency": agency, "person": other, "purpose": "investigation"}
    return {
        "collecting an exhibit": (
            lambda: None,
            lambda _: exhibits.add(incident=incident, by=town, number="N-1", kind="casing_group", collected_at=now,
                                   caliber="9 mm"),
        ),
        "collecting a firearm": (
            lambda: None,
            lambda _: exhibits.add(incident=incident, by=town, number="N-2", kind="firearm", collected_at=now,
                                   firearm={"make": "Glock", "model": "19", "serial": "BKLM422"}),
        ),
        "offering an exhibit": (lambda: None, lambda _: handovers.offer(exhibit=casings[0], by=town, at=now,
        **receiver)),
        "confirming it": (
            lambda: handovers.offer(exhibit=casings[0], by=town, at=now, **receiver),
            lambda offered: handovers.confirm(hand_over=offered, by=other),
        ),
        "entering into NIBIN": (
            lambda: None,
            lambda _: acquisitions.enter(acquisition=waiting, reference="N-1", entered_at=now, by=_technician(waiting),
                                         late_code="backlog"),
        ),
        "recording a trace": (lambda: None, lambda _: traces.request(firearm=gun, by=town)),
        "moving twenty by scan": (lambda: None, lambda _: moves.check_in(exhibits=casings, place=place, by=town)),
    }  # fmt: skip


def _technician(acquisition):
    return User.objects.get(email=f"technician-{acquisition.site.code.lower()}@portal.example")


def _measured(what, prepare, deed):
    times, recorded = [], None
    for _ in range(RUNS):
        recorded = Recorder()
        with transaction.atomic():
            prepared = prepare()
            before = _scanned()
            with connection.execute_wrapper(recorded), connection.cursor() as cursor:
                began = time.perf_counter()
                deed(prepared)
                cursor.execute("set constraints all immediate")
                times.append((time.perf_counter() - began) * 1000)
            scanned, large = (after - at for after, at in zip(_scanned(), before, strict=True))
            transaction.set_rollback(True)
    spent, sql = statistics.quantiles(times)[0], sum(each[0] for each in recorded.statements)
    more = {"statements": len(recorded.statements), "scanned": scanned, "most_scanned": MOST_SCANNED}
    more |= {"scanned_large": large, "most_scanned_large": 0}
    return row(what, spent, sql, None, most_ms=TOGETHER.get(what, MOST_MS), **more)


def _scanned():
    with connection.cursor() as cursor:
        cursor.execute(SCANNED)
        return [int(each) for each in cursor.fetchone()]


def _watches():
    """The walk along all chains of custody, and the comparison of files without the reading of them."""
    began = time.perf_counter()
    broken = sum(1 for _ in queries.broken_custody())
    spent, memory = time.perf_counter() - began, {"megabytes": _megabytes(), "most_megabytes": MOST_MEGABYTES}
    assert not broken, f"{broken} rows of custody do not hold"
    yield row("verifying all custody", spent, spent, None, unit="s", **memory)
    files = StoredFile.objects.count()
    with transaction.atomic(), mock.patch("evidence.vault.digest", lambda sha256: sha256):
        began, ends = time.perf_counter(), partial(filecheck.compare, seconds=4)
        done, damaged = ends(since=timezone.now())
        each = (time.perf_counter() - began) / done
        transaction.set_rollback(True)
    assert not damaged, f"{len(damaged)} of {done} files damaged"
    memory = {"megabytes": _megabytes(), "most_megabytes": MOST_MEGABYTES}
    yield row(
        "comparing a file",
        each * 1000,
        each * 1000,
        None,
        files=files,
        hours_for_all=round(each * files / 3600, 1),
        **memory,
    )


def _megabytes():
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
