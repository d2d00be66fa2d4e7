"""The rows of a file that were not loaded, to be corrected and loaded: those and no other, whatever the file brings."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evidence.pages import imports as queries_imports
from tests.evidence.imports.wordfile import event, letter
from tests.leads.test_notices_import import run

pytestmark = pytest.mark.usefixtures("stored_files")

UNDATED = "Lead Number,Agency,Case Number\n26-1,Port Alder PD,16\n,Port Alder PD,26-004417\n26-1,Glenmoor PD,26-9999\n"
DATED = """Lead Number,Agency,Case Number,Date
26-1,Port Alder PD,26-018844,
26-1,Glenmoor PD,26-9999,13/45/2026
26-1,Glenmoor PD,26-9998,7/3/2026
"""
LONG = "9" * 60


@pytest.fixture
def analyst(client, city):
    client.force_login(city.analyst)
    return client


def rows_of(client, batch):
    answer = client.get(reverse("import_rows_file", args=[batch.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer)))["Export"]
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (UNDATED, [["", "Port Alder PD", "26-004417"]]),
        (DATED, [["26-1", "Glenmoor PD", "26-9999", "13/45/2026"]]),
        (UNDATED.replace(",Port Alder PD,26-004417", f"26-1,Port Alder PD,{LONG}"), [["26-1", "Port Alder PD", LONG]]),
    ],
)
def test_of_lead_notices_only_the_rows_that_were_not_loaded_are_handed_out(analyst, city, content, left):
    batch = run(city.center, content, city.analyst)
    assert (batch.status, batch.counts["errors"]) == ("loaded", 1)
    page = analyst.get(reverse("import", args=[batch.pk])).content.decode()
    assert reverse("import_rows_file", args=[batch.pk]) in page
    assert rows_of(analyst, batch) == left


def test_of_many_lead_notices_all_that_were_not_loaded_are_handed_out(analyst, city, monkeypatch):
    monkeypatch.setattr("evidence.loading.run.Findings.__init__.__defaults__", (2,))
    lines = "26-1,Port Alder PD,26-0044\n" + "".join(f",Port Alder PD,26-00{number}\n" for number in range(1000, 1008))
    batch = run(city.center, "Lead Number,Agency,Case Number\n" + lines, city.analyst)
    assert batch.findings.filter(level="error").count() == 2
    assert len(rows_of(analyst, batch)) == 9, "the lead with one event is found when its rows are gathered"


def test_a_letter_has_no_rows_and_says_to_correct_the_letter(analyst, city):
    batch = run(city.center, letter(event(1, Case_Number=LONG), event(2)), city.analyst, name="26-077.docx")
    assert batch.counts["errors"]
    for name in ("import", "import_findings"):
        page = analyst.get(reverse(name, args=[batch.pk])).content.decode()
        assert reverse("import_rows_file", args=[batch.pk]) not in page
    assert "correct the letter and load it again" in queries_imports.outcome(batch)
    answer = analyst.get(reverse("import_rows_file", args=[batch.pk]), follow=True)
    assert "A letter has no rows" in answer.content.decode()
