"""The seven stages from scene to feedback: what came in, what went on, how long it took, what was in time.

Each figure is computed from the rows of its stage (`stage_rows`), for a period and the equally long one
before it, in one statement a stage; of the first three, past days are kept (`stage_days`). Rates of fewer than ten are
not given. Nothing here says that one thing causes
another.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from agencies import walk
from evidence.models import Incident
from leads.insight import stage_days, stage_rows

FEW = 10
GUNFIRE = [kind.value for kind in Incident.GUNFIRE]


class Stage(NamedTuple):
    """What a stage is: `goal` in percent of `limit`; `decided` says of what the share in time is taken."""

    number: int
    name: str
    sql: str
    came: str
    went: str
    goal: int
    limit: str
    decided: str


STAGES = (
    Stage(
        1, "Collect", stage_rows.COLLECT, "shootings", "with casings collected", 80, "in 24 h",
        "of what was collected",
    ),
    Stage(
        2, "Enter", stage_rows.ENTER, "eligible exhibits", "entered in NIBIN", 90, "in 2 business days",
        "of what a NIBIN site received, waiting past the limit included",
    ),
    Stage(3, "Link", stage_rows.LINK, "exhibits entered", "on a lead", 80, "in 48 h", "of what was linked"),
    Stage(
        4, "Analyze", stage_rows.ANALYSE, "leads sent", "with every event matched", 85, "in 24 h",
        "of all, waiting past the limit included",
    ),
    Stage(
        5, "Assign", stage_rows.ASSIGN, "leads sent", "taken by a person", 90, "on both clocks",
        "of what was taken or ran out of time",
    ),
    Stage(
        6, "Prosecute", stage_rows.PROSECUTE, "leads worked", "referred", 75, "decided in 30 d",
        "of referrals decided or past 30 days",
    ),
    Stage(
        7, "Feed back", stage_rows.FEED_BACK, "parts closed", "told to all agencies", 80, "in 7 d",
        "of parts closed, waiting past the limit included",
    ),
)  # fmt: skip
BY_NUMBER = {stage.number: stage for stage in STAGES}
# What stages 4 to 7 leave out: no stage, but rows that a number opens.
LEFT_OUT = Stage(0, "Left out", stage_rows.LEFT_OUT, "leads sent", "returned", 0, "", "")
OPENED = BY_NUMBER | {LEFT_OUT.number: LEFT_OUT}
# Which rows of a stage a number opens.
PARTS = {
    "came": ("came in", "true"),
    "went": ("went on", "r.went"),
    "not": ("not yet", "not r.went"),
    "in_time": ("in time", "r.in_time"),
    "late": ("late", "not r.in_time"),
    "more": ("further", "r.more"),
    "timed": ("timed", "r.hours is not null"),
    "decided": ("in time or late", "r.in_time is not null"),
}
PARTS_LEFT_OUT = {
    "came": ("all left out", "true"),
    "unfounded": ("unfounded or withdrawn", "not r.went"),
    "returned": ("returned", "r.went"),
}


def parts(stage):
    """{name: (label, condition on a row)} of a stage, or of what is left out."""
    return PARTS_LEFT_OUT if stage is LEFT_OUT else PARTS


class Period(NamedTuple):
    """From `since` up to and without `until`, both aware, and `before`, where the period before it begins."""

    since: datetime
    until: datetime

    @property
    def before(self):
        return self.since - (self.until - self.since)


class Figure(NamedTuple):
    """The figures of a stage, of one agency (or None for all) in one period."""

    came: int
    went: int
    more: int
    median: float | None
    p90: float | None
    timed: int
    decided: int
    in_time: int

    @property
    def share(self):
        return percent(self.went, self.came)

    @property
    def in_time_share(self):
        return percent(self.in_time, self.decided)

    @property
    def middle(self):
        """The median in hours, None for fewer than ten."""
        return self.median if self.timed >= FEW else None

    @property
    def slow(self):
        """The ninetieth percentile in hours, None for fewer than ten."""
        return self.p90 if self.timed >= FEW else None


NOTHING = Figure(0, 0, 0, None, None, 0, 0, 0)


def percent(part, whole):
    """A share in whole percent, None of fewer than ten."""
    return round(100 * part / whole) if whole >= FEW else None


def figures(scope, period, *, now):
    """{(stage number, is this period, agency id or None): Figure}, in seven statements."""
    found = {}
    params = _params(scope, period, now) | {"since": period.before, "begins": period.since} | stage_days.params(period)
    with connection.cursor() as cursor:
        for stage in STAGES:
            cursor.execute(_figures_sql(stage), params)
            for present, agency, whole, *values in cursor.fetchall():
                found[stage.number, present, None if whole else agency] = Figure(*values)
    return found


def _figures_sql(stage):
    if stage.number in stage_days.KEPT:
        return stage_days.figures_sql(stage.number)
    return f"""
      select r.at >= %(begins)s, r.agency_id, grouping(r.agency_id),
             count(*), count(*) filter (where r.went), count(*) filter (where r.more),
             percentile_cont(0.5) within group (order by r.hours), percentile_cont(0.9) within group (order by r.hours),
             count(r.hours), count(r.in_time), count(*) filter (where r.in_time)
        from ({stage.sql}) r
       group by grouping sets ((1), (1, r.agency_id))"""


def left_out(scope, period, *, now):
    """(leads found unfounded, leads returned as not one's own) that stages 4 to 7 leave out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) filter (where not r.went), count(*) filter (where r.went) from ({LEFT_OUT.sql}) r",
            _params(scope, period, now),
        )
        return cursor.fetchone()


def page(scope, period, stage, part, *, now, agency=None, after=None, limit=walk.PAGE):
    """The rows behind one number, the newest first, as dicts of what `stage_rows` yields, and the next cursor."""
    where = [parts(stage)[part][1], "r.agency_id = %(agency)s" if agency else "true"]
    params = _params(scope, period, now) | {"agency": agency, "after": None}
    if keys := walk.place(after):
        where.append("(r.at, r.id) < (%(after)s::timestamptz, %(after_id)s)")
        params |= {"after": keys[0], "after_id": keys[1]}
    found = stage_days.rows_sql(stage.number, scope.groups) if stage.number in stage_days.KEPT else stage.sql
    sql = f"select r.* from ({found}) r where {' and '.join(where)} order by r.at desc, r.id desc limit {limit + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    more = walk.encode(rows[limit - 1]["at"].isoformat(), rows[limit - 1]["id"]) if len(rows) > limit else ""
    return rows[:limit], more


def _params(scope, period, now):
    return scope.params | {"since": period.since, "until": period.until, "now": now, "gunfire": GUNFIRE}
