"""What the pages of a file of notices say of rows that go wrong, become one, or wait."""

from django.urls import reverse

from evidence.models import ImportBatch
from leads.models import HeldNotice, Lead
from tests.evidence.imports.wordfile import event, letter
from tests.evidence.intake import page, text
from tests.factories import incident
from tests.leads.test_notices_import import run

HEAD = "lead_number,agency,case_number,lab_number,date,reviewer_1,reviewer_2\n"
ROWS = (
    "26-1,PAPD,26-0001,L1,2026-07-01,,\n26-1,Glenmoor PD,26-0002,L2,2026-07-02,,\n"
    "26-1,Glenmoor PD,26-0002,L2,2026-07-02,,\n26-1,GMPD,26-0002,L2,2026-07-02,,\n"
    "26-2,Port Alder PD,26-0001,L1,2026-07-01,,\n26-2,GMPD,26-0002,L2,2026-13-45,,\n26-2,GMPD,26-0002,L2,soon,,\n"
    "26-3,Port Alder PD,26-0001,L1,2026-07-01,,\n26-3,Nowhere PD,26-0003,L3,2026-07-03,,\n"
    "26-4,PAPD,26-0001,L1,2026-07-01,,\n26-4,,26-0004,L4,2026-07-03,,\n"
    "26-5,PAPD,26-0001,L1,2026-07-01,Ann,Ann\n26-5,GMPD,26-0002,L2,2026-07-02,Ann,Ann\n"
    "26-6,PAPD,26-0001,L1,2026-07-01,,\n"
)


def test_each_row_says_what_is_wrong_with_it_and_the_report_what_became_one_or_waits(client, city):
    incident(city.papd, case_number="26-0001"), incident(city.gmpd, case_number="26-0002")
    batch = run(city.center, HEAD + ROWS, city.analyst, load=False)
    told = {(each.row, each.code): each.message for each in batch.findings.all()}
    assert [row for row, code in told if code == "one_event"] == [6, 15]
    assert "Correct rows 7 and 8 of it, and load this row with it." in told[6, "one_event"]
    assert told[15, "one_event"].endswith("Add the other event.")
    assert "no agency of this center" in told[10, "stranger"].lower()
    assert "names no agency" in told[12, "stranger"]
    assert batch.findings.get(row=10, code="stranger").column_name == "agency"
    assert (batch.counts["new"], batch.counts["unreleased"]) == (3, 1)
    assert (batch.counts["twice"], batch.counts["joined"]) == (1, 1)
    shown = text(page(client, city.analyst, "import", batch.pk))
    assert "Row 4 stands twice in the file and is taken once." in shown
    assert "Row 5 becomes one event with an earlier row." in shown
    assert "1 new lead goes under Not released" in shown
    assert "and 1 not released yet" in shown

    batch = run(city.center, HEAD + ROWS, city.analyst, name="again.csv")
    answer = page(client, city.analyst, "import", batch.pk)
    assert "Row 4 stood twice in the file and was taken once. Row 5 became one event with an earlier row." in text(
        answer
    )
    assert reverse("held_notices") in answer.content.decode(), "what waits there is reached from the report"
    asked = text(page(client, city.analyst, "import_undo", batch.pk))
    assert "3 leads that it opened are withdrawn; 1 notice under Not released is declined. Their agencies" in asked
    client.post(reverse("import_undo", args=[batch.pk]))
    assert ImportBatch.objects.get(pk=batch.pk).status == "undoing"
    assert (Lead.objects.count(), HeldNotice.objects.count()) == (3, 1)


def test_of_a_letter_nobody_is_sent_to_columns_or_rows(client, city):
    batch = run(city.center, letter(event(1)), city.analyst, name="26-077 lead.docx", load=False)
    shown = text(page(client, city.analyst, "import", batch.pk))
    assert "correct the letter and load it again" in shown
    assert "set the columns right" not in shown
    assert "Load 0 events" in shown
    assert "1 event with errors" in shown
