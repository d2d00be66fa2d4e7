"""Who must not be named in a packet is not, whatever names them; and no packet tells of another office's cases."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import AuditEvent, User
from agencies.roles import Role
from leads.actions import charges, files, packets, referrals, releases, seals
from leads.models import Activity, Packet, PacketRetraction, PacketVersion, Particular
from leads.packets import contents
from tests import withheld
from tests.factories import NOW, member
from tests.leads import packing, people
from tests.leads.casework import federal, refer, same_gun
from tests.leads.releasing import give, opened, packed, prepared, sealed
from tests.scenery import scene
from tests.withheld import text_of

WORDS = ("title", "bates_prefix")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def cases(city, line):
    """A juvenile's case, one of somebody who was fifteen on the day of it, and a grown man's before two offices."""
    refer(city, line, city.da, defendant="Kit Youngmarker", venue="juvenile", summary="Found with the gun.")
    born = date(NOW.year - 15, 1, 1)
    refer(city, line, city.da, defendant="Lee Childmarker", born_on=born, summary="Childmarker, Lee ran.")
    for office in (city.da, city.usao):
        refer(city, line, office, defendant="Marlo Quill", born_on=date(1994, 3, 2))
    return line


def outcomes(packet):
    return {(row["who"], row["detail"]) for row in packing.rows(packet, "outcomes") if row["key"][:8] == "referral"}


def test_a_juvenile_of_whom_there_is_a_case_alone_is_named_nowhere(city, cases):
    made = packing.make(city, cases, sections=packing.EVERY, title="Youngmarker and Childmarker", summary=(
        "Kit Youngmarker and LEE CHILDMARKER were there, Marlo Quill drove."
    ))  # fmt: skip
    withheld = "[name withheld]"
    assert outcomes(made) == {
        (city.da.name, withheld), (city.da.name, "Marlo Quill"), (city.usao.name, "Marlo Quill"),
    }  # fmt: skip
    assert packing.rows(made, "summary")[0]["text"] == f"{withheld} and {withheld} were there, Marlo Quill drove."


def test_what_another_office_of_its_maker_has_is_in_no_packet_of_this_one(city, cases):
    member(city.usao, Role.PROSECUTOR, user=city.prosecutor)
    both = User.objects.get(pk=city.prosecutor.pk)
    for office in (city.da, city.usao):
        made = packing.make(city, cases, agency=office, by=both, sections=["outcomes", "timeline"])
        assert {who for who, _name in outcomes(made)} == {office.name}
        told = str(made.versions.get().snapshot)
        assert (city.usao.name in told) is (office == city.usao)


@scene
def declined(city, line):
    """A case that each of two offices declined for a reason of its own, and what one of them charged before."""
    for office, person, reason, words in (
        (city.da, city.prosecutor, "victim_unavailable", "DAWORDS"),
        (city.usao, federal(city), "minimal_interest", "USAOWORDS"),
    ):
        case = refer(city, line, office, defendant="Marlo Quill", born_on=date(1994, 3, 2))
        referrals.decide(referral=case, status="accepted", by=person, note=words)
        given = {"statute": f"{words} 1", "title": "An offense", "counts": 1, "charged_on": NOW.date()}
        one = charges.add(referral=case, by=person, **given)
        charges.dispose(charge=one, disposition="dismissed_by_prosecutor", disposed_on=NOW.date(), by=person)
        referrals.decide(referral=case, status="declined", reason=reason, by=person, note=words)
    return line


@pytest.mark.parametrize(("whose", "told", "silent"), [
    ("papd", ["Declined, State", "Declined, Federal"], ["Victim or", "Minimal", "WORDS"]),
    ("da", ["Declined, State", "Victim or witness unavailable", "DAWORDS 1"], ["Minimal", "Federal", "USAOW"]),
    ("usao", ["Declined, Federal", "Minimal federal interest", "USAOWORDS 1"], ["Victim or", ", State", "DAW"]),
])  # fmt: skip
def test_why_an_office_declined_and_what_it_charged_stands_in_its_own_packets_alone(
    city, declined, whose, told, silent
):
    agency = getattr(city, whose)
    by = {"papd": city.detective, "da": city.prosecutor}.get(whose) or User.objects.get(name="Wren Castle")
    made = packing.make(city, declined, agency=agency, by=by, sections=["outcomes", "timeline", "activity"])
    said = str([packing.rows(made, name) for name in ("outcomes", "timeline", "activity")])
    assert [words for words in told if words not in said] == []
    assert [words for words in silent if words in said] == []


@scene
def spoken(city, line):
    """A victim with a nickname, spoken of in many ways in an entry, an exhibit and the name of a file."""
    victim = people.person(city, "Mariselle Delgadillo Reyesmark")
    people.said(city, victim, line.events.first(), "victim")
    known = {"entity_id": victim.pk, "lead": line, "kind": "other_name", "added_at": NOW, "added_by": city.detective}
    Particular.objects.create(value="Smokelette", **known)
    people.suspect(city, line, "Carlos Reyesmark")
    Activity.objects.create(
        lead=line, agency=city.papd, kind="interview", at=NOW, recorded_at=NOW, by=city.detective, text=(
            "Ms. Reyesmark called. REYESMARK, M.D., is \"Smokelette\".\nMariselle D. and Delgadillo-\nReyesmark left; "
            "m.reyesmark@mail.example; Carlos Reyesmark stayed."
        ),
    )  # fmt: skip
    files.upload(
        lead=line, upload=SimpleUploadedFile("interview_reyesmark.txt", b"Asked."), agency=city.papd, by=city.detective
    )
    return line


def test_no_part_of_a_name_is_in_the_letter_the_title_the_names_of_files_or_anything_that_leaves(city, spoken, client):
    made = sealed(
        city, spoken, sections=packing.EVERY, title="State v. Quill (Reyesmark shooting)",
        bates_prefix="REYESMARK-1", summary="Delgadillo was hit.",
    )  # fmt: skip
    copy = packed(prepared(give(city, made, letter="Delgadillo Reyesmark agreed.", files=list(spoken.files.all()))))
    releases.retract(version=made, reason="Smokelette was not there", by=city.supervisor)
    client.force_login(city.prosecutor)
    page = client.get(copy.get_absolute_url()).content.decode()
    assert "Names withheld" in text_of(opened(copy))
    bag = b"".join(client.get(reverse("packet_bag", args=[copy.pk])).streaming_content)
    with zipfile.ZipFile(io.BytesIO(bag)) as whole:
        read = " ".join(whole.namelist()) + str([whole.read(name) for name in whole.namelist() if name[-3:] != "pdf"])
    client.force_login(city.detective)
    lists = [client.get(reverse(name)).content.decode() for name in ("packets", "packets_released")]
    kept = str([*Packet.objects.values(*WORDS), *PacketVersion.objects.values("snapshot"), *AuditEvent.objects.filter(
        verb__startswith="packet").values("data"), *PacketRetraction.objects.values()])  # fmt: skip
    for name, said in {
        "pages": text_of(opened(copy)), "bag": read, "page": page, "lists": str(lists), "kept": kept,
    }.items():  # fmt: skip
        said = " ".join(said.split()).lower().replace("carlos reyesmark", "")
        assert not [part for part in ("mariselle", "delgadillo", "reyesmark", "smokelette") if part in said], name
    assert "files/001-name-withheld.txt" in read
    assert made.packet.bates_prefix == spoken.number[:16]


def test_whatever_test_makes_a_packet_has_it_read_for_people_of_all_its_leads_and_of_cases(city, line, monkeypatch):
    other = same_gun(city, line, "WCL-2026-00900")
    people.said(city, people.person(city, "Ann Ferrismark"), other.events.first(), "victim")
    refer(city, other, city.da, defendant="Kit Youngmarker", venue="juvenile")
    born = line.first_event_at.date() - timedelta(days=17 * 365)
    refer(city, other, city.usao, defendant="Lee Childmarker", born_on=born)
    words = "Spoke to Ann Ferrismark, Kit Youngmarker and Lee Childmarker."
    made = packing.make(city, line, sections=["summary"], summary=words)
    assert packing.build(packing.version(made)).state == "built"
    monkeypatch.setattr(contents.unsaid, "finder", lambda _readers: None)
    named = packets.ask(packet=made, by=city.detective)
    with pytest.raises(AssertionError, match=r"(?=.*Ferrismark)(?=.*Youngmarker)(?=.*Childmarker)"):
        packing.build(named)


def test_a_name_that_is_unmasked_may_be_said_and_would_be_found_wherever_it_stands(city, line, monkeypatch):
    victim = people.person(city, "Ann Ferris")
    people.said(city, victim, line.events.first(), "victim")
    made = packing.make(city, line, sections=["summary"], summary="Spoke to Ann Ferris.")
    releases.unmask(packet=made, person=victim, reason="The indictment names her", by=city.detective)
    built = packing.build(packets.ask(packet=made, by=city.detective))
    seal = seals.seal(version=built, by=User.objects.system())
    copy = packed(prepared(give(city, built)))
    monkeypatch.setattr(withheld, "told", lambda _version: ({"Ann Ferris"}, set()))
    for sha256 in (built.pdf_sha256, seal.pdf_sha256, copy.copy_sha256):
        assert withheld.pages_say(built, sha256) == {"Ann Ferris"}
    assert withheld.bag_says(copy) == {"Ann Ferris"}
