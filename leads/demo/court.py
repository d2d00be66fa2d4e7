"""What became of arrests: referrals, decisions, charges and how they ended, by published shares."""

from collections import defaultdict
from datetime import timedelta

from leads.demo.dice import Deal, by_day, lognormal, pick
from leads.demo.scenes import TZ
from leads.demo.words import (
    DEFENDANTS,
    FEDERAL_CHARGES,
    FEDERAL_DECLINES,
    STATE_CHARGES,
    STATE_DECLINES,
    SUMMARY,
    SUMMARY_AT_LARGE,
)
from leads.models import Charge, Referral, ReferralDecision, Screening

TO_FEDERAL, FEDERAL_ACCEPTS, STATE_ACCEPTS = 0.35, 0.55, 0.89
DECISION_DAYS = 16
# Known outcomes of cases with a hit in Washington DC, without those never papered.
DISPOSITIONS = {
    "guilty_plea": 83,
    "dismissed_by_prosecutor": 25,
    "dismissed_by_court": 4,
    "no_bill": 2,
    "pled_other_charge": 2,
    "not_guilty": 2,
    "guilty_trial": 1,
}
GUILTY = ("guilty_plea", "pled_other_charge", "guilty_trial")
DISPOSED_AFTER_DAYS = 170
PRISON_MEAN, PRISON_SD = 68, 40


class Court:
    def __init__(self, store, rng, desks, told, at):
        self.store, self.rng, self.desks, self.told, self.at = store, rng, desks, told, at
        self.taken, self.undecided = defaultdict(int), 0
        self.offices = Deal({"USAO": TO_FEDERAL, "DA": 1 - TO_FEDERAL})
        self.dispositions = Deal(DISPOSITIONS)

    def hear(self, line, desk, closed_at, investigator, number):
        """Refer one arrest, and let the office decide if there was time for it."""
        rng = self.rng
        office = self.desks[self.offices.next()]
        referred = by_day(rng, closed_at + timedelta(days=rng.uniform(0, 2)), desk.calendar)
        if referred >= self.at:
            return
        prosecutor = rng.choice(office.having("prosecutor")).id
        defendant = DEFENDANTS[number % len(DEFENDANTS)]
        decision = self._decision(office, referred, prosecutor)
        sheet = self.store.add(Screening, lead_id=line.id, defendant=defendant, opened_at=referred)
        key = self.store.add(
            Referral,
            venue="federal" if office.code == "USAO" else "state",
            screening_id=sheet,
            lead_id=line.id,
            agency_id=desk.id,
            office_id=office.id,
            defendant=defendant,
            summary=self._summary(line, defendant),
            referred_at=referred,
            referred_by_id=investigator.id,
            decision_due_at=referred + timedelta(days=30),
            **decision,
        )
        self._keep(key, decision)
        self._record(line, desk, office, key, referred, investigator, decision)
        if decision["status"] == "accepted":
            self._charge(key, office, decision["decided_at"], prosecutor)

    def _keep(self, key, decision):
        """The first row of its history."""
        if decided := decision.get("decided_at"):
            self.store.add(
                ReferralDecision, referral_id=key, became=decision["status"], at=decided,
                by_id=decision["decided_by_id"], reason=decision.get("decline_reason", ""),
                note=decision.get("decision_note", ""),
            )  # fmt: skip

    def _record(self, line, desk, office, key, referred, investigator, decision):
        audit = self.told.audit
        audit(referred, "referral.made", Referral, key, desk.id, investigator.id, lead=line.number, office=office.code)
        self.told.notify(referred, "referral.made", office.having("prosecutor"), line)
        if decided := decision.get("decided_at"):
            verb = f"referral.{decision['status']}"
            audit(
                decided,
                verb,
                Referral,
                key,
                office.id,
                decision["decided_by_id"],
                reason=decision.get("decline_reason", ""),
            )
            self.told.notify(decided, verb, [investigator], line)

    def _summary(self, line, defendant):
        first, last = (line.scenes[place].at.astimezone(TZ) for place in (0, -1))
        agencies = " and ".join(self.desks[code].name for code in line.codes)
        dates = {"first": f"{first.day} {first:%B %Y}", "last": f"{last.day} {last:%B %Y}"}
        words = SUMMARY if line.scenes[-1].is_recovery else SUMMARY_AT_LARGE
        return words.format(defendant=defendant, count=len(line.scenes), agencies=agencies, **dates)

    def _decision(self, office, referred, prosecutor):
        rng = self.rng
        decided = by_day(rng, referred + timedelta(days=lognormal(rng, DECISION_DAYS, 0.6)), office.calendar)
        asked = by_day(rng, referred + timedelta(days=4), office.calendar)
        federal = office.code == "USAO"
        if decided >= self.at:
            self.undecided += asked < self.at
            if asked < self.at and self.undecided % 3 == 1:
                note = "Please add the microscopic comparison of the second event."
                return {"status": "more_asked", "decided_at": asked, "decided_by_id": prosecutor, "decision_note": note}
            return {"status": "referred"}
        values = {"decided_at": decided, "decided_by_id": prosecutor}
        if rng.random() < (FEDERAL_ACCEPTS if federal else STATE_ACCEPTS):
            return values | {
                "status": "accepted",
                "court_number": self._court_number(federal, decided),
                **self._next(decided),
            }
        return values | {
            "status": "declined",
            "decline_reason": pick(rng, FEDERAL_DECLINES if federal else STATE_DECLINES),
        }

    def _court_number(self, federal, decided):
        self.taken[federal, decided.year] += 1
        count = self.taken[federal, decided.year] * 7
        return f"{decided:%y}-CR-{count:05d}" if federal else f"WX-{decided:%Y}-CF-{count:05d}"

    def _next(self, decided):
        """A court date for cases still before the court."""
        if (self.at - decided).days > DISPOSED_AFTER_DAYS:
            return {}
        day = (self.at + timedelta(days=self.rng.randint(3, 60))).astimezone(TZ).date()
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        return {
            "next_on": day,
            "next_what": self.rng.choice(("Preliminary hearing", "Arraignment", "Plea hearing", "Motions")),
        }

    def _charge(self, referral, office, decided, prosecutor):
        rng = self.rng
        federal = office.code == "USAO"
        ended = decided + timedelta(days=lognormal(rng, 130, 0.4))
        disposition = (
            self.dispositions.next()
            if ended < self.at and (self.at - decided).days > DISPOSED_AFTER_DAYS / 2
            else "pending"
        )
        charges = rng.sample(FEDERAL_CHARGES if federal else STATE_CHARGES, rng.choice((1, 1, 2)))
        for place, (statute, title) in enumerate(charges):
            values = {} if disposition == "pending" else {"disposed_on": ended.astimezone(TZ).date()}
            if disposition in GUILTY and place == 0:
                values["prison_months"] = max(
                    0, round(rng.gauss(PRISON_MEAN if federal else 34, PRISON_SD if federal else 20))
                )
                values["probation_months"] = rng.choice((12, 24, 36))
            key = self.store.add(
                Charge,
                referral_id=referral,
                statute=statute,
                title=title,
                counts=rng.choice((1, 1, 1, 2)),
                charged_on=min(decided + timedelta(days=1), self.at).astimezone(TZ).date(),
                disposition=disposition,
                **values,
            )
            self.told.audit(decided, "charge.added", Charge, key, office.id, prosecutor, statute=statute)
            if disposition != "pending":
                self.told.audit(ended, "charge.disposed", Charge, key, office.id, prosecutor, disposition=disposition)
