"""The pages of an import: the file, its report, its load and who reaches them."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import AuditEvent, Notification, User
from agencies.roles import Role
from evidence import tasks, vault
from evidence.actions import imports
from evidence.imports.findings import ImportProblem
from evidence.loading import watching
from evidence.models import ImportBatch, ImportMapping, Incident
from tests.evidence.import_city import BAD, GOOD, checked, columns_of, loaded, send
from tests.factories import member

pytestmark = pytest.mark.usefixtures("stored_files")


def test_a_file_goes_from_upload_to_report_and_its_columns_are_known_the_next_time(technician, city):
    assert technician.get(reverse("imports")).status_code == 200
    answer = send(technician, city)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == reverse("import_columns", args=[batch.pk])
    page = technician.get(answer["Location"]).content.decode()
    assert "26-018844" in page
    assert "(hidden)" in page, "the column on race is left out and its values are not shown"

    answer = technician.post(answer["Location"], columns_of(technician, batch) | {"name": "Port Alder RMS"})
    assert answer["Location"] == reverse("import", args=[batch.pk])
    assert "Checking rows" in technician.get(answer["Location"]).content.decode()
    assert technician.get(reverse("import_progress", args=[batch.pk])).json()["total"] == 2

    imports.check(batch=batch, by=city.technician)
    page = technician.get(answer["Location"]).content.decode()
    assert "Load 2 rows" in page
    assert not Incident.objects.exists()
    assert technician.get(reverse("import_progress", args=[batch.pk])).json()["next"] == answer["Location"]

    technician.post(reverse("import_load", args=[batch.pk]))
    imports.load(batch=batch, by=city.technician)
    page = technician.get(answer["Location"]).content.decode()
    assert "Every row was loaded, in one step" in page
    for made in Incident.objects.all():
        assert f'href="{reverse("incident", args=[made.pk])}">{made.case_number}</a>' in page
    assert set(Incident.objects.values_list("case_number", "review")) == {
        ("26-018844", ""),
        ("26-018845", "No location"),
    }
    assert list(Notification.objects.filter(user=city.technician).values_list("verb", flat=True)) == [
        "import.finished",
        "import.checked",
    ]

    assert ImportMapping.objects.get().name == "Port Alder RMS"
    send(technician, city, GOOD.replace("6/3", "6/2"))
    again = ImportBatch.objects.first()
    assert again.mapping == ImportMapping.objects.get().mapping
    page = technician.get(reverse("import_columns", args=[again.pk])).content.decode()
    assert "as kept under Port Alder RMS" in page


def test_every_error_is_shown_by_row_and_column_and_the_rows_to_correct_load_again(technician, city):
    batch = checked(city.papd, BAD, by=city.technician)
    assert (batch.counts["errors"], batch.counts["held"], batch.counts["new"]) == (2, 1, 2)
    page = technician.get(reverse("import", args=[batch.pk])).content.decode()
    for words in (
        "13/26/2026",
        "is no date that can be read",
        "a row without a case number is not loaded",
        "Load 2 rows",
    ):
        assert words in page
    page = technician.get(reverse("import_findings", args=[batch.pk]) + "?level=review").content.decode()
    assert "four digits or fewer" in page
    assert "13/26/2026" not in page

    sheet = load_workbook(io.BytesIO(b"".join(technician.get(reverse("import_findings_file", args=[batch.pk])))))[
        "Export"
    ]
    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows(min_row=2)] == [
        [4, "B", "DATE_"], [5, "A", "INCIDENT_NO"], [6, "A", "INCIDENT_NO"],
    ]  # fmt: skip
    answer = technician.get(reverse("import_rows_file", args=[batch.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    rest = checked(city.papd, b"".join(answer), by=city.technician, name="rest.xlsx")
    assert (rest.counts["rows"], rest.counts["errors"], rest.counts["held"]) == (3, 2, 1)
    assert AuditEvent.objects.filter(verb="import.rows_downloaded", by=city.technician).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04 cut", "incomplete"),
        (b"a,b\n1,\x00\n" * 3, "NUL"),
        (b'case_number,date\n26-1,"2026-01-01\n', "quotation mark"),
        (",".join(f"c{number}" for number in range(250)).encode() + b"\n1\n", "250 columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence_and_nothing_is_kept(
    technician, city, settings, content, words
):
    answer = send(technician, city, content)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["letter.docx", "Report.PDF"])
def test_text_that_is_called_a_document_is_refused_before_its_words_become_columns(technician, city, name):
    answer = send(technician, city, "Dear colleague, here, is the lead\nyou asked for.\n", name=name)
    assert "it is damaged or was renamed" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_loaded_file_with_bad_rows_says_how_many_are_left_and_what_to_do(technician, city):
    batch = loaded(city.papd, BAD, by=city.technician)
    page = technician.get(reverse("import", args=[batch.pk])).content.decode()
    assert "2 rows were loaded, in one step. 3 rows were not: take the rows to correct" in page


def test_a_file_that_cannot_be_loaded_says_what_to_do_next(technician, city):
    for rows, words in ((",2026-06-03\n", "No row can be loaded as it is"), ("", "no row under its header")):
        batch = checked(city.papd, f"incident_no,date_\n{rows}".encode(), by=city.technician)
        assert words in technician.get(reverse("import", args=[batch.pk])).content.decode()
    imports.start_check(batch=batch, by=city.technician)
    imports.fail(batch=batch, by=city.technician, problem=str(ImportProblem("It is cut.", row=212)))
    page = technician.get(reverse("import", args=[batch.pk])).content.decode()
    assert "Row 212: It is cut." in page
    assert f"{reverse('import_new')}?kind=incidents" in page


def test_a_file_of_another_agency_does_not_exist_for_a_stranger_and_loads_for_the_center(client, city):
    batch = checked(city.papd, GOOD, by=city.technician)
    stranger = member(city.gmpd, Role.EVIDENCE_TECHNICIAN)
    client.force_login(stranger)
    for name in (
        "import",
        "import_columns",
        "import_findings",
        "import_progress",
        "import_file",
        "import_rows_file",
        "import_mapping_file",
    ):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404
    for name in ("import_check", "import_load", "import_cancel"):
        assert client.post(reverse(name, args=[batch.pk])).status_code == 404
    assert send(client, city).status_code == 200, "an agency one does not load for is no choice"
    assert ImportBatch.objects.count() == 1
    client.force_login(city.analyst)
    assert client.post(reverse("import_load", args=[batch.pk])).status_code == 302
    client.force_login(city.detective)
    assert client.get(reverse("import", args=[batch.pk])).status_code == 403


def test_a_file_is_loaded_once_and_a_stopped_one_never(technician, city):
    batch = loaded(city.papd, GOOD, by=city.technician)
    answer = technician.post(reverse("import_load", args=[batch.pk]))
    assert answer.status_code == 403
    assert "A file that is loaded cannot become loading." in answer.content.decode()
    other = checked(city.papd, GOOD, by=city.technician)
    stop = reverse("import_cancel", args=[other.pk])
    shown = technician.get(reverse("import", args=[other.pk])).content.decode()
    assert f'href="{stop}"' in shown
    assert f'action="{stop}"' not in shown, "beside Load nothing stops a file by one press"
    assert "Do not load this file?" in technician.get(stop).content.decode()
    other.refresh_from_db()
    assert other.status == "checked", "asking does nothing"
    mapping = other.mapping
    assert technician.post(stop).status_code == 302
    assert technician.post(reverse("import_load", args=[other.pk])).status_code == 403
    assert "Take it up again" in technician.get(reverse("import", args=[other.pk])).content.decode()
    assert technician.post(reverse("import_check", args=[other.pk])).status_code == 302
    other.refresh_from_db()
    assert (other.status, other.mapping) == ("checking", mapping), "no column has to be chosen again"


def test_a_check_that_was_stopped_and_begun_anew_does_not_end_with_what_it_read(city, monkeypatch):
    batch, system = checked(city.papd, GOOD, by=city.technician), User.objects.system()
    imports.start_check(batch=batch, by=system, queue=False)
    real = imports._finish

    def finish(*given):
        imports.cancel(batch=batch, by=system)
        imports.start_check(batch=batch, by=system, queue=False)
        return real(*given)

    monkeypatch.setattr(imports, "_finish", finish)
    with pytest.raises(watching.Stopped):
        imports.check(batch=batch, by=system)


def test_the_original_file_leaves_as_an_attachment_and_is_audited(technician, city):
    batch = checked(city.papd, GOOD, by=city.technician, name="../../e\u202evil.csv")
    answer = technician.get(reverse("import_file", args=[batch.pk]))
    assert b"".join(answer) == GOOD.encode()
    assert batch.file.name == "evil.csv"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="evil.csv"'
    assert AuditEvent.objects.filter(verb="file.downloaded", object_id=batch.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_files_takes_the_same_number_of_statements_for_one_and_for_three(
    technician, city, django_assert_num_queries, number
):
    for _ in range(number):
        checked(city.papd, GOOD, by=city.technician)
    with django_assert_num_queries(5):
        technician.get(reverse("imports"))


def test_the_tasks_do_what_was_asked_and_nothing_twice(city, technician):
    send(technician, city)
    batch = ImportBatch.objects.get()
    tasks.check_import(batch.pk)
    batch.refresh_from_db()
    assert batch.status == "uploaded", "nobody asked for it yet"


def test_an_examiner_reaches_the_pages_and_is_told_that_incidents_are_for_others(client, city):
    client.force_login(city.examiner)
    assert client.get(reverse("imports")).status_code == 200
    page = client.get(reverse("import_new")).content.decode()
    assert "NIBIN lead notices" in page
    batch = checked(city.papd, GOOD)
    assert client.get(reverse("import", args=[batch.pk])).status_code == 404


def test_the_button_for_notices_opens_the_form_with_notices_chosen_and_no_agency_by_chance(client, city):
    client.force_login(city.analyst)
    page = client.get(f"{reverse('import_new')}?kind=leads").content.decode()
    assert '<option value="leads">' in page
    assert '<option value="incidents">' not in page
    offered = set(client.get(f"{reverse('import_new')}?kind=leads").context["form"].fields["agency"].queryset)
    assert offered == {city.center, city.lab}, "notices go into nothing else"
    client.force_login(city.technician)
    assert 'value="">Choose' not in client.get(reverse("import_new")).content.decode()


def test_an_examiner_finds_imports_in_the_menu_and_begins_at_the_entry_queue(client, city):
    client.force_login(city.examiner)
    assert client.get(reverse("home"))["Location"] == reverse("acquisitions")
    assert f'href="{reverse("imports")}"' in client.get(reverse("acquisitions")).content.decode()


def test_a_technician_of_an_agency_that_enters_nothing_into_nibin_begins_at_the_incidents(client, city):
    client.force_login(city.technician)
    assert client.get(reverse("home"))["Location"] == reverse("incidents")


def test_a_stored_file_that_is_gone_is_said_on_every_page_that_reads_it(technician, city):
    batch = checked(city.papd, BAD, by=city.technician)
    vault.discard(batch.file.sha256)
    for name in ("import_columns", "import_file", "import_rows_file"):
        page = technician.get(reverse(name, args=[batch.pk]), follow=True)
        assert "The stored file is gone. Upload it again." in page.content.decode(), name
    assert technician.get(reverse("import_findings_file", args=[batch.pk])).status_code == 200


def test_the_page_of_a_new_file_says_that_a_notice_may_be_a_letter_and_whose_notices_go_where(client, city):
    client.force_login(city.analyst)
    page = client.get(reverse("import_new"), {"kind": "leads"}).content.decode()
    assert "letter in Word (DOCX)" in page
    assert "the laboratory that sent them, or the center for those of any other" in page
