"""Bulletins in every state, which agencies answer others, and what was asked: a few rows over the city as written."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from agencies.calendars import end_of_nth_business_day
from agencies.models import Agency
from evidence.models import Firearm
from leads import bulletins as pure
from leads import deconfliction
from leads.actions._bulletins import DAYS
from leads.demo.store import Store
from leads.models import (
    Bulletin,
    BulletinEvent,
    BulletinRecipient,
    Inquiry,
    InquiryAnswer,
    Lead,
)
from leads.queries import outdated
from leads.queries.bulletins import put_together

ASKS = (
    "Look for casings of this caliber in your open shots-fired calls, and call before you act on a gun recovered near "
    "these blocks."
)
CONTACT = "Tri-Rivers CGIC, analyst on duty, 555-0190"
# Title, purpose, state, days since it was drafted, whether the agencies have acknowledged it.
BULLETINS = (
    ("Same gun at scenes of two agencies within weeks", "request", "sent", 1, False),
    ("Gun of an open line may be moving between districts", "safety", "sent", 9, True),
    ("Line of shootings near the river: a link was eliminated", "information", "stale", 7, True),
    ("Three scenes, one presumed gun", "request", "superseded", 20, True),
    ("Shots fired on two evenings, one presumed gun", "information", "retracted", 15, True),
    ("Casings wanted for comparison", "request", "waiting", 0, False),
    ("Line that grew over the weekend", "information", "draft", 0, False),
)
GETS = ("PAPD", "GMPD", "WCSO", "DA", "PROB")
SECTIONS = ("summary", "line", "events", "places", "asks")
ANSWER = {"PAPD": "Gang and Gun, desk", "GMPD": "Investigations, desk", "WCSO": "Major Crimes, desk"}
REASONS = ("Same caliber and make at our scene", "Gun named by a caller", "Arrest planned this week", "Bail hearing")

RULE = """
insert into leads_deconflictionrule (agency_id, answers, contact, phone, email, set_at, set_by_id)
values (%s, true, %s, '555-0142', '', %s, %s)"""


class Shared:
    def __init__(self, desks, at):
        self.desks, self.at, self.store = desks, at, Store()
        center = desks["CTR"]
        self.center = Agency.objects.get(pk=center.id)
        self.analyst, self.chief = (center.having(role)[0].id for role in ("analyst", "center_coordinator"))

    def write(self):
        told = Q(desk=None) | Q(desk__state="sent")
        leads = Lead.objects.filter(told, agency=self.center, status=1, events_count__gte=3, last_event_at__lt=self.at)
        leads = list(leads.order_by("-opened_at", "pk"))
        # The oldest first, each of a line that had its last event by then.
        for plan in sorted(BULLETINS, key=lambda each: -each[3])[: len(leads)]:
            when = self._drafted(plan[3])
            lead = next((each for each in leads if each.opened_at < when > each.last_event_at), leads[-1])
            leads.remove(lead)
            self._bulletin(lead, *plan)
        self._rules()
        self._inquiries()
        self.store.close()

    # --- bulletins --------------------------------------------------------------------------------------------------

    def _drafted(self, ago):
        return self.at - timedelta(days=ago, hours=5)

    def _bulletin(self, lead, title, purpose, state, ago, heard):
        when = self._drafted(ago)
        made = self._written(lead, title, purpose, state, when, heard)
        if state == "superseded":
            newer = f"{title}, corrected"
            self._written(lead, newer, purpose, "sent", when + timedelta(days=2), heard, supersedes_id=made)

    def _written(self, lead, title, purpose, state, when, heard, **values):
        draft = Bulletin(lead=lead, agency=self.center, sections=list(SECTIONS))
        body, events = put_together(draft)
        sent = state not in ("draft", "waiting")
        if state != "draft":
            values |= {"submitted_at": when, "submitted_by_id": self.analyst, "body": body}
        if sent:
            values |= {"sent_at": when + timedelta(hours=2), "sent_by_id": self.chief}
        if state == "stale":
            values |= {"stale_at": self.at - timedelta(days=2), "stale_why": outdated.WHY[1]}
        if state == "retracted":
            why = "The notice named another case by mistake."
            values |= {"retracted_at": self.at - timedelta(days=3), "retracted_by_id": self.chief, "retracted_why": why}
        made = self.store.add(
            Bulletin, agency_id=self.center.pk, lead_id=lead.pk, status="sent" if state == "stale" else state,
            purpose=purpose, title=title, sections=list(SECTIONS), contact=CONTACT, handling=pure.HANDLING, asks=ASKS,
            summary=f"{len(events)} events of one presumed gun. Nobody is identified by that.",
            drafted_at=when - timedelta(hours=1), drafted_by_id=self.analyst, **values,
        )  # fmt: skip
        for event, confirmed in events if state != "draft" else ():
            self.store.add(BulletinEvent, bulletin_id=made, event_id=event.pk, confirmed=confirmed)
        codes = {*GETS, *(event.agency.code for event, _ in events if event.agency)} - {"CTR"}
        for code in sorted(codes):
            self._recipient(made, self.desks[code], values.get("sent_at"), state, heard and code != "WCSO")
        return made

    def _recipient(self, bulletin, desk, sent_at, state, heard):
        values = {}
        if sent_at:
            values = {"sent_at": sent_at, "due_at": end_of_nth_business_day(sent_at, DAYS, desk.calendar)}
        if sent_at and heard:
            values |= {"due_at": None, "acknowledged_at": sent_at + timedelta(hours=3)}
            values["acknowledged_by_id"] = desk.anybody.id
        if state in ("stale", "retracted"):
            warned = self.at - timedelta(days=2 if state == "stale" else 3)
            values |= {"warned_at": warned, "due_at": end_of_nth_business_day(warned, DAYS, desk.calendar)}
        if state == "superseded":
            values["due_at"] = None
        self.store.add(BulletinRecipient, bulletin_id=bulletin, agency_id=desk.id, source_id=self.center.pk, **values)

    # --- deconfliction ----------------------------------------------------------------------------------------------

    def _rules(self):
        with connection.cursor() as cursor:
            for code, contact in ANSWER.items():
                cursor.execute(RULE, [self.desks[code].id, contact, self.at - timedelta(days=60), self.chief])

    def _inquiries(self):
        """Port Alder asks about guns of Glenmoor's and the sheriff's, and about some that nobody holds."""
        asker = self.desks["PAPD"].having("detective")[0].id
        held = Firearm.objects.filter(exhibit__agency__in=[self.desks[code].id for code in ("GMPD", "WCSO")])
        held = list(held.exclude(serial_key="").select_related("exhibit").order_by("-pk")[:3])
        for place, gun in enumerate([*held, None, None]):
            at = self.at - timedelta(days=6 - place, hours=1)
            key = gun.serial_key if gun else f"NOBODY{place}"
            reviewed = {"reviewed_at": at + timedelta(days=1), "reviewed_by_id": self.chief} if place < 2 else {}
            made = self.store.add(
                Inquiry, agency_id=self.desks["PAPD"].id, asked_by_id=asker, asked_at=at, kind="gun",
                key_hash=deconfliction.hashed("gun", key, settings.SECRET_KEY), case_number=f"26-02{place}117",
                reason=REASONS[place % len(REASONS)], answers_count=1 if gun else 0, **reviewed,
            )  # fmt: skip
            if gun:
                holder = next(desk for desk in self.desks.values() if desk.id == gun.exhibit.agency_id)
                self.store.add(
                    InquiryAnswer, inquiry_id=made, holder_id=holder.id, answered_at=at, contact=ANSWER[holder.code],
                    phone="555-0142", exhibit_id=gun.exhibit_id,
                )  # fmt: skip
