"""A packet is in the hands of named people until a day; what they do with it is on record, and what was wrong reaches
them.
"""

import contextlib
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from agencies.access import Refused
from agencies.models import AuditEvent, Notification, User
from agencies.roles import Role
from evidence import vault
from leads.actions import packets, releases, seals
from leads.models import Activity, PacketRelease, PacketRetraction, PacketSeal, PacketVersion
from leads.packets import carried, certificates, checking, paper, typeset
from leads.queries import releases as queries
from tests.factories import NOW, member
from tests.leads import confirming, packing, people
from tests.leads.guarded import refused
from tests.leads.releasing import SOON, TODAY, give, opened, packed, prepared, sealed
from tests.scenery import scene
from tests.withheld import text_of

VICTIM, WITNESS, CHILD, SUSPECT = "Wandala Veilmarker", "Ottavius Seenmarker", "Kitteridge Youngmarker", "Marlo Quill"


@scene
def told(city, line):
    """People of each part on the line, and an entry that names the protected ones."""
    first = line.events.first()
    for name, role in ((VICTIM, "victim"), (WITNESS, "witness"), (SUSPECT, "suspect")):
        people.said(city, people.person(city, name), first, role)
    people.said(city, people.person(city, CHILD, born_on=date(2012, 3, 2)), first, "suspect")
    Activity.objects.create(
        lead=line, agency=city.papd, kind="interview", at=NOW, recorded_at=NOW, by=city.detective,
        text=f"{VICTIM} and {WITNESS.upper()} spoke; Youngmarker, Kitteridge was there.",
    )  # fmt: skip
    return line


@scene
def version(city, told):
    return sealed(city, told)


@scene
def copy(city, version):
    return prepared(give(city, version))


def verbs():
    found = Notification.objects.exclude(verb__startswith="packet.built").values_list("verb", "user__name")
    return {(verb, name.split()[0]) for verb, name in found if verb.startswith("packet.")}


def test_a_version_is_sealed_once_and_its_seal_stays(version, city):
    seal = PacketSeal.objects.get(version=version)
    with vault.opened(seal.pdf_sha256) as file:
        found = checking.check(file, certificates.roots())
    assert (found.is_authentic, found.said) == (True, f"Packet {version.packet.number} version 1")
    assert seals.seal(version=version, by=User.objects.system()) is None
    assert seal.items_sha256 == carried.digest(carried.listed(version.snapshot))
    with pytest.raises(Refused, match="The portal itself"):
        seals.seal(version=version, by=city.supervisor)
    refused(lambda: PacketSeal.objects.update(timed=True))
    refused(lambda: PacketSeal.objects.all().delete())


def test_its_own_agency_takes_the_sealed_pages_and_before_that_a_file_that_says_so(client, city, told):
    built = packing.build(packing.version(packing.make(city, told, "discovery")))
    client.force_login(city.detective)

    def taken():
        answer = client.get(reverse("packet_pdf", args=[built.pk]))
        pages = io.BytesIO(b"".join(answer.streaming_content))
        return answer["Content-Disposition"], checking.check(pages, certificates.roots())

    said, found = taken()
    assert "-not-sealed.pdf" in said
    assert not found.is_authentic
    assert "Not sealed yet" in client.get(built.packet.get_absolute_url()).content.decode()
    seal = seals.seal(version=built, by=User.objects.system())
    said, found = taken()
    assert "not-sealed" not in said
    assert found.is_authentic
    assert seal.pdf_sha256 in client.get(built.packet.get_absolute_url()).content.decode()


def test_what_is_masked_is_in_no_page_no_metadata_no_json_and_no_bag(copy, client, city):
    content = opened(copy)
    client.force_login(city.prosecutor)
    packed(copy)
    bag = b"".join(client.get(reverse("packet_bag", args=[copy.pk])).streaming_content)
    with zipfile.ZipFile(io.BytesIO(bag)) as whole:
        files = {name.partition("/")[2]: whole.read(name) for name in whole.namelist()}
    read = text_of(content) + "".join(data.decode("latin-1") for name, data in files.items() if ".pdf" not in name)
    assert SUSPECT in " ".join(read.split())
    for name in (VICTIM, WITNESS, CHILD):
        for part in name.split():
            assert part.lower() not in read.lower(), part
    assert files["data/packet.pdf"] == content


def test_unmasking_is_a_right_with_a_reason_and_shows_in_the_versions_after(version, city, told):
    packet, victim = version.packet, people.Person.objects.get(name=VICTIM)
    with pytest.raises(Refused, match="does not include reading masked names"):
        releases.unmask(packet=packet, person=victim, reason="x", by=city.technician)
    with pytest.raises(Refused, match="Say why"):
        releases.unmask(packet=packet, person=victim, reason=" ", by=city.detective)
    made = releases.unmask(packet=packet, person=victim, reason="The indictment names her", by=city.detective)
    again = packets.ask(packet=packet, by=city.detective, now=SOON)
    assert VICTIM in str(again.snapshot)
    assert WITNESS not in str(again.snapshot)
    assert VICTIM not in str(PacketVersion.objects.get(pk=version.pk).snapshot)
    assert AuditEvent.objects.filter(verb="packet.unmasked", data__person=victim.pk).exists()
    refused(lambda: type(made).objects.update(reason="Else"))


def test_nobody_unmasks_in_a_packet_whom_they_may_not_read_on_their_page(version, city, told, client):
    other, packet = told.events.get(case_number="26-2"), version.packet
    hers = people.person(city, "Ilse Farmarker")
    people.said(city, hers, other, "victim")
    address = reverse("packet_unmask", args=[packet.pk])
    client.force_login(city.detective)
    assert client.post(reverse("entity_unmask", args=[hers.pk]), {"reason": "Why"}).status_code == 403
    assert client.post(address, {"person": hers.pk, "reason": "Why"}).status_code == 200
    assert hers.number not in client.get(address).content.decode()
    with pytest.raises(Refused, match="whose masked name you may read"):
        releases.unmask(packet=packet, person=hers, reason="Why", by=city.detective)
    assert not packet.unmaskings.exists()


def test_each_page_of_a_copy_bears_its_recipient_and_the_original_does_not(version, copy, city):
    pages = PdfReader(io.BytesIO(opened(copy))).pages
    mark = f"Released to {copy.to.name}"
    assert all(mark in page.extract_text() for page in pages)
    letter = pages[0].extract_text()
    assert f"Dear counselor {copy.to.name}" in letter
    for said in (carried.day(TODAY, city.da.zone), city.da.name, city.papd.name, f"{version.packet}, version 1"):
        assert said in letter
    first = f"{paper.bates(version.snapshot['packet'])}-000001"
    assert [first in page.extract_text() for page in pages[:3]] == [False, True, False]
    with vault.opened(version.seal.pdf_sha256) as file:
        original = file.read()
    own = [page.extract_text() for page in PdfReader(io.BytesIO(original)).pages]
    assert all(mark not in page for page in own)
    assert first in own[0]
    with vault.opened(version.pdf_sha256) as file:
        assert original.startswith(file.read())
    assert checking.check(io.BytesIO(opened(copy)), certificates.roots()).is_authentic


def test_a_name_behind_the_pages_does_not_break_a_table_that_goes_over_them(version):
    """The standard for screen readers refuses a table that something stands between."""
    rows = version.snapshot["sections"]["disclosure"] * 40
    long = version.snapshot | {"sections": {"disclosure": rows}}
    assert typeset.pdf(paper.pages(long) | {"watermark": "Released to X"}).count > 2


def test_one_person_has_it_and_nobody_else_and_each_opening_is_on_record(copy, city, client):
    other = member(city.da, Role.PROSECUTOR, name="Nell Fry")
    address = reverse("packet_copy", args=[copy.pk])
    for person, status in ((other, 404), (city.gm_detective, 404), (city.supervisor, 403), (city.prosecutor, 200)):
        client.force_login(person)
        with contextlib.closing(client.get(address)) as answer:
            assert answer.status_code == status, person
    with contextlib.closing(client.get(address)) as answer:
        assert answer["Content-Disposition"].startswith("inline")
        assert "no-store" in answer["Cache-Control"]
    with contextlib.closing(client.get(address, {"save": 1})) as answer:
        assert answer["Content-Disposition"].startswith("attachment")
    how = [each.data["how"] for each in queries.openings_of(copy)]
    assert how == ["pdf", "read", "read"]
    client.force_login(city.supervisor)
    page = client.get(reverse("packet_release", args=[copy.pk])).content.decode()
    assert page.count("Read in the browser") == 2
    assert "Downloaded as PDF" in page


def test_the_link_dies_on_revoke_on_its_last_day_and_on_leaving_the_office(copy, city, client):
    client.force_login(city.prosecutor)
    address, page = (reverse(name, args=[copy.pk]) for name in ("packet_copy", "packet_release"))
    assert "Dear counselor" in client.get(page).content.decode()
    with transaction.atomic():
        releases.revoke(release=copy, reason="Sent to the wrong office", by=city.supervisor)
        assert "revoked" in client.get(address).content.decode()
        assert "Dear counselor" not in client.get(page).content.decode()
        transaction.set_rollback(True)
    late = copy.ends_at
    with pytest.raises(Refused, match="days of this release are over"):
        releases.hand_out(release=copy, how="read", by=city.prosecutor, now=late)
    releases.hand_out(release=copy, how="read", by=city.prosecutor, now=late - timedelta(seconds=1)).close()
    city.prosecutor.memberships.update(ended_at=NOW, ended_by=city.administrator)
    client.force_login(User.objects.get(pk=city.prosecutor.pk))
    assert client.get(address).url.startswith("/sign-in")
    member(city.gmpd, Role.DETECTIVE, user=User.objects.get(pk=city.prosecutor.pk))
    client.force_login(User.objects.get(pk=city.prosecutor.pk))
    assert client.get(address).status_code == 404


def test_the_last_day_that_is_shown_is_the_one_that_was_chosen(version, copy, city, client):
    day = TODAY.date() + timedelta(days=30)
    assert carried.marks(copy)["letter_head"][-1] == ["Last day of the link", f"{day.day} {day:%b %Y}"]
    give_ = reverse("packet_give", args=[version.pk])
    for person, page in ((city.prosecutor, reverse("packets_released")), (city.supervisor, give_)):
        client.force_login(person)
        for address in (page, copy.get_absolute_url()):
            said = client.get(address).content.decode()
            assert f"{day.day} {day:%b}" in said, address
            assert f"{(day + timedelta(days=1)).day} {day + timedelta(days=1):%b}" not in said, address


def test_who_releases_whom_to_and_until_when_is_held_to_its_rules(version, city):
    with pytest.raises(Refused, match="Only a supervisor, commander or coordinator"):
        give(city, version, by=city.detective)
    with pytest.raises(Refused, match="does not read packets in that office"):
        give(city, version, to=city.technician, office=city.papd)
    for day in (TODAY.date() - timedelta(days=2), TODAY.date() + timedelta(days=400)):
        with pytest.raises(Refused, match="Choose a last day"):
            give(city, version, ends_on=day)
    with pytest.raises(Refused, match=r"no place called"):
        give(city, version, letter="{agency.pk}")
    first = give(city, version)
    with pytest.raises(Refused, match="has this version already"):
        give(city, version)
    releases.revoke(release=first, reason="Again", by=city.supervisor)
    assert give(city, version).pk != first.pk
    for change in (
        {"to": city.detective},
        {"ends_at": TODAY},
        {"letter": ""},
        {"revoked_at": None, "revoked_by": None},
    ):
        refused(lambda change=change: PacketRelease.objects.filter(pk=first.pk).update(**change))
    refused(lambda: PacketRelease.objects.filter(pk=first.pk).delete())


def test_a_link_taken_back_retracts_what_tells_of_it_and_waits_for_each_recipient(copy, version, city, told, second):
    confirming.report(city, told, second, ("26-1", "26-2", "eliminated", "26-2"), now=SOON)
    retraction = PacketRetraction.objects.get(version=version)
    assert retraction.why == "A link that it tells of was taken back or eliminated."
    copy.refresh_from_db()
    assert ("packet.retracted", copy.to.name.split()[0]) in verbs()
    assert {name for verb, name in verbs() if verb == "packet.went_stale"} >= {city.detective.name.split()[0]}
    waiting = queries.releases(city.detective, show="waiting")
    assert [row["id"] for row in waiting] == [copy.pk]
    system = User.objects.system()
    assert releases.escalate(by=system, now=copy.due_at - timedelta(seconds=1)) == 0
    assert releases.escalate(by=system, now=copy.due_at) == 1
    assert releases.escalate(by=system, now=copy.due_at + timedelta(days=1)) == 0
    assert ("packet.unheeded", city.supervisor.name.split()[0]) in verbs()
    with pytest.raises(Refused, match="Only the person"):
        releases.heed(release=copy, by=city.supervisor)
    releases.heed(release=copy, by=city.prosecutor)
    assert queries.releases(city.detective, show="waiting") == []
    with pytest.raises(Refused, match="nothing to acknowledge"):
        releases.heed(release=copy, by=city.prosecutor)
    refused(lambda: PacketRetraction.objects.all().delete())


def test_what_holds_still_is_not_retracted(copy, city, told, second):
    confirming.report(city, told, second, ("26-1", "26-3", "confirmed"), now=SOON)
    assert not PacketRetraction.objects.exists()


def test_a_newer_version_that_is_released_supersedes_at_once(copy, version, city, seen):
    again = packets.ask(packet=version.packet, by=city.detective, now=SOON)
    assert queries.newer(version) is None
    give(city, again)
    assert queries.newer(version) == again
    assert ("packet.superseded", copy.to.name.split()[0]) in verbs()
    assert "Version 2 was released since" in seen(city.prosecutor, "packet_release", copy.pk)
    with pytest.raises(Refused, match="A newer version was released"):
        give(city, version)
    give(city, again, to=city.gm_detective, office=city.gmpd)
    assert Notification.objects.filter(verb="packet.superseded").count() == 1
    releases.retract(version=again, reason="Wrong", by=city.supervisor, now=SOON)
    page = seen(city.prosecutor, "packet_release", copy.pk)
    assert "Version 2 was released since, and retracted. Do not rely on this one either" in page
    assert "ask for a copy of the newer" not in page


def test_receipt_is_confirmed_once_and_the_register_bears_it(copy, city, told):
    releases.receive(release=copy, by=city.prosecutor)
    lines = copy.disclosures.all()
    assert {line.duty for line in lines} == {"brady"}
    assert all(line.received_by == city.prosecutor for line in lines)
    assert len(lines) == 2  # both whom sources name as suspects
    assert ("packet.received", city.supervisor.name.split()[0]) in verbs()
    with pytest.raises(Refused, match="confirmed already"):
        releases.receive(release=copy, by=city.prosecutor)
