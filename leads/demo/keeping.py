"""The property rooms of the city: places, what lies in them, what is in transit, counted, past its review, on hold."""

import itertools
import random
from datetime import timedelta

from django.db import connection

from evidence.models import (
    Acquisition,
    CustodyEvent,
    Disposal,
    Exhibit,
    HandOver,
    Inventory,
    LegalHold,
    Place,
    Receipt,
    RetentionRule,
)
from leads.demo.store import Store

SHELVES = {"PAPD": 12, "GMPD": 4, "WCSO": 5, "BKPD": 3, "UNIV": 2, "WCL": 8}
MONTHS = {"casing_group": 60, "firearm": 20, "projectile": 60, "magazine": 20, "test_fire": 60, "other": 36}
# Hours for which something has been in transit; what is over a day is late.
GIVEN, SENT, BACK = (2, 30), (1, 8, 50), (26, 3)

# Who has each exhibit by the last row of its chain, and on which of its holder's shelves it lies.
LIE = """
with last as (
  select distinct on (c.exhibit_id) c.exhibit_id, c.purpose from evidence_custodyevent c
   order by c.exhibit_id, c.position desc),
held as (
  select e.id, case when l.purpose in ('to_laboratory', 'received') then %(lab)s else e.agency_id end as holder
    from evidence_exhibit e join last l on l.exhibit_id = e.id),
shelf as (
  select p.id, p.agency_id, p.code || coalesce(nullif(', ' || p.label, ', '), '') as words,
         row_number() over (partition by p.agency_id order by p.id) - 1 as n,
         count(*) over (partition by p.agency_id) as m
    from evidence_place p where p.kind = 'shelf')
update evidence_exhibit e
   set held_by_id = h.holder, place_id = s.id, storage = left(coalesce(s.words, e.storage), 80),
       review_on = ((e.collected_at at time zone 'UTC')::date + make_interval(months => r.months))::date
  from held h left join shelf s on s.agency_id = h.holder and s.n = h.id %% s.m, evidence_exhibit x
  left join evidence_retentionrule r on r.agency_id = x.agency_id and r.kind = x.kind
 where h.id = e.id and x.id = e.id"""
STORED = """update evidence_exhibit set place_id = %(place)s, storage = %(words)s where id = any(%(ids)s)"""
GONE = """
update evidence_exhibit set disposed_at = %s, disposed_by_id = %s, place_id = null, held_by_id = null, storage = ''
 where id = %s"""
SEAL = "update evidence_custodyevent c set hash = evidence_custody_hash(c.previous_hash, c) where c.hash = ''"
COUNTED = """
insert into evidence_inventoryline
  (inventory_id, exhibit_id, text, expected, belongs_to_id, found_at, found_by_id, outcome)
select %(count)s, e.id, '', true, e.place_id, case when n %% 9 <> 4 then %(at)s end,
       case when n %% 9 <> 4 then %(by)s end,
       case when not %(over)s then '' when n %% 9 <> 4 then 'found' else 'missing' end
  from (select e.*, row_number() over (order by e.id) as n from evidence_exhibit e where e.place_id = %(place)s) e"""
STRAY = """
insert into evidence_inventoryline
  (inventory_id, exhibit_id, text, expected, belongs_to_id, found_at, found_by_id, outcome)
select %(count)s, e.id, '', false, e.place_id, %(at)s, %(by)s, case when %(over)s then 'misplaced' else '' end
  from evidence_exhibit e where e.place_id = %(from)s order by e.id limit 2"""


class Keeping:
    """Draws its own numbers, so that the rest of the city stays as it is. Written when all other rows are there and
    triggers are off still.
    """

    def __init__(self, seed, desks, at):
        self.rng, self.desks, self.at = random.Random(f"keeping {seed}"), desks, at
        self.papd, self.lab = desks["PAPD"], desks["WCL"]
        self.ito = self.papd.having("evidence_technician")[0]
        self.okafor = next(person for person in self.papd.people if person.name == "Chidi Okafor")
        self.quill = self.lab.having("examiner")[0]
        self.taken, self.store = set(), Store()

    def write(self):
        """Three times the store is emptied: what is written next looks at what was written before."""
        self._places()
        rules = [(desk, kind, months) for desk in SHELVES if desk != "WCL" for kind, months in MONTHS.items()]
        for desk, kind, months in rules:
            self.store.add(RetentionRule, agency_id=self.desks[desk].id, kind=kind, months=months)
        self.store.close()
        self._run(LIE, {"lab": self.lab.id})
        self._in_transit()
        self._checked_in()
        self._counts()
        self._leaving()
        self.store.close()
        self._run(SEAL)

    def _run(self, sql, asked=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)

    def _places(self):
        """Of each agency a building with a room of shelves, night lockers, and an annex that is closed."""
        self.shelves = {}
        for code, count in SHELVES.items():
            desk = self.desks[code]
            keeper = (desk.having("evidence_technician", "examiner") or [desk.anybody])[0].id
            made = {"agency_id": desk.id, "created_by_id": keeper, "created_at": self.at - timedelta(days=700)}
            building = self.store.add(Place, kind="building", code="HQ", label=desk.name[:60], **made)
            made |= {"parent_id": building}
            self.store.add(Place, kind="locker", code="LK-1", label="Night lockers", **made)
            gone = {"closed_at": self.at - timedelta(days=200), "closed_by_id": keeper}
            self.store.add(Place, kind="room", code="PR0", label="Old annex", **made, **gone)
            made |= {"parent_id": self.store.add(Place, kind="room", code="PR1", label="Property room", **made)}
            self.shelves[code] = [
                self.store.add(Place, kind="shelf", code=f"S{number:02d}", label=_shelf(number), **made)
                for number in range(1, count + 1)
            ]

    def _some(self, found, count):
        """Exhibits that nothing else here has taken, the newest first."""
        chosen = [each for each in found.order_by("-id")[: 20 * count] if each.id not in self.taken][:count]
        self.taken |= {each.id for each in chosen}
        return chosen

    def _at_home(self):
        return Exhibit.objects.filter(agency=self.papd.id, held_by=self.papd.id)

    def _in_transit(self):
        out = self._receipt("check_out", 2, to_agency_id=self.papd.id, to_person_id=self.okafor.id)
        shared = Acquisition.objects.filter(site=self.lab.id).values("exhibit__incident")
        done = {"acquisitions__entered_at__lt": self.at - timedelta(days=3)}
        returned = Exhibit.objects.filter(agency=self.papd.id, held_by=self.lab.id, **done)
        person, unit = {"to_person_id": self.okafor.id}, {"to_unit_id": self.papd.units["Property Room"]}
        lots = (
            (GIVEN, self._at_home(), self.ito, "to_court", self.papd, person | {"receipt_id": out}),
            ((5,), self._at_home(), self.okafor, "returned", self.papd, unit),
            (SENT, self._at_home().filter(incident__in=shared), self.ito, "to_laboratory", self.lab, {}),
            (BACK, returned, self.quill, "returned", self.papd, unit),
        )
        for hours, found, giver, purpose, to, more in lots:
            for hour, exhibit in zip(hours, self._some(found, len(hours)), strict=False):
                self._offer(exhibit, giver, purpose, to, hour, **more)
        refused = {"status": "refused", "answered_by_id": self.quill.id, "reason": "The seal does not match the form"}
        refused |= {"answered_at": self.at - timedelta(hours=70)}
        for exhibit in self._some(self._at_home().filter(incident__in=shared), 1):
            self._offer(exhibit, self.ito, "to_laboratory", self.lab, 75, **refused)

    def _offer(self, exhibit, giver, purpose, to, hours, **more):
        when = self.at - timedelta(hours=hours)
        self.store.add(
            HandOver, exhibit_id=exhibit.id, purpose=purpose, from_agency_id=exhibit.held_by_id,
            from_place_id=exhibit.place_id, to_agency_id=to.id, condition="Sealed",
            seal=f"S{exhibit.id % 100000:05d}-9", at=when, offered_at=when, offered_by_id=giver.id, **more,
        )  # fmt: skip

    def _receipt(self, kind, hours, **to):
        when = self.at - timedelta(hours=hours)
        made = {"agency_id": self.papd.id, "made_at": when, "made_by_id": self.ito.id}
        return self.store.add(Receipt, kind=kind, **made, **to)

    def _checked_in(self):
        shelf, words = self.shelves["PAPD"][3], f"S04, {_shelf(4)}"
        stored = {"to_agency_id": self.papd.id, "place_id": shelf}
        stored |= {"receipt_id": self._receipt("check_in", 20, place_id=shelf)}
        chosen = self._some(self._at_home(), 4)
        for exhibit in chosen:
            self._leg(exhibit, self.ito, "stored", words, 20, **stored)
        self._run(STORED, {"place": shelf, "words": words, "ids": [each.id for each in chosen]})

    def _leg(self, exhibit, by, purpose, to_whom, hours, **more):
        last = exhibit.custody.last()
        when = max(last.at, self.at - timedelta(hours=hours))
        self.store.add(
            CustodyEvent, exhibit_id=exhibit.id, position=last.position + 1, purpose=purpose, from_whom=last.to_whom,
            to_whom=to_whom, condition="Sealed", seal=last.seal, at=when, recorded_at=when, recorded_by_id=by.id,
            from_person_id=by.id, hash_version=2, previous_hash=last.hash, hash="", **more,
        )  # fmt: skip

    def _counts(self):
        shelves = self.shelves["PAPD"]
        for place, stray, days, over in ((shelves[0], shelves[1], 40, True), (shelves[4], shelves[5], 1, False)):
            began = self.at - timedelta(days=days)
            ended = {"status": "finished", "finished_at": began + timedelta(hours=3), "finished_by_id": self.ito.id}
            made = {"agency_id": self.papd.id, "started_at": began, "started_by_id": self.ito.id}
            count = self.store.add(Inventory, place_id=place, **made, **(ended if over else {}))
            asked = {"count": count, "place": place, "from": stray, "by": self.ito.id, "over": over}
            for sql in (COUNTED, STRAY):
                self._run(sql, asked | {"at": began + timedelta(hours=1)})

    def _leaving(self):
        """Guns past their review: two wait for approval, one of them let go by one person; one may go; one is gone."""
        old = self._at_home().filter(kind="firearm", review_on__lt=self.at.date()).order_by("-id")
        found = dict.fromkeys([*old.filter(firearm__traces=None)[:1], *old[:60]])
        guns = [each for each in found if each.id not in self.taken][:7]
        boss = self.papd.having("commander")[0]
        for gun, status in zip(guns, ("proposed", "proposed", "approved", "done", "sent_back"), strict=False):
            self._disposal(gun, status, boss, is_first=gun is guns[0])
        reasons = itertools.cycle(("Appeal of the sentence is pending", "Asked for by the District Attorney"))
        for number, gun in enumerate(guns[5:], 9):
            why = {"reason": next(reasons), "set_at": self.at - timedelta(days=number), "set_by_id": self.ito.id}
            self.store.add(LegalHold, exhibit_id=gun.id, agency_id=self.papd.id, **why)

    def _disposal(self, gun, status, boss, is_first):
        began = self.at - timedelta(days=self.rng.randrange(3, 12))
        values = {"method": "destroy" if status != "approved" else "return", "reason": "Sentence served, no appeal"}
        if is_first:
            values |= {"waived_at": self.at - timedelta(days=2), "waived_by_id": self.ito.id}
            values |= {"waived_because": "The frame is cut in two"}
        if status in ("approved", "done"):
            values |= {"approved_at": began + timedelta(days=1), "approved_by_id": boss.id}
        if status in ("done", "sent_back"):
            by, why = (self.ito, "") if status == "done" else (boss, "Ask the prosecutor first")
            values |= {"ended_at": began + timedelta(days=2), "ended_by_id": by.id, "ended_because": why}
        if status == "done":
            values |= {"method": "use", "witness": "Sgt. Noor Aziz"}
            self._leg(gun, self.ito, "disposed", "Agency use, witness Sgt. Noor Aziz", 30)
            self._run(GONE, [began + timedelta(days=2), self.ito.id, gun.id])
        said = {"status": status, "proposed_at": began, "proposed_by_id": self.ito.id}
        self.store.add(Disposal, exhibit_id=gun.id, agency_id=self.papd.id, **said, **values)


def _shelf(number):
    return f"Bay {'DABC'[number % 4]}"
