"""Two of everything that keeps the clocks: each rung is taken once, and what a dead scheduler missed is made up."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from celery import Celery
from django.db.models import Count
from django.utils import timezone

from agencies.models import Notification
from evidence.imports.notices import Notice, NoticeEvent
from leads.actions import notices
from leads.models import Escalation, Obligation
from tests.installation import ROOT, until

pytestmark = [pytest.mark.services]
LEADS = 100


def open_leads(city, prefix, now, many=LEADS):
    """So many leads of two agencies each that nobody has looked at since `now`."""

    def notice(number):
        key = f"{prefix}-{number:05d}"
        cases = [(city.papd, f"{prefix}-1{number:05d}"), (city.gmpd, f"{prefix}-2{number:05d}")]
        events = [
            NoticeEvent(row_number=row, case_number=case, case_key=case.replace("-", ""), agency=agency.code)
            for row, (agency, case) in enumerate(cases, 2)
        ]
        return Notice(lead_number=key, lead_key=key, notice_date=date(2026, 7, 15), site="WCL", events=events)

    made = notices.load(
        notices=[notice(number) for number in range(many)], center=city.center, by=city.analyst, now=now
    )
    assert len(made.opened) == many, f"Other tests opened leads of {prefix}: each needs a number of its own."
    return Obligation.objects.filter(lead__number__contains=f"{prefix}-")


def assert_every_rung_once(obligations):
    """Every obligation has the rungs 1 to 5, each once, and nobody was told the same twice."""
    taken = Escalation.objects.filter(obligation__in=obligations)
    assert taken.count() == 5 * obligations.count()
    assert not taken.values("obligation", "stage_started_at", "level").annotate(n=Count("id")).filter(n__gt=1).exists()
    leads = obligations.values("lead_id")
    told = Notification.objects.filter(verb__startswith="escalation.", object_id__in=leads)
    assert told.exists()
    assert not told.values("user", "verb", "object_id").annotate(n=Count("id")).filter(n__gt=1).exists()


def test_two_schedulers_and_two_workers_make_up_a_month_with_each_rung_once(portal):
    late = open_leads(portal.city, "41", timezone.now() - timedelta(days=60))
    for number in (1, 2):
        portal.worker(f"worker{number}")
        portal.beat(f"beat{number}")

    def all_at_the_top():
        """every obligation has climbed to the last rung"""
        return not late.exclude(level=5).exists()

    until(all_at_the_top)

    def both_came_by():
        """both workers have looked"""
        if all(name in looked(portal) for name in ("worker1", "worker2")):
            return True
        broker.send_task("leads.tasks.escalate")  # whichever of them is free takes it
        return False

    with Celery(broker=portal.environment["REDIS_URL"]) as broker:
        until(both_came_by, every=0.5)
    assert_every_rung_once(late)


def looked(portal):
    """The names of the workers that have looked at what is due, and were done."""
    logs = {name: (portal.folder / f"{name}.log").read_text() for name in ("worker1", "worker2")}
    return {name for name, text in logs.items() if re.search(r"leads\.tasks\.escalate\[\S+\] succeeded", text)}


def test_four_commands_at_once_take_each_rung_once_and_at_takes_the_time_it_is_told(portal):
    began = timezone.now() - timedelta(minutes=1)
    fresh = open_leads(portal.city, "42", began)
    first = min(fresh.values_list("next_step_at", flat=True))
    escalate(portal, first - timedelta(seconds=1))
    assert not Escalation.objects.filter(obligation__in=fresh).exists()
    late = began + timedelta(days=60)
    due = Obligation.objects.filter(next_step_at__lte=late).count()  # with those that other tests left open
    assert due >= 2 * LEADS
    assert escalate(portal, late, times=4) == [due]
    assert_every_rung_once(fresh)


def escalate(portal, at, times=1):
    """Run the command several times at once; returns [how many obligations moved, together]."""
    command = [sys.executable, "manage.py", "escalate", f"--at={at.isoformat()}"]
    options = {"cwd": ROOT, "env": portal.environment, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **options) for _ in range(times)]
    said = [process.communicate(timeout=180)[0] for process in running]
    assert [process.returncode for process in running] == [0] * times
    return [sum(int(text.split()[0]) for text in said)]
