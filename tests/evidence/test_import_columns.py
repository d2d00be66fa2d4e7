"""The page on which a person says what the columns of a file and its words mean."""

import pytest
from django.urls import reverse

from agencies.models import AuditEvent
from evidence.actions import imports
from evidence.imports import mapping
from evidence.models import ImportBatch
from tests.evidence.import_city import columns_of, send, uploaded

pytestmark = pytest.mark.usefixtures("stored_files")


def test_the_columns_page_says_first_what_no_column_was_found_for(technician, city):
    send(technician, city, "INCIDENT_NO,WHAT\n26-1,X\n")
    page = technician.get(reverse("import_columns", args=[ImportBatch.objects.get().pk])).content.decode()
    assert "Choose the column for: Date and time in one cell or Date." in page


def test_the_columns_of_lead_notices_ask_nothing_that_only_incidents_have(client, city):
    client.force_login(city.analyst)
    rows = "Lead Number,Case Number,Confirmed\n26-7,26-1000,Unconfirmed\n"
    client.post(reverse("import_new"), {"kind": "leads", "agency": city.center.pk, "file": uploaded(rows)})
    batch = ImportBatch.objects.get()
    answer = client.get(reverse("import_columns", args=[batch.pk]))
    page = answer.content.decode()
    assert "NIBIN lead notices: columns" in page
    assert not [words for words in ("EPSG", "person who was hit", "has no case numbers") if words in page]
    assert [row["word"].read for row in answer.context["form"].words] == ["no"]
    data = columns_of(client, batch)
    assert client.post(reverse("import_columns", args=[batch.pk]), data).status_code == 302


def test_a_mapping_without_a_date_is_refused_beside_what_was_chosen(technician, city):
    send(technician, city)
    batch = ImportBatch.objects.get()
    data = {name: "" if value == "occurred_on" else value for name, value in columns_of(technician, batch).items()}
    answer = technician.post(reverse("import_columns", args=[batch.pk]), data)
    assert "Choose the column for: Date and time in one cell or Date." in answer.content.decode()
    emptied = [row for row in answer.context["form"].rows if not row["field"].value()]
    assert emptied
    assert {row["state"] for row in emptied} == {"out"}, "what was left out says so"
    batch.refresh_from_db()
    assert batch.status == "uploaded"


def test_days_of_birth_are_not_shown_where_columns_are_chosen(technician, city):
    send(technician, city, "Case No,VicDOB,When shot\n26-1000,3/1/1991,6/3/2026\n")
    page = technician.get(reverse("import_columns", args=[ImportBatch.objects.get().pk])).content.decode()
    assert "6/3/2026" in page
    assert "3/1/1991" not in page


def test_the_columns_leave_as_json_that_the_command_line_takes(technician, city):
    send(technician, city)
    batch = ImportBatch.objects.get()
    answer = technician.get(reverse("import_mapping_file", args=[batch.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="columns-{batch.pk}.json"'
    assert "no-store" in answer["Cache-Control"]
    assert mapping.from_json(answer.getvalue().decode()).as_dict() == batch.mapping
    assert AuditEvent.objects.filter(verb="import.columns_downloaded", by=city.technician).count() == 1
    page = technician.get(reverse("import_columns", args=[batch.pk])).content.decode()
    assert reverse("import_mapping_file", args=[batch.pk]) in page


WORDS = """INCIDENT_NO,DATE_,TYPE,FATAL
26-1,6/3/2026,XF-77,maybe
26-2,6/4/2026,homicide,Y
"""


def test_what_a_word_of_the_file_means_is_said_once_and_known_the_next_time(technician, city):
    send(technician, city, WORDS)
    address = reverse("import_columns", args=[ImportBatch.objects.get().pk])
    form = technician.get(address).context["form"]
    names = {row["word"].text: row["name"] for row in form.words}
    assert {row["word"].text: row["state"] for row in form.words} == {
        "XF-77": "choose", "homicide": "good", "maybe": "choose", "Y": "good",
    }  # fmt: skip
    data = columns_of(technician, ImportBatch.objects.get())
    said = data | {names["XF-77"]: "shots_fired_property", names["maybe"]: "no"}
    assert technician.post(address, said).status_code == 302
    batch = ImportBatch.objects.get()
    assert batch.mapping["fields"]["event_type"]["values"] == {"xf-77": "shots_fired_property"}
    imports.check(batch=batch, by=city.technician)
    assert not batch.findings.filter(code__in=("kind", "flag")).exists()

    send(technician, city, WORDS.replace("26-", "27-"))
    latest = ImportBatch.objects.latest("pk")
    kept = technician.get(reverse("import_columns", args=[latest.pk])).context["form"].words
    assert {row["word"].text: row["word"].chosen for row in kept if row["word"].chosen} == {
        "XF-77": "shots_fired_property", "maybe": "no",
    }  # fmt: skip
    again = columns_of(technician, latest) | {row["name"]: "" for row in kept}
    technician.post(reverse("import_columns", args=[latest.pk]), again)
    latest.refresh_from_db()
    assert latest.mapping["fields"]["event_type"]["values"] == {}, "a meaning can be taken back"


def test_a_word_that_only_the_dry_run_met_is_asked_about_on_the_way_back(technician, city):
    rows = "".join(f"26-{number},6/4/2026,homicide\n" for number in range(600))
    send(technician, city, "INCIDENT_NO,DATE_,TYPE\n" + rows + "26-999,6/4/2026,XF-77\n")
    batch = ImportBatch.objects.get()
    address = reverse("import_columns", args=[batch.pk])
    assert "XF-77" not in [row["word"].text for row in technician.get(address).context["form"].words]
    imports.start_check(batch=batch, by=city.technician, queue=False)
    imports.check(batch=batch, by=city.technician)
    assert "XF-77" in [row["word"].text for row in technician.get(address).context["form"].words]
