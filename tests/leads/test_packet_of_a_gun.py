"""A gun grows, joins others and falls apart: every packet that was given away tells so to who has it."""

from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Notification
from evidence.imports.notices import NamedLead
from leads.actions import clusters, desk, packets, releases
from leads.models import DeskItem, Lead, LeadGrant, LeadPair, PacketEvent, PacketRetraction
from leads.queries import outdated
from tests.factories import NOW
from tests.leads import confirming, packing
from tests.leads.releasing import give, prepared, sealed
from tests.leads.working import LATER, load, notice, system
from tests.scenery import scene

APART = "The leads it tells of are not of one gun any more."


def lead(city, number, *cases):
    load(city, notice(*cases, number=number))
    return Lead.objects.get(number=number)


@scene
def gun(city, line):
    """The line and another lead, joined by a person."""
    other = lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8"))
    tie(city, line, other)
    return line, other


def tie(city, one, other):
    clusters.join(lead=one, other=other, reason="One gun", by=city.analyst, now=NOW)
    tell_all()


def tell_all():
    while clusters.tell(by=system(), now=LATER):
        pass


def untie(city, one, other):
    pair = LeadPair.objects.get(one=min(one, other, key=lambda each: each.pk), other__in=[one, other])
    clusters.take_back(pair=pair, reason="Misheard", by=city.analyst, now=LATER)


def copy_of(city, of, **values):
    return prepared(give(city, sealed(city, of, **values)))


def heard(verb):
    return sorted(Notification.objects.filter(verb=verb).values_list("user__name", flat=True))


class TestApart:
    def test_a_packet_of_a_gun_that_falls_apart_is_retracted_and_waits_for_who_has_it(self, city, gun):
        copy = copy_of(city, gun[0])
        untie(city, *gun)
        assert PacketRetraction.objects.get(version=copy.version).why == APART
        assert heard("packet.retracted") == [city.prosecutor.name]
        assert city.detective.name in heard("packet.went_stale")
        copy.refresh_from_db()
        assert copy.due_at is not None
        releases.heed(release=copy, by=city.prosecutor)

    def test_one_of_a_lead_that_stays_on_its_gun_is_not(self, city, gun):
        third = lead(city, "WCL-2026-01000", ("PAPD", "26-11"), ("GMPD", "26-12"))
        copy = copy_of(city, gun[0])
        tie(city, gun[1], third)
        untie(city, gun[1], third)
        assert not PacketRetraction.objects.filter(version=copy.version).exists()

    def test_two_leads_held_together_by_others_that_the_agency_does_not_see(self, city, gun):
        third = lead(city, "WCL-2026-01000", ("PAPD", "26-11"), ("GMPD", "26-12"))
        fourth = lead(city, "WCL-2026-01001", ("PAPD", "26-13"), ("GMPD", "26-14"))
        tie(city, gun[1], third)
        tie(city, third, fourth)
        LeadGrant.objects.filter(content_object__in=[gun[1], third], group=city.papd.group_id).delete()
        copy = copy_of(city, gun[0])
        assert set(copy.version.told_of.values_list("event__lead", flat=True)) == {gun[0].pk, fourth.pk}
        untie(city, gun[1], third)
        assert PacketRetraction.objects.get(version=copy.version).why == APART

    def test_what_is_taken_back_before_the_pages_are_built_finds_the_version_too(self, city, gun):
        waiting = packing.version(packing.make(city, gun[0]))
        given = give(city, waiting)
        untie(city, *gun)
        assert PacketRetraction.objects.get(version=given.version).why == APART

    def test_versions_of_before_that_were_not_sealed_are_given_what_they_tell_of(self, city, gun):
        version = packing.version(packing.make(city, gun[0]))
        noted = PacketEvent.objects.filter(version=version)
        before = set(noted.values_list("event", "confirmed"))
        assert len(before) == 5
        with connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            noted.delete()
            for _ in range(2):
                cursor.execute(import_module("leads.migrations.0032_told_joined_adopted").TOLD)
        assert set(noted.values_list("event", "confirmed")) == before

    def test_a_version_that_tells_what_holds_no_longer_is_given_to_nobody(self, city, gun, client):
        version = sealed(city, gun[0])
        untie(city, *gun)
        with pytest.raises(Refused, match="Make another version and release that"):
            give(city, version)
        client.force_login(city.detective)
        page = client.get(version.packet.get_absolute_url()).content.decode()
        assert f"{APART} Do not rely on the newest version: make another one." in page
        again = packets.ask(packet=version.packet, by=city.detective, now=LATER)
        assert outdated.since(again) == ("", False)
        assert APART not in client.get(version.packet.get_absolute_url()).content.decode()
        assert give(city, again)


class TestOnTheDesk:
    @pytest.mark.parametrize("agency", ["center", "papd"])
    def test_a_packet_tells_of_no_lead_of_the_gun_that_waits_for_triage(self, city, line, agency):
        desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
        waiting = lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8"))
        tie(city, line, waiting)
        name = {"agency": getattr(city, agency), "by": city.analyst if agency == "center" else city.detective}
        packet = packing.make(city, line, now=LATER, **name)
        first = packing.version(packet)
        whole = str(first.snapshot)
        said = [word for word in (waiting.number, "26-7", "GC-", "more lead") if word in whole]
        assert (said, first.snapshot["lead"]["leads"]) == ([], [line.number])
        assert set(first.told_of.values_list("event__lead", flat=True)) == {line.pk}
        desk.send(item=DeskItem.objects.get(), by=city.analyst, now=LATER)
        again = packets.ask(packet=packet, by=name["by"], now=LATER)
        assert again.snapshot["lead"]["leads"] == [line.number, waiting.number]
        assert "GC-" in again.snapshot["lead"]["cluster"]
        assert "Said by a person" in str(again.snapshot)


class TestGrown:
    def test_who_has_a_packet_hears_of_a_new_event_and_who_made_it_that_another_is_to_be_made(self, city, line, client):
        copy = copy_of(city, line)
        Notification.objects.all().delete()
        load(city, notice(("PAPD", "26-44")), now=LATER)
        assert heard("packet.outgrown") == [city.prosecutor.name]
        assert heard("packet.to_renew") == sorted([city.detective.name, city.supervisor.name])
        client.force_login(city.prosecutor)
        page = client.get(reverse("packet_release", args=[copy.pk])).content.decode()
        assert "More is known of this gun than this version tells" in page
        assert "26-44" not in page
        client.force_login(city.detective)
        page = client.get(copy.version.packet.get_absolute_url()).content.decode()
        assert "More is known of this gun than the newest version tells" in page
        assert not PacketRetraction.objects.exists()

    def test_a_lead_that_joins_is_told_once_and_a_version_that_has_it_is_not_outgrown(self, city, line):
        copy = copy_of(city, line)
        tie(city, line, lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8")))
        assert heard("packet.outgrown") == [city.prosecutor.name]
        again = packets.ask(packet=copy.version.packet, by=city.detective, now=LATER)
        give(city, again)
        assert outdated.since(copy.version) == ("", True)
        assert not outdated.outgrown([line.pk], timezone.now()).exists()

    def test_a_notice_that_adds_an_event_and_joins_a_lead_is_told_once(self, city, line):
        copy_of(city, line)
        lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8"))
        load(city, notice(("PAPD", "26-44"), named=[NamedLead(2, "WCL-2026-00999", False)]), now=LATER)
        tell_all()
        told = Notification.objects.filter(verb__in=["packet.outgrown", "packet.to_renew"])
        assert sorted(told.values_list("verb", "user__name")) == sorted(
            [("packet.outgrown", city.prosecutor.name)]
            + [("packet.to_renew", each.name) for each in (city.detective, city.supervisor)]
        )

    def test_an_event_beside_a_lead_that_waits_for_triage_is_told_once(self, city, line):
        copy_of(city, line)
        desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
        lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8"))
        load(city, notice(("PAPD", "26-44"), named=[NamedLead(2, "WCL-2026-00999", False)]), now=LATER)
        tell_all()
        assert heard("packet.outgrown") == [city.prosecutor.name]

    def test_a_lead_that_nobody_sent_from_triage_is_told_when_it_is(self, city, line):
        copy = copy_of(city, line)
        desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
        tie(city, line, lead(city, "WCL-2026-00999", ("PAPD", "26-7"), ("GMPD", "26-8")))
        assert heard("packet.outgrown") == []
        assert outdated.since(copy.version) == ("", False)
        desk.send(item=DeskItem.objects.get(), by=city.analyst, now=LATER)
        tell_all()
        assert heard("packet.outgrown") == [city.prosecutor.name]

    def test_who_has_it_no_longer_and_who_was_told_not_to_rely_on_it_hear_nothing(self, city, line):
        copy = copy_of(city, line)
        releases.revoke(release=copy, reason="Ended", by=city.supervisor)
        load(city, notice(("PAPD", "26-44")), now=LATER)
        assert heard("packet.outgrown") == []
        given = give(city, copy.version)
        assert [each.pk for each in outdated.outgrown([line.pk], timezone.now())] == [given.pk]
        assert not outdated.outgrown([line.pk], given.ends_at).exists()

    def test_a_retracted_one_is_not_outgrown_as_well(self, city, line, second):
        copy_of(city, line)
        confirming.report(city, line, second, ("26-1", "26-2", "eliminated", "26-2"), now=LATER)
        load(city, notice(("PAPD", "26-44")), now=LATER)
        assert heard("packet.outgrown") == []


def test_a_version_that_somebody_has_is_retracted_from_its_row_though_another_was_made_since(city, line, client):
    copy = copy_of(city, line)
    address = reverse("packet_retract", args=[copy.version_id])
    packets.ask(packet=copy.version.packet, by=city.detective, now=LATER)
    client.force_login(city.supervisor)
    packet = copy.version.packet.get_absolute_url()
    assert address in client.get(packet).content.decode()
    client.post(address, {"reason": "Wrong gun"})
    page = client.get(packet).content.decode()
    assert address not in page
    assert "Retracted</span>" in page


@pytest.mark.parametrize("many", [1, 3])
def test_a_packet_is_read_in_as_many_statements_with_one_version_as_with_three(city, line, client, many):
    version = sealed(city, line)
    client.force_login(city.supervisor)
    for number in range(many):
        if number:
            version = packets.ask(packet=version.packet, by=city.detective, now=LATER)
        give(city, version)
    client.get(version.packet.get_absolute_url())  # who they are, is read once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(version.packet.get_absolute_url()).status_code == 200
    assert len(asked) == 11
