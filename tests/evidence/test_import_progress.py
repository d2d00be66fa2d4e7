"""A file of any kind tells how far it is while it is checked, loaded and undone; who left its page finds it again."""

import pytest
from django.urls import reverse

from evidence import tasks
from evidence.actions import imports, undoings
from evidence.loading import run, watching
from evidence.models import ImportBatch
from tests.evidence.import_city import uploaded
from tests.evidence.test_trace_requests import sent

pytestmark = pytest.mark.usefixtures("stored_files")
# Of a kind: who loads it into which agency, the names of its columns and its rows.
FILES = {
    "incidents": ("technician", "papd", "incident_no,date_,time", "26-9{n:06},2026-06-03,23:10"),
    "exhibits": ("technician", "papd", "case_number,exhibit,kind", "26-001,7{n},casing group"),
    "firearms": ("technician", "papd", "case_number,exhibit,make", "26-001,8{n},Glock"),
    "acquisitions": ("technician", "papd", "case_number,exhibit,site,received_at", "26-00{n},{n},WCL,2026-08-04 01:30"),
    "traces": ("technician", "papd", "trace_number,status,reason,serial,make",
               "T{n},Rejected,Serial number invalid,ABC123{n},Glock"),
    "alerts": ("technician", "papd", "alert_id,date,time", "A{n},2026-06-03,2{n}:10"),
    "agencies": ("coordinator", "center", "code,name,kind,oris,zone",
                 "Q{n}PD,Quay {n} PD,Police department,XX90{n}0100,America/Chicago"),
    "people": ("administrator", "papd", "email,name,role", "p{n}@agency.invalid,Pat {n},detective"),
    "leads": ("analyst", "center", "lead_number,agency,case_number", "WCL-9,PAPD,26-00{n}"),
}  # fmt: skip


class Heard(watching.Watch):
    """Hears how far a step is, in the one transaction of a test."""

    rows = []

    def __init__(self, batch, status, watched):
        super().__init__(batch, status, watched=False)

    def __call__(self, rows):
        self.rows.append(rows)


@pytest.mark.parametrize("kind", FILES)
def test_each_step_of_a_file_tells_how_far_it_is_and_its_page_is_found_again(client, city, monkeypatch, kind):
    monkeypatch.setattr(watching, "Watch", Heard)
    monkeypatch.setattr(run, "TICK", 1)
    for number in ("1", "2", "3"):
        sent(city, number)
    who, owner, head, line = FILES[kind]
    content = "".join(f"{each}\n" for each in (head, *(line.format(n=n) for n in (1, 2, 3))))
    by, agency = getattr(city, who), getattr(city, owner)
    client.force_login(by)
    batch = imports.upload(agency=agency, kind=kind, upload=uploaded(content, f"{kind}-9.csv"), by=by)
    for start, work, step, told in (
        (imports.start_check, tasks.check_import, "Checking rows", [1, 2, 3]),
        (imports.start_load, tasks.load_import, "Loading", [1, 2, 3]),
        (undoings.start, tasks.undo_import, "Undoing", None),
    ):
        start(batch=batch, by=by, queue=False)
        assert f"{kind}-9.csv" in client.get(reverse("imports")).content.decode()
        page = client.get(reverse("import", args=[batch.pk]))
        assert f"<h2>{step}</h2>" in page.content.decode()
        assert page.context["job"]["poll"] == reverse("import_progress", args=[batch.pk])
        monkeypatch.setattr(Heard, "rows", [])
        work(batch.pk)
        batch = ImportBatch.objects.get(pk=batch.pk)
        assert not batch.problem, list(batch.findings.values_list("row", "message"))
        heard = Heard.rows
        assert heard == told if told else (heard[0] == 0 and heard == sorted(heard)), heard
        now = client.get(reverse("import_progress", args=[batch.pk])).json()
        assert (now["done"], now["next"]) == (3, reverse("import", args=[batch.pk]))
    assert batch.status == "undone"
