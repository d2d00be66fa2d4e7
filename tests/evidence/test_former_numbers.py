"""A person set a case number right and the file still has the old one: the same event stays one case, and another case
that comes under the old number stays another.
"""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import transaction

from agencies.models import User
from evidence.actions import imports, incidents
from evidence.models import Incident, Victim
from tests import factories
from tests.beside import Beside
from tests.evidence.import_city import beside_step, checked, loaded

pytestmark = pytest.mark.usefixtures("stored_files")

HEAD = "case_number,date,time,address,sex,age\n"


def row(number="26-018840", day="2026-06-03", time="23:10", place="100 QUARRY ST", sex="M"):
    return f"{number},{day},{time},{place},{sex},31\n"


def renumber(city, number="26-018847", old=None, **facts):
    found = Incident.objects.get(**({"case_number": old} if old else {}))
    return incidents.correct(incident=found, by=city.technician, seen=found.updated_at, case_number=number, **facts)


def here():
    return sorted(Incident.objects.values_list("case_number", flat=True))


def test_the_same_file_again_doubles_nothing_and_says_whose_number_was_set_right(city):
    content = HEAD + row() + row(sex="F")
    loaded(city.papd, content)
    renumber(city, "26-018840", occurred_at=Incident.objects.get().occurred_at.replace(hour=1))
    renumber(city)
    assert checked(city.papd, content).counts["new"] == 0
    batch = loaded(city.papd, content, by=city.technician)
    assert (here(), Victim.objects.count()) == (["26-018847"], 2)
    told = batch.findings.get(code="kept", column_name="case_number")
    assert (told.row, told.value, told.level) == (2, "26-018840", "note")
    assert "This case is 26-018847 here" in told.message


def test_a_later_file_with_the_old_number_and_the_same_moment_changes_the_renumbered_case(city):
    loaded(city.papd, HEAD + row())
    renumber(city)
    batch = loaded(city.papd, HEAD + row(place="200 LOCK ST") + row("26-1"))
    assert (batch.counts["new"], batch.counts["updated"]) == (1, 1)
    assert Incident.objects.get(case_number="26-018847").address == "200 LOCK ST"
    assert Victim.objects.count() == 2


def test_where_the_hour_is_not_known_the_day_and_the_address_tell_the_event(city):
    loaded(city.papd, HEAD + row(time=""))
    renumber(city)
    assert loaded(city.papd, HEAD + row(time="", place="100 Quarry St") + row("26-1")).counts["new"] == 1
    other = loaded(city.papd, HEAD + row(time="", place="7 ELM ST"))
    assert other.counts["new"] == 1


@pytest.mark.parametrize("other", [row(time="22:05"), row(day="2026-06-04"), row(time="", place="7 ELM ST")])
def test_another_case_under_the_old_number_is_a_case_of_its_own_and_the_report_says_so(city, other):
    loaded(city.papd, HEAD + row())
    renumber(city)
    batch = loaded(city.papd, HEAD + other)
    assert here() == ["26-018840", "26-018847"]
    told = batch.findings.get(code="former")
    assert (told.row, told.value, told.level) == (2, "26-018840", "review")
    assert told.message.startswith("Case 26-018847 had this number until")
    assert loaded(city.papd, HEAD + other).counts["unchanged"] == 1, "and from then on it is known by its number"


def test_a_file_with_both_numbers_has_two_cases(city):
    loaded(city.papd, HEAD + row())
    renumber(city)
    batch = loaded(city.papd, HEAD + row() + row("26-018847"))
    assert (here(), batch.findings.filter(code="former").count()) == (["26-018840", "26-018847"], 1)


def test_two_old_numbers_of_one_case_in_one_file_are_no_one_case(city):
    loaded(city.papd, HEAD + row())
    renumber(city, "26-018841")
    renumber(city, "26-018847")
    loaded(city.papd, HEAD + row() + row("26-018841"))
    assert here() == ["26-018840", "26-018841", "26-018847"]


def test_a_made_number_that_a_person_replaced_is_known_again(city):
    content = "date,time,address\n2026-06-03,23:10,100 QUARRY ST\n"
    loaded(city.papd, content)
    renumber(city)
    assert loaded(city.papd, content + "2026-06-04,23:10,5 LOCK ST\n").counts["new"] == 1


def test_a_number_set_back_is_the_cases_own_again(city):
    loaded(city.papd, HEAD + row())
    renumber(city)
    renumber(city, "26-018840")
    batch = loaded(city.papd, HEAD + row())
    assert (batch.counts["unchanged"], batch.findings.filter(code__in=["kept", "former"]).count()) == (1, 0)


def test_an_old_number_is_known_again_when_hyphens_count_by_now(city):
    loaded(city.papd, HEAD + row("53-160"))
    renumber(city, "54-161")
    uneven = HEAD + row("53-160") + row("531-60") + row("53-1601")
    assert checked(city.papd, uneven).counts["new"] == 2
    assert loaded(city.papd, uneven).counts["new"] == 2
    assert here() == ["53-1601", "531-60", "54-161"]


def recorded(city, number="26-018840", **facts):
    facts = {"kind": "homicide", "occurred_at": datetime(2026, 6, 20, 12, tzinfo=UTC), "address": "7 ELM ST"} | facts
    return incidents.record(agency=city.papd, by=city.technician, case_number=number, **facts)


def facts_of(incident):
    return Incident.objects.filter(pk=incident.pk).values().get()


def test_a_number_given_to_another_case_leaves_that_case_alone_when_the_same_file_comes_again(city):
    content = HEAD + row()
    loaded(city.papd, content)
    renumber(city)
    other = facts_of(recorded(city))
    assert checked(city.papd, content).counts["unchanged"] == 1
    batch = loaded(city.papd, content)
    assert (batch.counts["unchanged"], batch.counts["updated"], batch.counts["held"]) == (1, 0, 0)
    assert batch.findings.get(code="kept").message.startswith("This case is 26-018847 here")
    later = loaded(city.papd, HEAD + row(sex="F") + row("26-1"))
    assert (later.counts["new"], later.counts["updated"]) == (1, 1)
    other["updated_at"] = Incident.objects.get(case_number="26-018840").updated_at
    assert facts_of(Incident.objects.get(case_number="26-018840")) == other


def test_a_case_that_has_the_number_of_another_by_now_is_known_by_its_event(city):
    loaded(city.papd, HEAD + row())
    renumber(city)
    loaded(city.papd, HEAD + row(day="2026-06-09"))
    batch = loaded(city.papd, HEAD + row(day="2026-06-09", place="7 ELM ST"))
    assert (batch.counts["updated"], batch.findings.filter(level="review").count()) == (1, 0)
    places = list(Incident.objects.order_by("case_number").values_list("address", flat=True))
    assert places == ["7 ELM ST", "100 QUARRY ST"]


@pytest.mark.parametrize("fits", ["neither", "both"])
def test_a_row_that_is_plainly_neither_case_or_may_be_both_is_kept_back(client, city, fits):
    loaded(city.papd, HEAD + row())
    seen = renumber(city)
    recorded(city, occurred_at=seen.occurred_at if fits == "both" else datetime(2026, 6, 20, 12, tzinfo=UTC))
    before = list(Incident.objects.order_by("pk").values())
    time = "23:10" if fits == "both" else "22:05"
    batch = loaded(city.papd, HEAD + row(time=time) + row("26-1"), by=city.technician)
    assert (batch.counts["new"], batch.counts["updated"], batch.counts["held"]) == (1, 0, 1)
    told = batch.findings.get(code="two_cases")
    assert (told.row, told.level, told.value) == (2, "review", "26-018840")
    assert list(Incident.objects.exclude(case_number="26-1").order_by("pk").values()) == before
    _columns, rows = imports.take_rows(batch=batch, by=city.technician)
    assert [cells[0] for cells in rows] == ["26-018840"]


def test_two_numbers_swapped_stay_with_their_events_whichever_file_brings_the_old_ones(city):
    first, second = row("26-1001"), row("26-1002", day="2026-06-09", place="5 LOCK ST")
    loaded(city.papd, HEAD + first + second)
    for old, new in (("26-1001", "26-9"), ("26-1002", "26-1001"), ("26-9", "26-1002")):
        renumber(city, new, old=old)
    before = list(Incident.objects.order_by("pk").values("case_number", "occurred_at", "address"))
    assert loaded(city.papd, HEAD + first + second).counts["unchanged"] == 2
    assert loaded(city.papd, HEAD + first + second + row("26-3")).counts["unchanged"] == 2
    only = loaded(city.papd, HEAD + row("26-1001", place="200 QUARRY ST") + row("26-4"))
    assert (only.counts["updated"], only.counts["new"]) == (1, 1)
    before[0]["address"] = "200 QUARRY ST"
    here = Incident.objects.exclude(case_number__in=["26-3", "26-4"]).order_by("pk")
    assert list(here.values("case_number", "occurred_at", "address")) == before
    right = loaded(city.papd, HEAD + row("26-1001", day="2026-06-09", place="5 LOCK ST") + row("26-1002"))
    assert right.counts["new"] == 0
    assert list(here.values_list("case_number", "occurred_at")) == [
        (each["case_number"], each["occurred_at"]) for each in before
    ]


def test_a_file_with_both_numbers_says_once_that_there_are_two_cases_and_changes_none_when_it_comes_again(city):
    content = HEAD + row() + row("26-018847")
    loaded(city.papd, HEAD + row())
    renumber(city)
    loaded(city.papd, content)
    again = loaded(city.papd, content)
    assert (again.counts["unchanged"], again.counts["held"]) == (2, 0)


def ready(city, content):
    batch, system = checked(city.papd, content), User.objects.system()
    return imports.start_load(batch=batch, by=system, queue=False), system


@pytest.mark.django_db(transaction=True)
def test_a_number_corrected_while_a_load_begins_is_waited_for():
    city, changed = factories.City(), threading.Event()
    loaded(city.papd, HEAD + row())
    batch, system = ready(city, HEAD + row(place="200 LOCK ST"))

    def person():
        with transaction.atomic():
            renumber(city)
            changed.set()
            time.sleep(1.5)

    other = Beside(person)
    changed.wait(10)
    imports.load(batch=batch, by=system)
    other.ended()
    assert list(Incident.objects.values_list("case_number", "address")) == [("26-018847", "200 LOCK ST")]


@pytest.mark.django_db(transaction=True)
def test_a_case_known_by_its_old_number_is_not_renumbered_again_while_it_is_written(monkeypatch):
    city = factories.City()
    loaded(city.papd, HEAD + row())
    seen = renumber(city)
    batch, system = ready(city, HEAD + row(place="200 LOCK ST"))

    def person():
        incidents.correct(incident=seen, by=city.technician, seen=seen.updated_at, case_number="26-9")

    came = beside_step(monkeypatch, "write", person)
    imports.load(batch=batch, by=system)
    [(other, waited)] = came
    with pytest.raises(incidents.ChangedMeanwhileError):
        other.ended()
    assert (waited, here()) == (True, ["26-018847"])
