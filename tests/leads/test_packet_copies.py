"""Copies of packets that cannot be prepared or opened any more, their bags, and lists of them."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, User
from agencies.roles import Role
from evidence import vault
from leads import tasks
from leads.actions import packets, releases, seals
from leads.models import PacketRelease
from leads.packets import bag, carried, certificates, checking, signing
from leads.pages import release as releasepage
from leads.queries import releases as queries
from tests.factories import member
from tests.leads.releasing import SOON, TODAY, give, packed, prepared
from tests.leads.test_packet_releases import copy, told, verbs, version

__all__ = ["copy", "told", "version"]


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


def test_nothing_is_sealed_with_a_certificate_that_has_ended(settings, tmp_path):
    kept, _root = signing.self_made("Tri-Rivers CGIC", timezone.now() - timedelta(days=365 * 11))
    (tmp_path / "seal.p12").write_bytes(kept)
    settings.PACKET_PKCS12 = str(tmp_path / "seal.p12")
    with pytest.raises(certificates.Unsealed, match="the certificate ended on 20"), certificates.sealer():
        pass
    assert certificates.roots(), "what was sealed with it is still checked"


def taken(client, release):
    return b"".join(client.get(reverse("packet_bag", args=[release.pk])).streaming_content)


def test_a_bag_has_the_pages_what_they_say_as_data_and_the_hash_of_each_item_of_that(copy, city, client):
    client.force_login(city.prosecutor)
    whole = taken(client, packed(copy))
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        files = {name.partition("/")[2]: opened.read(name) for name in opened.namelist() if "/data/" in name}
    pdf, record, items = (f"data/{name}" for name in (bag.PDF, bag.RECORD, bag.ITEMS))
    assert {*files} == {pdf, record, items}
    assert json.loads(files[record]) == copy.version.snapshot
    assert json.loads(files[items]) == carried.listed(copy.version.snapshot)
    for name in (record, items):
        broken = whole.replace(files[name], files[name][:-1] + b"x")
        assert checking.check(io.BytesIO(broken), certificates.roots()).changed == (name,)


def test_a_bag_is_made_once_and_is_the_same_whenever_it_is_taken(copy, city, client):
    client.force_login(city.prosecutor)
    page = reverse("packet_release", args=[copy.pk])
    assert "look again in a minute" in client.get(page).content.decode()
    early = client.get(reverse("packet_bag", args=[copy.pk]), follow=True).content.decode()
    assert "The bag is being made." in early
    tasks.keep_packets()
    kept = PacketRelease.objects.get(pk=copy.pk)
    assert reverse("packet_bag", args=[copy.pk]) in client.get(page).content.decode()
    once = taken(client, copy)
    assert seals.pack(release=kept, by=User.objects.system()) is None
    assert taken(client, copy) == once
    found = checking.check(io.BytesIO(once), certificates.roots())
    assert (found.is_authentic, found.sha256) == (True, copy.copy_sha256)
    looks = AuditEvent.objects.filter(verb="packet.copy_opened", object_id=copy.pk)
    assert [each.data["how"] for each in looks] == ["bag", "bag"], "what was not there was not opened"
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRelease.objects.update(bag={})


def test_a_bag_waits_for_what_is_away_and_says_what_keeps_it_for_good(copy, city, client, settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(certificates, "sealer", lambda: (_ for _ in ()).throw(certificates.Unsealed("x")))
        assert packed(copy).bag_why == ""
    real = vault.opened
    monkeypatch.setattr(
        vault, "opened", lambda sha256: io.BytesIO(b"else") if sha256 == copy.copy_sha256 else real(sha256)
    )
    why = packed(copy).bag_why
    assert "not what it was when it was released" in why
    assert list(PacketRelease.objects.unbagged()) == []
    client.force_login(city.prosecutor)
    assert why in client.get(reverse("packet_release", args=[copy.pk])).content.decode().replace("&#x27;", "'")
    with pytest.raises(vault.NotYet, match="not what it was"):
        carried.packed(PacketRelease.objects.get(pk=copy.pk))


def test_what_can_be_opened_no_more_is_received_by_nobody(copy, city, seen):
    with pytest.raises(Refused, match="can be opened no more"):
        releases.receive(release=copy, by=city.prosecutor, now=copy.ends_at)
    page = seen(city.prosecutor, "packet_release", copy.pk)
    assert "Confirm receipt" in page
    assert "<b>Bag</b> has the PDF" in page
    releases.revoke(release=copy, reason="Wrong office", by=city.supervisor)
    page = seen(city.prosecutor, "packet_release", copy.pk)
    assert "The link is dead." in page
    assert not [words for words in ("Confirm receipt", "<b>Bag</b> has the PDF") if words in page]
    with pytest.raises(Refused, match="can be opened no more"):
        releases.receive(release=copy, by=city.prosecutor)
    assert not copy.disclosures.exclude(received_at=None).exists()


def test_a_copy_whose_days_are_over_says_so_though_a_newer_version_was_released(copy, version, city):
    newer, over = packets.ask(packet=version.packet, by=city.detective, now=SOON), copy.ends_at
    words, _tone = releasepage.warning(copy, newer, False, over)
    assert "The days of this release are over. Version 2 was released since." in words
    assert "are over" not in releasepage.warning(copy, newer, False, over - timedelta(seconds=1))[0]


def test_a_day_or_a_person_that_does_not_fit_is_said_at_its_field_and_the_letter_stays(copy, version, city, client):
    client.force_login(city.supervisor)
    had, other = (
        person.memberships.get(agency=office).pk
        for person, office in ((city.prosecutor, city.da), (city.gm_detective, city.gmpd))
    )
    given = {"duty": "brady", "letter": "Dear counselor, read page two."}
    for wrong, sentence in (
        (
            {"to": other, "ends_on": TODAY.date() - timedelta(days=2)},
            "Choose a last day from today to a year from now.",
        ),
        ({"to": other, "ends_on": TODAY.date() + timedelta(days=400)}, "Choose a last day from today"),
        ({"to": had, "ends_on": TODAY.date() + timedelta(days=9)}, "This person has this version already."),
    ):
        page = client.post(reverse("packet_give", args=[version.pk]), given | wrong)
        assert page.status_code == 200
        assert sentence in page.content.decode()
        assert "read page two." in page.content.decode()
    assert PacketRelease.objects.count() == 1
