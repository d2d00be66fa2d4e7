"""T17, T18, T19, T21, T26, T31, T34, T43: what comes out of the portal, and what may come in from another site."""

import csv
import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import Agency, Unit, User
from evidence import vault
from evidence.models import Exhibit, Firearm, Incident, StoredFile
from leads.actions import activities
from leads.models import Charge, Lead, LeadEvent, LeadFile, Obligation, Referral
from tests.attacks.addresses import EVERY, PAGES, WITH_ID, address, holders, methods, right

BAD = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
SHORT = "<script>alert(1)"


def poisoned(side):
    """Every text of a side's records becomes markup, past all forms, as an import might bring it."""
    activities.log(obligation=side.obligation, kind="note", text=BAD, by=side["detective"])
    for model in (Incident, Exhibit, Firearm, Lead, LeadEvent, Obligation, LeadFile, Referral, Charge, StoredFile,
                  User, Unit, Agency):  # fmt: skip
        fields = [each for each in model._meta.concrete_fields if _is_free_text(each)]
        values = {each.attname: _fitting(each) for each in fields}
        if model is Firearm:
            words = {"words": BAD, "reason": BAD, "confidence": 1, "kept": False}
            values |= {"is_obliterated": True, "markings": [{"where": BAD, "text": BAD}], "typed": {"make": words}}
        if model is Charge:
            values |= {"disposition": "guilty_plea", "disposed_on": side.charge.charged_on}
        unique = {"number", "case_key", "case_number", "name"} & set(values)
        for row in model.objects.all():
            own = {name: f"{row.pk}{values[name]}"[: model._meta.get_field(name).max_length] for name in unique}
            model.objects.filter(pk=row.pk).update(**values | own)


def _is_free_text(field):
    return (
        field.get_internal_type() in ("CharField", "TextField")
        and not field.choices
        and field.attname
        not in ("password", "sha256", "kind", "zone", "code", "hash", "type_code", "email", "serial_key")
    )


def _fitting(field):
    return BAD if (field.max_length or 999) >= len(BAD) + 4 else SHORT[: max(0, (field.max_length or 0) - 4)]


def test_t17_markup_in_any_text_stays_text_on_every_page(ours):
    """And T43 on the way: each of these answers shuts the browser."""
    poisoned(ours)
    met = 0
    for name in [*PAGES, *WITH_ID]:
        if EVERY[name][0].startswith("api/") or not right(name):
            continue
        for person in holders(ours, name, most=2):
            client = Client()
            client.force_login(person)
            answer = client.get(address(name, ours))
            content = b"".join(answer).decode(errors="replace")
            assert_shut(name, answer)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            met += "&lt;script" in content or "&lt;scrip" in content
            assert "<script>alert" not in content, name
            assert "<img src=x" not in content, name
    assert met > 15, "the markup was met on too few pages for this to mean anything"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.html", b"alert(1)"),
        ("evil.svg", b"%PDF-1.7"),
        ("../../../etc/passwd", b"x"),
        ("..\\..\\x.exe", b"MZ"),
        ("a\r\nSet-Cookie: x=1.txt", b"x"),
        ("report\u202efdp.exe", b"MZ"),
        ("x" * 400 + ".txt", b"x"),
        ('"quoted"; filename=b.html', b"x"),
    ],
)
def test_t18_a_file_comes_back_as_a_download_of_no_kind_under_a_plain_name(ours, name, content):
    client = Client()
    client.force_login(ours["detective"])
    upload = SimpleUploadedFile("x", content, content_type="text/html")
    upload.name = name  # past what the test's own file object would clean
    sent = client.post(address("lead_file_add", ours), {"upload": upload, "agency": ours.police.pk, "note": "x"})
    assert sent.status_code == 302
    made = LeadFile.objects.latest("pk")
    answer = client.get(address("lead_file", pk=made.pk))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not {"Set-Cookie"} & set(answer.headers)
    assert not set("\r\n/\\\u202e") & set(made.file.name)
    assert answer.headers["Content-Disposition"].rstrip('"').endswith((".txt", ".pdf"))
    kept = vault.path(made.file.sha256)
    assert kept.resolve().is_relative_to(settings.MEDIA_ROOT)


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b'<svg onload="alert(1)"/>', b"MZ\0\0", b"\x7fELF\0"]
)
def test_t18_what_a_browser_or_a_machine_would_run_is_not_taken_whatever_its_name(ours, content):
    client = Client()
    for who, name, field in (
        ("detective", "lead_file_add", "upload"),
        ("evidence_technician", "incident_file_new", "uploads"),
    ):
        client.force_login(ours[who])
        upload = SimpleUploadedFile("report.pdf", content, content_type="application/pdf")
        sent = client.post(address(name, ours), {field: upload, "agency": ours.police.pk})
        assert "This kind of file is not taken" in str(sent.context["form"].errors)


def test_t19_nothing_that_is_no_hash_becomes_a_path():
    for sha in ("../../etc/passwd", "a" * 63, "A" * 64, "", "a" * 64 + "\n/x"):
        with pytest.raises(ValueError, match="SHA-256"):
            vault.path(sha)


def test_t18_an_archive_that_unpacks_to_a_flood_is_refused(ours):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    client = Client()
    client.force_login(ours["evidence_technician"])
    upload = SimpleUploadedFile("bomb.xlsx", packed.getvalue())
    before = type(ours.batch).objects.count()
    answer = client.post(address("import_new"), {"agency": ours.police.pk, "kind": "incidents", "file": upload})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert type(ours.batch).objects.count() == before


FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_t21_no_cell_of_an_export_is_a_formula(ours, formula):
    Incident.objects.update(offense=formula, address=formula)
    Exhibit.objects.update(description=formula, storage=formula)
    LeadEvent.objects.update(case_number=formula)
    Lead.objects.update(caliber=formula)
    for name, how in (("incidents_export", "as"), ("exhibits_export", "as"), ("lead_export", "form")):
        client = Client()
        client.force_login(ours["center_coordinator"])
        text = b"".join(client.get(address(name), {how: "csv"})).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert len(cells) > 10
        starts = {cell.lstrip(" ")[:1] for cell in cells if not _is_number(cell)}
        assert not starts & set("=+-@\t\r＝"), name


def _is_number(cell):
    return cell.lstrip("-").replace(".", "", 1).isdigit()


AWAY = [
    "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "javascript:alert(1)",
    "/\t/evil.example", "http:evil.example",
]  # fmt: skip


@pytest.mark.parametrize("away", AWAY)
def test_t26_nobody_is_sent_away_after_signing_in(ours, away):
    client = Client()
    client.force_login(ours["detective"])
    answer = client.get(address("sign_in"), {"next": away})
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\"))
    locked = client.get(address("lock"), {"next": away})
    assert 'value="//evil' not in locked.content.decode()


def test_t31_every_change_asks_for_the_token_of_its_form(ours):
    """Without it each POST is refused, also one that rides on the session to the interface."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ours["center_coordinator"])
    for name in [*PAGES, *WITH_ID]:
        if "post" in methods(name):
            answer = client.post(address(name, ours), content_type="application/json", data="{}")
            assert answer.status_code in (403, 405), name


CLOSING = {"outcome": "arrest_made", "usefulness": "5", "number": "26-1", "happened_on": "2026-01-05"}
STEPS = {
    "acknowledge": {}, "start": {}, "approve": {}, "send_back": {"note": "x"},
    "propose": CLOSING, "return": {"reason": "wrong_agency"},
}  # fmt: skip


@pytest.mark.parametrize("state", ["closed", "returned"])
@pytest.mark.parametrize("role", ["supervisor", "detective"])
def test_t34_what_is_over_takes_no_step(ours, state, role):
    boss = ours["supervisor"]
    told = {
        "closed": {"outcome": "arrest_made", "usefulness": 5, "closed_at": ours.now, "closed_by": boss},
        "returned": {"return_reason": "wrong_agency", "returned_at": ours.now, "returned_by": boss},
    }[state]
    stopped = {"due_at": None, "steps": None, "next_step_at": None}
    Obligation.objects.filter(pk=ours.obligation.pk).update(state=state, **told, **stopped)
    client = Client()
    client.force_login(ours[role])
    for verb, body in STEPS.items():
        assert client.post(address(f"obligation_{verb}", ours), body).status_code in (403, 405), verb
        answer = client.post(address(f"api_obligation_{verb}", ours), body, content_type="application/json")
        assert answer.status_code == 403, verb
    assert Obligation.objects.get(pk=ours.obligation.pk).state == state


def test_t34_a_form_sent_twice_is_done_once(ours):
    client = Client()
    client.force_login(ours["detective"])
    assert client.post(address("obligation_propose", ours), CLOSING).status_code == 302
    again = client.post(address("obligation_propose", ours), CLOSING)
    assert again.status_code == 403
    client.force_login(ours["supervisor"])
    assert client.post(address("obligation_approve", ours)).status_code == 302
    assert client.post(address("obligation_approve", ours)).status_code == 403


def test_t34_nobody_approves_what_they_proposed(ours):
    client = Client()
    client.force_login(ours["supervisor"])
    client.post(address("obligation_propose", ours), CLOSING)
    answer = client.post(address("obligation_approve", ours))
    assert answer.status_code == 403
    assert "Somebody else" in answer.content.decode()


def assert_shut(name, answer):
    """T43: the headers that shut the browser, and nothing of what needs a session is kept by a machine between."""
    policy = answer.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, name
    assert "unsafe" not in policy, name
    assert "http:" not in policy, name
    assert answer["X-Content-Type-Options"] == "nosniff", name
    assert answer["X-Frame-Options"] == "DENY", name
    assert answer["Referrer-Policy"] == "same-origin", name
    assert "camera" in answer["Permissions-Policy"], name
    if right(name):
        assert "no-store" in answer["Cache-Control"], name


def test_t43_public_pages_and_the_interface_carry_the_headers_that_shut_the_browser(ours):
    for name in [*(each for each in PAGES if not right(each)), "api_leads", "api_lead", "api_schema"]:
        client = Client()
        if right(name):
            client.force_login(holders(ours, name, most=1)[0])
        answer = client.get(address(name, ours))
        b"".join(answer)
        assert_shut(name, answer)
