"""Guns that other agencies hold, and questions about them."""

from datetime import timedelta

from agencies.models import Notification
from agencies.roles import Role
from evidence.actions import exhibits
from leads.actions import deconfliction
from tests.factories import NOW, incident, member

SERIAL = "XQ-77123"


def gun(city, owner, serial, case=None):
    case = case or incident(owner)
    described = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": serial}
    number = case.exhibits.count() + 1
    by = city.technician if owner == city.papd else member(owner, Role.EVIDENCE_TECHNICIAN)
    exhibits.add(
        incident=case, by=by, number=str(number), kind="firearm", collected_at=NOW - timedelta(days=3),
        firearm=described,
    )  # fmt: skip
    return case


def answer(city, owner, answers=True):
    said = {"contact": f"{owner.code} gun desk", "phone": "555-0142", "email": ""} if answers else {}
    blank = {"contact": "", "phone": "", "email": ""}
    deconfliction.set_rule(agency=owner, answers=answers, by=city.coordinator, now=NOW, **blank | said)


def ask(city, serial=SERIAL, by=None, now=NOW):
    asked = {"serial": serial, "case_number": "26-9", "reason": "Same gun at our scene?"}
    return deconfliction.ask_gun(agency=city.papd, by=by or city.detective, now=now, **asked)


def told():
    rows = Notification.objects.values_list("verb", "user__name", "label")
    return sorted((verb, name.split()[0], label) for verb, name, label in rows)
