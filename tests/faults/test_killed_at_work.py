"""A worker that is killed after it wrote and before it committed, and a queue that is killed meanwhile: the next one
does all of it, and nobody hears twice.

It is held at the last statement of its transaction by a lock on the table which that writes.
"""

import os
import signal
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from agencies import audit
from agencies.models import AuditEvent, Notification
from agencies.tasks import mail_notifications
from cgic.celery import app
from cgic.environment import redis_database
from evidence.actions import imports
from evidence.models import ImportBatch
from evidence.tasks import load_import, sweep_imports
from leads.models import Escalation, Lead, LeadEvent, Obligation
from leads.tasks import escalate
from tests.beside import somebody_waits_for_us
from tests.evidence.import_city import uploaded
from tests.faults.test_schedulers import assert_every_rung_once, open_leads
from tests.installation import until

pytestmark = [pytest.mark.services]
LEADS = 20
BUSY = """select count(*) from pg_stat_activity
           where state <> 'idle' and pid <> pg_backend_pid() and backend_type = 'client backend'"""
WROTE = "select count(*) from pg_locks where mode = 'RowExclusiveLock' and relation = %s::regclass"
ROW = "43-{lead:03d},07/14/2026,WCL,{agency},43-{case:04d},Shots fired,07/03/2026 23:10,900 blk Quarry St,9 mm,N"
HEADER = "Lead Number,Notice Date,Site,Agency,Case Number,Offense,Date,Location,Caliber,Confirmed"


def queue(portal, task, *args):
    """Into the queue of the installation instead of the one that this process has."""
    with app.connection_for_write(redis_database(portal.valkey.url, 0)) as broker:
        task.apply_async(args, connection=broker)


@pytest.fixture
def worker(portal):
    """It comes up while the rest of the scene is made, and finds nothing that others left in the queue."""
    with app.connection_for_write(redis_database(portal.valkey.url, 0)) as broker:
        broker.default_channel.client.flushdb()
    return portal.worker()


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.description and cursor.fetchone()


@contextmanager
def held_while_it_writes(*, wrote, held_at, then):
    """What is begun here is worked on up to the table where it is held, another was written before; then something is
    done, and it may go on.
    """

    def is_held():
        """the worker waits for the lock, with what it wrote behind it; what else waits is not the one"""
        return somebody_waits_for_us() and ask(WROTE, wrote) == (1,)

    with transaction.atomic():
        ask(f"lock table {held_at} in share mode")
        yield
        until(is_held)
        then()


@contextmanager
def killed_while_it_writes(worker, *, wrote, held_at):
    """So far comes what is queued here; then the worker and all that it started die."""

    def kill():
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    with held_while_it_writes(wrote=wrote, held_at=held_at, then=kill):
        yield

    def is_gone():
        """the database has noticed that nobody is there any more"""
        return not ask(BUSY)[0]

    until(is_gone)


def mailed(told):
    """How often each of these notices went out by two rounds of mailing, those of other tests left out."""
    Notification.objects.exclude(pk__in=told).filter(mailed_at=None).update(mailed_at=timezone.now())
    mail_notifications()
    mail_notifications()
    bodies = [each.body for each in mail.outbox]
    return [sum(f"/notifications/{pk}/\n" in body for body in bodies) for pk in told.values_list("pk", flat=True)]


def test_a_worker_killed_while_it_escalates_leaves_each_rung_to_the_next_once(portal, worker):
    late = open_leads(portal.city, "44", timezone.now() - timedelta(days=60), many=LEADS)
    told = Notification.objects.filter(verb__startswith="escalation.", object_id__in=late.values("lead_id"))
    with killed_while_it_writes(worker, wrote="leads_escalation", held_at="agencies_auditevent"):
        queue(portal, escalate)
    assert not Escalation.objects.filter(obligation__in=late).exists()
    assert not told.exists()
    assert not late.exclude(level=0).exists()

    escalate()
    escalate()
    assert_every_rung_once(late)
    assert set(mailed(told)) == {1}
    said = AuditEvent.objects.filter(verb="obligation.escalated").values_list("data", flat=True)
    ids = [pk for data in said for pk in data["ids"]]
    assert [ids.count(pk) for pk in late.values_list("pk", flat=True)] == [1] * 2 * LEADS
    assert audit.broken_links() == []


def test_a_queue_killed_while_they_escalate_and_empty_afterwards_costs_no_rung_and_repeats_none(portal, worker):
    late = open_leads(portal.city, "47", timezone.now() - timedelta(days=60), many=LEADS)

    def kill():
        portal.valkey.process.kill()
        portal.valkey.process.wait()

    with held_while_it_writes(wrote="leads_escalation", held_at="agencies_auditevent", then=kill):
        queue(portal, escalate)
        portal.worker("another")
        portal.beat("one")
        portal.beat("two")

    def is_done():
        """what was in the middle comes to its end without a queue"""
        return not late.exclude(level=5).exists()

    try:
        until(is_done)
        assert_every_rung_once(late)
        meanwhile = open_leads(portal.city, "46", timezone.now() - timedelta(days=60), many=LEADS)
    finally:
        portal.valkey.start()

    def is_made_up():
        """what came due while there was no queue has climbed as well"""
        return not meanwhile.exclude(level=5).exists()

    until(is_made_up)
    assert_every_rung_once(late | meanwhile)
    assert [name for name, process in portal.processes.items() if process.poll() is not None] == []


@pytest.fixture
def batch(portal):
    """A checked file with twenty notices of two events each."""
    pair = ("Port Alder PD", "Glenmoor PD")
    rows = [ROW.format(lead=case // 2, agency=pair[case % 2], case=case) for case in range(2 * LEADS)]
    file, by = uploaded("\n".join([HEADER, *rows]), "notices-43.csv"), portal.city.analyst
    made = imports.upload(agency=portal.city.center, kind="leads", upload=file, by=by)
    imports.start_check(batch=made, by=by, queue=False)
    made = imports.check(batch=made, by=by)
    assert (made.status, made.counts["new"]) == ("checked", LEADS), made.problem
    return imports.start_load(batch=made, by=by, queue=False)


def test_a_worker_killed_while_it_loads_notices_leaves_them_to_the_sweep_which_opens_each_lead_once(
    portal, worker, batch, monkeypatch
):
    opened = Lead.objects.filter(number__startswith="WCL-43-")
    with killed_while_it_writes(worker, wrote="leads_obligation", held_at="evidence_importfinding"):
        queue(portal, load_import, batch.pk)
    assert not opened.exists()
    assert not Obligation.objects.filter(lead__in=opened).exists()

    monkeypatch.setattr(load_import, "delay", load_import)
    ImportBatch.objects.filter(pk=batch.pk).update(started_at=timezone.now() - timedelta(minutes=2))
    sweep_imports()
    load_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.counts["new"]) == ("loaded", LEADS)
    assert (opened.count(), LeadEvent.objects.filter(lead__in=opened).count()) == (LEADS, 2 * LEADS)
    owed = Obligation.objects.filter(lead__in=opened).values_list("lead", "agency")
    assert len(set(owed)) == len(owed) == 2 * LEADS
    told = Notification.objects.filter(verb="lead.sent", object_id__in=opened)
    assert len(set(told.values_list("user", "object_id"))) == told.count() == 2 * LEADS
    assert set(mailed(told)) == {1}
    assert AuditEvent.objects.filter(verb="lead.opened", object_id__in=opened).count() == LEADS
    assert Notification.objects.filter(verb="import.finished", object_id=batch.pk).count() == 1
