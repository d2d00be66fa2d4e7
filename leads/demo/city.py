"""The demo city as a whole: plan, number, write, derive."""

import random
from datetime import timedelta

from django.db import connection, transaction

from evidence.models import Incident
from leads.demo import cast, derived, lines, scripts
from leads.demo.arrivals import Arrival
from leads.demo.asked import Asked
from leads.demo.clustered import Clustered
from leads.demo.collection import Collection
from leads.demo.confirmed import Confirmed
from leads.demo.court import Court
from leads.demo.courted import Courted
from leads.demo.dated import Dated
from leads.demo.dice import add_working, by_night, pick, working_before
from leads.demo.guns import Guns
from leads.demo.keeping import Keeping
from leads.demo.laboratory import Laboratory
from leads.demo.listed import Listed
from leads.demo.map import City
from leads.demo.named import Named
from leads.demo.offices import Offices
from leads.demo.officetables import OfficeTables
from leads.demo.packed import Packed
from leads.demo.photos import Photos
from leads.demo.released import Released
from leads.demo.reviewed import Reviewed
from leads.demo.scenes import COLLECTED, GUNFIRE, RECOVERY, TZ, Scene, Scenes
from leads.demo.sent import Sent
from leads.demo.shared import Shared
from leads.demo.store import Store, triggers_off
from leads.demo.tables import Tables
from leads.demo.tasked import Tasked
from leads.demo.timed import Timed
from leads.demo.told import Told
from leads.demo.traced import Traced
from leads.demo.triaged import Triaged
from leads.demo.work import Work

DAYS = 730
SIZES = {"small": 200, "medium": 2000}
LEADS_PER_ACQUISITION = 0.18
# Eligible exhibits of a scene with casings; collected elsewhere 55 %, 75 % where a person was hit; test fired 80 %.
PER_SCENE, COLLECTED_ELSE, TEST_FIRED = 1.24, 0.55, 0.8
GUN_SHARE = 0.4
QUIET_AT_MOST = 9
# Shares of a limit that show each state of a clock: on time, due soon, and one for each rung of the ladder.
SHOWN = (0.4, 0.85, 1.1, 1.3, 1.7, 2.4)
# How many exhibits wait at the laboratory today, at least.
BENCH = 14
# Stage and share of what waits for Det. Okafor, whose sign-in is the detective's.
OKAFOR = (("start", 0.85), ("start", 0.3), ("update", 1.35), ("update", 0.5), ("update", 0.8), ("approve", 0.4))
# What was returned and waits to be routed on: by whom, and for how many minutes of work.
RETURNED = (("GMPD", 90), ("BKPD", 400))


class Town:
    """One run: everything is drawn from one seeded generator in one order, so the same seed gives the same rows."""

    def __init__(self, size, seed, at):
        self.rng, self.at, self.count = random.Random(seed), at.replace(second=0, microsecond=0), SIZES[size]
        self.seed, self.store = seed, Store()
        self.desks = cast.build(self.store, self.at)
        self.keeping = Keeping(seed, self.desks, self.at)
        self.told = Told(self.store, self.at)
        self.laboratory = Laboratory(self.store, self.rng, self.desks, self.at)
        self.scenes = Scenes(self.store, self.rng, self.desks, City(), self.at)
        self.work = Work(self.store, self.rng, self.desks, self.told, self.at)
        self.asked = Asked(self.store, seed, self.desks, self.told, self.at)
        self.collection = Collection(self.store, seed, self.desks, self.scenes.city, self.at)
        self.tables = Tables(self.store, seed, self.desks, self.at)
        self.traced = Traced(seed, self.at)

    def build(self):
        planned = self._lines()
        lines.number(planned)
        self._scenes(planned)
        self._leads(planned)
        self.told.write()
        self.store.close()
        self.collection.fill()
        Guns(self.store, self.seed, self.desks, self.at).fill()
        self.traced.fill()
        self.keeping.write()
        Sent(self.desks, self.at).write()
        Clustered(self.at).write()
        Timed(self.desks, self.told, self.at).write()
        Triaged(self.seed, self.desks, self.at).write()
        Confirmed(self.seed, self.desks, self.at).write()
        Offices(self.desks, self.at).write()
        derived.fill()
        Named(self.at).write()
        Reviewed(self.seed, self.desks, self.at).write()
        Tasked(self.desks, self.at).write()
        Courted(self.desks, self.at).write()
        Dated(self.desks, self.at).write()
        Listed(self.seed, self.desks, self.at).write()
        Shared(self.desks, self.at).write()
        Packed(self.desks, self.at).write()
        Released(self.desks, self.told, self.at).write()
        OfficeTables(self.desks, self.at).write()

    # --- plan -------------------------------------------------------------------------------------------------------

    def _lines(self):
        plan = lines.Lines(self.rng, self.desks, self.laboratory, self.at, DAYS)
        planned = [plan.known(*self._known())]
        for number, (stage, share) in enumerate((stage, share) for stage in scripts.STAGES for share in SHOWN):
            # One further with each stage, or the same agency would be the latest at all of them.
            home = ("PAPD", "GMPD", "PAPD", "WCSO", "PAPD", "BKPD")[(number + number // len(SHOWN)) % 6]
            opened, script = self._script(stage, share, home)
            planned.append(plan.scripted(opened, {home: script}, home, size=2 + number % 3))
        for stage, share in OKAFOR:
            opened, script = self._script(stage, share, "PAPD")
            planned.append(plan.scripted(opened, {"PAPD": script | {"unit": "Homicide Unit"}}, "PAPD"))
        for home, minutes in RETURNED:
            planned.append(plan.scripted(*self._returned(home, minutes), home))
        # The scripted lines are the last days' share of all, or a small city would seem to drown since last week.
        quiet = min(QUIET_AT_MOST, len(planned) * DAYS * lines.LATELY / self.count)
        return planned + [plan.by_chance(quiet) for _ in range(self.count)]

    def _script(self, stage, share, code):
        """When the notice came and the stages before ended, so that `share` of this stage's limit has run today."""
        return scripts.until(stage, share, rng=self.rng, at=self.at, calendar=self.desks[code].calendar)

    def _returned(self, code, minutes):
        """A notice that an agency gave back some minutes of work ago, to be routed on today."""
        calendar = self.desks[code].calendar
        returned = working_before(self.at, minutes, calendar)
        opened = working_before(returned, 150, calendar)
        return opened, {code: {"acknowledge": returned, "goes_back": True}}

    def _known(self):
        """Five events over 41 days: one agency late with its receipt, one about to begin, one at work."""
        opened = working_before(self.at, 11.3 * 60, self.desks["PAPD"].calendar)
        later = [add_working(opened, minutes, self.desks["PAPD"].calendar) for minutes in (40, 100, 340)]
        glenmoor = {"acknowledge": later[0], "assign": later[1]}
        sheriff = {"acknowledge": later[0], "assign": later[1], "start": later[2]}
        return opened, {"PAPD": {}, "GMPD": glenmoor, "WCSO": sheriff}

    def _unlinked(self, planned):
        """As many other scenes as make the published shares come true."""
        linked = [scene for line in planned for scene in line.scenes]
        fired = sum(not scene.is_recovery for scene in linked)
        wanted = len(planned) / LEADS_PER_ACQUISITION
        rest = max(0, wanted - PER_SCENE * fired - (len(linked) - fired))
        with_casings = round(rest * (1 - GUN_SHARE) / PER_SCENE)
        guns = round(rest * GUN_SHARE / TEST_FIRED)
        found = {kind: weight * COLLECTED.get(kind, COLLECTED_ELSE) for kind, weight in GUNFIRE.items()}
        share = sum(found.values()) / sum(GUNFIRE.values())
        missed = {kind: GUNFIRE[kind] - found[kind] for kind in GUNFIRE}
        without = round((fired + with_casings) * (1 / share - 1))
        plan = ((with_casings, found, True), (guns, RECOVERY, True), (without, missed, False))
        scenes = [self._scene(pick(self.rng, kinds), evidence) for count, kinds, evidence in plan for _ in range(count)]
        return scenes + [self._held(place) for place in range(BENCH)]

    def _held(self, place):
        """Something on the bench of the laboratory, for some days already or just come in."""
        at = self.at - timedelta(hours=20 + 10 * place)
        kind = pick(self.rng, GUNFIRE if place % 3 else RECOVERY)
        return Scene(pick(self.rng, lines.HOMES), kind, at, held=True, before=at + timedelta(hours=16))

    def _scene(self, kind, evidence):
        day = self.at - timedelta(days=1 + self.rng.random() * DAYS)
        return Scene(pick(self.rng, lines.HOMES), kind, by_night(self.rng, day, TZ), evidence=evidence)

    # --- write ------------------------------------------------------------------------------------------------------

    def _scenes(self, planned):
        scenes = [scene for line in planned for scene in line.scenes] + self._unlinked(planned)
        scenes.sort(key=lambda scene: (scene.at, scene.code))
        for scene in scenes:
            self.scenes.prepare(scene)
        arrival = Arrival(self.store, self.desks, self.at)
        loaded = [scene for scene in scenes if arrival.covers(scene)]
        self.scenes.batch = arrival.write(loaded)
        self.tables.write([scene.number for scene in loaded])
        self.scenes.loaded = {id(scene) for scene in loaded}
        for scene in scenes:
            self.scenes.write(scene)
            self.laboratory.work(scene)
            desk = self.desks[scene.code]
            self.told.audit(
                scene.created, "incident.recorded", Incident, scene.id, desk.id, scene.author, case_number=scene.number
            )
        self.collection.write(scenes)
        Photos(self.store, self.desks, self.at).write(scenes)

    def _leads(self, planned):
        writer = lines.LineWriter(self.store, self.rng, self.desks, self.told)
        for line in sorted(planned, key=lambda line: (line.opened_at, line.number)):
            writer.score(line)
            lives = self.work.obligations(line)
            lives += self.asked.obligations(line)
            writer.write(line)
            for life in lives:
                life.write()
        court = Court(self.store, self.rng, self.desks, self.told, self.at)
        for number, arrest in enumerate(self.work.arrests):
            court.hear(*arrest, number)


@transaction.atomic
def build(size, seed, at):
    """Write the demo city of a seed as it stands at `at` (aware) into a database without agencies."""
    with triggers_off():
        town = Town(size, seed, at)
        town.build()
    town.told.write_audit()
    with connection.cursor() as cursor:
        # What the first people ask would be planned as for empty tables, until autovacuum comes some time later.
        cursor.execute("analyze")
