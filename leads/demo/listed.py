"""The people list of the demo city, with somebody in every state, whom it was given to, and who was trained to read it.

It runs over rows that were written, so that the rest of the city stays as it is. Every name is fictional.
"""

import json
import random
from datetime import date, timedelta

from django.db import connection

from agencies.models import Agency
from agencies.roles import GRANTS, Permission, Role
from leads import entitykeys, retention
from leads.actions._listed import stamped
from leads.demo.scenes import TZ
from leads.demo.store import Store
from leads.models import (
    Assertion,
    Certificate,
    Dissemination,
    Entity,
    EntityKey,
    LeadEvent,
    ListedFact,
    ListedPerson,
)
from leads.queries import listed as queries

# Name, status, days since it was entered, since the last review, and how many events sources name the person in.
PEOPLE = (
    ("Lorne Vessey", "active", 150, 20, 3),
    ("Marek Tolan", "active", 95, 82, 2),
    ("Dario Penhallow", "custody", 240, 61, 2),
    ("Tobin Ashgrove", "referred", 170, 40, 1),
    ("Silas Corrigan", "monitored", 300, 33, 1),
    ("Emmet Farrow", "candidate", 2, 2, 2),
    ("Jonah Pell", "candidate", 9, 9, 1),
    ("Ruben Stavely", "removed", 200, 110, 1),
    ("", "purged", 420, 400, 0),
)
TRAINED, FEW = ("CTR", "PAPD", "DA", "FED"), 8
PREDICATE = "Reasonably suspected of the shootings below and of unlawful possession of a firearm"
BASIS = "Named by two independent sources in the reports below; each event is of a gun on a line of the laboratory"
FACTS = (("shooting", 70, "Arrest report 26-AR-1187"), ("possession", 130, "Docket WX-2026-0412"))
GIVEN = (
    ("opened", "PAPD", Role.DETECTIVE, "investigation", "Same gun as the case of June"),
    ("given", "DA", Role.PROSECUTOR, "prosecution", "Detention hearing on Monday"),
    ("printed", "CTR", Role.ANALYST, "review", "For the coordinator's review"),
)
SCORED = """
update leads_listedperson set score = %(score)s, score_version = %(score_version)s,
       score_inputs = %(score_inputs)s::jsonb, score_as_of = %(score_as_of)s where id = %(id)s"""


class Listed:
    def __init__(self, seed, desks, at):
        self.rng, self.at, self.desks, self.store = random.Random(f"listed {seed}"), at, desks, Store()
        self.center = desks["CTR"]
        self.boss = self.center.having(Role.CENTER_COORDINATOR)[0].id
        self.analyst = self.center.having(Role.ANALYST)[0].id
        self.today = at.astimezone(TZ).date()

    def write(self):
        self._trained()
        events = self._events()
        people = self.store.first(Entity)
        for number, (name, status, entered, reviewed, many) in enumerate(PEOPLE):
            person = self._person(people + number, name, [events.pop() for _ in range(many)]) if name else None
            entry = self._entry(person, status, entered, reviewed)
            if status in ("active", "custody"):
                self._more(entry, entered)
        self.store.close()
        self._score()

    def _trained(self):
        """Everybody who may read it in four agencies; the others are still to be trained."""
        reads = {role for role, held in GRANTS.items() if Permission.LISTED_VIEW in held}
        since = self.at - timedelta(days=90)
        for code in TRAINED:
            trained = {each.id: each for each in self.desks[code].people if each.role in reads}
            for person in [*trained.values()][:FEW]:
                by = self.boss if person.id != self.boss else self.analyst
                self.store.add(
                    Certificate, user_id=person.id, agency_id=self.desks[code].id, completed_on=since.date(),
                    expires_at=since + timedelta(days=731), recorded_at=since, recorded_by_id=by,
                )  # fmt: skip

    def _events(self):
        """Events of the last months that sources can name somebody in: those an examiner confirmed come first."""
        found = LeadEvent.objects.filter(
            lead__agency=self.center.id, lead__desk=None, incident__isnull=False,
            occurred_at__range=(self.at - timedelta(days=330), self.at - timedelta(days=9)),
        )  # fmt: skip
        confirmed = list(found.filter(confirmed_at__isnull=False).order_by("-occurred_at", "pk")[:6])
        others = list(found.filter(confirmed_at=None).order_by("-occurred_at", "pk")[:20])
        self.rng.shuffle(others)
        return others[:8] + confirmed[::-1]

    def _person(self, number, name, events):
        born_on = date(1986 + self.rng.randrange(14), 1 + self.rng.randrange(12), 1 + self.rng.randrange(28))
        on = self.at - timedelta(days=310)
        self.store.add(
            Entity, agency_id=self.center.id, kind="person", name=name, born_on=born_on, standing_id=number,
            recorded_at=on, recorded_by_id=self.analyst,
        )  # fmt: skip
        for key in sorted(entitykeys.person_keys(name, born_on)):
            self.store.add(EntityKey, entity_id=number, key=key)
        for event in events:
            role, kind = self.rng.choice((("suspect", "statement"), ("possessor", "video"), ("suspect", "report")))
            said_at = min(self.at, event.occurred_at + timedelta(days=4))
            self.store.add(
                Assertion, entity_id=number, lead_id=event.lead_id, event_id=event.pk, role=role, source_kind=kind,
                source=f"Supplement 2 to {event.case_number}", reliability=self.rng.choice("AB"), validity=2,
                agency_id=self.center.id, said_at=said_at, said_by_id=self.analyst,
            )  # fmt: skip
        return number

    def _entry(self, person, status, entered, reviewed):
        entered_on, reviewed_on = self.today - timedelta(days=entered), self.today - timedelta(days=reviewed)
        days = retention.approved(reviewed_on, entered_on + timedelta(days=retention.RETENTION_DAYS))
        if status == "candidate":
            days = retention.proposed(entered_on)
        values = {"criminal_predicate": PREDICATE, "reasonable_suspicion_basis": BASIS, "score_inputs": {}}
        if status != "candidate":
            values |= {"approved_at": self._ago(entered - 1), "approved_by_id": self.boss}
        if status == "custody":
            values |= {"held_at": self._ago(12), "held_by_id": self.boss, "hold": "Wexley County Court, order 26-118"}
        if status == "removed":
            values |= {"removed_at": self._ago(6), "removed_by_id": self.analyst, "removal": "desisted"}
            days = days._replace(purge_on=self.today + timedelta(days=24))
        if status == "purged":
            values |= {"removed_at": self._ago(310), "removed_by_id": self.analyst, "removal": "unfounded"}
            values |= {"purged_at": self._ago(280), "rule": "removed"}
            values |= {"criminal_predicate": "", "reasonable_suspicion_basis": ""}
            days = days._replace(purge_on=self.today - timedelta(days=280))
        return self.store.add(
            ListedPerson, agency_id=self.center.id, person_id=person, status=status, submitter_id=self.desks["PAPD"].id,
            source_reliability="usually", content_validity="probable", entered_on=entered_on, reviewed_on=reviewed_on,
            validated_on=entered_on, review_due=days.review_due, purge_on=days.purge_on,
            proposed_at=self._ago(entered), proposed_by_id=self.analyst, **values,
        )  # fmt: skip

    def _more(self, entry, entered):
        """Documented events, and whoever got something of it."""
        for factor, days, source in FACTS:
            if days < entered + 60:
                self.store.add(
                    ListedFact, listed_id=entry, factor=factor, on=self.today - timedelta(days=days), source=source,
                    recorded_at=self._ago(min(days, entered)), recorded_by_id=self.analyst,
                )  # fmt: skip
        for number, (how, code, role, right, reason) in enumerate(GIVEN):
            person = self.desks[code].having(role)[0].id
            self.store.add(
                Dissemination, listed_id=entry, how=how, agency_id=self.desks[code].id, person_id=person, right=right,
                reason=reason, at=self._ago(3 + 4 * number), by_id=self.analyst if how == "given" else person,
            )  # fmt: skip

    def _ago(self, days):
        return self.at - timedelta(days=days)

    def _score(self):
        """As the clock would have measured them today."""
        center = Agency.objects.get(pk=self.center.id)
        standing = list(ListedPerson.objects.standing().select_related("person"))
        scores = queries.measured(standing, center, self.today)
        with connection.cursor() as cursor:
            for entry in standing:
                values = stamped(scores[entry.pk]) | {"id": entry.pk}
                cursor.execute(SCORED, values | {"score_inputs": json.dumps(values["score_inputs"])})
