"""Which leads there are: how many events, whose, how far apart, and what the notice said."""

from dataclasses import dataclass, field
from datetime import UTC, timedelta

from evidence.imports.casenumbers import case_key
from leads import triage
from leads.demo.cast import DOMAIN
from leads.demo.dice import by_day, by_night, lognormal, pick
from leads.demo.scenes import CALIBERS, GUNFIRE, RECOVERY, TZ, Scene
from leads.models import EventName, Lead, LeadEvent

SIZES = {2: 62, 3: 20, 4: 9, 5: 3, 6: 2.5, 7: 1.5, 8: 1, 10: 0.5, 12: 0.5}
GAP_DAYS, GAP_SIGMA = 45, 1.0
HOMES = {"PAPD": 58, "GMPD": 18, "WCSO": 13, "BKPD": 8, "UNIV": 3}
CROSS_AGENCY, WITH_GUN, CONFIRMED, WAITING, ELSEWHERE = 0.20, 0.30, 0.15, 0.02, 0.03
FAR_AWAY = ("Harlan Falls PD", "Mercer County Sheriff", "Ostrander PD")
ENTRY_TO_NOTICE_HOURS = 19
# One is as many on each day; the smaller, the more of the leads are recent.
LATELY = 0.33
# The lead of the pictures: kind, agency, days before the newest event, hour and minute.
KNOWN_LINE = (
    ("shots_fired_confirmed", "PAPD", 41, 23, 10),
    ("homicide", "PAPD", 23, 1, 36),
    ("non_fatal_shooting", "GMPD", 15, 22, 2),
    ("shots_fired_property", "WCSO", 5, 3, 15),
    ("shots_fired_confirmed", "PAPD", 0, 0, 48),
)
KNOWN_NUMBER = 412


@dataclass
class Line:
    """One lead on its way to the database."""

    scenes: list
    opened_at: object
    caliber: str
    known: bool = False
    # agency code -> when each stage ended, None for one that still runs; agencies left out live by chance.
    scripts: dict = field(default_factory=dict)
    elsewhere: dict | None = None
    id: int = 0
    number: str = ""
    priority: int = 3
    closed_at: object = None
    scored: object = None
    inputs: object = None
    why: str = ""

    @property
    def codes(self):
        return sorted({scene.code for scene in self.scenes})

    @property
    def kinds(self):
        return {scene.kind for scene in self.scenes}


class Lines:
    """Plans lines first, so that their scenes can be numbered with all the others, and writes them afterwards."""

    def __init__(self, rng, desks, laboratory, at, days):
        self.rng, self.desks, self.laboratory, self.at, self.days = rng, desks, laboratory, at, days

    def by_chance(self, quiet):
        """A line of which the newest event lies anywhere in the two years before the last `quiet` days, more often
        lately: the center grows.
        """
        rng = self.rng
        days = quiet + (self.days - quiet) * (1 - rng.random() ** LATELY)
        newest = by_night(rng, self.at - timedelta(days=days), TZ)
        entry = self.laboratory.timely(newest + timedelta(days=1))
        opened = by_day(rng, entry + timedelta(hours=lognormal(rng, ENTRY_TO_NOTICE_HOURS, 0.6)), self._site)
        if opened >= self.at:
            gone = opened - self.at + timedelta(hours=rng.uniform(2, 60))
            newest, entry, opened = newest - gone, entry - gone, opened - gone
        return self._line(newest, entry, opened)

    def scripted(self, opened, scripts, home, size=2):
        """A line whose notice came at a given moment, so that its clock stands just so."""
        rng = self.rng
        entry = opened - timedelta(hours=rng.uniform(3, 20))
        newest = by_night(rng, opened - timedelta(days=rng.uniform(9, 14)), TZ)
        return self._line(newest, entry, opened, home=home, size=size, grave=False, scripts=scripts)

    def known(self, opened, scripts):
        """Five events over 41 days, three agencies, two links confirmed."""
        day = (opened - timedelta(days=1)).astimezone(TZ)
        scenes = []
        for kind, code, ago, hour, minute in KNOWN_LINE:
            at = (day - timedelta(days=ago)).replace(hour=hour, minute=minute, second=0, microsecond=0)
            scenes.append(Scene(code, _kind(kind), at, "9 mm", linked=True, before=opened - timedelta(hours=4)))
        scenes[-1].entry = opened - timedelta(hours=6)
        for scene in scenes[:2]:
            scene.confirmed_at = opened - timedelta(days=6)
        return Line(scenes, opened, "9 mm", known=True, scripts=scripts)

    @property
    def _site(self):
        return self.desks["WCL"].calendar

    def _line(self, newest, entry, opened, home=None, size=None, grave=True, scripts=None):
        rng = self.rng
        size, caliber = size or pick(rng, SIZES), pick(rng, CALIBERS)
        codes = self._codes(home or pick(rng, HOMES), size)
        gun = rng.random() < WITH_GUN
        scenes, at = [], newest
        for position in range(size):
            kind = pick(rng, RECOVERY if gun and position == 0 else GUNFIRE)
            if not grave and kind.value in ("homicide", "non_fatal_shooting"):
                kind = _kind("shots_fired_confirmed")
            scene = Scene(codes[position], kind, at, caliber, linked=True, before=opened - timedelta(hours=1))
            scene.entry = entry if position == 0 else None
            scenes.append(scene)
            at = by_night(rng, at - timedelta(days=min(500, lognormal(rng, GAP_DAYS, GAP_SIGMA))), TZ)
        line = Line(sorted(scenes, key=lambda scene: scene.at), opened, caliber, scripts=scripts or {})
        self._confirm(line)
        self._leave_waiting(line)
        return line

    def _codes(self, home, size):
        """The agency of each event: one, or in a fifth of the lines two or three."""
        rng = self.rng
        codes = [home] * size
        if rng.random() < CROSS_AGENCY:
            others = [code for code in HOMES if code != home]
            for position in range(1, size):
                if position == 1 or rng.random() < 0.3:
                    codes[position] = rng.choices(others, [HOMES[code] for code in others])[0]
            rng.shuffle(codes)
        return codes

    def _confirm(self, line):
        draw = self.rng.random()
        when = line.opened_at + timedelta(days=min(60, lognormal(self.rng, 6, 0.8)))
        if draw < CONFIRMED + 0.05 and when < self.at:
            for scene in line.scenes if draw < CONFIRMED else line.scenes[:1]:
                scene.confirmed_at = when

    def _leave_waiting(self, line):
        """Some case numbers of a notice match nothing, and some agencies do not belong to the center."""
        rng = self.rng
        recent = (self.at - line.opened_at).days < 90
        for scene in line.scenes:
            scene.waits = not scene.confirmed_at and rng.random() < (4 * WAITING if recent else WAITING / 4)
        if rng.random() < ELSEWHERE:
            at = by_night(rng, line.scenes[0].at - timedelta(days=rng.uniform(3, 60)), TZ)
            number = f"{at:%y}-{rng.randrange(1000, 9999)}"
            line.elsewhere = {"at": at, "agency": rng.choice(FAR_AWAY), "number": number}


def _kind(value):
    return next(kind for kind in GUNFIRE if kind.value == value)


def number(lines):
    """Lead numbers that grow through the year; the known lead is the 412th of its own."""
    per_year = {}
    for line in sorted(lines, key=lambda line: line.opened_at):
        per_year.setdefault(line.opened_at.astimezone(TZ).year, []).append(line)
    for year, of_year in per_year.items():
        before = next((place for place, line in enumerate(of_year) if line.known), None)
        step = max(1, KNOWN_NUMBER / (before + 1)) if before is not None else max(1, 600 / len(of_year))
        for place, line in enumerate(of_year, 1):
            line.number = f"WCL-{year}-{int(place * step + 1e-6):05d}"


class LineWriter:
    """Writes leads, their events and who may see them."""

    def __init__(self, store, rng, desks, told):
        self.store, self.rng, self.desks, self.told = store, rng, desks, told
        self.by_id = {desk.id: desk for desk in desks.values()}
        self.center, self.site = desks["CTR"], desks["WCL"]
        self.reports = 900

    def score(self, line):
        """Facts at the notice, as the actions compute them."""
        dated = [
            (scene.kind.value, scene.at, self.desks[scene.code].id, _was(scene, line), _point(scene))
            for scene in line.scenes
        ]
        if line.elsewhere:
            dated.append(("other", line.elsewhere["at"], 0, False))
        facts = triage.Facts(tuple(triage.Event(*event) for event in dated), gun_recovered=False, as_of=line.opened_at)
        line.inputs, line.scored = triage.measure(facts), triage.score(facts)
        line.priority, line.why = triage.priority(facts)

    def write(self, line):
        analyst = self.center.having("analyst")[0].id
        events = self._events(line)
        dated = sorted(events, key=lambda event: event["occurred_at"])
        line.id = self.store.add(
            Lead,
            number=line.number,
            agency_id=self.center.id,
            site_id=self.site.id,
            notice_on=line.opened_at.astimezone(TZ).date(),
            status=2 if line.closed_at else 1,
            priority=line.priority,
            priority_reason=line.why,
            score=line.scored.total,
            reasons=[list(reason) for reason in line.scored.reasons],
            scored_at=line.opened_at,
            score_inputs=line.inputs,
            opened_inputs=line.inputs,
            caliber=line.caliber,
            events_count=len(events),
            confirmed_count=sum(event["confirmed_at"] is not None for event in events),
            first_event_at=dated[0]["occurred_at"],
            last_event_at=dated[-1]["occurred_at"],
            line=[self._drawn(event) for event in dated],
            due_at=line.opened_at + timedelta(days=1),
            opened_at=line.opened_at,
            closed_at=line.closed_at,
            created_by_id=analyst,
            updated_at=line.closed_at or line.opened_at,
        )
        for event in events:
            number = self.store.add(LeadEvent, lead_id=line.id, added_at=line.opened_at, **event)
            self.store.add(EventName, event_id=number, **_name(event))
        self.told.audit(line.opened_at, "lead.opened", Lead, line.id, self.center.id, analyst, number=line.number)
        return line

    def _events(self, line):
        events = [self._event(scene, line) for scene in line.scenes]
        if line.elsewhere:
            far = line.elsewhere
            event = {"agency_text": far["agency"], "case_number": far["number"], "case_key": case_key(far["number"])}
            event |= {"kind": "other", "occurred_at": far["at"], "caliber": line.caliber, "confirmed_at": None}
            events.append(event)
        return events

    def _event(self, scene, line):
        desk = self.desks[scene.code]
        written = _misread(scene.number) if scene.waits else scene.number
        event = {
            "agency_id": desk.id,
            "agency_text": desk.name,
            "incident_id": None if scene.waits else scene.id,
            "case_number": written,
            "case_key": case_key(written),
            "lab_number": f"{scene.lab_number}-{scene.exhibit_number}",
            "exhibit_number": scene.exhibit_number,
            "kind": scene.kind.value,
            "occurred_at": scene.at,
            "address": scene.place.address,
            "caliber": scene.caliber,
            "casings": scene.casings or None,
            "contact": f"records@{scene.code.lower()}.{DOMAIN}, 555-01{desk.id:02d}",
            "confirmed_at": scene.confirmed_at,
        }
        if not scene.waits:
            event |= {"matched_at": line.opened_at, "matched_by_id": self.center.having("analyst")[0].id}
        if scene.confirmed_at:
            self.reports += 1
            examiner = self.rng.choice(self.site.having("examiner")).id
            event |= {"confirmed_by_id": examiner, "report": f"WCL-{scene.confirmed_at:%y}-{self.reports:04d}"}
        return event

    def _drawn(self, event):
        at, desk = event["occurred_at"].astimezone(UTC), self.by_id.get(event.get("agency_id"))
        code, mark = (desk.code, desk.mark) if desk else (event["agency_text"], 5)
        confirmed = event["confirmed_at"] is not None
        return [at.isoformat(), event["kind"], code, mark, event["case_number"], confirmed, event.get("agency_id")]


def _was(scene, line):
    return scene.confirmed_at is not None and scene.confirmed_at <= line.opened_at


def _point(scene):
    """Where a scene lies, as far as its lead knows: one that is matched to no incident yet has no place."""
    return None if scene.waits else scene.point


def _name(event):
    """How the notice gave it."""
    same = ("agency_id", "agency_text", "case_number", "lab_number", "exhibit_number")
    return {name: event[name] for name in same if name in event} | {"key": event["case_key"]}


def _misread(number):
    """A case number as a notice may get it wrong: a zero lost, else two digits swapped."""
    if "-0" in number:
        return number.replace("-0", "-", 1)
    return number[:-2] + number[-1] + number[-2] if number[-1] != number[-2] else number[:-1]
