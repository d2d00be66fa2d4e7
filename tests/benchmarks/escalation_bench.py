"""Escalating what is overdue beside one statement written by hand for just that.

The floor does the least that keeps the promise: it moves every due row to its rung and writes the rung, without telling
anybody and without audit. Both are undone, so that each run finds the same rows, and take turns.
"""

import time
from datetime import timedelta
from statistics import median

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from leads.actions import escalations
from leads.models import Obligation
from tests.benchmarks.measuring import row

OVERDUE = 100_000
ROUNDS = 3
BY_HAND = """
with due as (
  select id, stage_started_at, steps, level, state, due_at from leads_obligation where next_step_at <= %s for update
), moved as (
  update leads_obligation o set level = d.level + 1, next_step_at = d.steps[d.level + 2] from due d where o.id = d.id
)
insert into leads_escalation (obligation_id, stage, stage_started_at, level, due_at, at)
select id, state, stage_started_at, level + 1, steps[level + 1], %s from due on conflict do nothing
"""


def figures(connection):
    now = timezone.now()
    count = min(OVERDUE, Obligation.objects.open().count())
    taken = {way: [] for way in (_by_the_action, _by_hand)}
    for _ in range(ROUNDS):
        for way, seconds in taken.items():
            spent, moved = _undone(connection, now, count, way)
            seconds.append(spent)
    ours, floor = map(median, taken.values())
    return [row(f"escalating {moved:,} due steps", ours, floor, 2, unit="s", rows_per_second=round(moved / ours))]


def _undone(connection, now, count, escalate):
    with transaction.atomic():
        _make_due(connection, now, count)
        start = time.perf_counter()
        moved = escalate(connection, now)
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    return seconds, moved


def _make_due(connection, now, count):
    """Exactly `count` open obligations have one step due now; everything else has time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update leads_obligation set next_step_at = %s where next_step_at is not null", [now + timedelta(days=9)]
        )
        cursor.execute(
            """update leads_obligation o set level = 0, stage_started_at = %(now)s, next_step_at = %(now)s,
                      steps = array[%(now)s, %(now)s + interval '1 day', %(now)s + interval '2 day',
                                    %(now)s + interval '3 day', %(now)s + interval '4 day']
                from (select id from leads_obligation where due_at is not null order by id limit %(count)s) x
               where o.id = x.id""",
            {"now": now, "count": count},
        )
        cursor.execute("analyze leads_obligation")


def _by_the_action(connection, now):
    system, total = User.objects.system(), 0
    while moved := escalations.climb(by=system, now=now):
        total += moved
    return total


def _by_hand(connection, now):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [now, now])
        return cursor.rowcount
