"""Drawing numbers and moments: one seeded generator, and working time counted backwards."""

import math
from datetime import timedelta

from agencies.calendars import add_working, next_opening, working_time

# How shootings lie in the day and in the week: late evening and night, weekends.
HOURS = (7, 7, 6, 4, 3, 2, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 9)
HOUR = timedelta(hours=1)


def pick(rng, table):
    """A key of a table of weights."""
    return rng.choices(list(table), list(table.values()))[0]


class Deal:
    """Keys of a table of weights, dealt so that the shares come true early: a city of some hundred rows is small."""

    def __init__(self, table):
        total = sum(table.values())
        self.shares = {key: weight / total for key, weight in table.items()}
        self.dealt = dict.fromkeys(table, 0)

    def next(self):
        count = sum(self.dealt.values()) + 1
        key = max(self.shares, key=lambda key: self.shares[key] * count - self.dealt[key])
        self.dealt[key] += 1
        return key


class Share:
    """Lets something happen in a share of all cases, spread as evenly as may be: a few of them already show it."""

    def __init__(self):
        self.owed = 0.5

    def falls_due(self, share):
        self.owed += share
        due = self.owed >= 1
        self.owed -= due
        return due


def lognormal(rng, median, sigma):
    return rng.lognormvariate(math.log(median), sigma)


def by_night(rng, day, tz):
    """A moment of a local day, when shots are fired."""
    hour = rng.choices(range(24), HOURS)[0]
    return day.astimezone(tz).replace(hour=hour, minute=rng.randrange(60), second=0, microsecond=0)


def by_day(rng, moment, calendar):
    """The next opening of an agency and some minutes of work after it."""
    return add_working(next_opening(moment, calendar), rng.randrange(5, 200), calendar)


def working_before(end, minutes, calendar):
    """The latest whole minute at which `minutes` of working time are still to run before `end`."""
    low, high = end - timedelta(minutes=8 * minutes + 20 * 24 * 60), end
    while high - low > timedelta(seconds=30):
        middle = low + (high - low) / 2
        if working_time(middle, end, calendar) >= timedelta(minutes=minutes):
            low = middle
        else:
            high = middle
    return low.replace(second=0, microsecond=0)
