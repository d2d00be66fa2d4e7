"""Copies of packets that cannot be prepared, and lists of them."""

import pytest

from agencies.models import User
from agencies.roles import Role
from leads.actions import seals
from leads.models import PacketRelease
from leads.packets import certificates
from leads.queries import releases as queries
from tests.factories import member
from tests.leads.releasing import give, prepared
from tests.leads.test_packet_releases import told, verbs, version

__all__ = ["told", "version"]


def test_a_copy_that_cannot_be_prepared_is_told_of_after_three_tries(version, city, settings):
    release = give(city, version)
    settings.SYNTHETIC_DATA = False
    for _ in range(4):
        seals.prepare(release=release, by=User.objects.system())
    release = PacketRelease.objects.get(pk=release.pk)
    assert (release.state, release.tries, release.failed_why) == ("failed", 3, certificates.NONE)
    assert ("packet.copy_failed", city.supervisor.name.split()[0]) in verbs()
    settings.SYNTHETIC_DATA = True
    seals.again(release=release, by=city.supervisor)
    assert prepared(release).state == "ready"


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_asks_as_much_for_one_row_as_for_three(many, version, city, seen, django_assert_num_queries):
    for number in range(many):
        give(city, version, to=member(city.da, Role.PROSECUTOR, name=f"Nell {number}"))
    with django_assert_num_queries(1):
        assert len(queries.releases(city.detective, show="ours")) == many
