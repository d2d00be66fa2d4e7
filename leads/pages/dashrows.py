"""What the rows behind a number of the seven stages say, in plain values. Nothing is read or written here."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from leads.insight.stages import LEFT_OUT, parts
from leads.pages import leads as pages

TARGETS = {"incident": "incident", "exhibit": "exhibit", "lead": "lead", "referral": "referral"}
# What the further fact of a stage is.
MORE = {
    2: "received at a NIBIN site",
    5: "acknowledged",
    6: "accepted",
    7: "rated useful",
}
ON_TIME = ("in_time", "late", "decided")
# Parts that a number opens and that have no tab of their own.
BY_NUMBER_ALONE = ("more", "timed", "decided")


def address(number, part, asked, agency=None):
    return f"{reverse('dashboard_rows', args=[number])}?{asked.query(part=part, agency=agency)}"


def row(row, zone, agencies):
    """One row behind a number."""
    wall = row["at"].astimezone(ZoneInfo(zone))
    states = {True: ("In time", "good", "check"), False: ("Late", "late", "late")}
    open_ended = ("Running", "", "clock") if not row["went"] else ("Not timed", "", "dash")
    return {
        "label": row["label"],
        "url": reverse(TARGETS[row["target"]], args=[row["target_id"]]),
        "agency": agencies.get(row["agency_id"]),
        "at": f"{wall:%-d %b %Y %H:%M}",
        "went": row["went"],
        "hours": hours(row["hours"]) or "-",
        "state": states.get(row["in_time"], open_ended),
    }


def frame(stage, part, asked, agency, agencies, zone, now):
    """Tabs and words of the rows behind a number."""
    labels = {name: label for name, (label, _words) in parts(stage).items()}
    labels["more"] = MORE.get(stage.number, "")
    tabs = [
        {"label": label.capitalize(), "url": address(stage.number, name, asked, agency), "current": name == part}
        for name, label in labels.items()
        if name not in BY_NUMBER_ALONE or name == part
    ]
    of = f", {stage.decided}" if part in ON_TIME else ""
    named = agencies.get(agency)
    chips = [{"label": "Agency", "value": named.code, "url": address(stage.number, part, asked)}] if named else []
    return {
        "stage": stage,
        "is_left_out": stage is LEFT_OUT,
        "tabs": tabs,
        "chips": chips,
        "part_words": f"{stage.came}: {labels[part]}{of}",
        "period_words": dates(asked.period, zone),
        "back": f"{reverse('dashboard')}?{asked.query()}",
        "as_of": pages.moment(now, zone),
    }


def hours(value):
    """A length of time as a person says it: "40 min", "14 h", "4.1 d"; "" for None."""
    if value is None:
        return ""
    if value < 1:
        return f"{round(value * 60)} min"
    return f"{round(value)} h" if value < 72 else f"{value / 24:.1f} d"


def dates(period, zone):
    """A period as its first and its last day."""
    tz = ZoneInfo(zone)
    first, last = period.since.astimezone(tz), (period.until - timedelta(hours=1)).astimezone(tz)
    begin = f"{first:%-d %b}" if first.year == last.year else f"{first:%-d %b %Y}"
    return f"{begin} to {last:%-d %b %Y}"
