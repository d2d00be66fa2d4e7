"""Deeds of bulletins and of deconfliction on a `deeds.Scene`, each with whom it tells."""

from datetime import timedelta

from agencies.roles import Role
from evidence.actions import exhibits
from evidence.models import Incident
from leads import bulletins as pure
from leads.actions import bulletins, deconfliction
from leads.actions._bulletins import look_for_stale
from leads.models import Bulletin, BulletinEvent
from tests.factories import NOW, members

WORDS = {
    "purpose": "request", "title": "Same gun", "sections": ["events"], "contact": "Gun desk", "handling": pure.HANDLING,
}  # fmt: skip
GETS = "Amara Otis Rowan Ilse Gil Ruth Dorian"


def newest():
    return Bulletin.objects.latest("pk")


def draft(s):
    bulletins.draft(lead=s.lead, agency=s.center, by=s.analyst, to=[s.da], now=NOW, **WORDS)


def submit(s):
    bulletins.submit(bulletin=newest(), by=s.analyst, now=NOW)


def send_back(s):
    bulletins.send_back(bulletin=newest(), reason="Shorter", by=s.coordinator, now=NOW)


def approve(s):
    bulletins.approve(bulletin=newest(), by=s.coordinator, now=NOW)


def newer(s):
    bulletins.draft(lead=s.lead, agency=s.center, by=s.analyst, supersedes=newest(), now=NOW, **WORDS)


def lose_a_link(s):
    BulletinEvent.objects.filter(bulletin=newest()).update(confirmed=True)
    look_for_stale([s.lead.pk], by=s.examiner, now=NOW)


def retract(s):
    bulletins.retract(bulletin=newest(), reason="Wrong gun", by=s.coordinator, now=NOW)


def hold_a_gun(s):
    (s.greta,) = members((s.gmpd, Role.COMMANDER, {"name": "Greta Moss"}))
    (technician,) = members((s.gmpd, Role.EVIDENCE_TECHNICIAN, {"name": "Tam Lee"}))
    said = {"contact": "Gun desk", "phone": "555-0142", "email": "", "by": s.coordinator, "now": NOW}
    deconfliction.set_rule(agency=s.gmpd, answers=True, **said)
    exhibits.add(
        incident=Incident.objects.filter(agency=s.gmpd).latest("pk"), by=technician, number="77", kind="firearm",
        collected_at=NOW - timedelta(days=1), firearm={"make": "Glock", "caliber": "9 mm", "serial": "XQ77123"},
    )  # fmt: skip
    Incident.objects.filter(agency=s.gmpd).latest("pk").grants.exclude(group=s.gmpd.group).delete()


def ask(serial, minute=0):
    def asked(s):
        why = {"case_number": "26-9", "reason": "Our scene"}
        at = NOW + timedelta(minutes=minute)
        deconfliction.ask_gun(agency=s.papd, serial=serial, by=s.detective, now=at, **why)

    return asked


HANDED_IN = {"A bulletin waits for your approval": "Cora"}
APPROVED = {"A bulletin you drafted was approved and sent": "Dana"}
BULLETIN = [
    (draft, {}),
    (submit, HANDED_IN),
    (send_back, {"A bulletin you drafted was returned": "Dana"}),
    (submit, HANDED_IN),
    (approve, APPROVED | {"A bulletin for your agency: acknowledge it": GETS}),
    (newer, {}),
    (submit, HANDED_IN),
    (approve, APPROVED | {"A newer bulletin takes the place of one you have: acknowledge it": GETS}),
    (
        lose_a_link,
        {
            "Do not rely on a bulletin you have: a link it tells of was taken back": GETS,
            "A link that a bulletin of your agency tells of was taken back": "Dana Cora",
        },
    ),
    (retract, {"A bulletin you have was retracted: acknowledge that": GETS}),
]
ASKED = [
    (hold_a_gun, {}),
    (
        ask("XQ-77123"),
        {
            "Another agency asked about a record of your agency": "Greta",
            "Another agency holds a record that your agency asked about": "Rowan",
        },
    ),
    *((ask(f"NOBODYS-{number}77", number), {}) for number in range(1, 9)),
    (ask("NOBODYS-977", 9), {"Somebody asked other agencies as often as is allowed": "Rowan"}),
]
