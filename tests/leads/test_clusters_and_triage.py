"""Of two leads of one gun one went out, and the other waits on the desk: nobody hears of that before it is sent."""

import pytest

from agencies.models import Notification
from leads.actions import clusters, desk
from leads.queries import clusters as found
from tests.factories import NOW
from tests.leads.test_clusters import GMPD, PAPD, first, named, scenes, second, tell_all
from tests.leads.working import LATER, close_all, part, told

__all__ = ["scenes"]
pytestmark = pytest.mark.usefixtures("promises")


@pytest.fixture
def waiting(city, scenes):
    one = first(city)
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    other = second(city)
    tell_all()
    return one, other


def test_nobody_of_a_lead_that_went_out_hears_of_one_that_is_not_sent(city, waiting, client):
    one, other = waiting
    assert found.cluster_of(one) == found.cluster_of(other)
    assert not Notification.objects.filter(verb="cluster.joined").exists()
    client.force_login(city.supervisor)
    assert "Gun cluster" not in client.get(one.get_absolute_url()).content.decode()
    assert client.get(found.cluster_of(one).get_absolute_url()).status_code == 404
    client.force_login(city.analyst)
    assert "Gun cluster" in client.get(one.get_absolute_url()).content.decode()
    assert client.get(found.cluster_of(one).get_absolute_url()).status_code == 200


def test_when_it_is_sent_they_hear_and_what_they_had_closed_begins_anew(city, waiting, client):
    one, other = waiting
    close_all(city, one)
    desk.send(item=other.desk, by=city.analyst, now=LATER)
    tell_all()
    tell_all()
    assert told(city.supervisor, "cluster.joined") == 2, "of each of the two leads"
    assert part(one, city.papd).state == "sent"
    client.force_login(city.supervisor)
    assert "Gun cluster" in client.get(one.get_absolute_url()).content.decode()


def test_what_is_taken_apart_before_it_is_sent_was_never_there(city, scenes):
    alone = named("WCL-2026-4", (PAPD, "26-1003", ""), (GMPD, "26-2002", ""), city=city)
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    other = second(city)
    said = {"reason": "Says the report", "by": city.analyst, "now": NOW}
    clusters.take_back(pair=clusters.join(lead=alone, other=other, **said), **said)
    tell_all()
    assert found.cluster_of(alone) is None
    assert not Notification.objects.filter(verb__startswith="cluster.").exists()


def test_two_that_went_out_hear_of_each_other_beside_one_that_waits(city, waiting):
    _one, other = waiting
    desk.choose(center=city.center, first=False, by=city.coordinator, now=LATER)
    third = second(city, "WCL-2026-3")
    tell_all()
    assert told(city.supervisor, "cluster.joined") == 2
    assert not Notification.objects.filter(verb="cluster.joined", object_id=other.pk).exists()
    assert Notification.objects.filter(verb="cluster.joined", object_id=third.pk).exists()
