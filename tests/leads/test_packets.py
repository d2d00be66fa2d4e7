"""A packet holds what its maker may see, as it was at one moment; a worker sets its pages, and none of it changes."""

import hashlib
import io
import json
from datetime import date, timedelta

import pdfua
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from agencies.access import Refused
from agencies.models import AuditEvent, Notification, User
from agencies.roles import Permission, Role, roles_with
from evidence import vault
from evidence.models import Firearm, Incident, Trace
from leads.actions import clusters, packets
from leads.models import Activity, Lead, Packet, PacketVersion
from leads.packets import contents, paper, typeset
from leads.packets.snapshot import canonical, digest
from leads.queries import packets as queries
from tests.factories import NOW, exhibit, incident, member
from tests.leads import confirming, people
from tests.leads.confirming import TODAY
from tests.leads.packing import EVERY, build, make, rows, version
from tests.leads.working import load, notice
from tests.scenery import scene


@scene
def made(city, line):
    return make(city, line)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def system(db):
    return User.objects.system()


def test_a_version_says_what_was_on_record_when_it_was_asked_for(city, line, second, made):
    confirming.report(city, line, second, ("26-1", "26-2", "confirmed"))
    again = packets.ask(packet=made, by=city.detective, now=NOW + timedelta(days=1))
    first = version(made)
    assert (first.version, again.version) == (1, 2)
    assert (first.snapshot["lead"]["stamp"], again.snapshot["lead"]["stamp"]) == (
        "UNCONFIRMED",
        "PARTLY CONFIRMED, 1 of 3 pairs",
    )
    assert digest(first.snapshot) == first.snapshot_sha256
    assert first.as_of == NOW


def test_what_was_taken_down_never_changes_and_is_never_deleted(made):
    first = version(made)
    for change in (
        {"snapshot": {"x": 1}}, {"snapshot_sha256": "0" * 64}, {"sections": ["summary"]}, {"version": 9},
        {"as_of": NOW + timedelta(days=1)},
    ):  # fmt: skip
        refused(lambda change=change: PacketVersion.objects.filter(pk=first.pk).update(**change))
    refused(lambda: PacketVersion.objects.filter(pk=first.pk).delete())
    refused(lambda: Packet.objects.filter(pk=made.pk).delete())
    refused(lambda: Packet.objects.filter(pk=made.pk).update(bates_prefix="Else"))
    built = build(first)
    refused(lambda: PacketVersion.objects.filter(pk=built.pk).update(pdf_sha256="1" * 64))


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_packet_holds_nothing_that_its_maker_or_the_agency_it_is_made_for_does_not_see(city, line):
    for number in ("26-1", "26-2"):
        exhibit(Incident.objects.get(case_number=number), number=f"X{number}")
    seen = {row["case"] for row in rows(make(city, line, sections=EVERY), "exhibits")}
    assert seen == {"PAPD 26-1"}
    # Who works in two agencies takes nothing of one into a packet of the other.
    member(city.gmpd, Role.DETECTIVE, user=city.detective)
    both = type(city.detective).objects.get(pk=city.detective.pk)
    assert {row["case"] for row in rows(make(city, line, by=both, sections=EVERY), "exhibits")} == {"PAPD 26-1"}
    whole = make(city, line, agency=city.center, by=city.analyst, sections=EVERY)
    assert {row["case"] for row in rows(whole, "exhibits")} == {"PAPD 26-1", "GMPD 26-2"}
    with pytest.raises(Refused, match="an agency of yours that sees the lead"):
        make(city, line, agency=city.outsider_agency)
    with pytest.raises(Refused, match="Only investigators, analysts and prosecutors"):
        make(city, line, agency=city.lab, by=city.examiner)
    with pytest.raises(Refused, match="You do not see the lead"):
        make(city, line, by=city.outsider, agency=city.outsider_agency)


def test_where_a_case_of_another_agency_was_is_told_to_the_block(city, line):
    Incident.objects.filter(case_number__in=["26-1", "26-2"]).update(lat=38.123456, lng=-90.123456)
    told = {row["case"]: (row["lat"], row["near"]) for row in rows(make(city, line, sections=["map"]), "map")}
    assert told == {"PAPD 26-1": (3812346, False), "GMPD 26-2": (3812300, True)}


def test_traces_are_in_it_for_who_may_hold_them_alone_and_reading_them_is_on_record(city, line):
    gun = exhibit(Incident.objects.get(case_number="26-1"), number="G1", kind="firearm")
    firearm = Firearm.objects.create(exhibit=gun, make="Glock", serial="XX123")
    Trace.objects.create(firearm=firearm, agency=city.papd, requested_at=NOW, requested_by=city.detective)
    made = make(city, line, sections=["trace", "summary"])
    assert [row["state"] for row in rows(made, "trace")] == ["Draft"]
    looks = AuditEvent.objects.filter(verb__startswith="trace.", by=city.detective)
    assert looks.count() == 1
    packets.note_read(version=version(made), by=city.detective)
    assert looks.count() == 2
    said = {"number": "x", "version": 0, "title": "x", "purpose": "trial", "summary": "", "bates": "x", "maker": "x"}
    kept = contents.gather(line, user=city.examiner, agency=city.lab, sections=["trace"], said=said)
    assert kept["sections"] == {"trace": [], "disclosure": []}
    assert set(roles_with(Permission.PACKET_VIEW)) <= set(roles_with(Permission.TRACE_VIEW))


def test_victims_and_juveniles_are_numbers_and_their_names_are_nowhere_in_it(city, line):
    event = line.events.get(case_number="26-1")
    suspect, victim, young, witness = (
        people.person(city, name, born) for name, born in
        (("Marlo Quill", date(1990, 1, 1)), ("Ann Ferris", None), ("Kit Doe", TODAY - timedelta(days=15 * 365)),
         ("Wes Hale", None))
    )  # fmt: skip
    for who, role in ((suspect, "suspect"), (victim, "victim"), (young, "named"), (witness, "witness")):
        people.said(city, who, event, role)
    people.said(
        city, suspect, event, "possessor", withdrawn_at=NOW, withdrawn_by=city.analyst, withdrawn_why="Mixed up"
    )
    Activity.objects.create(
        lead=line, agency=city.papd, kind="interview", text="Spoke to FERRIS, Ann and to Wes Hale.", at=NOW,
        recorded_at=NOW, by=city.detective,
    )  # fmt: skip
    made = make(city, line, sections=["people", "activity"], title="Ann Ferris case")
    told = {row["number"]: (row["name"], row["withheld"]) for row in rows(made, "people") if "number" in row}
    assert told == {
        suspect.number: ("Marlo Quill", ""), victim.number: ("", "victim"), young.number: ("", "juvenile"),
    }  # fmt: skip
    assert [row["left_out"] for row in rows(made, "people") if "left_out" in row] == [
        "1 statement about a witness is not in this section."
    ]
    assert "Mixed up" in [row.get("withdrawn_why") for row in rows(made, "people")]
    assert rows(made, "activity")[0]["text"] == "Spoke to [name withheld] and to [name withheld]."
    said = text(build(version(made)))
    assert not [name for name in ("Ferris", "Kit Doe", "Hale") if name.lower() in said.lower()]
    assert "Marlo Quill" in said
    with_witnesses = make(city, line, sections=["witnesses"])
    assert [(row["number"], row["name"]) for row in rows(with_witnesses, "witnesses")] == [(witness.number, "")]


def test_what_was_eliminated_inconclusive_corrected_or_taken_back_is_never_dropped(city, line, second):
    confirming.report(city, line, second, ("26-1", "26-3", "inconclusive"))
    confirming.report(city, line, second, ("26-1", "26-2", "eliminated", "26-2"), number="F-2")
    made = make(city, line, sections=["links", "events"])
    results = {(row["one"], row["other"]): row["result"] for row in rows(made, "links") if row["key"][:4] == "pair"}
    assert results == {("PAPD 26-1", "PAPD 26-3"): "Inconclusive", ("PAPD 26-1", "GMPD 26-2"): "Eliminated"}
    assert {row["case"]: row["link"] for row in rows(made, "events")}["26-2"] == "Taken back"
    assert [row["result"] for row in rows(make(city, line, sections=["links"]), "links")].count("Not compared") == 0
    said = text(build(version(made)))
    assert "Eliminated" in said
    assert "Inconclusive" in said
    assert "taken back" in said


def test_the_stamp_and_a_number_of_its_own_stand_on_every_page_of_what_is_not_confirmed(city, line):
    for number in range(60):
        Activity.objects.create(
            lead=line, agency=city.papd, kind="note", text=f"Note {number}. " * 20, at=NOW, recorded_at=NOW,
            by=city.detective,
        )  # fmt: skip
    built = build(version(make(city, line, sections=EVERY, bates_prefix="PAPD-7")))
    pages = read(built).pages
    assert len(pages) == built.pages > 3
    for number, page in enumerate(pages, 1):
        said = page.extract_text()
        assert "UNCONFIRMED" in said
        assert "Investigative lead only" in said
        assert f"PAPD-7-V1-{number:06d}" in said
        assert f"Page {number} of {built.pages}" in said


def test_the_file_is_tagged_archival_with_bookmarks_and_its_fonts_within(city, line):
    built = build(version(make(city, line, sections=EVERY)))
    reader = read(built)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "State v. Quill"
    assert [each.title for each in reader.outline if not isinstance(each, list)][:2] == ["1 Summary", "2 Gun line"]
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert {str(font["/BaseFont"]).partition("+")[2][:10] for font in fonts} == {"PublicSans"}
    for font in fonts:
        within = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in within or "/FontFile3" in within
    with vault.opened(built.pdf_sha256) as file:
        assert pdfua.validate(file.name).findings == ()
        with pikepdf.open(file.name) as opened:
            assert opened.check_pdf_syntax() == [], "what qpdf --check says"
    assert not any("/XObject" in page["/Resources"] and _pictures(page) for page in reader.pages)


def _pictures(page):
    return [each for each in page["/Resources"]["/XObject"].values() if each.get_object()["/Subtype"] == "/Image"]


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(made):
    data = paper.pages(version(made).snapshot)
    once, again = typeset.pdf(data), typeset.pdf(paper.pages(json.loads(canonical(version(made).snapshot))))
    assert hashlib.sha256(once.content).digest() == hashlib.sha256(again.content).digest()


def test_a_version_whose_worker_was_killed_is_built_again_to_the_same_bytes(made, system, monkeypatch):
    first = version(made)

    def killed(_data):
        raise KilledError

    monkeypatch.setattr(typeset, "pdf", killed)
    packets.attempt(version=first, by=system, now=NOW)
    with pytest.raises(KilledError), transaction.atomic():
        packets.build(version=first, by=system)
    left = version(made)
    assert (left.state, left.progress, left.pdf_sha256) == ("building", 10, "")
    assert list(queries.lost(NOW + timedelta(seconds=59))) == []
    assert list(queries.lost(NOW + timedelta(seconds=61))) == [left.pk]
    monkeypatch.undo()
    built = build(left)
    assert (built.state, built.tries, built.progress) == ("built", 2, 100)
    assert vault.digest(built.pdf_sha256) == built.pdf_sha256
    assert packets.attempt(version=built, by=system) is False
    assert packets.build(version=built, by=system) is None


class KilledError(Exception):
    """The process died."""


def test_what_breaks_three_workers_is_given_up_and_may_be_tried_again(city, made, system):
    for _ in range(3):
        assert packets.attempt(version=version(made), by=system)
    assert packets.attempt(version=version(made), by=system) is False
    failed = version(made)
    assert (failed.state, failed.failed_why) == ("failed", packets.BROKE)
    with pytest.raises(Refused, match="Only who makes packets"):
        packets.try_again(version=failed, by=city.prosecutor)
    with pytest.raises(Refused, match="The portal itself builds"):
        packets.build(version=failed, by=city.detective)
    packets.try_again(version=failed, by=city.detective)
    assert build(version(made)).state == "built"
    with pytest.raises(Refused, match="did not fail"):
        packets.try_again(version=version(made), by=city.detective)


def test_pages_that_cannot_be_set_say_so_and_a_store_that_is_away_lets_the_version_wait(made, system, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(vault, "keep", _raise(vault.Unstored()))
        assert (build(version(made)).state, version(made).tries) == ("queued", 0)
    monkeypatch.setattr(typeset, "PRESS", typeset.PRESS.with_name("packet.typ"))
    failed = build(version(made))
    assert failed.failed_why == "The pages could not be set. Choose fewer sections, or tell your administrator."
    assert Notification.objects.get(verb="packet.failed").user == failed.asked_by


def _raise(error):
    def raised(*_given, **_named):
        raise error

    return raised


def test_a_packet_is_made_in_as_many_statements_for_three_leads_as_for_one(city, line):
    with CaptureQueriesContext(connection) as one:
        make(city, line, sections=EVERY)
    for number in ("26-5", "26-6"):
        incident(city.papd, case_number=number)
    load(city, notice(("PAPD", "26-1"), ("PAPD", "26-5"), number="WCL-2026-00777"))
    load(city, notice(("PAPD", "26-1"), ("PAPD", "26-6"), number="WCL-2026-00778"))
    for other in Lead.objects.exclude(pk=line.pk):
        clusters.join(lead=line, other=other, reason="Same casing", by=city.analyst)
    with CaptureQueriesContext(connection) as three:
        made = make(city, line, sections=EVERY)
    assert len(version(made).snapshot["lead"]["leads"]) == 3
    assert len(three) == len(one)
    assert len(one) < 50


def read(built):
    with vault.opened(built.pdf_sha256) as file:
        return PdfReader(io.BytesIO(file.read()))


def text(built):
    return "\n".join(page.extract_text() for page in read(built).pages)
