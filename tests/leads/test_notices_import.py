"""NIBIN lead notices from files: rows and letters, dry runs that write nothing, matching by hand."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from evidence.actions import imports
from evidence.models import ImportBatch
from leads.actions import notices
from leads.models import Lead, LeadEvent, Obligation
from leads.queries import waiting as waiting_queries
from tests.evidence.import_city import uploaded
from tests.evidence.imports.wordfile import event, letter
from tests.factories import incident, member
from tests.scenery import scene

ROWS = """Lead Number,Notice Date,Site,Agency,Case Number,Lab Number,Exhibit,Offense,Date,Location,Caliber,Confirmed
26-077,07/14/2026,WCL,Port Alder PD,26-018844,WCL26-3011,1,Homicide,07/03/2026 23:10,900 blk Quarry St,9 mm,Y
26-077,07/14/2026,WCL,Glenmoor PD,26-004417,WCL26-3329,2,Shots fired,07/09/2026 03:15,County Rd 8,9 mm,N
26-078,07/14/2026,WCL,Port Alder PD,26-018844,WCL26-3011,1,Homicide,07/03/2026 23:10,900 blk Quarry St,9 mm,N
26-078,07/14/2026,WCL,Glenmoor PD,26-9999,WCL26-4000,1,Assault,07/10/2026,Fenn Rd,9 mm,N
"""


@scene
def cases(city):
    return [incident(city.papd, case_number="26-018844"), incident(city.gmpd, case_number="26-004417")]


def run(center, content, by, name="notices.csv", load=True):
    batch = imports.upload(agency=center, kind="leads", upload=uploaded(content, name), by=by)
    imports.start_check(batch=batch, by=by, queue=False)
    batch = imports.check(batch=batch, by=by)
    if load and batch.status == "checked":
        imports.start_load(batch=batch, by=by, queue=False)
        batch = imports.load(batch=batch, by=by)
    return batch


def test_a_dry_run_says_what_would_open_and_wait_and_writes_nothing(city, cases):
    batch = run(city.center, ROWS, city.analyst, load=False)
    assert (batch.status, batch.counts["new"], batch.counts["updated"]) == ("checked", 2, 0)
    waits = batch.findings.filter(code="waits").values_list("row", "column_letter", "column_name", "value")
    assert list(waits) == [(5, "E", "Case Number", "26-9999")], "the cell as the file has it"
    assert batch.findings.filter(code="opens").count() == 2
    assert not Lead.objects.exists()
    assert not Obligation.objects.exists()
    assert not Notification.objects.filter(verb="lead.sent").exists()
    assert not AuditEvent.objects.filter(verb="lead.opened").exists()


def test_rows_open_leads_matched_by_case_number_and_queue_the_rest(city, cases):
    batch = run(city.center, ROWS, city.analyst)
    assert batch.status == "loaded"
    assert set(Lead.objects.values_list("number", flat=True)) == {"WCL-26-077", "WCL-26-078"}
    assert LeadEvent.objects.waiting().get().case_number == "26-9999"
    assert Lead.objects.get(number="WCL-26-077").confirmed_count == 1


def test_the_same_file_twice_doubles_nothing(city, cases):
    run(city.center, ROWS, city.analyst)
    batch = run(city.center, ROWS, city.analyst)
    assert (batch.counts["new"], batch.counts["updated"], batch.counts["unchanged"]) == (0, 0, 2)
    assert Lead.objects.count() == 2
    assert LeadEvent.objects.count() == 4


def test_the_laboratory_loads_its_own_notices(city, cases):
    batch = run(city.lab, ROWS, city.examiner)
    assert batch.status == "loaded"
    assert Lead.objects.filter(site=city.lab, agency=city.center).count() == 2


def test_a_letter_opens_its_lead(city, cases):
    batch = run(city.center, letter(event(1), event(2)), city.analyst, name="26-077 lead.docx")
    assert batch.status == "loaded", batch.problem
    assert Lead.objects.count() == 1


def test_the_command_reports_and_a_dry_run_writes_nothing(city, cases, tmp_path):
    file, said = tmp_path / "notices.csv", StringIO()
    file.write_text(ROWS)
    call_command("import_leads", str(file), "--dry-run", stdout=said)
    assert "Would load 4 events: 2 leads opened, 0 grown, 0 unchanged, 1 events waiting" in said.getvalue()
    assert not Lead.objects.exists()
    call_command("import_leads", str(file), "--center", "ctr", "--by", city.analyst.email, stdout=said)
    assert Lead.objects.count() == 2
    assert ImportBatch.objects.latest("pk").created_by == city.analyst


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(["--center", "NONE"], "No center has the code"), (["--by", "x@y.invalid"], "Nobody here has")],
)
def test_the_command_says_what_is_wrong(city, tmp_path, options, sentence):
    file = tmp_path / "notices.csv"
    file.write_text(ROWS)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_leads", str(file), *options)


def test_the_command_names_a_missing_file(city, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_leads", str(tmp_path / "gone.csv"))


def test_a_file_that_is_no_table_is_refused_with_a_sentence(city, tmp_path):
    file = tmp_path / "notices.csv"
    file.write_bytes(b"%PDF-1.7 not a table")
    with pytest.raises(CommandError, match="PDF"):
        call_command("import_leads", str(file))
    assert not ImportBatch.objects.exists()


def test_the_command_refuses_text_that_is_called_a_letter(city, tmp_path):
    file = tmp_path / "bad.docx"
    file.write_text("this is no letter\n")
    with pytest.raises(CommandError, match="damaged or was renamed"):
        call_command("import_leads", str(file))
    assert not ImportBatch.objects.exists()


class TestWaiting:
    @pytest.fixture
    def waiting(self, city, cases):
        run(city.center, ROWS, city.analyst)
        return LeadEvent.objects.waiting().get()

    def test_the_list_names_what_waits_to_analysts_of_the_center(self, client, city, waiting):
        client.force_login(city.analyst)
        page = client.get(reverse("waiting_events")).content.decode()
        assert "26-9999" in page
        assert "WCL-26-078" in page

    def test_the_list_goes_on_over_the_page_and_says_how_many_there_are(self, client, city, waiting):
        made = [_waits(waiting, number) for number in range(60)]
        client.force_login(city.analyst)
        page = client.get(reverse("waiting_events")).content.decode()
        assert "61 named in a notice" in page
        assert page.count("26-7") == 50
        older = client.get(f"{reverse('waiting_events')}?after={made[10].pk}").content.decode()
        assert f"?after={made[10].pk}" in page
        assert "61 named in a notice" in older
        assert older.count("26-7") == 10
        assert client.get(reverse("waiting_events"), {"after": "1"}).status_code == 200

    @pytest.mark.parametrize(("who", "status"), [("supervisor", 403), ("outsider", 403), ("technician", 403)])
    def test_others_are_refused(self, client, city, waiting, who, status):
        client.force_login(getattr(city, who))
        assert client.get(reverse("waiting_events")).status_code == status
        assert client.get(reverse("event_match", args=[waiting.pk])).status_code == status

    def test_t1_an_event_of_a_lead_one_does_not_see_is_not_found(self, client, city, waiting):
        stranger = _analyst_elsewhere(city)
        client.force_login(stranger)
        assert "26-9999" not in client.get(reverse("waiting_events")).content.decode()
        assert client.get(reverse("event_match", args=[waiting.pk])).status_code == 404

    def test_candidates_are_alike_by_number_and_the_chosen_one_is_matched(self, client, city, waiting):
        right = incident(city.gmpd, case_number="26-09999")
        theirs = incident(city.outsider_agency, case_number="26-9999")
        client.force_login(city.analyst)
        page = client.get(reverse("event_match", args=[waiting.pk])).content.decode()
        assert "26-09999" in page
        assert "the same but for zeros" in page
        assert f'value="{right.pk}"' in page
        assert f'value="{theirs.pk}"' not in page
        response = client.post(reverse("event_match", args=[waiting.pk]), {"incident": right.pk})
        assert response.status_code == 302
        waiting.refresh_from_db()
        assert waiting.incident == right

    def test_the_nearest_in_time_come_first_however_many_happened_later(self, client, city, waiting):
        at = datetime(2026, 7, 1, 23, 40, tzinfo=ZoneInfo(city.center.zone))
        for hours in range(30, 70, 4):
            incident(city.gmpd, occurred_at=at + timedelta(hours=hours))
        day = incident(city.gmpd, case_number="31-000003", occurred_at=at - timedelta(hours=20))
        hour = incident(city.gmpd, case_number="31-000001", occurred_at=at + timedelta(minutes=30))
        waiting.occurred_at, waiting.case_key = at, ""
        found = waiting_queries.candidates(waiting, city.analyst)
        assert [(each.case_number, why) for each, _likeness, why in found[:2]] == [
            (hour.case_number, "the same hour"),
            (day.case_number, "the same day"),
        ]
        assert (len(found), found[2][2]) == (8, "2 days apart")
        # Of a notice that gives the day alone the whole day is near, and the night before is not.
        waiting.occurred_at = at.replace(hour=0, minute=0)
        incident(city.gmpd, case_number="31-000004", occurred_at=waiting.occurred_at - timedelta(minutes=20))
        found = waiting_queries.candidates(waiting, city.analyst)[:3]
        assert [(each.case_number, why) for each, _likeness, why in found] == [
            (day.case_number, "the same day"),
            (hour.case_number, "1 day apart"),
            ("31-000004", "1 day apart"),
        ]

    def test_a_number_typed_by_hand_is_looked_up_among_visible_incidents(self, client, city, waiting):
        incident(city.outsider_agency, case_number="77-1")
        client.force_login(city.analyst)
        address = reverse("event_match", args=[waiting.pk])
        assert "is visible to you" in client.post(address, {"case_number": "77-1"}).content.decode()
        assert "Choose a candidate" in client.post(address, {"case_number": ""}).content.decode()
        right = incident(city.gmpd, case_number="55-000123")
        assert client.post(address, {"case_number": "55 000123"}).status_code == 302
        waiting.refresh_from_db()
        assert waiting.incident == right

    def test_an_event_is_matched_once(self, client, city, waiting):
        right = incident(city.gmpd, case_number="55-000123")
        client.force_login(city.analyst)
        address = reverse("event_match", args=[waiting.pk])
        client.post(address, {"case_number": right.case_number})
        page = client.post(address, {"case_number": right.case_number})
        assert page.status_code == 403
        assert "matched already" in page.content.decode()


def _analyst_elsewhere(city):
    return member(city.outsider_agency, "analyst")


def _waits(like, number):
    names = {"case_number": f"26-7{number:03d}", "case_key": f"267{number:03d}", "added_at": like.added_at}
    return LeadEvent.objects.create(lead=like.lead, agency=like.agency, **names)


@pytest.mark.parametrize("for_center", [True, False])
def test_an_analyst_of_a_member_department_loads_no_notices(client, city, cases, for_center):
    analyst = member(city.papd, "analyst", name="Pia Holt")
    with pytest.raises(Refused, match=r"Lead notices are loaded for|Only people who may load"):
        run(city.center if for_center else city.papd, ROWS, analyst)
    with pytest.raises(Refused, match="Only the center's analysts and its laboratory"):
        notices.load(notices=[], center=city.center, by=analyst)
    client.force_login(analyst)
    assert "NIBIN lead notices" not in client.get(reverse("import_new")).content.decode()
    assert not Lead.objects.exists()


def test_the_command_line_loads_no_guess_that_a_person_must_look_at(city, tmp_path):
    file = tmp_path / "notices.csv"
    file.write_text("lead_number,Came on,agency,case_number\n26-1,2026-07-14,PAPD,26-1\n")
    with pytest.raises(CommandError, match="Came on"):
        call_command("import_leads", file)
    assert not Lead.objects.exists()
