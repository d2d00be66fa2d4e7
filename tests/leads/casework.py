"""Cases before two offices, made as in life."""

from datetime import date, timedelta

from django.utils import timezone

from agencies.roles import Role
from leads.actions import assertions, clusters, referrals
from leads.models import Referral
from tests.factories import member
from tests.leads.pages import lead

Status = Referral.Status
BORN = date(1994, 3, 2)
SAID = {"source_kind": "report", "reliability": "B", "validity": 2}


def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Wren Castle")


def refer(city, on, office, **case):
    given = {"agency": city.papd, "defendant": "Pat Doe", "summary": "Arrested with the gun.", "by": city.detective}
    return referrals.make(lead=on, office=office, **given | case)


def named(city, on, name="Doe, Pat", role="suspect", born_on=BORN):
    event, by = on.events.first(), city.detective
    return assertions.name(
        lead=on, kind="person", name=name, role=role, event=event, born_on=born_on, source="26-1", by=by, **SAID
    ).entity


def same_gun(city, one, number):
    """A second lead of the same gun, by an analyst's word."""
    other = lead(city, number)
    clusters.join(lead=one, other=other, reason="Says the report", by=city.analyst)
    return other


def soon(days=5):
    return timezone.localdate() + timedelta(days=days)
