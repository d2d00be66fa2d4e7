"""A notice that somebody writes down is a file like the laboratory's: it is checked and loaded as one."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evidence.actions import imports
from evidence.models import ImportBatch
from leads import noticefile
from leads.models import Lead, LeadEvent, Obligation
from leads.noticefile import Line
from tests.factories import incident, member

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
LINE = st.builds(Line, TEXT, TEXT, TEXT, st.none() | st.dates(), TEXT, TEXT)


@given(TEXT, st.dates(), st.lists(LINE, max_size=4))
def test_the_file_says_what_was_written_down_row_by_row(number, notice_on, lines):
    head, *rows = csv.reader(io.StringIO(noticefile.written(number, notice_on, lines).decode(), newline=""))
    assert tuple(head) == noticefile.HEADER
    said = [(row[2], row[3], row[4], row[5] and date.fromisoformat(row[5]), row[6], row[7]) for row in rows]
    assert said == [(*line[:3], line.on or "", *line[4:]) for line in lines]
    assert {tuple(row[:2]) for row in rows} <= {(number, notice_on.isoformat())}


@given(TEXT, st.dates(), st.lists(LINE, min_size=1, max_size=4))
def test_the_file_gives_back_what_was_written_down(number, notice_on, lines):
    assert noticefile.read(noticefile.written(number, notice_on, lines)) == (number, notice_on, lines)


@pytest.mark.parametrize("content", [b"", b"Lead Number,Agency\n26-1,PAPD\n", noticefile.written("26-1", date.max, [])])
def test_a_file_of_another_making_is_no_notice_of_ours(content):
    with pytest.raises(ValueError, match=r"no notice|not enough values"):
        noticefile.read(content)


@given(TEXT)
def test_the_file_has_a_plain_name(number):
    name = noticefile.name_of(number)
    assert name.isascii()
    assert not set(name) & set('/\\."') - {"."}


def notice(city, **values):
    cases = {"agency_1": "Port Alder PD", "case_1": "26-018844", "caliber_1": "9 mm"}
    cases |= {"agency_2": "Glenmoor PD", "case_2": "26-004417", "on_2": "2026-07-01"}
    return {"sender": city.center.pk, "number": "WCL-2026-00777", "notice_on": "2026-07-14"} | cases | values


@pytest.fixture
def written(city, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    client.force_login(city.analyst)

    def send(**values):
        return client.post(reverse("notice_new"), notice(city, **values))

    return send


def test_it_is_checked_loaded_and_opens_the_lead(city, written, client):
    answer = written()
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("import", args=[batch.pk])
    imports.check(batch=batch, by=city.analyst)
    page = client.get(answer.url).content.decode()
    assert "A new lead is opened for it." in page
    assert not Lead.objects.exists()
    batch.refresh_from_db()
    imports.start_load(batch=batch, by=city.analyst, queue=False)
    imports.load(batch=batch, by=city.analyst)
    made = Lead.objects.get()
    assert (made.number, made.notice_on, made.created_by) == ("WCL-2026-00777", date(2026, 7, 14), city.analyst)
    assert set(made.events.values_list("incident__case_number", flat=True)) == {"26-018844", "26-004417"}
    assert set(Obligation.objects.values_list("agency", flat=True)) == {city.papd.pk, city.gmpd.pk}
    assert LeadEvent.objects.get(case_number="26-018844").caliber.startswith("9")


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_kept(city, written):
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    for values, words in (
        ({"number": ""}, "Give the number that stands on the notice."),
        ({"agency_1": ""}, "Choose whose case it is."),
        ({"case_2": ""}, "Give the case number."),
        ({"notice_on": tomorrow}, "lies in the future"),
        (dict.fromkeys(("agency_1", "case_1", "caliber_1", "agency_2", "case_2", "on_2"), ""), "Write down the events"),
    ):
        assert words in written(**values).content.decode(), values
    assert not ImportBatch.objects.exists()


def test_a_notice_with_an_error_is_gone_on_with_where_it_was_left(city, written, client):
    written(agency_2="", case_2="", on_2="")
    batch = ImportBatch.objects.get()
    imports.check(batch=batch, by=city.analyst)
    blank = client.get(reverse("notice_new")).content.decode()
    assert f"?again={batch.pk}" in blank
    assert "26-018844" not in blank
    again = client.get(reverse("notice_new"), {"again": batch.pk}).content.decode()
    for value in ("WCL-2026-00777", "2026-07-14", "26-018844", "9 mm"):
        assert f'value="{value}"' in again
    assert f'<option value="{city.center.pk}" selected>' in again
    assert '<option value="Port Alder PD" selected>' in again
    # What somebody else wrote down, or was loaded, is not offered.
    colleague = member(city.center, "analyst", name="Pia Holt")
    client.force_login(colleague)
    assert "26-018844" not in client.get(reverse("notice_new"), {"again": batch.pk}).content.decode()
    ImportBatch.objects.update(status="loaded")
    client.force_login(city.analyst)
    assert "?again=" not in client.get(reverse("notice_new")).content.decode()


def test_who_does_not_load_notices_writes_none(city, written, client):
    client.force_login(city.detective)
    assert client.get(reverse("notice_new")).status_code == 403
    assert reverse("notice_new") not in client.get(reverse("leads")).content.decode()
