"""What the dashboard of the seven stages says, in plain values for the components. Nothing is read or written here."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from evidence.listing import capped
from leads.insight.owed import day
from leads.insight.stages import BY_NUMBER, FEW, LEFT_OUT, NOTHING, STAGES, Period
from leads.pages import dashrows
from leads.pages import leads as pages
from leads.pages.dashrows import dates, hours

SPANS = (30, 90, 180, 365)
DEFAULT = 90
LONGEST = timedelta(days=731)
# Of which rows a rate of a part is taken.
OF = {"went": "came", "in_time": "decided", "timed": "timed"}
COLUMNS = (
    "Stage", "Agency", "From", "To", "Came in", "Went on", "Share %", "Median hours", "90th percentile hours",
    "In time", "Decided", "In time %", "In time % before",
)  # fmt: skip
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
    first, last = day(given.get("first")), day(given.get("last"))
    if first and last and first <= last and last - first <= LONGEST:
        period = Period(_midnight(first, tz), _midnight(last + timedelta(days=1), tz))
        return Asked(period, None, first.isoformat(), last.isoformat())
    text = given.get("days", "")
    days = int(text) if text in {str(each) for each in SPANS} else DEFAULT
    first = today - timedelta(days=days - 1)
    period = Period(_midnight(first, tz), _midnight(today + timedelta(days=1), tz))
    return Asked(period, days, first.isoformat(), today.isoformat())


def before(asked, zone):
    """The period that an asked one is compared with, as an address can ask for it."""
    tz = ZoneInfo(zone)
    first, end = (at.astimezone(tz).date() for at in (asked.period.before, asked.period.since))
    earlier = Period(asked.period.before, asked.period.since)
    return Asked(earlier, None, first.isoformat(), (end - timedelta(days=1)).isoformat())


def _midnight(day, tz):
    return datetime.combine(day, time(), tz)


def frame(asked, found, left_out, agencies, scope, now):
    """Everything templates/leads/dashboard.html draws. `agencies`: by id, those named in `found`."""
    worst, zone = furthest_below(found), scope.zone
    was = before(asked, zone)
    stages = [_stage(stage, found, asked, was, worst) for stage in STAGES]
    return {
        "stages": stages,
        "is_empty": not any(each["came_in"] for each in stages),
        "longest": f"?days={SPANS[-1]}",
        "worst_words": _worst_words(worst, found),
        "worst_url": worst and dashrows.address(worst.number, "in_time", asked),
        "shootings": _of(found, 1).came,
        "shootings_url": dashrows.address(1, "came", asked),
        "spans": [(f"{days} days", f"?days={days}", days == asked.days) for days in SPANS],
        "asked": asked,
        "period_words": dates(asked.period, zone),
        "before_words": dates(was.period, zone),
        "rows": [_agency_row(each, found, asked) for each in agencies],
        "unfounded": (left_out[0], dashrows.address(LEFT_OUT.number, "unfounded", asked)),
        "returned": (left_out[1], dashrows.address(LEFT_OUT.number, "returned", asked)),
        "measured": MEASURED,
        "few": FEW,
        "export_url": f"{reverse('dashboard_export')}?{asked.query()}",
        "as_of": pages.moment(now, zone),
    }


def undone(scenes, entries, traces):
    """What was never done, each number with its rows: queries' counts in; `traces` None for who may not see them."""
    items = [
        ("Scenes without an answer", scenes["open"], "pin", reverse("scenes"), "collected, none found or not searched"),
        ("Of these, for a week and more", scenes["old"], "clock", f"{reverse('scenes')}?days=7", "the oldest first"),
        ("Never entered in NIBIN", entries["open"], "flask", reverse("never_entered"), "casings and guns"),
    ]
    if traces is not None:
        items.append(("Never traced", traces["untraced"], "trace", reverse("traces_untraced"), "firearms recovered"))
    return [
        {"label": label, "value": capped(count), "icon": icon, "url": url, "sub": sub,
         "tone": "late" if count else ""}
        for label, count, icon, url, sub in items
    ]  # fmt: skip


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


def _stage(stage, found, asked, was, worst):
    """One stage for its component, and its line of the table."""
    now, earlier = _of(found, stage.number), _of(found, stage.number, present=False)

    def opens(part, when=asked):
        return dashrows.address(stage.number, part, when)

    has_more, had = stage.number in dashrows.MORE and now.more, earlier.in_time_share
    return {
        "number": stage.number,
        "name": stage.name,
        "came_in": now.came,
        "went_on": now.went,
        "share": _percent(now.share, now.came),
        "of": f"{now.came:,}",
        "of_url": opens("came"),
        "of_words": f"{stage.came} {stage.went}",
        "more": f"{now.more:,}" if has_more else "",
        "more_words": dashrows.MORE[stage.number] if has_more else "",
        "more_url": opens("more"),
        "url": opens("went"),
        "median": _time(now.middle, now.timed),
        "p90": _time(now.slow, now.timed),
        "timed_url": opens("timed") if now.timed else "",
        "in_time": now.in_time_share,
        "in_time_text": _percent(now.in_time_share, now.decided),
        "is_timed": now.timed >= FEW or now.decided >= FEW,
        "in_time_url": _rate(_percent(now.in_time_share, now.decided), now.decided, "in_time", opens)["url"],
        "goal": stage.goal,
        "limit": f"{stage.limit}, goal {stage.goal}%",
        "before": "" if had is None else f"{had}%",
        "before_url": opens("in_time", was),
        "worst": stage is worst,
        "last": stage.number == len(STAGES),
        "cells": _cells(stage, now, earlier, opens, was),
    }


def _cells(stage, now, earlier, opens, was):
    """The line of a stage in the table: counts, and rates with the rows they are taken of."""
    late, before = now.decided - now.in_time, partial(opens, when=was)
    return [
        _count(now.came, opens("came")),
        _count(now.went, opens("went")),
        _rate(_percent(now.share, now.came), now.came, "went", opens),
        _rate(_percent(earlier.share, earlier.came), earlier.came, "went", before),
        _rate(_time(now.middle, now.timed), now.timed, "timed", opens),
        _rate(_time(now.slow, now.timed), now.timed, "timed", opens),
        _count(now.in_time, opens("in_time")) | {"of": (f"{now.decided:,}", opens("decided"))},
        _rate(_percent(now.in_time_share, now.decided), now.decided, "in_time", opens),
        _rate(_percent(earlier.in_time_share, earlier.decided), earlier.decided, "in_time", before),
        {"text": f"{stage.goal}%", "url": "", "tone": "", "of": ()},
        _count(late, opens("late"), "late-t"),
    ]


def _agency_row(agency, found, asked):
    """One agency: every number opens its rows, rates of fewer than ten are not shown."""
    one = {number: _of(found, number, agency.pk) for number in BY_NUMBER}

    def opens(number, part):
        return dashrows.address(number, part, asked, agency.pk)

    def count(number, part):
        return _count(one[number].came if part == "came" else one[number].went, opens(number, part))

    def went(number):
        figure = one[number]
        return _rate(_percent(figure.share, figure.came), figure.came, "went", partial(opens, number))

    def in_time(number):
        figure, share = one[number], one[number].in_time_share
        low = share is not None and share < BY_NUMBER[number].goal
        text, tone = _percent(share, figure.decided), "late-t" if low else ""
        return _rate(text, figure.decided, "in_time", partial(opens, number), tone)

    def time(number):
        figure = one[number]
        return _rate(_time(figure.middle, figure.timed), figure.timed, "timed", partial(opens, number))

    return {
        "agency": agency,
        "cells": [
            count(1, "came"),
            went(1),
            time(2),
            in_time(2),
            count(4, "came"),
            time(5),
            in_time(5),
            count(6, "went"),
            in_time(6),
            went(7),
        ],
    }


def _count(value, url, tone=""):
    return {"text": f"{value:,}", "url": url, "tone": tone if value else "zero", "of": ()}


def _rate(text, of, part, opens, tone=""):
    """A rate taken `of` so many rows opens its part of them; where they are too few for one, these few."""
    few = text == _few(of)
    url = opens(OF[part] if few else part) if of else ""
    return {"text": text, "url": url, "tone": "zero" if few else tone, "of": ()}


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


def _percent(share, whole):
    return _few(whole) if share is None else f"{share}%"


def _time(value, timed):
    return hours(value) if value is not None else _few(timed)


def _few(whole):
    """In place of a rate: that there are too few for one, or that there is nothing."""
    return f"n<{FEW}" if whole else "-"
