"""Work product of one office: read by nobody else, on any page, in any list, mail, file, search or log."""

import io
import re
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, Letter, Notification
from agencies.roles import Role
from evidence import vault
from leads.actions import packets, worknotes
from leads.models import WorkNote
from leads.packets.sections import PRESETS
from leads.packets.snapshot import canonical
from tests.apiclient import Program
from tests.factories import member
from tests.leads import casework, packing
from tests.leads.casework import refer
from tests.leads.pages import lead
from tests.scenery import scene
from tests.withheld import text_of

SECRET = "Quillfeather doubts the second witness"
OTHERS = ("detective", "supervisor", "commander", "coordinator", "analyst", "auditor", "usa", "gm_supervisor", "clerk")
LISTS = (
    "referrals",
    "leads",
    "notifications",
    "search",
    "dashboard",
    "accountability",
    "outcomes",
    "audit",
    "meetings",
)
FILES = ("lead_export", "dashboard_export")


@scene
def usa(city):
    return casework.federal(city)


@scene
def clerk(city):
    """Somebody of the office who is no prosecutor."""
    return member(city.da, Role.AGENCY_ADMINISTRATOR, name="Lou Park")


@scene
def case(city, usa):
    gun = lead(city, "WCL-2026-00001")
    refer(city, gun, city.usao)
    found = refer(city, gun, city.da)
    return worknotes.write(referral=found, text=SECRET, by=city.prosecutor)


def body_of(answer):
    """What was sent; of a packed file what its parts say."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(name.encode() + packed.read(name) for name in packed.namelist())


def test_the_office_reads_it_and_the_page_says_whose_it_is(client, city, case):
    client.force_login(city.prosecutor)
    text = client.get(case.get_absolute_url()).content.decode()
    assert SECRET in text
    assert "Work product of this office; not in packets." in text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_a_word_of_it_anywhere(city, case, usa, clerk, who):
    person = {"usa": usa, "clerk": clerk}.get(who) or getattr(city, who)
    client, gun = Client(), case.lead
    client.force_login(person)
    paths = [reverse(name) for name in (*LISTS, *FILES)] + [reverse("search") + "?q=Quillfeather"]
    paths += [reverse(name, args=[gun.pk]) for name in ("lead", "lead_print", "lead_preview")]
    paths += [each.get_absolute_url() for each in gun.referrals.all()]
    paths += [reverse(name, args=[case.pk]) for name in ("referral_decide", "referral_answer", "referral_note")]
    paths += [reverse("screening", args=[case.screening_id])]
    for path in paths:
        body = body_of(client.get(path, follow=True))
        assert b"doubts the second" not in body, path
        assert b"Notes of this office" not in body or person == usa, path
    assert not WorkNote.objects.visible_to(person).exists()
    assert not WorkNote.objects.filter(referral__in=gun.referrals.all()).visible_to(person).exists()


@pytest.mark.parametrize("who", ["detective", "usa", "coordinator"])
def test_a_note_is_no_hit_no_count_and_no_line_of_a_file_of_anybody_else(city, case, usa, who, monkeypatch):
    client, gun, now = Client(), case.lead, timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login({"usa": usa}.get(who) or getattr(city, who))
    paths = [reverse(name) for name in (*LISTS, *FILES) if name != "audit"]
    paths += [reverse("lead", args=[gun.pk]), *(each.get_absolute_url() for each in gun.referrals.all())]

    def said(path):
        body = body_of(client.get(path, follow=True)).decode()
        return re.sub(r'(token|nonce)[^>]*?value="[^"]*"|nonce="[^"]*"', "", body)

    found, nothing = (said(f"{reverse('search')}?q={word}") for word in ("Quillfeather", "Nobodysword"))
    assert found.replace("Quillfeather", "") == nothing.replace("Nobodysword", "")
    before = [said(path) for path in paths]
    worknotes.write(referral=case, text="A second note of the office", by=city.prosecutor)
    assert [path for path, was in zip(paths, before, strict=True) if said(path) != was] == []


@pytest.mark.parametrize("whose", ["papd", "usao", "da"])
def test_no_packet_of_any_purpose_has_a_word_of_it_not_even_one_of_the_office_itself(city, case, usa, whose, tmp_path):
    by = {"papd": city.detective, "usao": usa, "da": city.prosecutor}[whose]
    of = {"agency": getattr(city, whose), "by": by}
    with override_settings(MEDIA_ROOT=tmp_path):
        for purpose in PRESETS:
            made = packing.make(city, case.lead, purpose, **of)
            assert SECRET not in canonical(packing.version(made).snapshot).decode(), purpose
        whole = packing.build(packing.version(packing.make(city, case.lead, sections=packing.EVERY, **of)))
        shown = packets.look(lead=case.lead, purpose="trial", sections=packing.EVERY, **of)
        with vault.opened(whole.pdf_sha256) as file:
            pages = " ".join(text_of(file.read()).split())
    for said in (pages, str(shown), canonical(whole.snapshot).decode()):
        assert case.lead.number in said
        assert "Quillfeather" not in said


@pytest.mark.parametrize("who", ["detective", "analyst", "coordinator"])
def test_no_program_of_anybody_else_gets_it(city, case, who):
    program = Program(getattr(city, who))
    assert program.get(f"referrals/{case.pk}/notes/").status_code in (403, 404)
    for path in ("referrals/", f"referrals/{case.pk}/", f"leads/{case.lead_id}/"):
        assert SECRET not in program.get(path).content.decode()


def test_a_program_of_the_office_writes_and_reads_notes_and_the_day_of_a_check(city, case):
    program, path = Program(city.prosecutor), f"referrals/{case.pk}/"
    assert [each["text"] for each in program.get(f"{path}notes/").json()] == [SECRET]
    assert program.post(f"{path}notes/", text="Second").status_code == 201
    assert program.post(f"{path}giglio/", checked_on="2999-01-01").status_code == 400
    assert program.post(f"{path}giglio/", checked_on="2026-01-02").json()[0]["checked_on"] == "2026-01-02"


def test_no_mail_and_no_notice_is_sent_and_the_log_says_only_that_there_is_one(city, case):
    assert not Notification.objects.filter(verb__startswith="worknote").exists()
    assert not [each for each in Letter.objects.all() if "Quillfeather" in str(vars(each))]
    row = AuditEvent.objects.get(verb="worknote.written")
    assert (row.agency, row.data) == (city.da, {})
    assert not [each for each in AuditEvent.objects.all() if "Quillfeather" in str(each.data)]


def test_a_giglio_check_is_a_day_and_nothing_else(client, city, case):
    client.force_login(city.prosecutor)
    assert "Prosecutor to run Giglio check" in client.get(case.get_absolute_url()).content.decode()
    client.post(reverse("referral_check", args=[case.pk]), {"checked_on": "2026-01-02"})
    text = client.get(case.get_absolute_url()).content.decode()
    assert "Giglio check run on 2 Jan 2026" in text
    assert "Prosecutor to run Giglio check" not in text
    assert AuditEvent.objects.get(verb="worknote.checked").data == {}
    given = {"referral": case, "kind": "giglio", "checked_on": "2026-01-02", "at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkNote.objects.create(text="He lied before", by=city.prosecutor, **given)


def test_a_day_that_has_not_come_is_no_check(client, city, case):
    client.force_login(city.prosecutor)
    page = client.post(reverse("referral_check", args=[case.pk]), {"checked_on": "2999-01-01"})
    assert "This lies in the future." in page.content.decode()


def test_a_note_never_changes(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkNote.objects.update(text="Something else")


def test_a_note_is_struck_once_with_a_reason_and_stays_for_the_office_alone(client, city, case, usa):
    note = case.work_notes.get()
    address = reverse("work_note_strike", args=[note.pk])
    for person, status in ((city.detective, 403), (usa, 404), (city.coordinator, 403)):
        client.force_login(person)
        assert client.post(address, {"reason": "Mine"}).status_code == status
    client.force_login(city.prosecutor)
    assert "Say why it does not hold." in client.post(address, {"reason": ""}).content.decode()
    text = client.post(address, {"reason": "She was sure"}, follow=True).content.decode()
    assert f"<s>{SECRET}</s>" in text
    assert "She was sure" in text
    assert address not in text
    assert client.post(address, {"reason": "Again"}).status_code == 403
    assert "She was sure" not in Client().get(case.get_absolute_url()).content.decode()
    row = AuditEvent.objects.get(verb="worknote.struck")
    assert (row.agency, row.by, row.data) == (city.da, city.prosecutor, {})
    for change in ({"struck_why": "Else"}, {"struck_at": None, "struck_by": None, "struck_why": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkNote.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkNote.objects.all().delete()


def test_a_day_of_the_giglio_check_that_is_struck_asks_for_the_check_again(client, city, case):
    program = Program(city.prosecutor)
    (check, _note) = program.post(f"referrals/{case.pk}/giglio/", checked_on="2026-01-02").json()
    (struck, _note) = program.post(f"work-notes/{check['id']}/strike/", reason="Another officer").json()
    assert (struck["id"], struck["struck_why"]) == (check["id"], "Another officer")
    assert program.post(f"work-notes/{check['id']}/strike/", reason="Again").status_code == 403
    client.force_login(city.prosecutor)
    assert "Prosecutor to run Giglio check" in client.get(case.get_absolute_url()).content.decode()


def test_who_is_no_prosecutor_of_the_office_writes_none(client, city, case, usa):
    for person, status in ((city.detective, 403), (usa, 404), (city.coordinator, 403)):
        client.force_login(person)
        assert client.post(reverse("referral_note", args=[case.pk]), {"text": "Mine"}).status_code == status
    assert WorkNote.objects.count() == 1
