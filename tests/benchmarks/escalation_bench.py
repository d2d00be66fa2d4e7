"""Escalating what is overdue by a day beside one statement written by hand for just that.

Every rung is due then, and those who owe, their commanders and the center are told. The floor writes the same: it moves
each row, writes its five rungs, and the same notices from a list made beforehand, where the portal has to find out whom
to tell; it writes no audit. Both are undone, so that each run finds the same rows, and take turns.

Then a few overdue among a tenth of all obligations beside as many among all of them: the time must follow the overdue.
"""

import time
from datetime import timedelta
from statistics import median

from django.db import transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from agencies.models import Notification, User
from leads.actions import escalations
from leads.clock import RUNGS
from leads.models import Escalation, Obligation
from tests.benchmarks.measuring import row

OVERDUE = 100_000
ROUNDS = 3
# As often as the action's batch goes into a hundred thousand: what reads all there is does so once for each.
BATCHES = 10
BY_HAND = """
with due as (
  select o.id, o.stage_started_at, o.steps, o.level, o.state,
         (select count(*) from unnest(o.steps) step where step <= %(now)s)::int as upto
    from leads_obligation o where o.next_step_at <= %(now)s for update
), moved as (
  update leads_obligation o set level = d.upto, next_step_at = d.steps[d.upto + 1] from due d where o.id = d.id
), told as (
  insert into agencies_notification (user_id, verb, object_type, object_id, label, created_at)
  select user_id, verb, 'leads.lead', object_id, label, %(now)s from floor_told
), rungs as (
  insert into leads_escalation (obligation_id, stage, stage_started_at, level, due_at, at)
  select id, state, stage_started_at, rung, steps[rung], %(now)s from due, generate_series(level + 1, upto) rung
)
select count(*) from due
"""


def figures(connection):
    now = timezone.now()
    count = min(OVERDUE, Obligation.objects.open().count())
    _list_whom_to_tell(connection, now, count)
    taken = {way: [] for way in (_by_the_action, _by_hand)}
    for _ in range(ROUNDS):
        done = []
        for way, seconds in taken.items():
            spent, wrote = _undone(connection, now, count, way)
            seconds.append(spent)
            done.append(wrote)
        (*ours, told), (*floor, sent) = done
        # Who stands on two rungs of one lead hears of it once from the portal: a few of hundreds of thousands.
        assert ours == floor, f"(moved, rungs) of the portal and of its floor differ: {done}"
        assert abs(told - sent) <= sent / 1000, f"notices of the portal and of its floor differ: {done}"
    ours, floor = map(median, taken.values())
    moved, rungs, notices = wrote
    more = {"rungs": rungs, "notices": notices, "rows_per_second": round(moved / ours)}
    escalated = row(f"escalating {moved:,} overdue by a day", ours, floor, 2, unit="s", **more)
    return [escalated, _among_more(connection, now)]


def _among_more(connection, now):
    """As many overdue among ten times as many obligations, by the time that they take among fewer."""
    total = Obligation.objects.count()
    overdue = min(total // 100, Obligation.objects.open().count())
    among = {many: [] for many in (total // 10, total)}
    for _ in range(ROUNDS):
        for many, seconds in among.items():
            with transaction.atomic():
                _set_aside(connection, now, many)
                spent, wrote = _undone(connection, now, overdue, _in_batches(overdue))
                transaction.set_rollback(True)
            assert wrote[:2] == (overdue, overdue * len(RUNGS)), f"{wrote} of {overdue}"
            seconds.append(spent)
    fewer, more = map(median, among.values())
    return row(f"escalating {overdue:,} of {total:,}, by {overdue:,} of {total // 10:,}", more, fewer, 1.5, unit="s")


def _set_aside(connection, now, many):
    """So many obligations whose clocks run, in a table of this session which stands before that of the portal."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table leads_obligation (like public.leads_obligation including indexes)")
        cursor.execute(
            """insert into leads_obligation select * from public.leads_obligation
                order by due_at is null, id limit %s""",
            [many],
        )
        cursor.execute("update leads_obligation set next_step_at = %s", [now + timedelta(days=9)])


def _in_batches(overdue):
    def escalate(_connection, now):
        return _climbed(now, limit=max(overdue // BATCHES, 1))

    return escalate


def _list_whom_to_tell(connection, now, count):
    """What the action tells is kept for the floor in a table of this session."""
    with transaction.atomic():
        _make_due(connection, now, count)
        _by_the_action(connection, now)
        told = list(_notices(now).values_list("user_id", "verb", "object_id", "label"))
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("create temp table floor_told (user_id bigint, verb text, object_id bigint, label text)")
        execute_values(cursor.cursor, "insert into floor_told values %s", told, page_size=1000)
        cursor.execute("analyze floor_told")


def _notices(now):
    return Notification.objects.filter(created_at=now, verb__startswith="escalation.")


def _undone(connection, now, count, escalate):
    """(seconds, (obligations moved, rungs, notices)) of one way, which leaves nothing behind."""
    with transaction.atomic():
        _make_due(connection, now, count)
        start = time.perf_counter()
        moved = escalate(connection, now)
        seconds = time.perf_counter() - start
        wrote = moved, Escalation.objects.filter(at=now).count(), _notices(now).count()
        transaction.set_rollback(True)
    return seconds, wrote


def _make_due(connection, now, count):
    """The stage of exactly `count` open obligations had a limit of eight hours, of which the last was a day ago;
    everything else has time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update leads_obligation set next_step_at = %s where next_step_at is not null", [now + timedelta(days=9)]
        )
        began = now - timedelta(hours=32)
        steps = [began + timedelta(hours=8) * rung / 100 for rung in RUNGS]
        cursor.execute(
            """update leads_obligation o set level = 0, stage_started_at = %(began)s,
                      next_step_at = %(first)s, steps = %(steps)s
                from (select id from leads_obligation where due_at is not null order by id limit %(count)s) x
               where o.id = x.id""",
            {"began": began, "first": steps[0], "steps": steps, "count": count},
        )
        cursor.execute("analyze leads_obligation")


def _by_the_action(_connection, now):
    return _climbed(now)


def _climbed(now, **batch):
    system, total = User.objects.system(), 0
    while moved := escalations.climb(by=system, now=now, **batch):
        total += moved
    return total


def _by_hand(connection, now):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"now": now})
        return cursor.fetchone()[0]
