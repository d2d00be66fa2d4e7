"""Who sources say had to do with events: suspects, victims, witnesses and a juvenile; said again, said to be the same
or another, withdrawn, taken back; vehicles, phones, addresses; checklists begun and answered.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import date, timedelta

from agencies.models import User
from leads import enriching, entitykeys
from leads.demo.cast import DOMAIN
from leads.demo.store import Store
from leads.models import (
    Assertion,
    EnrichmentItem,
    EnrichmentRule,
    Entity,
    EntityKey,
    Lead,
    LeadEvent,
    Particular,
    Sameness,
)

LEADS = 5
# Name, kind, born or state of the plate.
WHO = {
    "teague": ("Teague, Marlon", "person", date(1998, 4, 11)),
    "again": ("Teague, Marlon J.", "person", date(1998, 4, 11)),
    "brother": ("Teague, Marlin", "person", date(2001, 9, 30)),
    "hart": ("Hart, Lewis", "person", date(1987, 1, 19)),
    "louis": ("Hart, Louis", "person", None),
    "thorne": ("Thorne, Odile", "person", date(1979, 6, 2)),
    "whitlow": ("Whitlow, Rosa", "person", date(1991, 12, 8)),
    "rosa": ("Rosa Whitlow", "person", date(1991, 12, 8)),
    "car": ("7KX-204", "vehicle", "IL"),
    "phone": ("(555) 010-0142", "phone", None),
    "house": ("412 North Alder Avenue", "address", None),
}
# Who, on which lead and event, as what, source, how good it is, by whom, why it was withdrawn.
SAID = (
    ("teague", 0, 0, "suspect", "video", "Store camera, 400 block, copied by PAPD", "B", 3, "detective", ""),
    ("teague", 1, 1, "possessor", "report", "Supplement 2 of the stop", "A", 2, "analyst", ""),
    ("again", 2, 0, "suspect", "source_number", "Source 1142", "C", 3, "detective", ""),
    ("brother", 1, 0, "possessor", "social", "Post of 4 June, kept by the analyst", "D", 4, "analyst", ""),
    ("hart", 0, 1, "suspect", "statement", "Call to the tip line", "E", 5, "detective", "Was in custody that night"),
    ("hart", 3, 0, "suspect", "report", "Supplement 1", "B", 3, "analyst", ""),
    ("louis", 3, 1, "possessor", "report", "Field card read out by phone", "C", 4, "detective", ""),
    ("thorne", 0, 0, "victim", "report", "First report", "A", 1, "detective", ""),
    ("whitlow", 0, 1, "witness", "statement", "Statement at the scene", "B", 2, "detective", ""),
    ("rosa", 4, 0, "witness", "statement", "Statement by phone", "B", 2, "analyst", ""),
    ("penn", 0, 1, "suspect", "video", "Bus camera, line 14", "B", 4, "detective", ""),
    ("car", 0, 0, "named", "lpr", "Reader at the bridge, that night", "A", 2, "analyst", ""),
    ("car", 1, None, "named", "report", "Supplement 2 of the stop", "A", 2, "analyst", ""),
    ("phone", 0, None, "named", "phone", "Tower list under warrant 26-88", "A", 2, "analyst", ""),
    ("house", 0, 1, "named", "report", "First report", "B", 2, "detective", ""),
)
KNOWN = (
    ("teague", 0, "fbi_number", "882410KB5"),
    ("teague", 0, "other_name", "Red Marlon"),
    ("teague", 1, "local_number", "PA-55102"),
    ("car", 0, "make", "Ford Escape"),
    ("car", 0, "color", "Gray"),
)
SAME = (
    ("teague", "again", "same", "Same date of birth and FBI number on the booking sheet", ""),
    ("teague", "brother", "apart", "Two brothers: both were there when one was stopped", ""),
    ("hart", "louis", "same", "Names alike", "Dates of birth differ, says the jail"),
)
CHECKED = (
    ("reports", "done", "All five read; two name the same gray car", ""),
    ("lpr", "done", "Two reads at the bridge, 20 minutes after the second event", "https://lpr.portal.example/reads/7KX204"),
    ("cameras", "asked", "Asked of the transit agency", ""),
    ("social", "not_available", "No account that can be tied to anybody", ""),
    ("gunshot", "open", "", ""),
)  # fmt: skip


class Named:
    def __init__(self, at):
        self.at, self.store = at, Store()
        mails = ("analyst", "detective", "coordinator")
        self.people = {mail: User.objects.get(email=f"{mail}@{DOMAIN}") for mail in mails}
        self.agency = {mail: each.memberships.first().agency_id for mail, each in self.people.items()}
        self.ids, self.born = {}, at.date().replace(year=at.year - 16, day=1)

    def write(self):
        open_ = Lead.objects.filter(
            status=1, desk=None, events_count__gte=2, obligations__agency=self.agency["detective"]
        )
        leads = list(open_.order_by("-events_count", "-opened_at", "-pk").distinct()[:LEADS])
        if len(leads) < LEADS:
            return
        first = self.store.first(Entity)
        for place, (key, (name, kind, more)) in enumerate((WHO | {"penn": self._penn()}).items()):
            self.ids[key] = first + place
            self._entity(key, name, kind, more, leads[0].agency_id)
        for row in SAID:
            self._say(leads, *row)
        for key, place, kind, value in KNOWN:
            row = {"entity_id": self.ids[key], "lead_id": leads[place].pk, "kind": kind, "value": value}
            made = self.store.add(Particular, **row, added_at=self._ago(9), added_by_id=self.people["analyst"].pk)
            if kind.endswith("_number"):
                self._found_by(self.ids[key], entitykeys.number_keys(kind, value), made)
        for row in SAME:
            self._same(*row)
        self._checklists(leads)
        self.store.close()

    def _penn(self):
        return "Penn, Dario", "person", self.born

    def _ago(self, days):
        return self.at - timedelta(days=days)

    def _entity(self, key, name, kind, more, center):
        # The second of two that are the same stands by the first.
        stands = self.ids["teague" if key == "again" else key]
        born, region = (more, "") if kind == "person" else (None, more or "")
        row = {"agency_id": center, "kind": kind, "name": name, "region": region, "born_on": born}
        by = {"recorded_at": self._ago(10), "recorded_by_id": self.people["analyst"].pk}
        made = self.store.add(Entity, **row, **by, standing_id=stands)
        self._found_by(made, entitykeys.keys(kind, name, region=region, born_on=born))

    def _found_by(self, entity, keys, particular=None):
        for key in sorted(keys):
            self.store.add(EntityKey, entity_id=entity, particular_id=particular, key=key)

    def _say(self, leads, key, place, event, role, kind, source, reliability, validity, who, withdrawn):
        lead = leads[place]
        events = list(LeadEvent.objects.filter(lead=lead).values_list("pk", flat=True)) if event is not None else []
        ended = {}
        if withdrawn:
            by = self.people["detective"].pk
            ended = {"withdrawn_at": self._ago(2), "withdrawn_by_id": by, "withdrawn_why": withdrawn}
        self.store.add(
            Assertion, entity_id=self.ids[key], lead_id=lead.pk, event_id=events[event] if events else None, role=role,
            source_kind=kind, source=source, reliability=reliability, validity=validity, agency_id=self.agency[who],
            said_at=self._ago(9 - place), said_by_id=self.people[who].pk, **ended,
        )  # fmt: skip

    def _same(self, one, other, verdict, reason, back):
        by, taken = self.people["analyst"].pk, {}
        if back:
            taken = {"taken_back_at": self._ago(1), "taken_back_by_id": by, "taken_back_why": back}
        row = {"one_id": self.ids[one], "other_id": self.ids[other], "verdict": verdict, "reason": reason}
        self.store.add(Sameness, **row, decided_at=self._ago(4), decided_by_id=by, **taken)

    def _checklists(self, leads):
        by = {"changed_at": self._ago(3), "changed_by_id": self.people["analyst"].pk}
        for kind, state, result, link in CHECKED:
            self.store.add(EnrichmentItem, lead_id=leads[0].pk, kind=kind, state=state, result=result, link=link, **by)
        for lead in leads[1:3]:
            self.store.add(EnrichmentItem, lead_id=lead.pk, kind="reports", state="done", result="Read", **by)
        chosen = {"casings": [*enriching.BUILT_IN["casings"], "ballistics"]}
        ruled = {"chosen": chosen, "changed_at": self._ago(30), "changed_by_id": self.people["coordinator"].pk}
        self.store.table(EnrichmentRule).add({"agency_id": leads[0].agency_id, **ruled})
