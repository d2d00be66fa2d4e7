from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from agencies.roles import Role
from leads.models import Lead, LeadEvent
from tests.factories import NOW, incident, member
from tests.leads import asking, confirming, indexing, pages, scenes, sending
from tests.leads.working import BOTH, load, notice
from tests.scenery import scene

PROMISES = "set constraints lead_links_two_events, lead_keeps_two_events, event_has_obligation immediate"


@pytest.fixture
def promises(db):
    """What the database promises holds: deferred triggers fire at commit, which a test in one transaction never
    reaches.
    """
    yield
    with connection.cursor() as cursor:
        cursor.execute(PROMISES)


@scene
def lead(city):
    """A lead of two departments, by their notice."""
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    load(city, notice(*BOTH))
    return Lead.objects.get()


@pytest.fixture
def seen(client):
    """seen(user, name, *args, **query): the text of a page."""

    def page(user, name, *args, **query):
        client.force_login(user)
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200
        return response.content.decode()

    return page


@scene
def three(city):
    """Three leads, the first the newest."""
    return [pages.lead(city, f"WCL-2026-0000{n}", ago=timedelta(hours=n)) for n in (1, 2, 3)]


@scene
def busy(city):
    return scenes.busy(city)


@scene
def month(city):
    return scenes.month(city)


@scene
def line(city):
    """A line of three events, two of one department and one of another."""
    for agency, number in ((city.papd, "26-1"), (city.gmpd, "26-2"), (city.papd, "26-3")):
        incident(agency, case_number=number, occurred_at=NOW - timedelta(days=9))
    load(city, notice(*confirming.CASES))
    return Lead.objects.get()


@scene
def second(city):
    return member(city.lab, Role.EXAMINER, name="Vera Holt")


@scene
def asked(city, line, second):
    return confirming.ask(city, line)


@scene
def known(city, line, second):
    return indexing.known(city, line, second)


@scene
def guns(city):
    """A gun of Glenmoor's; its commander; Glenmoor and Port Alder answer."""
    city.gm_commander = member(city.gmpd, Role.COMMANDER, name="Greta Moss")
    city.case = asking.gun(city, city.gmpd, asking.SERIAL)
    for owner in (city.gmpd, city.papd):
        asking.answer(city, owner)
    return city


@scene
def desk(city, line, second):
    """Who approves at the center is its coordinator; the prosecutor's office gets the bulletin beside the agencies."""
    LeadEvent.objects.filter(lead=line).update(address="1915 Oak St, Apt 4", caliber="9 mm", casings=3)
    return city


@scene
def sent(desk, line):
    return sending.send(desk, line)
