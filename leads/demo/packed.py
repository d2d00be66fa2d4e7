"""Packets of each purpose and in every state: one whose pages are set, one with two versions, one that failed, one that
withholds a name, and what waits for the worker.
"""

from copy import deepcopy
from datetime import timedelta

from agencies.models import Agency, User
from evidence import vault
from leads.actions._packets import note_told
from leads.demo.store import Store
from leads.models import Assertion, Lead, Packet, PacketVersion, Referral
from leads.packets import contents, paper, typeset
from leads.packets.sections import PRESETS
from leads.packets.snapshot import digest, plain

FAILED = "Three workers broke off at these pages. Choose fewer sections, or tell your administrator."
SUMMARY = "Scenes of one presumed gun within weeks. The links are what the notice says until an examiner confirms them."


class Packed:
    def __init__(self, desks, at):
        self.at, self.store, self.desks = at, Store(), desks
        self.analyst = desks["CTR"].having("analyst")[0].id
        self.detective, self.prosecutor = (desks[code].having(role)[0].id for code, role in
                                           (("PAPD", "detective"), ("DA", "prosecutor")))  # fmt: skip

    def write(self):
        seen = Lead.objects.filter(grants__group=self._agency("PAPD").group_id, in_cluster__isnull=False, status=1)
        lines = list(seen.filter(events_count__gte=3).order_by("-opened_at", "pk")[:2])
        cases = Referral.objects.filter(office=self.desks["DA"].id, status="accepted").select_related("lead")
        cases = list(cases.order_by("-referred_at", "pk")[:2])
        if len(lines) < 2 or len(cases) < 2:
            return
        self._packet("screening", "PAPD", self.detective, lines[0], hours=1)
        self._versions(self._packet("charging", "CTR", self.analyst, lines[1], hours=20, state="built"))
        self._packet("discovery", "DA", self.prosecutor, cases[0].lead, hours=2, referral=cases[0])
        self._packet("trial", "DA", self.prosecutor, cases[1].lead, hours=44, state="failed", referral=cases[1])
        self._withholding(cases[0])
        self.store.close()
        for version in PacketVersion.objects.select_related("packet__agency"):
            note_told(version)

    def _withholding(self, case):
        """A packet of the office in whose words a victim is named, whom it does not say."""
        who = Assertion.objects.standing().filter(role="victim").select_related("entity").order_by("pk").first()
        event = case.lead.events.order_by("occurred_at", "pk").first()
        if who is None or event is None:
            return
        self.store.add(
            Assertion, entity_id=who.entity_id, lead_id=case.lead_id, event_id=event.pk, role="victim",
            source_kind="report", source="Supplement 3", reliability="A", validity=1, said_by_id=self.analyst,
            agency_id=self.desks["CTR"].id, said_at=self.at - timedelta(days=2),
        )  # fmt: skip
        self.store.write(Assertion)
        surname, name = who.entity.name.partition(",")[0], who.entity.name
        words = f"{SUMMARY} {surname.upper()} was asked twice: see the statement of {name}."
        self._packet("screening", "DA", self.prosecutor, case.lead, hours=5, referral=case, words=words)

    def _agency(self, code):
        return Agency.objects.get(pk=self.desks[code].id)

    def _packet(self, purpose, code, by, lead, *, hours, state="queued", referral=None, words=SUMMARY):
        """A packet with its first version: (packet's values, the version's)."""
        agency, when, maker = self._agency(code), self.at - timedelta(hours=hours), User.objects.get(pk=by)
        title = f"People v. {referral.defendant}" if referral else f"Line {lead.number}"
        said = {"title": title, "purpose": purpose, "summary": words}
        made = self.store.add(
            Packet, agency_id=agency.pk, lead_id=lead.pk, referral_id=referral.pk if referral else None,
            bates_prefix=lead.number[:16], sections=PRESETS[purpose], created_at=when, created_by_id=by, **said,
        )  # fmt: skip
        said |= {"number": f"PK-{made}", "version": 1, "bates": lead.number[:16], "maker": str(maker)}
        snapshot = contents.gather(
            lead, user=maker, agency=agency, sections=PRESETS[purpose], said=said, as_of=when
        )  # fmt: skip
        self._version(made, 1, snapshot, by, when, state)
        return made, snapshot, by, when

    def _versions(self, first):
        """The second version of a packet says more: what was done since the first."""
        made, snapshot, by, when = first
        newer, later = deepcopy(snapshot), when + timedelta(hours=16)
        newer["packet"]["version"], newer["as_of"] = 2, plain(later)
        newer["sections"]["summary"][0]["text"] = f"{SUMMARY} The laboratory was asked to compare the specimens."
        self._version(made, 2, newer, by, later, "queued")

    def _version(self, packet, version, snapshot, by, when, state):
        values = {"begun_at": when, "tries": 3, "failed_why": FAILED} if state == "failed" else {}
        if state == "built":
            pages = typeset.pdf(paper.pages(snapshot))
            kept = vault.keep([pages.content], len(pages.content), scan=False)
            values = {"begun_at": when, "tries": 1, "progress": 100, "pages": pages.count, "built_at": when}
            values |= {"pdf_sha256": kept.sha256, "pdf_size": kept.size}
        self.store.add(
            PacketVersion, packet_id=packet, version=version, as_of=when, sections=list(snapshot["sections"]),
            snapshot=snapshot, snapshot_sha256=digest(snapshot), state=state, asked_at=when, asked_by_id=by, **values,
        )  # fmt: skip
