"""Notices loaded as they are in earnest, in transactions that end, and beside other work."""

import threading
import time

import pytest
from django.db import connection, transaction

from evidence.actions import imports
from evidence.tasks import check_import, load_import
from leads.actions import bulk, obligations, reminders
from leads.actions._leads import settle
from leads.models import Lead, Obligation
from tests.beside import Beside
from tests.evidence.import_city import uploaded
from tests.factories import City
from tests.leads.working import load, notice

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = "lead_number,notice_date,agency,case_number,exhibit\n"
TWO = (("PAPD", "26-1"), ("GMPD", "26-2"))


@pytest.fixture
def city(transactional_db):
    return City()


def checked_and_loaded(city, rows):
    batch = imports.upload(agency=city.center, kind="leads", upload=uploaded(COLUMNS + rows, "n.csv"), by=city.analyst)
    imports.start_check(batch=batch, by=city.analyst, queue=False)
    check_import(batch.pk)
    batch.refresh_from_db()
    said = (batch.status, batch.counts, sorted(batch.findings.values_list("code", "row", "level")))
    imports.start_load(batch=batch, by=city.analyst, queue=False)
    load_import(batch.pk)
    batch.refresh_from_db()
    return said, (batch.status, batch.counts, sorted(batch.findings.values_list("code", "row", "level")))


def test_what_a_check_says_is_what_the_load_does_also_for_what_is_promised_at_the_end(city):
    double = "B-9,2026-07-01,PAPD,26-77,1\nB-9,2026-07-01,Port Alder PD,26-77,2\n"
    whole = "B-10,2026-07-01,PAPD,26-78,1\nB-10,2026-07-01,GMPD,26-79,2\n"
    (before, said, found), (after, done, kept) = checked_and_loaded(city, double + whole)
    assert (before, after) == ("checked", "loaded")
    assert (said, found) == (done, kept)
    assert ("one_event", 2, "error") in found
    assert list(Lead.objects.values_list("number", flat=True)) == ["B-10"]


def test_numbers_too_long_are_named_by_their_row_and_the_rest_is_loaded(city):
    number = "L" + "7" * 45
    long = f"{number},2026-07-01,PAPD,26-77,1\n{number},2026-07-01,GMPD,26-78,2\n"
    whole = "B-10,2026-07-01,PAPD,26-78,1\nB-10,2026-07-01,GMPD,26-79,2\n"
    (_before, said, found), (after, done, _kept) = checked_and_loaded(city, long + whole)
    assert (after, said) == ("loaded", done)
    assert ("long", 2, "error") in found
    assert Lead.objects.get().number == "B-10"


def test_what_the_database_refuses_is_said_of_its_lead_and_stops_no_other(city, monkeypatch):
    monkeypatch.setattr("leads.actions.notices.settle", _without_parts_for("L-1"))
    report = load(city, notice(*TWO, number="L-1"), notice(*TWO, number="L-2"))
    assert report.opened == ["L-2"]
    assert [(each.code, each.row) for each in report.problems] == [("refused", 2)]
    assert "an agency with an event on a lead owes on it" in report.problems[0].words


def _without_parts_for(number):
    def settled(lead, **values):
        return None if lead.number == number else settle(lead, **values)

    return settled


def test_many_steps_at_once_and_a_file_that_names_the_same_leads_wait_for_each_other(city, monkeypatch):
    load(city, notice(*TWO, number="A-1"), notice(*TWO, number="A-2"))
    owed = list(Obligation.objects.filter(agency=city.papd).order_by("lead_id"))
    real, first = obligations.acknowledge, threading.Event()

    def slowly(**values):
        done = real(**values)
        first.set()
        time.sleep(0.5)
        return done

    monkeypatch.setattr(obligations, "acknowledge", slowly)

    def file():
        first.wait(5)
        turned = [notice(("PAPD", f"26-{number}"), number=number) for number in ("A-2", "A-1")]
        load(city, *turned)

    other = Beside(file)
    assert [why for _each, why in bulk.acknowledge(owed=owed, by=city.supervisor)] == ["", ""]
    other.ended()
    assert set(Lead.objects.values_list("events_count", flat=True)) == {3}


def test_a_load_holds_up_nobody_who_names_the_center(city):
    ready, over = threading.Event(), threading.Event()

    def file():
        with transaction.atomic():
            load(city, notice(*TWO))
            ready.set()
            over.wait(10)

    other = Beside(file)
    assert ready.wait(10)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select id from agencies_agency where id = %s for key share nowait", [city.center.pk])
            assert cursor.fetchone() == (city.center.pk,)
    finally:
        over.set()
    other.ended()


def test_a_reminder_and_a_file_that_names_the_same_leads_wait_for_each_other(city, monkeypatch):
    load(city, notice(*TWO, number="A-1"), notice(*TWO, number="A-2"))
    late, first = list(Obligation.objects.filter(agency=city.papd)), threading.Event()

    def slowly(lead, **values):
        settle(lead, **values)
        first.set()
        time.sleep(0.5)

    monkeypatch.setattr("leads.actions.notices.settle", slowly)

    def file():
        load(city, *[notice(("PAPD", f"26-{number}"), number=number) for number in ("A-2", "A-1")])

    other = Beside(file)
    assert first.wait(10)
    at = max(each.due_at for each in late)
    assert reminders.remind(obligations=late, by=city.coordinator, now=at) == 2
    other.ended()
    assert set(Lead.objects.values_list("events_count", flat=True)) == {3}
