"""Packets in the hands of prosecutors, in every state: had, opened, superseded, ended, revoked, retracted and waiting,
acknowledged, not prepared. The worker seals them and prepares the copies. Beside them what is to be disclosed of it.
"""

from datetime import timedelta

from agencies.calendars import end_of_nth_business_day
from agencies.models import User
from leads.actions._releases import DAYS
from leads.demo.store import Store
from leads.models import (
    Activity,
    Disclosure,
    ExculpatoryMark,
    PacketRelease,
    PacketRetraction,
    PacketVersion,
    Withholding,
    Wording,
)
from leads.queries import outdated

LETTER = "Dear {recipient},\n\nwith this you receive packet {packet}, version {version}.\n\n{agency}, {day}"
SAID = "Dear counselor,\n\nwith this you receive what is on record of this line. Call the desk with any question."
# What was marked in the last entries of a lead, and what became of keeping it back: the second is to be disclosed.
MARKS = (
    ("suspect", "A caller names somebody else near the second scene.", "proposed"),
    ("exculpatory", "The video shows somebody taller.", None),
    ("impeaching", "The witness said another color at first.", "agreed"),
    ("suspect", "A second phone stood at the scene.", "refused"),
    ("exculpatory", "He was at work until nine.", "lifted"),
)
REASON = "The caller's safety, until the court decides."
OF_OFFICE = ("A neighbor saw two people run.", "The court decides on a protective order for the neighbor.")
NOT_PREPARED = "The authority for time did not answer."


class Released:
    def __init__(self, desks, told, at):
        self.desks, self.told, self.at, self.store = desks, told, at, Store()
        self.marked = []
        self.chief, self.second = (desks["CTR"].having(role)[0].id for role in ("center_coordinator", "analyst"))
        self.people = [(desks[code], each.id) for code in ("DA", "USAO") for each in desks[code].having("prosecutor")]

    def write(self):
        center = self.desks["CTR"].id
        self.store.add(
            Wording, agency_id=center, kind="letter", text=LETTER, written_at=self.at - timedelta(days=40),
            written_by_id=self.chief,
        )  # fmt: skip
        mine = PacketVersion.objects.filter(packet__agency=center).order_by("packet", "version")
        first, second = mine.filter(version=1).first(), mine.filter(version=2).first()
        if first is None or second is None:
            return
        system = User.objects.system()
        had = self._release(first, 0, hours=19, received=True)
        self._release(second, 0, hours=3)
        if len(self.people) > 1:
            self._release(first, 1, hours=18, revoked=True)
            self._release(second, 1, hours=3, failed=True)
        others = PacketVersion.objects.exclude(packet__agency=center).filter(packet__purpose="screening")
        for version in others.select_related("packet")[:1]:
            self.store.add(
                PacketRetraction, version_id=version.pk, why=outdated.WHY[1], retracted_by_id=system.pk,
                retracted_at=self.at - timedelta(minutes=30),
            )  # fmt: skip
            self._release(version, 0, hours=0.9, warned=True)
            if len(self.people) > 1:
                self._release(version, 1, hours=0.9, warned=True, heeded=True)
        if len(self.people) > 2:
            self._release(first, 2, hours=17, ended=True)
        self._register(first, had)
        self._keep_back_in_an_office()
        self.store.close()
        for hours, how in ((18, "read"), (2, "bag")):
            when, by = self.at - timedelta(hours=hours), self.people[0][1]
            self.told.audit(when, "packet.copy_opened", PacketRelease, had, center, by, how=how)

    def _release(
        self, version, person, *, hours, ended=False, revoked=False, received=False, warned=False, heeded=False,
        failed=False,
    ):  # fmt: skip
        (office, to), when = self.people[person], self.at - timedelta(hours=hours)
        by, ends = self.chief, when + timedelta(hours=8 if ended else 24 * 60)
        values = {"received_at": when + timedelta(hours=1), "received_by_id": to} if received else {}
        values |= {"state": "failed", "tries": 3, "failed_why": NOT_PREPARED} if failed else {}
        if revoked:
            values |= {"revoked_at": when + timedelta(hours=2), "revoked_by_id": by, "revoked_why": "Sent by mistake."}
        if warned:
            told = self.at - timedelta(minutes=30)
            values |= {"warned_at": told, "due_at": end_of_nth_business_day(told, DAYS, office.calendar)}
        if heeded:
            values |= {"due_at": None, "heeded_at": self.at - timedelta(minutes=9), "heeded_by_id": to}
        return self.store.add(
            PacketRelease, version_id=version.pk, source_id=version.packet.agency_id, office_id=office.id, to_id=to,
            duty="rule16", letter=SAID, ends_at=ends, released_at=when, released_by_id=by, **values,
        )  # fmt: skip

    def _register(self, version, release):
        """What stands in the packet was disclosed by it; what was marked since is open, or waits to be kept back."""
        packet, when = version.packet, self.at - timedelta(hours=19)
        center = packet.agency_id
        for row in version.snapshot["sections"]["disclosure"]:
            self.store.add(
                Disclosure, lead_id=row["lead_id"], item=row["item"], label=f"{row['what']}: {row['words']}"[:200],
                agency_id=center, to="The district attorney's office", duty="rule16", how=f"Packet {packet}",
                release_id=release, disclosed_at=when, disclosed_by_id=self.chief,
            )  # fmt: skip
        for number, (entry, (kind, note, became)) in enumerate(zip(self._unmarked(packet), MARKS, strict=False)):
            made = self._mark(entry, kind, note, 3 + 5 * number, self.chief)
            if became:
                self._keep_back(packet.lead_id, center, made, note, REASON, became, (self.chief, self.second))
            if became == "refused":
                self.store.add(
                    Disclosure, lead_id=packet.lead_id, item=f"mark-{made}", label=note, agency_id=center,
                    to="Defense counsel, by the district attorney's office", duty="brady", how="A letter",
                    disclosed_at=self.at - timedelta(hours=2), disclosed_by_id=self.chief,
                )  # fmt: skip

    def _keep_back_in_an_office(self):
        """What two prosecutors keep back nobody else on the lead reads."""
        office, own = self.desks["DA"].id, [by for desk, by in self.people if desk.id == self.desks["DA"].id]
        made = PacketVersion.objects.filter(packet__agency=office, packet__purpose="screening").first()
        entries = self._unmarked(made.packet) if made else ()
        if not entries or len(own) < 2:
            return
        entry = entries[0]
        mark = self._mark(entry, "exculpatory", OF_OFFICE[0], 2, own[0])
        self._keep_back(entry.lead_id, office, mark, *OF_OFFICE, "agreed", own)

    def _unmarked(self, packet):
        """The last entries of the lead of a packet that have no mark: two packets may be of one lead."""
        entries = Activity.objects.filter(lead=packet.lead_id, exculpatory=None).exclude(pk__in=self.marked)
        return entries.order_by("-pk")[: len(MARKS)]

    def _mark(self, entry, kind, note, days, by):
        self.marked.append(entry.pk)
        return self.store.add(
            ExculpatoryMark, lead_id=entry.lead_id, activity_id=entry.pk, kind=kind, note=note,
            marked_at=self.at - timedelta(days=days), marked_by_id=by,
        )  # fmt: skip

    def _keep_back(self, lead, agency, mark, note, reason, became, people):
        """What one person proposed, another one agreed to or did not, and was lifted again."""
        first = self.at - timedelta(hours=5)
        values = {"proposed_at": first, "proposed_by_id": people[0]}
        if became != "proposed":
            values |= {"decided_at": first + timedelta(hours=1), "decided_by_id": people[1]}
        if became == "lifted":
            values |= {"lifted_at": first + timedelta(hours=3), "lifted_by_id": people[0]}
        self.store.add(
            Withholding, lead_id=lead, agency_id=agency, item=f"mark-{mark}", label=note, reason=reason, status=became,
            **values,
        )  # fmt: skip
