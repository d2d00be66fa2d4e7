"""Real workers, a real queue and a real database, taken away in the middle of a load: whole, once, or not at all."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import AuditEvent, Notification
from evidence.actions import imports
from evidence.models import ImportBatch, Incident, Victim
from tests.evidence.import_city import checked
from tests.installation import Visitor, answer, until

pytestmark = [pytest.mark.services]
ROWS = 8_000


@pytest.fixture
def batch(portal, request):
    """A checked file of 8,000 cases with a victim each; the numbers are of this test alone."""
    year = {"killed": "31", "queue": "32", "database": "33"}[request.param]
    lines = [f"{year}-{n:06d},2026-06-{n % 28 + 1:02d},10:00,M,{20 + n % 40}" for n in range(ROWS)]
    content = "\n".join(["case_number,date,time,sex,age", *lines])
    made = checked(portal.city.papd, content, name=f"cases-{year}.csv", by=portal.city.technician)
    assert made.status == "checked", made.problem
    made.year = year
    return made


def written(batch):
    cases = Incident.objects.filter(case_number__startswith=f"{batch.year}-")
    return cases.count(), Victim.objects.filter(incident__in=cases).count()


def half_way(batch):
    def reads_on():
        """the load is in the middle of the file"""
        return ImportBatch.objects.filter(pk=batch.pk, status="loading", rows_done__gte=2000).exists()

    until(reads_on)
    assert written(batch) == (0, 0), "what is not finished is not seen"


def grown_old(batch):
    """As if the load had begun two minutes ago, when the sweep begins to look after it."""
    ImportBatch.objects.filter(pk=batch.pk).update(started_at=timezone.now() - timedelta(minutes=2), rows_done=0)


def attempts(batch):
    return AuditEvent.objects.filter(verb="import.attempted", object_id=batch.pk).count()


def assert_loaded_once(batch):
    def loaded():
        """the file is loaded"""
        return ImportBatch.objects.filter(pk=batch.pk, status="loaded").exists()

    until(loaded)
    assert written(batch) == (ROWS, ROWS)
    said = AuditEvent.objects.filter(verb="import.loaded", object_id=batch.pk)
    told = Notification.objects.filter(verb="import.finished", object_id=batch.pk)
    assert (said.count(), told.count()) == (1, 1)


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process are read from /proc")
@pytest.mark.parametrize("batch", ["killed"], indirect=True)
def test_a_load_whose_workers_are_killed_twice_is_written_whole_and_once(portal, batch):
    worker = portal.worker()
    visitor = Visitor(portal.url, portal.city.technician)
    status, _, _ = visitor.post(f"/imports/{batch.pk}/load/")
    assert status == 302
    half_way(batch)
    grown_old(batch)
    os.kill(children(worker)[0], signal.SIGKILL)

    def tried_again():
        """a second attempt is on record"""
        return attempts(batch) == 2

    portal.beat()  # the queue gives it out again at once; the sweep does when that came before the lock was gone
    until(tried_again)
    half_way(batch)
    grown_old(batch)
    os.killpg(worker.pid, signal.SIGKILL)
    assert written(batch) == (0, 0)
    assert ImportBatch.objects.get(pk=batch.pk).status == "loading"

    portal.worker("another")
    assert_loaded_once(batch)
    assert attempts(batch) == 3


@pytest.mark.parametrize("batch", ["queue"], indirect=True)
def test_a_page_that_queues_work_answers_without_a_queue_and_the_sweep_makes_up_for_it(portal, batch):
    portal.worker()
    portal.beat()
    visitor = Visitor(portal.url, portal.city.technician)
    portal.valkey.stop()
    try:
        status, headers, _ = visitor.post(f"/imports/{batch.pk}/load/")
        assert (status, headers["Location"]) == (302, f"/imports/{batch.pk}/")
        assert visitor.get(f"/imports/{batch.pk}/")[0] == 200
        assert answer(f"{portal.url}/health/ready") == 503
        batch.refresh_from_db()
        assert (batch.status, attempts(batch)) == ("loading", 0)
    finally:
        portal.valkey.start()
    grown_old(batch)
    assert_loaded_once(batch)
    assert answer(f"{portal.url}/health/ready") == 200


@pytest.mark.parametrize("batch", ["database"], indirect=True)
def test_the_database_starts_anew_under_a_load_and_web_and_worker_go_on(portal, batch):
    portal.worker()
    portal.beat()
    visitor = Visitor(portal.url, portal.city.technician)
    assert visitor.post(f"/imports/{batch.pk}/load/")[0] == 302
    half_way(batch)
    connection.close()
    portal.postgres.stop()
    try:
        assert answer(f"{portal.url}/health/live") == 200
        assert answer(f"{portal.url}/health/ready") == 503
        status, headers, page = visitor.get("/imports/")
        assert (status, headers["Retry-After"]) == (503, "60")
        assert b"Try again in a minute" in page
    finally:
        portal.postgres.start()
    assert visitor.get("/imports/")[0] == 200
    assert written(batch) == (0, 0)
    grown_old(batch)
    assert_loaded_once(batch)
    assert imports.load(batch=batch, by=portal.city.technician) is None, "what is loaded is not loaded again"
    assert portal.processes["worker"].poll() is None
    assert portal.processes["beat"].poll() is None
