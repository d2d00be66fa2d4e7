"""A case before the court, for tests: one of the district attorney, accepted, with one federal charge."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from leads.actions import charges, proceedings, referrals
from tests.factories import ZONE
from tests.leads.pages import lead

TODAY = timezone.now().astimezone(ZoneInfo(ZONE)).date()
SOON, LATER = TODAY + timedelta(days=9), TODAY + timedelta(days=30)
CHARGED = date(2026, 1, 5)


def case_of(city):
    given = {"agency": city.papd, "office": city.da, "defendant": "Pat Doe", "summary": "Arrested with the gun."}
    made = referrals.make(lead=lead(city, "WCL-2026-00001"), by=city.detective, **given)
    return referrals.decide(referral=made, status="accepted", by=city.prosecutor, court_number="WX-1")


def charge_of(city, case):
    given = {"offense_on": date(2022, 6, 24), "counts": 1, "charged_on": CHARGED}
    return charges.add(referral=case, statute="18 USC 922(g)(1)", by=city.prosecutor, **given)


def address(name, record):
    return reverse(name, args=[record.pk])


def page(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def step(case, city, kind, on, **values):
    return proceedings.record(referral=case, kind=kind, on=on, by=city.prosecutor, **values)
