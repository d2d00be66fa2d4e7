"""A scene of two departments on one lead, and every deed in it that tells somebody, each in one word."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from agencies.actions import invitations, sign_ins
from agencies.models import Agency
from agencies.roles import Role
from evidence.actions import (
    acquisitions,
    correlations,
    custody,
    disposals,
    handovers,
    imports,
    lab_requests,
    review_calls,
    undoings,
)
from evidence.models import CorrelationReview, Exhibit, Incident
from leads.actions import (
    absences,
    activities,
    askings,
    assignments,
    charges,
    closings,
    confirmations,
    escalations,
    extensions,
    hearings,
    obligations,
    pauses,
    referrals,
    reminders,
    rerouting,
    stale,
)
from leads.models import Charge, Lead, Obligation, Referral
from tests.evidence.import_city import GOOD, checked, take
from tests.evidence.records_city import loaded, undone
from tests.factories import NOW, City, agency, exhibit, incident, members
from tests.leads.deeds_clusters import Tying
from tests.leads.deeds_confirmation import Confirming
from tests.leads.deeds_entities import Naming
from tests.leads.deeds_triage import Triage
from tests.leads.working import BOTH, load, notice, part, system

DAY = timezone.localdate(NOW)


class Scene(Triage, Confirming, Tying, Naming, City):
    """The usual cast and a few more, so that who is told is always a choice; a lead of both departments."""

    def _people(self):
        super()._people()
        self.probation = agency("PROB", Agency.Kind.PROBATION, parent=self.center)
        self.otis, self.mara, self.gil, self.dorian, self.officer = members(
            (self.papd, Role.SUPERVISOR, {"name": "Otis Hale"}),
            (self.papd, Role.DETECTIVE, {"name": "Mara Quist"}),
            (self.gmpd, Role.ANALYST, {"name": "Gil Osman"}),
            (self.da, Role.PROSECUTOR, {"name": "Dorian Whitlock"}),
            (self.probation, Role.SUPERVISION_OFFICER, {"name": "Marta Lund"}),
        )
        for owner, number in ((self.papd, "26-018844"), (self.gmpd, "26-004417"), (self.papd, "26-020951")):
            incident(owner, case_number=number)

    lead = property(lambda self: Lead.objects.get())
    papd_part = property(lambda self: part(self.lead, self.papd))
    asked_part = property(lambda self: part(self.lead, self.probation))
    gmpd_part = property(lambda self: part(self.lead, self.gmpd))
    case = property(lambda self: Referral.objects.get())

    def open(self, **values):
        load(self, notice(*((owner, case, values) for owner, case in BOTH)))

    def grow(self):
        load(self, notice(("PAPD", "26-020951")))

    def ask(self):
        askings.ask(lead=self.lead, agency=self.probation, reason="On parole nearby", by=self.analyst, now=NOW)

    def take(self):
        assignments.take(obligation=self.asked_part, by=self.officer, now=NOW)

    def acknowledge(self):
        obligations.acknowledge(obligation=self.papd_part, by=self.supervisor, now=NOW)

    def assign(self, who):
        step = {"investigator": who, "unit": self.homicide, "by": self.supervisor, "now": NOW}
        assignments.assign(obligation=self.papd_part, **step)

    def gm_assign(self):
        assignments.assign(obligation=self.gmpd_part, investigator=self.gm_detective, by=self.gm_supervisor, now=NOW)

    def start(self, by):
        obligations.start(obligation=self.papd_part, by=by, now=NOW)

    def pause(self):
        Obligation.objects.update(priority=3)
        till = {"until": NOW + timedelta(days=3), "now": NOW}
        pauses.pause(obligation=self.papd_part, reason="laboratory", by=self.detective, **till)

    def resume(self):
        pauses.resume(obligation=self.papd_part, by=self.supervisor, now=NOW)

    def ask_time(self):
        extensions.ask(obligation=self.papd_part, days=2, note="A second witness", by=self.detective, now=NOW)

    def decide_time(self, grant):
        extensions.decide(obligation=self.papd_part, grant=grant, answer="See me", by=self.supervisor, now=NOW)

    def leave_office(self):
        days = {"starts_at": NOW, "ends_at": NOW + timedelta(days=2), "now": NOW}
        self.gone = absences.say(person=self.detective, deputy=self.mara, by=self.detective, **days)

    def return_to_office(self):
        absences.withdraw(absence=self.gone, by=self.detective, now=NOW)

    def neglect(self):
        stale.mark(by=system(), now=NOW + timedelta(days=20))

    def log(self, owed, by):
        activities.log(obligation=owed, kind="note", text="Read the file", by=by, now=NOW)

    def propose(self, owed, by):
        closings.propose(obligation=owed, outcome="arrest_made", usefulness=5, by=by, now=NOW)

    def send_back(self):
        closings.send_back(obligation=self.papd_part, note="Ask the owner", by=self.supervisor, now=NOW)

    def approve(self, owed, by):
        closings.approve(obligation=owed, by=by, now=NOW)

    def give_back(self, owed, by):
        obligations.return_(obligation=owed, reason="wrong_agency", by=by, now=NOW)

    def reroute(self, owed):
        rerouting.reroute(obligation=owed, to=self.gmpd, by=self.coordinator, now=NOW)

    def confirm(self):
        confirmations.confirm(lead=self.lead, events=self.lead.events.all(), report="F-7", by=self.examiner, now=NOW)

    def climb(self, rung):
        Obligation.objects.filter(agency=self.gmpd).update(next_step_at=None)
        escalations.climb(by=system(), now=self.papd_part.steps[rung - 1])

    def remind(self):
        reminders.remind(obligations=self.lead.obligations.all(), by=self.coordinator, now=NOW + timedelta(days=90))

    def refer(self):
        who = {"agency": self.papd, "office": self.da, "by": self.detective}
        referrals.make(lead=self.lead, defendant="Pat Doe", summary="Arrested with it.", **who)

    def decide(self, status, **values):
        referrals.decide(referral=self.case, status=status, by=self.prosecutor, **values)

    def answer(self, by):
        referrals.answer(referral=self.case, summary="The video shows it.", by=by)

    def charge(self):
        offense = {"statute": "18 USC 922(g)", "title": "Possession", "counts": 1, "charged_on": DAY}
        charges.add(referral=self.case, by=self.prosecutor, **offense)

    def plan(self, **values):
        hearings.plan(referral=self.case, by=self.prosecutor, next_what="Arraignment", **values)

    def dispose(self):
        ended = {"disposition": "guilty_plea", "disposed_on": DAY, "prison_months": 60}
        charges.dispose(charge=Charge.objects.get(), by=self.prosecutor, **ended)

    def send_exhibit(self):
        to = {"purpose": "to_laboratory", "to_whom": self.lab.name, "laboratory": self.lab, "at": timezone.now()}
        custody.record(exhibit=exhibit(incident(self.papd)), by=self.technician, **to)

    def hand_over(self):
        self.item = getattr(self, "item", None) or exhibit(incident(self.papd))
        to = {"agency": self.papd, "person": self.detective, "purpose": "investigation", "at": timezone.now()}
        self.given = handovers.offer(exhibit=self.item, by=self.technician, **to)

    def withdraw_hand_over(self):
        handovers.withdraw(hand_over=self.given, by=self.technician)

    def refuse_hand_over(self):
        handovers.refuse(hand_over=self.given, by=self.detective, reason="Seal broken")

    def confirm_hand_over(self):
        handovers.confirm(hand_over=self.given, by=self.detective)

    def come_to_review(self):
        Exhibit.objects.update(review_on=DAY)
        review_calls.tell(agency=self.papd, by=system(), now=NOW + timedelta(days=1))

    def propose_disposal(self):
        bag = self.bag = getattr(self, "bag", None) or exhibit(incident(self.papd))
        self.going = disposals.propose(exhibit=bag, by=self.technician, method="use", reason="Served")

    def send_disposal_back(self):
        disposals.send_back(disposal=self.going, by=self.supervisor, reason="Ask first")

    def approve_disposal(self):
        disposals.approve(disposal=self.going, by=self.commander)

    def break_chain(self):
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            cursor.execute("update evidence_custodyevent set to_whom = 'X' where exhibit_id = %s", [self.item.pk])
            cursor.execute("set local session_replication_role = origin")
        custody.verify(by=system())

    def request(self):
        bag = exhibit(incident(self.papd))
        said = {"asked": "entry", "needed_on": DAY + timedelta(days=5), "at": timezone.now()}
        self.asked_of_lab = lab_requests.send(
            incident=bag.incident, exhibits=[bag], laboratory=self.lab, by=self.technician, **said
        )

    def decline_request(self):
        lab_requests.decline(request=self.asked_of_lab, reason="No staff this week", by=self.examiner)

    def receive_request(self):
        lab_requests.receive(request=self.asked_of_lab, at=timezone.now(), by=self.examiner)

    def return_request(self):
        lab_requests.send_back(request=self.asked_of_lab, at=timezone.now(), by=self.examiner, result="Entered")

    def reject_entry(self):
        bag = exhibit(incident(self.papd))
        made = acquisitions.receive(exhibit=bag, site=self.lab, received_at=timezone.now(), by=self.examiner)
        acquisitions.reject(acquisition=made, rejection="damaged", by=self.examiner)

    def find_candidate(self):
        members((self.lab, Role.EXAMINER, {"name": "Ines Calder"}))
        bag, now = exhibit(incident(self.papd)), timezone.now()
        made = acquisitions.receive(exhibit=bag, site=self.lab, received_at=now, by=self.examiner)
        acquisitions.enter(acquisition=made, reference="N1", entered_at=now, by=self.examiner)
        review = CorrelationReview.objects.get(acquisition=made)
        correlations.review(review=review, candidate="GM-1", lead_number="26-1", by=self.examiner)

    def undo_file(self):
        undoings.start(batch=self.batch, by=self.technician, queue=False)
        undoings.undo(batch=self.batch, by=self.technician)

    def build_on_file(self):
        exhibit(Incident.objects.filter(batch=self.batch).earliest("pk"))

    def take_notices(self, *rows, number="WCL-2026-00412"):
        head = "Lead Number,Agency,Case Number,Confirmed\n"
        self.batch = loaded("leads", self.center, head + "".join(f"{number},{row}\n" for row in rows), by=self.analyst)

    def undo_notices(self):
        undone(self.batch, self.analyst)

    def check_file(self):
        self.batch = checked(self.papd, GOOD, by=self.technician)

    def load_file(self):
        imports.start_load(batch=self.batch, by=self.technician, queue=False)
        imports.load(batch=self.batch, by=self.technician)

    def fail_file(self):
        batch = take(self.papd, GOOD.replace("26-", "25-"), by=self.technician)
        imports.start_check(batch=batch, by=self.technician, queue=False)
        imports.fail(batch=batch, problem="Not a table.", by=system())

    def lock(self):
        for _ in range(5):
            sign_ins.fail(email=self.detective.email, address="192.0.2.7", by=system())

    def join(self):
        who = {"agency": self.papd, "email": "new@agency.invalid", "name": "New", "role": Role.DETECTIVE}
        made = invitations.invite(**who, by=self.administrator)
        invitations.accept(invitation=made, by=system(), name="New", password="a long and quiet river 7")
