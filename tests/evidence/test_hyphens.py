"""When hyphens begin to count for an agency, and what becomes of numbers that a laboratory writes longer.

Two cases never become one, and a case that may be doubled is named.
"""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from agencies.access import Refused
from evidence import keys
from evidence.actions import incidents
from evidence.imports import mapping
from evidence.loading.stage_sql import SAME_NUMBER
from evidence.models import HyphenRule, Incident
from tests import factories
from tests.evidence.import_city import checked, loaded, take

pytestmark = pytest.mark.usefixtures("stored_files")

UNEVEN = "case_number,date,time\n53-160,2026-06-03,23:10\n531-60,2026-06-04,01:20\n53-1601,2026-06-05,01:20\n"


def numbers(**wanted):
    return sorted(Incident.objects.filter(**wanted).values_list("case_number", "case_key"))


def typed(city, number):
    return incidents.record(
        agency=city.papd, by=city.technician, case_number=number, kind="homicide", occurred_at=timezone.now()
    )


def lines(*numbers, day="2026-06-03"):
    return "case_number,date,time\n" + "".join(f"{number},{day},23:10\n" for number in numbers)


def laboratory(city, keep_last=4, hyphens_count=False):
    columns = mapping.from_dict(take(city.papd, UNEVEN).mapping)
    columns.hyphens_count, columns.key_keep_last = hyphens_count, keep_last
    return columns


def test_what_a_laboratory_cuts_off_its_numbers_is_cut_off_in_no_other_file_and_not_of_what_is_typed(city):
    loaded(city.papd, lines("2023-000123", "2024-000123"))
    loaded(city.papd, lines("LAB7-53-16"), columns=laboratory(city, 5, hyphens_count=True))
    whole = [("2023-000123", "2023-000123"), ("2024-000123", "2024-000123")]
    assert numbers(case_number__startswith="20") == whole
    later = loaded(city.papd, lines("2022-000123", "2021-000123", day="2026-06-09"))
    assert (later.counts["new"], later.counts["updated"]) == (2, 0)
    assert typed(city, "2025-000123").case_key == "2025-000123"
    assert keys.of(city.papd, "LAB7-53-19") == "LAB7-53-19"


def test_cases_that_a_laboratory_file_cut_are_known_again_when_another_file_brings_the_rule(city):
    cut = lines("LAB7-53-16", "LAB7-63-16", "LAB7-05-16")
    loaded(city.papd, cut, columns=laboratory(city))
    loaded(city.papd, UNEVEN)
    assert numbers(case_number__startswith="LAB") == [
        ("LAB7-05-16", "05-16"), ("LAB7-53-16", "53-16"), ("LAB7-63-16", "63-16")
    ]  # fmt: skip
    assert loaded(city.papd, cut, columns=laboratory(city)).counts["unchanged"] == 3
    assert loaded(city.papd, lines("LAB7-53-16", "LAB7-53-18"), columns=laboratory(city)).counts["new"] == 1
    assert Incident.objects.count() == 7


def test_cases_that_a_laboratory_file_cuts_are_two_when_the_rule_was_there_first(city):
    loaded(city.papd, UNEVEN)
    cut = lines("LAB7-53-16", "LAB7-63-16")
    assert loaded(city.papd, cut, columns=laboratory(city)).counts["new"] == 2
    assert numbers(case_number__startswith="LAB") == [("LAB7-53-16", "53-16"), ("LAB7-63-16", "63-16")]
    assert loaded(city.papd, cut, columns=laboratory(city)).counts["unchanged"] == 2


def test_a_file_that_says_so_makes_hyphens_count_and_what_it_cuts_is_its_own(city):
    loaded(city.papd, lines("LAB7-53-16", "LAB7-53-17"), columns=laboratory(city))
    assert [key for _number, key in numbers()] == ["5316", "5317"]
    said = laboratory(city, hyphens_count=True)
    assert loaded(city.papd, lines("LAB7-53-16", "LAB7-53-18"), columns=said).counts["new"] == 1
    assert [key for _number, key in numbers()] == ["53-16", "53-17", "53-18"]
    with pytest.raises(Refused, match="has a case 53-16 already"):
        typed(city, "53-16")


def test_two_cases_of_which_a_file_cuts_one_stay_two(city):
    typed(city, "LAB7-53-16")
    typed(city, "LAB8-53-16")
    assert loaded(city.papd, lines("LAB7-53-16"), columns=laboratory(city, hyphens_count=True)).counts["new"] == 1
    here = [("LAB7-53-16", "53-16"), ("LAB7-53-16", "LAB7-53-16"), ("LAB8-53-16", "LAB8-53-16")]
    assert numbers() == here


def test_the_command_line_sets_no_rule_by_numbers_that_merely_grow(city, tmp_path, capsys):
    file = tmp_path / "june.csv"
    file.write_text(lines("26-998", "26-999", "26-1000", "26-1001"))
    call_command("import_incidents", file, agency="PAPD", save_mapping="Ours")
    assert not keys.hyphens_count(city.papd)
    file.write_text(lines("26998", "26999"))
    call_command("import_incidents", file, agency="PAPD")
    assert "2 unchanged" in capsys.readouterr().out
    assert Incident.objects.count() == 4


def test_two_numbers_of_a_file_that_only_the_hyphen_tells_apart_make_it_count_and_the_report_says_so(city):
    batch = checked(city.papd, UNEVEN)
    told = batch.findings.get(code="hyphens")
    assert (told.row, told.value, told.level, batch.counts["new"]) == (3, "531-60", "review", 3)
    assert "tells this number from 53-160" in told.message
    assert not keys.hyphens_count(city.papd), "a check sets nothing"
    loaded(city.papd, UNEVEN)
    assert keys.hyphens_count(city.papd)
    assert not loaded(city.papd, UNEVEN).findings.filter(code="hyphens").exists()


@pytest.mark.parametrize("cut", [0, 5])
def test_a_number_that_only_the_hyphen_tells_from_a_case_here_makes_it_count(city, cut):
    before = "LAB7-53-160" if cut else "53-160"
    loaded(city.papd, lines(before), columns=laboratory(city, cut))
    batch = loaded(city.papd, lines("0531-60"))
    assert f"tells this number from {before}" in batch.findings.get(code="hyphens").message
    assert [key for _number, key in numbers()] == ["0531-60", "53-160"]


def test_numbers_that_are_merely_written_otherwise_set_no_rule(city):
    loaded(city.papd, lines("26-018844", "26 018845", "08-018844", "DR 26-1234"))
    again = loaded(city.papd, lines("26018844", "26-018845", "8018844", "26.018844", "DR#26-1234"))
    assert (again.counts["new"], Incident.objects.count()) == (0, 4)
    assert not HyphenRule.objects.exists()


def test_a_new_case_that_differs_by_hyphens_alone_from_one_here_stands_on_the_review_list(city):
    loaded(city.papd, lines("26998", "26-999"))
    batch = loaded(city.papd, UNEVEN + "26-998,2026-06-03,23:10\n26999,2026-06-03,23:10\n")
    told = batch.findings.filter(code="hyphens", message__startswith="This may be case")
    assert [(each.row, each.value) for each in told] == [(5, "26-998"), (6, "26999")]
    assert "case 26998:" in told[0].message
    marked = Incident.objects.filter(review=SAME_NUMBER).order_by("case_number")
    first, second = marked.all()
    assert (first.case_number, second.case_number) == ("26-998", "26999")
    assert incidents.correct(incident=first, by=city.technician, seen=first.updated_at, reviewed=True).review == ""
    again = loaded(city.papd, lines("26-998", "26999"))
    assert (again.counts["unchanged"], again.counts["review"], marked.count()) == (2, 0, 1)


def test_two_new_cases_of_one_file_that_differ_by_hyphens_alone_are_both_marked(city):
    loaded(city.papd, UNEVEN)
    loaded(city.papd, lines("26-998", "26998", "26-999"))
    assert Incident.objects.filter(review=SAME_NUMBER).count() == 2


def upgrade():
    HyphenRule.objects.all().delete()
    import_module("evidence.migrations.0007_hyphen_rules").fill(apps, None)


def test_an_agency_that_lived_by_the_hyphen_gets_its_rule_and_its_left_keys_mended(city):
    loaded(city.papd, "date,time,address\n2026-06-03,23:10,100 QUARRY ST\n")
    made = Incident.objects.get()
    batch = loaded(city.papd, UNEVEN, columns=laboratory(city, 0, hyphens_count=True))
    Incident.objects.filter(pk=made.pk).update(case_key=made.case_number)
    for number, key in (("26 1234", "261234"), ("531 60", "53160")):
        factories.incident(city.papd, case_number=number, case_key=key)
    factories.incident(city.gmpd, case_number="26-1", case_key="261")
    upgrade()
    rule = HyphenRule.objects.get()
    assert (rule.agency, rule.batch) == (city.papd, batch)
    here = dict(Incident.objects.values_list("case_number", "case_key"))
    assert here[made.case_number] == made.case_key
    assert (here["26 1234"], here["26-1"]) == ("26-1234", "261")
    assert here["531 60"] == "53160", "the key is another case's"
    assert list(Incident.objects.exclude(review="").values_list("case_number", "review")) == [("531 60", SAME_NUMBER)]


def test_a_case_that_a_file_cut_gets_the_key_that_the_file_gives_and_no_other_is_cut(city):
    cut = lines("LAB7-53-16", "LAB7-63-16")
    loaded(city.papd, cut, columns=laboratory(city, 4, hyphens_count=True))
    loaded(city.papd, lines("2023-000123", "2024-000123"))
    for number in ("LAB7-53-16", "LAB7-63-16"):
        Incident.objects.filter(case_number=number).update(case_key=number)
    renumbered = Incident.objects.get(case_number="LAB7-63-16")
    incidents.correct(incident=renumbered, by=city.technician, seen=renumbered.updated_at, case_number="LAB7-63-17")
    upgrade()
    assert [key for _number, key in numbers()] == ["2023-000123", "2024-000123", "53-16", "LAB7-63-17"]
    assert not Incident.objects.exclude(review="").exists()
