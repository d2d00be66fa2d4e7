"""Every finding about a file of notices names its row, its column's letter and its name, wherever it is read."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies.models import AuditEvent
from evidence import loading
from evidence.management import importing
from evidence.models import ImportBatch
from leads.models import Lead
from tests.evidence.imports.wordfile import event, letter
from tests.factories import incident

HEAD = "Bulletin,Case Number,Came on,Agency,Remark\n"
ROWS = (
    HEAD + "26-077,26-018844,7/14/2026,PAPD,x\n26-077,26-4417,7/14/2026,GMPD,x\n26-077,26-4417,7/14/2026,GMPD,y\n"
    f"26-078,26-9999,7/14/2026,GMPD,x\n26-079,26-1000,31/31/2026,GMPD,x\n26-080,{'9' * 41},7/14/2026,GMPD,x\n"
)
HOW = (
    '{"kind": "notice", "fields": {"lead_number": "Bulletin", "case_number": "Case Number", "notice_date": "Came on",'
    ' "agency": "Agency", "exhibit": "Remark", "site": {"constant": "WCL"}}}'
)


@pytest.fixture
def files(city, tmp_path):
    incident(city.papd, case_number="26-018844")
    (tmp_path / "how.json").write_text(HOW)
    (tmp_path / "notices.csv").write_text(ROWS)
    return tmp_path


def load(files, **options):
    """What the command printed, and with which sentence it ended."""
    said = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("import_leads", files / "notices.csv", mapping=files / "how.json", stdout=said, **options)
    return said.getvalue(), str(ended.value)


def test_the_command_prints_row_letter_and_the_name_that_the_file_gives_the_column(files):
    said, ended = load(files, dry_run=True)
    for words in (
        "error: row 6, column C (Came on): Date of the notice is no date that can be read",
        "error: row 5, column A (Bulletin): Lead 26-078 names one event",
        "error: row 7, column B (Case Number): ",
        "review: row 3, column B (Case Number): No incident with this case number is loaded yet.",
        "note: row 4, column B (Case Number): Taken as one event with row 3",
        "note: row 2, column A (Bulletin): A new lead is opened for it. [WCL-26-077]",
    ):
        assert words in said
    assert "rows were not loaded" in ended
    assert not Lead.objects.exists()


def test_what_is_not_printed_is_counted_and_written_to_a_file_that_has_it_all(files, city, monkeypatch):
    monkeypatch.setattr(importing, "SHOWN", 1)
    said, _ended = load(files, dry_run=True)
    page = reverse("import_findings", args=[ImportBatch.objects.get().pk])
    stored = ImportBatch.objects.get().findings
    beyond = stored.filter(level="error").count() - 1
    assert beyond > 1
    assert f"and {beyond} more of level error. --findings FILE.csv writes all of them; they are also in" in said
    assert f"the browser under {page}." in said
    said, _ended = load(files, dry_run=True, findings=files / "found.csv", by=city.analyst.email)
    assert f"and {beyond} more of level error. All are in {files / 'found.csv'}." in said
    found = list(csv.reader((files / "found.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert found[0] == loading.FINDING_COLUMNS
    assert len(found) - 1 == stored.count()
    assert ["6", "C", "Came on", "31/31/2026", "error"] in [row[:5] for row in found]
    assert AuditEvent.objects.filter(verb="import.findings_downloaded", by=city.analyst).exists()
    before = ImportBatch.objects.count()
    assert "cannot be read or written" in load(files, dry_run=True, findings=files)[1]
    assert ImportBatch.objects.count() == before, "said before anything is read"


def test_what_is_beyond_the_findings_that_are_kept_is_found_again_for_the_file(files, monkeypatch):
    load(files, dry_run=True)
    kept = [*ImportBatch.objects.latest("pk").findings.values_list("row", "code")]
    monkeypatch.setattr(loading.Findings.__init__, "__defaults__", (1,))
    said, _ended = load(files, dry_run=True, findings=files / "found.csv")
    stored = ImportBatch.objects.latest("pk").findings
    assert list(stored.values_list("level", flat=True).order_by("level")) == ["error", "note", "review"]
    found = list(csv.reader((files / "found.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(int(row[0]) for row in found[1:]) == sorted(row for row, _code in kept)
    assert "more of level" not in said, "few enough to be printed, though one of each level is kept"


def test_a_letter_has_no_columns_and_names_what_it_says(city, tmp_path):
    file, said = tmp_path / "26-077 lead.docx", StringIO()
    file.write_bytes(letter(event(1), event(2)))
    call_command("import_leads", file, dry_run=True, stdout=said)
    assert "review: row 1, Case number: No incident with this case number is loaded yet." in said.getvalue()


def test_a_mapping_may_be_kept_for_the_next_file_and_one_for_incidents_is_refused(files, city):
    load(files, save_mapping="Bulletins")
    said = StringIO()
    (files / "next.csv").write_text(HEAD + "26-081,26-018844,7/15/2026,PAPD,x\n26-081,26-5,7/15/2026,GMPD,x\n")
    call_command("import_leads", files / "next.csv", stdout=said)
    assert "Loaded 2 events: 1 leads opened" in said.getvalue()
    (files / "how.json").write_text('{"fields": {"case_number": "Case Number", "occurred_on": "Came on"}}')
    assert "this file needs one of kind 'notice'" in load(files)[1]
