"""Cases before two offices: adopted, transferred, asked for again and for more, weighed together, with notes of one.

It runs over rows that were written, before it is worked out who sees what by them.
"""

from datetime import date, datetime, time, timedelta

from django.db import connection

from leads import prosecuting
from leads.demo.scenes import TZ
from leads.demo.store import Store
from leads.models import (
    LeadEvent,
    Obligation,
    Referral,
    ReferralDecision,
    ReferralEvent,
    Revocation,
    Screening,
    ScreeningVersion,
    Task,
    VenueView,
    WorkNote,
)

DAY = timedelta(days=1)
BORN = (date(1994, 3, 2), date(1988, 11, 19), date(1999, 6, 30))
ADOPTED = "Three earlier felonies: the exposure is higher in federal court, and both offices asked for that."
WEIGHED = (
    {
        "state_offenses": "XX Penal 31.6, possession by a prohibited person", "state_months": 60,
        "state_exposure": "No mandatory minimum, as the office reads it",
        "prior_record": "Two felonies, one of violence",
        "witnesses": 2, "witness_needs": "One asks for an interpreter",
    },
    {
        "state_offenses": "XX Penal 31.6, possession by a prohibited person", "state_months": 60,
        "state_exposure": "No mandatory minimum, as the office reads it",
        "prior_record": "Two felonies, one of violence",
        "federal_offenses": "18 USC 922(g)(1), possession by a prohibited person", "federal_months": 180,
        "federal_exposure": "The sentence enhancement for three earlier offenses does not reach", "category": "IV",
        "witnesses": 2, "witness_needs": "One asks for an interpreter", "suppression": "some",
        "suppression_words": "The gun was found in a pat-down after a traffic stop: the video has to show why.",
    },
)  # fmt: skip
SAID = (
    ("USAO", "USAO", "Category IV and a gun with several events: the exposure is three times that of the state."),
    ("DA", "DA", "The witness of the last event talks to us and will not go to federal court."),
)
CONVERTED = "A machinegun conversion device."
NOTES = (
    "Ask for the officers' video before the preliminary hearing; the pat-down is the case.",
    "A plea to possession alone is what the office would take.",
)
STRUCK = ("Both officers saw the gun.", "Only one did: the other came later.")
ITEMS = (
    ("Video of the corner store, from 22:00 on", "done", "Saved, on a disk with the property room."),
    ("Microscopic comparison of the second event", "open", ""),
    ("Certified copy of the earlier conviction", "open", ""),
)

YOUNG, SUPERVISED = "Remy Alcott", "Dorn Havel"
YOUNG_SAID = "{} carried the gun to the last event and is sixteen."
SUPERVISED_SAID = "{} is on probation: at a visit his officer found ammunition, which the terms of it forbid."

BORN_ON = "update leads_referral set born_on = %(born_on)s, person_key = %(key)s where id = %(case)s"
ADOPT = """
with moved as (
  update leads_charge set disposition = 'transferred_federal', disposed_on = %(day)s,
         adopted_into_id = %(other)s
   where referral_id = %(case)s and disposition = 'pending')
update leads_referral set status = 'adopted', adopted_into_id = %(other)s, decided_at = %(at)s, decided_by_id = %(by)s
 where id = %(case)s"""
DECIDE = """
update leads_referral set status = %(status)s, decided_at = %(at)s, decided_by_id = %(by)s, decision_note = %(note)s
 where id = %(case)s"""
FORGET = "delete from leads_referraldecision where referral_id = %(case)s"


class Offices:
    def __init__(self, desks, at):
        self.desks, self.at, self.store = desks, at, Store()
        self.people = {code: desks[code].having("prosecutor")[0].id for code in ("DA", "USAO")}

    def write(self):
        found = Referral.objects.filter(office=self.desks["DA"].id, agency=self.desks["PAPD"].id)
        found = found.order_by("-referred_at", "-id")
        accepted, waits = list(found.filter(status="accepted")[:5]), list(found.filter(status="referred")[:3])
        # The oldest of those to decide stay to be decided by one office alone.
        for deed, case in zip((self._weigh, self._adopt, self._again), accepted, strict=False):
            deed(case)
        for deed, case in zip((self._transfer, self._ask), waits, strict=False):
            deed(case)
        for deed, case in zip((self._juvenile, self._revoke), accepted[-2:], strict=False):
            deed(case)
        self.store.close()

    def _other(self, case, at, **values):
        """The same case before the federal office."""
        key = self.store.add(
            Referral, lead_id=case.lead_id, agency_id=case.agency_id, office_id=self.desks["USAO"].id, venue="federal",
            screening_id=case.screening_id, defendant=case.defendant, summary=case.summary, referred_at=at,
            referred_by_id=case.referred_by_id, decision_due_at=at + 30 * DAY, born_on=case.born_on,
            person_key=case.person_key, **values,
        )  # fmt: skip
        self._assert(key, case)
        return key

    def _of(self, case, place):
        """When the person was born, and the event that a report asserts about them: the last of the line."""
        case.born_on = BORN[place]
        case.person_key = prosecuting.person_key(case.defendant, case.born_on)
        _write(BORN_ON, {"born_on": case.born_on, "key": case.person_key, "case": case.pk})
        self._assert(case.pk, case)

    def _assert(self, key, case):
        own = LeadEvent.objects.filter(lead=case.lead_id, agency=case.agency_id).order_by("-occurred_at", "-id")
        if last := own.first():
            self.store.add(ReferralEvent, referral_id=key, event_id=last.pk)

    def _step(self, key, became, at, office, **values):
        by = {"by_id": self.people[office]} | values
        self.store.add(ReferralDecision, referral_id=key, became=became, at=at, **by)

    def _beside(self, case, venue, defendant, **values):
        """Another person's case on the same gun before the same office, not before its ordinary court."""
        at = case.referred_at + timedelta(hours=2)
        sheet = self.store.add(Screening, lead_id=case.lead_id, defendant=defendant, opened_at=at)
        key = self.store.add(
            Referral, lead_id=case.lead_id, agency_id=case.agency_id, office_id=case.office_id, venue=venue,
            screening_id=sheet, defendant=defendant, referred_at=at, referred_by_id=case.referred_by_id,
            decision_due_at=at + 30 * DAY, **values,
        )  # fmt: skip
        self._assert(key, case)
        return key

    def _juvenile(self, case):
        """Of somebody who was sixteen, for the juvenile court: no packet names them."""
        born = (case.referred_at - 16.5 * 365 * DAY).date()
        self._beside(case, "juvenile", YOUNG, born_on=born, summary=YOUNG_SAID.format(YOUNG))

    def _revoke(self, case):
        """Supervision is revoked instead of a new charge: probation found ammunition."""
        at, by = min(case.referred_at + 3 * DAY, self.at - timedelta(hours=4)), self.people["DA"]
        decided = {"status": "accepted", "decided_at": at, "decided_by_id": by}
        key = self._beside(case, "revocation", SUPERVISED, summary=SUPERVISED_SAID.format(SUPERVISED), **decided)
        self._step(key, "accepted", at, "DA", note="A revocation is quicker than a new case, and enough.")
        self.store.add(
            Revocation, referral_id=key, of="probation", revoked_on=at.astimezone(TZ).date(), months=18,
            court="Wexley County Court", recorded_at=at + timedelta(hours=1), recorded_by_id=by,
        )  # fmt: skip

    def _decide(self, case, status, at, note):
        _write(DECIDE, {"case": case.pk, "status": status, "at": at, "by": self.people["DA"], "note": note})

    def _weigh(self, case):
        """Before both, who do not agree: the worksheet has two versions, the state's office its own notes."""
        self._of(case, 0)
        self._other(case, case.referred_at)
        office = {code: self.desks[code].id for code in ("DA", "USAO")}
        since = min(case.decided_at, self.at - timedelta(hours=10))
        for (code, said), hours in zip((("DA", WEIGHED[0]), ("USAO", WEIGHED[1])), (1, 3), strict=True):
            self.store.add(
                ScreeningVersion, screening_id=case.screening_id, office_id=office[code],
                saved_at=since + timedelta(hours=hours), saved_by_id=self.people[code], **said,
            )  # fmt: skip
        for place, (code, chosen, why) in enumerate(SAID):
            self.store.add(
                VenueView, screening_id=case.screening_id, office_id=office[code], chosen_id=office[chosen], why=why,
                said_at=since + timedelta(hours=4 + place), said_by_id=self.people[code],
            )  # fmt: skip
        for place, text in enumerate(NOTES):
            at = since + timedelta(hours=6 + place)
            self.store.add(WorkNote, referral_id=case.pk, text=text, at=at, by_id=self.people["DA"])
        struck = {"struck_at": at + timedelta(hours=1), "struck_by_id": self.people["DA"], "struck_why": STRUCK[1]}
        self.store.add(WorkNote, referral_id=case.pk, text=STRUCK[0], at=at, by_id=self.people["DA"], **struck)
        day = since.astimezone(TZ).date()
        done = {"at": since + timedelta(hours=8), "by_id": self.people["DA"]}
        self.store.add(WorkNote, referral_id=case.pk, kind="giglio", checked_on=day, **done)

    def _adopt(self, case):
        """Accepted by both, adopted by the federal office."""
        self._of(case, 1)
        decided = min(case.decided_at + DAY, self.at - timedelta(hours=2))
        signed = {"status": "accepted", "decided_at": decided, "decided_by_id": self.people["USAO"]}
        federal = self._other(case, case.referred_at, court_number=f"{decided:%y}-CR-00311", **signed)
        self._step(federal, "accepted", decided, "USAO")
        at = decided + timedelta(hours=1)
        self._step(case.pk, "adopted", at, "USAO", note=ADOPTED, other_id=federal)
        self.store.write(Referral)
        over = {"at": at, "by": self.people["USAO"], "day": at.astimezone(TZ).date()}
        _write(ADOPT, over | {"case": case.pk, "other": federal})

    def _again(self, case):
        """Declined at first, asked again, accepted: the court wrote down the last step."""
        first = case.referred_at + (case.decided_at - case.referred_at) / 3
        again = first + (case.decided_at - case.referred_at) / 3
        _write(FORGET, {"case": case.pk})
        self._step(case.pk, "declined", first, "DA", reason="weak_evidence", note="Nobody puts the gun in his hand.")
        before = "Arrested near the second event. The gun was under the seat."
        self._step(case.pk, "referred", again, "DA", by_id=case.referred_by_id, summary_before=before)
        self._step(case.pk, "accepted", case.decided_at, "DA", by_id=case.decided_by_id)

    def _transfer(self, case):
        """Not the state's: the federal office decides."""
        self._of(case, 2)
        at = min(case.referred_at + DAY, self.at - timedelta(hours=1))
        there = self._other(case, at, origin_id=case.pk)
        self._step(case.pk, "transferred", at, "DA", note=CONVERTED, other_id=there)
        self._decide(case, "transferred", at, CONVERTED)

    def _ask(self, case):
        """More is asked for: three items, of which one is there."""
        part = Obligation.objects.filter(lead=case.lead_id, agency=case.agency_id).first()
        at = min(case.referred_at + DAY, self.at - timedelta(hours=3))
        note = "Without these the case does not hold."
        self._decide(case, "more_asked", at, note)
        self._step(case.pk, "more_asked", at, "DA", note=note)
        due = datetime.combine(self.at.astimezone(TZ).date() + 5 * DAY, time(23, 59), TZ)
        for what, status, came in ITEMS if part else ():
            ended = {"ended_at": at + timedelta(hours=2), "ended_by_id": case.referred_by_id} if came else {}
            self.store.add(
                Task, obligation_id=part.pk, referral_id=case.pk, kind="records", what=what, status=status,
                given_at=at, given_by_id=self.people["DA"], due_at=due, came_of_it=came, **ended,
            )  # fmt: skip


def _write(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
