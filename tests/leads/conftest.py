from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from leads.models import Lead
from tests.factories import incident
from tests.leads import pages, scenes
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
