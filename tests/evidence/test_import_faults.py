"""Workers that die, queues that vanish, two workers on one file: nothing half-written, nothing twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from agencies.models import AuditEvent, Notification, User
from evidence import loading, tasks
from evidence.actions import imports
from evidence.loading import stage, watching
from evidence.models import ImportBatch, Incident, Victim
from tests.evidence.import_city import checked, take
from tests.factories import City

pytestmark = pytest.mark.usefixtures("stored_files")
FILE = "case_number,date,time,sex,age\n" + "".join(
    f"26-{number:05d},2026-06-{number % 28 + 1:02d},10:00,M,{20 + number % 40}\n" for number in range(2500)
)
CHILD = """
import sys, time, django
django.setup()
from evidence import tasks
from evidence.loading import stage
real = stage.write
def write(*args, **values):
    found = real(*args, **values)
    print("written", flush=True)
    time.sleep(60)
    return found
stage.write = write
tasks.load_import(int(sys.argv[1]))
"""


@pytest.fixture
def committed(transactional_db):
    return City()


def database_url():
    parts = connection.settings_dict
    user, password, host = parts["USER"], quote(parts["PASSWORD"], safe=""), quote(parts["HOST"], safe="")
    return f"postgresql://{user}:{password}@{host}:{parts['PORT']}/{parts['NAME']}"


def ready_to_load(city):
    batch = checked(city.papd, FILE, by=city.technician)
    return imports.start_load(batch=batch, by=city.technician, queue=False)


@pytest.mark.services
def test_a_worker_killed_in_the_middle_of_a_load_leaves_nothing_and_the_sweep_finishes_it(
    committed, settings, monkeypatch
):
    batch = ready_to_load(committed)
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["FILES_DIR"] = str(settings.MEDIA_ROOT)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(batch.pk)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    try:
        assert child.stdout.readline() == "written\n"
        tasks.load_import(batch.pk)
        assert not Incident.objects.exists(), "a second worker leaves a file alone that another one reads"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    assert not Incident.objects.exists()
    assert not Victim.objects.exists()
    batch.refresh_from_db()
    assert batch.status == "loading"
    assert not ImportBatch.objects.unattended().exists(), "it may still be in the queue"

    queued = []
    monkeypatch.setattr(tasks.load_import, "delay", queued.append)
    ImportBatch.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    tasks.sweep_imports()
    assert queued == [batch.pk]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and batch.status == "loading":
        tasks.load_import(batch.pk)
        batch.refresh_from_db()
        time.sleep(0.1)
    tasks.load_import(batch.pk)
    assert (batch.status, batch.counts["new"]) == ("loaded", 2500)
    assert (Incident.objects.count(), Victim.objects.count()) == (2500, 2500)
    assert AuditEvent.objects.filter(verb="import.loaded").count() == 1
    assert Notification.objects.filter(user=committed.technician, verb="import.finished").count() == 1


def test_the_progress_bar_moves_while_the_file_is_read_and_a_stop_is_heard(committed, monkeypatch):
    batch = take(committed.papd, FILE, by=committed.technician)
    imports.start_check(batch=batch, by=committed.technician, queue=False)
    seen = []
    real = stage.compare

    def compare(*args, **values):
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("select rows_done from evidence_importbatch")
            seen.append(cursor.fetchone()[0])
        other.close()
        return real(*args, **values)

    monkeypatch.setattr(stage, "compare", compare)
    tasks.check_import(batch.pk)
    assert seen == [2000]
    batch.refresh_from_db()
    assert batch.status == "checked"

    imports.start_check(batch=batch, by=committed.technician, queue=False)
    watched = loading.Watched.rows

    def stopped_after_a_while(self):
        for number, entry in enumerate(watched(self)):
            if number == 1500:
                other = connections.create_connection("default")
                with other.cursor() as cursor:
                    cursor.execute("update evidence_importbatch set status = 'cancelled'")
                other.close()
            yield entry

    monkeypatch.setattr(loading.Watched, "rows", stopped_after_a_while)
    tasks.check_import(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "cancelled"


def test_a_queue_that_is_gone_loses_no_file(committed, monkeypatch):
    batch = take(committed.papd, FILE, by=committed.technician)

    def gone(*_args):
        raise OperationalError("no queue")

    monkeypatch.setattr(tasks.check_import, "delay", gone)
    imports.start_check(batch=batch, by=committed.technician)
    assert ImportBatch.objects.unattended(timezone.now() + timedelta(minutes=1)).get() == batch


def test_a_file_that_brings_worker_after_worker_down_is_given_up_with_a_sentence(city):
    batch = take(city.papd, FILE, by=city.technician)
    imports.start_check(batch=batch, by=city.technician, queue=False)
    system = User.objects.system()
    assert [imports.attempt(batch=batch, by=system) for _ in range(6)] == [True] * 5 + [False]
    batch.refresh_from_db()
    assert batch.status == "failed"
    assert "Nothing was written" in batch.problem
    assert Notification.objects.get().verb == "import.failed"
    imports.start_check(batch=batch, by=city.technician, queue=False)
    assert imports.attempt(batch=batch, by=system), "who asks again gets a new start"


def test_a_failure_nobody_thought_of_is_told_and_leaves_nothing(city, monkeypatch):
    batch = ready_to_load(city)

    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("agencies.audit.record_many", broken)
    monkeypatch.setattr(watching, "Watch", Unwatched)
    tasks.load_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.problem) == ("failed", tasks.BROKEN)
    assert not Incident.objects.exists()


class Unwatched(watching.Watch):
    """In one test transaction a second connection sees nothing."""

    def __init__(self, batch, status, watched):
        super().__init__(batch, status, watched=False)


def test_who_lost_the_right_meanwhile_loads_nothing(city, monkeypatch):
    batch = ready_to_load(city)
    city.technician.memberships.update(ended_at=timezone.now(), ended_by=User.objects.system())
    monkeypatch.setattr(watching, "Watch", Unwatched)
    tasks.load_import(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "failed"
    assert "Only people who may load files for Port Alder PD" in batch.problem
    assert not Incident.objects.exists()


def test_a_file_cut_or_gone_between_check_and_load_is_refused_and_nothing_written(city, settings):
    batch = ready_to_load(city)
    with transaction.atomic():
        stored = settings.MEDIA_ROOT / batch.file.sha256[:2] / batch.file.sha256
        stored.write_bytes(FILE.encode()[:-200] + b'"cut')
    failed = imports.load(batch=batch, by=city.technician)
    assert failed.status == "failed"
    assert not Incident.objects.exists()
    stored.unlink()
    imports.start_check(batch=batch, by=city.technician, queue=False)
    assert "Upload it again" in imports.check(batch=batch, by=city.technician).problem
