"""The pages of packets: who reaches them, what they say, how many statements they take."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEvent
from leads.actions import packets, referrals
from leads.models import Packet, PacketVersion
from leads.packets import drawings
from leads.packets.sections import PRESETS
from tests.leads.packing import EVERY, build, make, version
from tests.scenery import scene


@scene
def made(city, line):
    return make(city, line, sections=EVERY)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def detective(city, client):
    client.force_login(city.detective)
    return client


def test_a_packet_is_for_the_agency_that_makes_it_and_for_nobody_else(city, made, client):
    first = version(made)
    mine = [reverse("packet", args=[made.pk]), reverse("packet_next", args=[made.pk])]
    mine += [reverse(f"packet_{name}", args=[first.pk]) for name in ("version", "changes", "progress", "pdf")]
    for who, status in (
        (city.supervisor, 200), (city.gm_detective, 404), (city.prosecutor, 404), (city.outsider, 404),
        (city.analyst, 404), (city.examiner, 403),
    ):  # fmt: skip
        client.force_login(who)
        answers = {client.get(path).status_code for path in mine}
        assert answers <= {status, 302} if status == 200 else answers == {status}, who


def test_choosing_sections_shows_what_they_say_and_makes_nothing(city, line, detective):
    path = reverse("packet_new", args=[line.pk])
    page = detective.get(path, {"purpose": "trial"}).content.decode()
    assert "Link chart" in page
    assert "Preview: nothing is made yet" in page
    assert "UNCONFIRMED" in page
    shown = detective.post(f"{path}?purpose=trial", {"title": "Quill", "sections": ["events"], "show": "1"})
    assert "26-1" in shown.content.decode()
    assert shown.status_code == 200
    assert not Packet.objects.exists()
    assert AuditEvent.objects.filter(verb="packet.previewed", by=city.detective).count() == 2
    wrong = detective.post(path, {"title": "", "sections": ["events"]})
    assert "Give the title" in wrong.content.decode()
    assert not Packet.objects.exists()


def test_a_packet_is_made_of_what_was_chosen_and_the_page_follows_the_worker(city, line, detective):
    given = {"title": "State v. Quill", "sections": ["outcomes", "events"], "summary": "x", "bates_prefix": "PAPD-1"}
    answer = detective.post(f"{reverse('packet_new', args=[line.pk])}?purpose=trial", given)
    made = Packet.objects.get()
    assert (answer.url, made.purpose, made.sections) == (made.get_absolute_url(), "trial", ["events", "outcomes"])
    first = version(made)
    page = detective.get(made.get_absolute_url()).content.decode()
    assert reverse("packet_progress", args=[first.pk]) in page
    job = json.loads(detective.get(reverse("packet_progress", args=[first.pk])).content)
    assert (job["done"], job["text"], job["next"]) == (0, "Waiting for a worker", "")
    build(first)
    job = json.loads(detective.get(reverse("packet_progress", args=[first.pk])).content)
    assert (job["done"], job["next"]) == (100, made.get_absolute_url())
    assert reverse("packet_pdf", args=[first.pk]) in detective.get(made.get_absolute_url()).content.decode()


def test_the_pages_are_taken_and_read_on_record(city, made, detective):
    first = version(made)
    waits = detective.get(reverse("packet_pdf", args=[first.pk]), follow=True)
    assert "not built yet" in waits.content.decode()
    build(first)
    answer = detective.get(reverse("packet_pdf", args=[first.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="{made.number}-v1-not-sealed.pdf"'
    detective.get(reverse("packet_version", args=[first.pk]))
    done = AuditEvent.objects.filter(by=city.detective, verb__in=["packet.opened", "packet.read"])
    assert sorted(done.values_list("verb", flat=True)) == ["packet.opened", "packet.read"]


def test_what_changed_since_a_version_is_told_section_by_section(city, line, made, detective):
    packets.ask(packet=made, by=city.detective, sections=["summary", "events"], summary="Two scenes.")
    second = packets.ask(packet=made, by=city.detective, summary="Three scenes.")
    page = detective.get(reverse("packet_changes", args=[second.pk])).content.decode()
    assert "Since version 2" in page
    assert "Three scenes." in page
    assert "Was: Two scenes." in page
    assert "Withdrawn" not in page
    older = detective.get(reverse("packet_changes", args=[second.pk]), {"since": "1"}).content.decode()
    assert "Withdrawn" in older
    assert "Link chart" in older
    assert "Added" in older
    first = detective.get(reverse("packet_changes", args=[version(made).pk])).content.decode()
    assert "There is no earlier version" in first
    same = packets.ask(packet=made, by=city.detective)
    assert "Nothing changed" in detective.get(reverse("packet_changes", args=[same.pk])).content.decode()


def test_what_failed_says_why_and_is_built_again(city, made, detective):
    first = version(made)
    PacketVersion.objects.filter(pk=first.pk).update(state="failed", failed_why="It broke.", begun_at=first.as_of)
    page = detective.get(made.get_absolute_url()).content.decode()
    assert "It broke." in page
    assert "Build again" in page
    detective.post(reverse("packet_again", args=[first.pk]))
    assert version(made).state == "queued"


def test_pages_show_the_way_to_a_packet_to_who_may_make_one_alone(city, line, client):
    referral = referrals.make(
        lead=line, agency=city.papd, office=city.da, defendant="Marlo Quill", summary="x", by=city.detective
    )
    for who, may in ((city.detective, True), (city.prosecutor, True), (city.examiner, False)):
        client.force_login(who)
        page = client.get(line.get_absolute_url()).content.decode()
        assert (reverse("packet_new", args=[line.pk]) in page) is may, who
    client.force_login(city.prosecutor)
    case = client.get(referral.get_absolute_url()).content.decode()
    path = f"{reverse('packet_new', args=[line.pk])}?case={referral.pk}&amp;purpose=charging"
    assert path in case
    given = {"title": "People v. Quill", "sections": PRESETS["charging"]}
    client.post(path.replace("&amp;", "&"), given)
    made = Packet.objects.get()
    assert (made.referral, made.agency, made.purpose) == (referral, city.da, "charging")


def test_drawings_on_the_page_hold_no_word_that_a_browser_would_read_as_markup(city, line, made, detective):
    packets.ask(packet=made, by=city.detective, title="<script>x</script>")
    page = detective.get(reverse("packet_version", args=[version(made, 2).pk])).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert '<svg role="img" aria-label=' in page
    assert "<b>" not in drawings.charts([{"key": "l", "node": "lead", "label": "<b>"}, {"key": "c", "node": "case",
        "label": "<b>", "what": "<b>"}, {"key": "e", "from": "l", "to": "c", "sure": True}])[0]  # fmt: skip


def test_the_list_and_the_page_take_as_many_statements_for_three_as_for_one(city, line, made, detective):
    paths = (reverse("packets"), made.get_absolute_url())
    taken = {path: len(_statements(detective, path)) for path in paths}
    for _ in range(2):
        make(city, line, sections=["events"])
        packets.ask(packet=made, by=city.detective)
    assert {path: len(_statements(detective, path)) for path in paths} == taken
    page = detective.get(reverse("packets"), {"show": "charging"}).content.decode()
    assert page.count("data-href") == 3
    assert "No packet yet" in detective.get(reverse("packets"), {"show": "trial"}).content.decode()


def _statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return found
