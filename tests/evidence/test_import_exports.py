"""What is taken out as a file of its kind and loaded back changes nothing, whatever is in it."""

import io
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies import access
from agencies.models import AgencyOri, AuditEvent, Unit
from agencies.roles import Role
from evidence.actions import imports, traces
from evidence.imports.exports import write_xlsx
from evidence.loading import exports
from evidence.models import Acquisition, Firearm, GunshotAlert, Incident, Trace
from tests.evidence.records_city import found, loaded
from tests.evidence.test_import_undo import tables
from tests.evidence.test_trace_requests import sent
from tests.evidence.test_trace_results import answered
from tests.factories import NOW, acquisition, exhibit, incident, member
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("stored_files")

ODD = ("=1+1 SUM", "'quoted", "two  blanks\nand a line", " -x@y", "plain")


@scene
def filled(city):
    """Records as people and files leave them, with texts that a spreadsheet would run."""
    for number, text in enumerate(ODD):
        case = incident(
            city.papd, case_number=f"26-00011{number}", offense=text, narrative=f"{text}\n\nmore", address=text,
            occurred_at=NOW.replace(microsecond=123456 + number), time_known=number != 3, district="=D4",
            lat=41.1 if number else None, lng=-87.123456789012345 if number else None, victims_count=number,
        )  # fmt: skip
        made = exhibit(case, number=f"0{number}", kind="firearm", description=text, storage="Bin\t4", caliber="9 mm")
        access.share(case, city.lab)
        Firearm.objects.create(
            exhibit=made, make=text, serial=f"AB-{number}", serial_key=f"AB{number}", caliber="9 mm" if number else "",
            type_code="PI", is_obliterated=number == 2,
        )  # fmt: skip
        acquisition(
            made, city.lab, received_at=NOW, due_at=NOW.replace(day=20), entered_at=NOW.replace(day=16 + number * 2),
            entered_by=city.examiner, reference=f"=R{number}", late_reason="=Late" if number > 1 else "",
            late_code="other" if number > 1 else "", operator="=Op", representative=text[:40],
        )  # fmt: skip
    Unit.objects.create(agency=city.papd, name="=Night")
    member(city.papd, Role.ANALYST, unit=city.papd.units.get(name="=Night"))
    return city


CASES = [
    ("incidents", "papd", "analyst", 5),
    ("exhibits", "papd", "analyst", 5),
    ("firearms", "papd", "analyst", 5),
    ("acquisitions", "papd", "analyst", 5),
    ("agencies", "center", "coordinator", 5),
    ("people", "papd", "administrator", 6),
]


@pytest.mark.parametrize(("kind", "owner", "by", "rows"), CASES, ids=[kind for kind, *_ in CASES])
def test_a_list_taken_out_and_loaded_back_inserts_nothing_and_changes_nothing(filled, kind, owner, by, rows):
    agency, by = getattr(filled, owner), getattr(filled, by)
    _model, ids, columns, values = exports.take(kind, agency, by)
    assert len(ids) == len(values) == rows
    file = io.BytesIO()
    write_xlsx(columns, values, file)
    by = filled.technician if kind == "acquisitions" else by
    changes_nothing(kind, agency, by, rows, file.getvalue())


def changes_nothing(kind, agency, by, rows, content):
    before = tables()
    upload = SimpleUploadedFile(f"{kind}.xlsx", content)
    batch = imports.upload(agency=agency, kind=kind, upload=upload, by=by)
    assert all(source["state"] == "good" for source in batch.mapping["fields"].values())
    assert batch.mapping["left_out"] == []
    imports.start_check(batch=batch, by=by, queue=False)
    imports.check(batch=batch, by=by)
    imports.start_load(batch=batch, by=by, queue=False)
    batch = imports.load(batch=batch, by=by)
    assert found(batch) == []
    assert found(batch, "review") == []
    assert (batch.counts["new"], batch.counts["updated"], batch.counts["unchanged"]) == (0, 0, rows)
    assert tables() == before


def test_alerts_and_trace_results_taken_out_and_loaded_back_change_nothing(client, city):
    head = "Alert ID,Source,Date,Time,Type,Rounds,Latitude,Longitude,Address,Case Number\n"
    listed = 'A-1,GDS,2026-03-02,23:08:09,"=Shots, many",4,41.8806,-87.123456789012345,900 Quarry,26-7\n'
    listed += ",,2026-03-03,01:00,Shot,,,,,\n,,2026-03-04,,Shot,2,,,Lock St,\n"
    loaded("alerts", city.papd, head + listed, by=city.technician)
    GunshotAlert.objects.filter(number="", time_known=True).update(key="f" * 64)
    answered(city, days=500, dealer_name="=Alder  Outfitters", purchaser_name="'DOE, PAT", is_multiple_sale=False,
             remarks="two  blanks\nand a line", purchaser_born_on=date(1988, 4, 12), theft="dealer")  # fmt: skip
    told = {"trace_number": "", "first_use_days": 12, "days": 40, "purchased_on": None, "is_multiple_sale": True}
    answered(city, "2", **told)
    for number, status, reason in (("3", "completed_other", "sold_to_le_or_gov"), ("4", "rejected", "pmf_no_serial")):
        answered(city, number, status=status, reason=reason, purchased_on=None)
    answered(city, "5", status="accepted", purchased_on=None)
    again = traces.ask_again(trace=Trace.objects.get(trace_number="T-4"), by=city.technician)
    Trace.objects.filter(pk=again.follows_id).update(trace_number="")
    sent(city, "6")
    client.force_login(city.technician)
    assert client.post(reverse("import_export"), {"kind": "traces", "agency": city.papd.pk}).status_code == 403
    for kind, rows in (("alerts", 3), ("traces", 4)):
        client.force_login(city.analyst)
        answer = client.post(reverse("import_export"), {"kind": kind, "agency": city.papd.pk})
        changes_nothing(kind, city.papd, city.technician, rows, b"".join(answer))
    assert AuditEvent.objects.get(verb="trace.exported").by == city.analyst
    client.force_login(city.supervisor)
    page = client.post(reverse("import_export"), {"kind": "traces", "agency": city.papd.pk})
    assert page.context["form"].errors, "who records no results takes none out"


def test_a_list_holds_what_its_taker_sees_of_the_agency_and_no_more(filled):
    hidden = incident(filled.papd, case_number="26-000999")
    hidden.grants.filter(group=filled.center.group).delete()
    incident(filled.gmpd, case_number="26-000777")
    _model, ids, _columns, _rows = exports.take("incidents", filled.papd, filled.analyst)
    assert sorted(ids) == sorted(
        Incident.objects.exclude(case_number__in=["26-000999", "26-000777"]).values_list("pk", flat=True)
    )
    assert exports.take("exhibits", filled.papd, filled.technician)[1] == [], "a technician takes no lists out"
    assert Acquisition.objects.count() == 5


def test_leads_taken_out_and_loaded_back_are_the_same(client, city):
    client.force_login(city.analyst)
    content = (settings.BASE_DIR / "docs" / "samples" / "leads.csv").read_bytes()
    AgencyOri.objects.create(agency=city.papd, ori="XX0020000")
    first = loaded("leads", city.center, content, by=city.analyst)
    assert first.counts["new"] == 2
    before = tables()
    answer = client.post(reverse("import_export"), {"kind": "leads", "agency": city.center.pk})
    upload = SimpleUploadedFile("leads.xlsx", b"".join(answer))
    assert answer["Content-Disposition"] == 'attachment; filename="CTR-leads.xlsx"'
    again = loaded("leads", city.center, upload.read(), by=city.analyst, name="leads.xlsx")
    assert (again.counts["new"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, 2)
    assert tables() == before
    assert AuditEvent.objects.filter(verb="lead.exported", by=city.analyst).count() == 1


def test_who_may_take_what_out_is_asked_for_each_kind_and_agency(client, city):
    for person, kind, owner, status in (
        (city.technician, "exhibits", city.papd, 403),
        (city.detective, "exhibits", city.papd, 403),
        (city.supervisor, "exhibits", city.papd, 200),
        (city.administrator, "people", city.papd, 200),
    ):
        client.force_login(person)
        answer = client.post(reverse("import_export"), {"kind": kind, "agency": owner.pk})
        assert answer.status_code == status, person
        assert status == 403 or ("attachment" in answer["Content-Disposition"] and b"".join(answer))
    client.force_login(city.supervisor)
    for kind, owner in (("exhibits", city.gmpd), ("people", city.papd), ("agencies", city.center)):
        page = client.post(reverse("import_export"), {"kind": kind, "agency": owner.pk})
        assert page.context["form"].errors, kind
