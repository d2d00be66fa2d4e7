"""What the dashboard of the seven stages says, in plain values for the components. Nothing is read or written here."""

from datetime import datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.dateparse import parse_date

from leads import pages
from leads.insight.stages import BY_NUMBER, FEW, NOTHING, PARTS, STAGES, Period

SPANS = (30, 90, 180, 365)
DEFAULT = 90
LONGEST = timedelta(days=731)
TARGETS = {"incident": "incident", "exhibit": "exhibit", "lead": "lead", "referral": "referral"}
COLUMNS = (
    "Stage", "Agency", "From", "To", "Came in", "Went on", "Share %", "Median hours", "90th percentile hours",
    "In time", "Decided", "In time %", "In time % before",
)  # fmt: skip
MORE = {
    2: "received at a NIBIN site",
    5: "acknowledged",
    6: "accepted",
    7: "rated useful",
}
MEASURED = (
    ("Collect", "Shootings of the period (homicide, non-fatal, shots fired). In time: casings collected within 24 h "
     "of the shooting, of those collected whose hour is known. A shooting without casings is no failure by itself."),
    ("Enter", "Eligible exhibits of the period's incidents, recoveries among them. From receipt at the NIBIN site to "
     "entry; the limit is the end of the site's second business day."),
    ("Link", "Exhibits entered whose case is on a lead by now. Most exhibits never link: only those linked are timed."),
    ("Analyze", "Leads sent to agencies whose events are all matched to incidents; from the notice to the last match. "
     "Scoring is done by the portal at once and says nothing of an analyst. Packets are not measured yet."),
    ("Assign", "From sent to the first person. In time: neither the clock to acknowledge nor the one to assign ran "
     "out, in working time of the agency."),
    ("Prosecute", "Leads given to a person, referred by the same agency on the same lead. Time is from referral to "
     "decision; recent leads have had less time."),
    ("Feed back", "Parts closed whose whole lead is closed, when every agency on it is told. Letters to the officer "
     "who collected are not measured yet."),
)  # fmt: skip


class Asked(NamedTuple):
    """The period of a dashboard as its address asks for it: the last `days`, or `first` to `last`."""

    period: Period
    days: int | None
    first: str
    last: str

    def query(self, **more):
        given = {"days": self.days} if self.days else {"first": self.first, "last": self.last}
        return urlencode({name: value for name, value in (given | more).items() if value})


def read(given, zone, now):
    """A period from an address's query; what means nothing becomes the last ninety days."""
    tz, today = ZoneInfo(zone), now.astimezone(ZoneInfo(zone)).date()
    first, last = _day(given.get("first")), _day(given.get("last"))
    if first and last and first <= last and last - first <= LONGEST:
        period = Period(_midnight(first, tz), _midnight(last + timedelta(days=1), tz))
        return Asked(period, None, first.isoformat(), last.isoformat())
    text = given.get("days", "")
    days = int(text) if text in {str(each) for each in SPANS} else DEFAULT
    first = today - timedelta(days=days - 1)
    period = Period(_midnight(first, tz), _midnight(today + timedelta(days=1), tz))
    return Asked(period, days, first.isoformat(), today.isoformat())


def _day(text):
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and 1990 <= day.year <= 2100 else None


def _midnight(day, tz):
    return datetime.combine(day, time(), tz)


def frame(asked, found, left_out, agencies, scope, now):
    """Everything templates/leads/dashboard.html draws. `agencies`: by id, those named in `found`."""
    worst = furthest_below(found)
    stages = [_stage(stage, found, asked, worst) for stage in STAGES]
    zone = scope.zone
    period, before = _dates(asked.period, zone), _dates(Period(asked.period.before, asked.period.since), zone)
    return {
        "stages": stages,
        "is_empty": not any(each["came_in"] for each in stages),
        "longest": f"?days={SPANS[-1]}",
        "worst_words": _worst_words(worst, found),
        "shootings": _of(found, 1).came,
        "spans": [(f"{days} days", f"?days={days}", days == asked.days) for days in SPANS],
        "asked": asked,
        "period_words": period,
        "before_words": before,
        "rows": [_agency_row(each, found, asked) for each in agencies],
        "left_out": left_out,
        "measured": MEASURED,
        "few": FEW,
        "export_url": f"{reverse('dashboard_export')}?{asked.query()}",
        "as_of": pages.moment(now, zone),
    }


def furthest_below(found):
    """The stage furthest below its goal, None when all reach theirs."""
    below = [
        (stage.goal - share, stage) for stage in STAGES if (share := _of(found, stage.number).in_time_share) is not None
    ]
    gap, stage = max(below, key=lambda each: each[0], default=(0, None))
    return stage if gap > 0 else None


def _of(found, number, agency=None, present=True):
    return found.get((number, present, agency), NOTHING)


def _worst_words(worst, found):
    if not worst:
        return ""
    share = _of(found, worst.number).in_time_share
    return f"Furthest below its goal: {worst.name.lower()}, {share}% in time, goal {worst.goal}%"


def _stage(stage, found, asked, worst):
    """One stage for its component, and its line of the table."""
    now, before = _of(found, stage.number), _of(found, stage.number, present=False)
    more = f", {now.more:,} {MORE[stage.number]}" if stage.number in MORE and now.more else ""
    was = f". Before: {before.in_time_share}%" if before.in_time_share is not None else ""
    return {
        "number": stage.number,
        "name": stage.name,
        "came_in": now.came,
        "went_on": now.went,
        "went_text": f"{now.went:,}",
        "came_text": f"{now.came:,}",
        "share": _percent(now.share, now.came),
        "of": f"{now.came:,}",
        "of_url": rows_url(stage.number, "came", asked),
        "of_words": f"{stage.came} {stage.went}{more}",
        "url": rows_url(stage.number, "went", asked),
        "median": _time(now.middle, now.timed),
        "p90": _time(now.slow, now.timed),
        "in_time": now.in_time_share,
        "in_time_text": _percent(now.in_time_share, now.decided),
        "is_timed": now.timed >= FEW or now.decided >= FEW,
        "in_time_url": rows_url(stage.number, "in_time", asked),
        "late": now.decided - now.in_time,
        "late_url": rows_url(stage.number, "late", asked),
        "goal": stage.goal,
        "limit": f"{stage.limit}, goal {stage.goal}%{was}",
        "decided": f"{now.in_time:,} of {now.decided:,}",
        "decided_words": stage.decided,
        "before": before,
        "before_share": _percent(before.share, before.came),
        "before_in_time": _percent(before.in_time_share, before.decided),
        "worst": stage is worst,
        "last": stage.number == len(STAGES),
    }


def _agency_row(agency, found, asked):
    """One agency: counts open their rows, rates of fewer than ten are not shown."""
    one = {number: _of(found, number, agency.pk) for number in BY_NUMBER}

    def opens(number, part):
        return rows_url(number, part, asked, agency.pk)

    def rate(number, part):
        figure, goal = one[number], BY_NUMBER[number].goal
        share, whole = (figure.share, figure.came) if part == "went" else (figure.in_time_share, figure.decided)
        if share is None:
            return {"text": _percent(share, whole), "tone": "zero"}
        low = part == "in_time" and share < goal
        return {"text": f"{share}%", "url": opens(number, part), "tone": "late-t" if low else ""}

    def time(number):
        figure = one[number]
        return {"text": _time(figure.middle, figure.timed), "tone": "" if figure.middle is not None else "zero"}

    def count(number, part):
        value = one[number].came if part == "came" else one[number].went
        return {"text": f"{value:,}", "url": opens(number, part), "tone": "" if value else "zero"}

    return {
        "agency": agency,
        "cells": [
            count(1, "came"),
            rate(1, "went"),
            time(2),
            rate(2, "in_time"),
            count(4, "came"),
            time(5),
            rate(5, "in_time"),
            count(6, "went"),
            rate(6, "in_time"),
            rate(7, "went"),
        ],
    }


def rows_url(number, part, asked, agency=None):
    return f"{reverse('dashboard_rows', args=[number])}?{asked.query(part=part, agency=agency)}"


def row(row, zone, agencies):
    """One row behind a number."""
    wall = row["at"].astimezone(ZoneInfo(zone))
    agency = agencies.get(row["agency_id"])
    states = {True: ("In time", "good", "check"), False: ("Late", "late", "late")}
    open_ended = ("Running", "", "clock") if not row["went"] else ("Not timed", "", "dash")
    return {
        "label": row["label"],
        "url": reverse(TARGETS[row["target"]], args=[row["target_id"]]),
        "agency": agency,
        "at": f"{wall:%-d %b %Y %H:%M}",
        "went": row["went"],
        "hours": hours(row["hours"]) or "-",
        "state": states.get(row["in_time"], open_ended),
    }


def rows_frame(stage, part, asked, agency, agencies, zone, now):
    """Tabs and words of the rows behind a number."""
    tabs = [
        {"label": label.capitalize(), "url": rows_url(stage.number, name, asked, agency), "current": name == part}
        for name, (label, _words) in PARTS.items()
        if name != "more"
    ]
    named = agencies.get(agency)
    chips = [{"label": "Agency", "value": named.code, "url": rows_url(stage.number, part, asked)}] if named else []
    return {
        "stage": stage,
        "tabs": tabs,
        "chips": chips,
        "part_words": f"{stage.came}: {PARTS[part][0]}",
        "period_words": _dates(asked.period, zone),
        "back": f"{reverse('dashboard')}?{asked.query()}",
        "as_of": pages.moment(now, zone),
    }


def lines(found, asked, agencies, zone):
    """The figures as lines of a file, `COLUMNS` each; the whole first, then each agency."""
    tz = ZoneInfo(zone)
    first, last = (
        asked.period.since.astimezone(tz).date(),
        (asked.period.until - timedelta(days=1)).astimezone(tz).date(),
    )
    for stage in STAGES:
        for key, name in [(None, "All"), *((each.pk, each.name) for each in agencies)]:
            one, was = _of(found, stage.number, key), _of(found, stage.number, key, present=False)
            slow = (
                round(one.middle, 1) if one.middle is not None else None,
                round(one.slow, 1) if one.slow is not None else None,
            )
            decided = (one.in_time, one.decided, one.in_time_share, was.in_time_share)
            yield (f"{stage.number} {stage.name}", name, first, last, one.came, one.went, one.share, *slow, *decided)


def hours(value):
    """A length of time as a person says it: "40 min", "14 h", "4.1 d"; "" for None."""
    if value is None:
        return ""
    if value < 1:
        return f"{round(value * 60)} min"
    return f"{round(value)} h" if value < 72 else f"{value / 24:.1f} d"


def _percent(share, whole):
    return _few(whole) if share is None else f"{share}%"


def _time(value, timed):
    return hours(value) if value is not None else _few(timed)


def _few(whole):
    """In place of a rate: that there are too few for one, or that there is nothing."""
    return f"n<{FEW}" if whole else "-"


def _dates(period, zone):
    tz = ZoneInfo(zone)
    first, last = period.since.astimezone(tz), (period.until - timedelta(hours=1)).astimezone(tz)
    begin = f"{first:%-d %b}" if first.year == last.year else f"{first:%-d %b %Y}"
    return f"{begin} to {last:%-d %b %Y}"
