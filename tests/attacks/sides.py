"""Two centers that must not see each other, each with one of everything, made by the same actions as in life.

Every text that is case data carries the side's marker, so that a page which shows any of it is found by one word.
"""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.actions import invitations, saved_views, tokens
from agencies.models import Agency, Notification, Unit, User
from agencies.roles import Role
from evidence.actions import (
    acquisitions,
    disposals,
    exhibits,
    handovers,
    holds,
    imports,
    incidents,
    inventories,
    moves,
    places,
    same_guns,
    traces,
)
from evidence.imports.notices import Notice, NoticeEvent
from evidence.models import FirearmPair, TraceRow
from leads.actions import (
    absences,
    activities,
    assignments,
    charges,
    clusters,
    files,
    notices,
    obligations,
    referrals,
    worknotes,
)
from leads.models import HeldNotice, Lead, LeadMention
from tests import factories
from tests.attacks import collected, courted, dated, listing, named, reviewed, shared_out, triaged, worked
from tests.evidence.photos import attached, jpeg
from tests.factories import member, unit

ROLES = {
    "police": (
        Role.DETECTIVE, Role.SUPERVISOR, Role.COMMANDER, Role.EVIDENCE_TECHNICIAN, Role.AGENCY_ADMINISTRATOR,
        Role.SUPERVISION_OFFICER,
    ),
    "center": (
        Role.ANALYST, Role.CENTER_COORDINATOR, Role.AUDITOR, Role.RESEARCHER, Role.COMMUNITY_LIAISON,
    ),
    "lab": (Role.EXAMINER,),
    "office": (Role.PROSECUTOR,),
}  # fmt: skip
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI"}


class Side:
    """A center, a police department, a laboratory, a prosecutor's office, their people by role, and what they hold."""

    def __init__(self, marker):
        self.marker, self.code = marker, marker[:4].upper()
        code = self.code
        self.center = factories.agency(f"{code}C", Agency.Kind.CENTER)
        self.police = factories.agency(f"{code}P", parent=self.center, mark=1)
        self.lab = factories.agency(f"{code}L", Agency.Kind.LABORATORY, parent=self.center)
        self.office = factories.agency(f"{code}D", Agency.Kind.DISTRICT_ATTORNEY, parent=self.center)
        self.unit = unit(self.police, f"Unit {code}")
        self.people = {}
        # {permission: the roles that have it}, asked once: what roles may do is the same all through a run.
        self.holders = {}
        for place, roles in ROLES.items():
            for role in roles:
                self.people[role.value] = member(getattr(self, place), role, name=f"{code} {role.label}")
        self._hold()

    def __getitem__(self, role):
        """The person of a role, fresh: what they may do is read anew."""
        return User.objects.get(pk=self.people[role].pk)

    def shows_in(self, answer):
        """Whether an answer holds any word of what this side keeps."""
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content + str(dict(answer.headers)).encode()
        return self.marker.lower().encode() in text.lower()

    def _hold(self):
        self.now = timezone.now()
        self.earlier = self.now - timedelta(days=1)
        self._evidence()
        self._lead()
        self._work()
        self._office()

    def _evidence(self):
        by, marker = self["evidence_technician"], self.marker
        self.incident = incidents.record(
            agency=self.police, by=by, case_number=f"26-{marker}1", kind="homicide", occurred_at=self.earlier,
            victims=1, address=f"9 {marker} St", narrative=f"{marker} narrative", offense=f"{marker} offense",
        )  # fmt: skip
        self.bare = incidents.record(
            agency=self.police, by=by, case_number=f"26-{marker}8", kind="homicide", occurred_at=self.earlier,
            address=f"8 {marker} St",
        )  # fmt: skip
        self.detection = collected.alerts_of(self)
        casings = {"kind": "casing_group", "collected_at": self.earlier, "caliber": "9 mm", "count": 3}
        self.exhibit = exhibits.add(
            incident=self.incident, by=by, number=f"{marker}-1", description=f"{marker} casings", **casings
        )
        self.second = exhibits.add(incident=self.incident, by=by, number=f"{marker}-2", **casings)
        gun = exhibits.add(
            incident=self.incident, by=by, number=f"{marker}-3", kind="firearm", collected_at=self.earlier,
            firearm=PISTOL | {"serial": f"{marker}99"},
        )  # fmt: skip
        self.gun, self.firearm = gun, gun.firearm
        self.lab_request, self.correlation = collected.laboratory_of(self)
        self.attachment = attached(self.incident, by, jpeg((64, 48)), f"{marker}.jpg", caption=f"{marker} at the curb")
        exhibits.add(
            incident=self.bare, by=by, number=f"{marker}-4", kind="firearm", collected_at=self.earlier,
            firearm=PISTOL | {"serial": f"{marker}77123"},
        )  # fmt: skip
        exhibits.add(
            incident=self.incident, by=by, number=f"{marker}-twice", kind="firearm", collected_at=self.earlier,
            firearm=PISTOL | {"serial": f"{marker}-77123"},
        )  # fmt: skip
        while same_guns.suggest(by=User.objects.system()):
            pass
        self.pair = FirearmPair.objects.latest("pk")
        self.acquisition = acquisitions.receive(exhibit=self.exhibit, site=self.lab, received_at=self.earlier, by=by)
        self.hand_over = handovers.offer(
            exhibit=gun, by=by, purpose="investigation", agency=self.police, person=self["detective"], at=self.now,
            note=f"{marker} note",
        )  # fmt: skip
        self.place = places.add(agency=self.police, by=by, kind="room", code=f"{marker}-R", label=f"{marker} room")
        bag = exhibits.add(
            incident=self.incident, by=by, number=f"{marker}-bag", kind="other", collected_at=self.earlier
        )
        self.receipt = moves.check_in(
            exhibits=[bag], place=self.place, by=by, left_out=[(marker, "No exhibit")], note=marker
        )
        self._keeping(bag)
        self.trace = traces.request(firearm=self.firearm, by=by, trace_number=f"T{marker}")
        self._traces(by)
        header = "case number,offense,date,time,address\n"
        upload = SimpleUploadedFile(
            f"{marker}.csv", f"{header}26-{marker}7,Shooting,2026-03-01,10:00,{marker} Av\n".encode()
        )
        self.batch = imports.upload(agency=self.police, kind="incidents", upload=upload, by=by)

    def _traces(self, by):
        """An answer that names people, a draft of another gun, and a row of a file that fits no gun."""
        marker = self.marker
        named = {"dealer_name": f"{marker} Guns", "dealer_license": f"1-{marker}", "purchaser_name": f"{marker}, Pat"}
        born = {"purchaser_born_on": date(1988, 4, 12), "remarks": f"{marker} remark"}
        traces.record_result(trace=self.trace, status="completed_to_purchaser", by=by, **named, **born)
        self.trace_result = self.trace.result
        other = exhibits.add(
            incident=self.incident, by=by, number=f"{marker}-trace", kind="firearm", collected_at=self.earlier,
            firearm=PISTOL | {"serial": f"{marker}97"},
        )  # fmt: skip
        self.draft = traces.begin(firearm=other.firearm, by=by)
        person = {"last_name": marker, "first_name": "Pat", "race": "W", "born_on": date(1988, 4, 12)}
        traces.keep(trace=self.draft, asked={"instructions": f"{marker} instruction"}, people=[person], by=by)
        header = "trace_number,serial,make,purchaser_name\n"
        upload = SimpleUploadedFile(f"{marker}-r.csv", f"{header}T{marker}8,{marker}77,Colt,{marker} Doe\n".encode())
        file = imports.upload(agency=self.police, kind="traces", upload=upload, by=by)
        imports.start_check(batch=file, by=by, queue=False)
        imports.check(batch=file, by=by)
        imports.start_load(batch=file, by=by, queue=False)
        self.results_file = imports.load(batch=file, by=by)
        self.trace_row = TraceRow.objects.get(agency=self.police)

    def _keeping(self, bag):
        """A count of the place with a stray in it, a hold, and a disposal that waits."""
        by, marker = self["evidence_technician"], self.marker
        self.inventory = inventories.start(place=self.place, by=by)
        self.line = inventories.scan(inventory=self.inventory, text=f"/exhibits/{self.second.pk}/", by=by)
        self.hold = holds.set_hold(exhibit=bag, by=by, reason=f"{marker} appeal")
        self.disposal = disposals.propose(exhibit=bag, by=by, method="destroy", reason=f"{marker} served")

    def _lead(self):
        marker = self.marker
        events = [
            NoticeEvent(
                row_number=n, case_number=f"26-{marker}{n}", case_key=f"26{marker}{n}".upper(),
                agency=self.police.code, calibre="9 mm",
            )
            for n in (1, 2)
        ]  # fmt: skip
        number = f"{marker}-2026-1".upper()
        notice = Notice(
            lead_number=number, lead_key=number, notice_date=self.now.date(), site=self.lab.code, events=events
        )
        notices.load(notices=[notice], center=self.center, by=self["analyst"], now=self.earlier)
        self.lead = Lead.objects.get(number=number)
        notice.lead_number = notice.lead_key = f"{number}8"
        notices.load(notices=[notice], center=self.center, by=self["analyst"], now=self.earlier)
        self.other = Lead.objects.get(number=f"{number}8")
        said = {"reason": f"{marker} gun", "by": self["analyst"], "now": self.earlier}
        self.lead_pair = clusters.join(lead=self.lead, other=self.other, **said)
        self.cluster = self.lead.in_cluster.cluster
        said = {"said_at": self.earlier, "said_by": self["analyst"]}
        self.mention = LeadMention.objects.create(lead=self.lead, number=f"{marker}-404", **said)
        self.desk, self.score_table, self.flag = triaged.of(self, notice)
        notice.lead_number = notice.lead_key = f"{number}9"
        notice.reviewer_1 = notice.reviewer_2 = f"{marker} Roe"
        notices.load(notices=[notice], center=self.center, by=self["analyst"], now=self.earlier)
        self.held = HeldNotice.objects.get(number=f"{number}9")
        self.waiting = self.lead.events.waiting().get()
        self.event = self.lead.events.exclude(incident=None).get()
        self.confirmation, self.comparison, self.proposal = collected.confirmation_of(self)
        self.entity, self.assertion, self.sameness = named.on(self)

    def _work(self):
        marker, boss, detective = self.marker, self["supervisor"], self["detective"]
        self.obligation = self.lead.obligations.get()
        obligations.acknowledge(obligation=self.obligation, by=boss)
        assignments.assign(obligation=self.obligation, investigator=detective, unit=self.unit, by=boss)
        obligations.start(obligation=self.obligation, by=detective)
        self.activity = activities.log(obligation=self.obligation, kind="note", text=f"{marker} was seen", by=detective)
        now = timezone.now()
        days = {"starts_at": now + timedelta(days=30), "ends_at": now + timedelta(days=40)}
        self.absence = absences.say(person=detective, by=detective, **days)
        upload = SimpleUploadedFile(f"{marker}.txt", b"camera")
        self.file = files.upload(lead=self.lead, upload=upload, agency=self.police, by=detective, note=marker)
        self.notification = Notification.objects.filter(user=detective).first()
        self.view = saved_views.save(page="leads", name=f"{marker} view", query=f"q={marker}", by=detective)
        self.token = tokens.make(name=f"{marker} token", days=30, by=detective)[0]

    def _office(self):
        self.referral = referrals.make(
            lead=self.lead, agency=self.police, office=self.office, defendant=f"{self.marker} Doe",
            summary=f"{self.marker} summary", by=self["detective"],
        )  # fmt: skip
        self.referral = referrals.decide(referral=self.referral, status="accepted", by=self["prosecutor"])
        self.screening = self.referral.screening
        worknotes.write(referral=self.referral, text=f"{self.marker} doubts", by=self["prosecutor"])
        self.work_note = self.referral.work_notes.get()
        self.charge = charges.add(
            referral=self.referral, statute="18-1", title=f"{self.marker} charge", counts=1,
            charged_on=self.now.date(), by=self["prosecutor"],
        )  # fmt: skip
        courted.of(self)
        administrator = self["agency_administrator"]
        self.invitation = invitations.invite(
            agency=self.police, email=f"{self.marker}@agency.invalid".lower(), name=f"{self.marker} New",
            role=Role.DETECTIVE, unit=Unit.objects.get(pk=self.unit.pk), by=administrator,
        )  # fmt: skip
        self.membership = self.people["detective"].memberships.get()
        reviewed.meeting_of(self)
        worked.of(self)
        dated.of(self)
        listing.listed_of(self)
        shared_out.bulletin_of(self)
        shared_out.inquiry_of(self)
        shared_out.packet_of(self)
        shared_out.release_of(self)
