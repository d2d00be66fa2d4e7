"""Agencies that the center asked to take part in leads without an event of theirs: probation, the task force."""

import itertools
import random
from datetime import timedelta

from leads.demo import scripts
from leads.demo.dice import by_day
from leads.demo.work import Life, Work

SHARES = {"PROB": 0.04, "FED": 0.03}
ASKED_DAYS, LATELY_DAYS = (0.5, 5), 60
# Stage and share of what waits for Ofc. Lund and her supervisor.
LUND = (("acknowledge", 0.5), ("assign", 0.6), ("start", 0.3), ("start", 1.35), ("update", 0.5), ("approve", 0.4))
WHY = {
    "PROB": (
        "The report of the newest event names a suspect under supervision. Please check conditions and curfew.",
        "A person on parole was named as a witness in two of the events. Please help us reach them.",
        "The vehicle of two events is registered to a person on probation.",
        "Somebody on supervised release is named as the holder of a gun of this caliber. Please say what is known.",
    ),
    "FED": (
        "A conversion device is likely by the sound of the newest event. Please look at it for adoption.",
        "The purchaser of a gun recovered nearby bought four more. Please work the purchases.",
    ),
}


class Asked:
    """Gives some lines a part more. It draws its own numbers, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, told, at):
        self.rng, self.desks, self.at = random.Random(f"asked {seed}"), desks, at
        self.work = Work(store, self.rng, desks, told, at)
        self.why = {code: itertools.cycle(reasons) for code, reasons in WHY.items()}
        calendar = desks["PROB"].calendar
        self.scripted = [scripts.until(*each, rng=self.rng, at=at, calendar=calendar) for each in LUND]

    def obligations(self, line):
        """The parts of those who were asked on a line whose other parts have been planned; it closes with the last."""
        lives = [AskedLife(self.work, line, self.desks[code], *how) for code, *how in self._drawn(line)]
        for life in lives:
            life.run()
        ends = [line.closed_at, *(life.values.get("closed_at") for life in lives)]
        line.closed_at = max(ends) if all(ends) else None
        return lives

    def _drawn(self, line):
        """(agency code, when it was asked, why, its script) of each that is asked."""
        plain = not line.known and not line.scripts
        if plain and line.priority == 3 and line.closed_at is None:
            lately = timedelta(days=LATELY_DAYS)
            for asked in self.scripted:
                if asked[0] - lately < line.opened_at < asked[0] - timedelta(hours=1):
                    self.scripted.remove(asked)
                    return [("PROB", asked[0], next(self.why["PROB"]), asked[1])]
        found = []
        for code, share in SHARES.items():
            desk, days = self.desks[code], self.rng.uniform(*ASKED_DAYS)
            at = by_day(self.rng, line.opened_at + timedelta(days=days), desk.calendar)
            if self.rng.random() < share and plain and at < (line.closed_at or self.at):
                found.append((code, at, next(self.why[code]), None))
        return found


class AskedLife(Life):
    """An obligation that began when the center asked, which is not sent back."""

    def __init__(self, work, line, desk, at, why, script):
        super().__init__(work, line, desk, script)
        self.start = at
        self.values |= {"sent_at": at, "asked": why}

    def _sent(self):
        self._tell(self.start, "lead.asked", self.desk.having("supervisor"))
        by = self.work.desks["CTR"].having("analyst")[0].id
        self._deed(self.start, "obligation.asked", by, reason=self.values["asked"])

    def _goes_back(self):
        return False
