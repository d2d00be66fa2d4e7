"""The people hit, as a file tells of them."""

import pytest

from evidence.models import Victim
from tests.evidence.import_city import loaded

pytestmark = pytest.mark.usefixtures("stored_files")

HEAD = "case_number,date,time,sex,age\n"


def test_a_victim_whose_sex_is_neither_of_the_two_is_loaded_once(city):
    lines = (
        "26-018844,2026-06-03,23:10,X,31\n26-018844,2026-06-03,23:10,F,22\n26-018845,2026-06-04,01:10,nonbinary,19\n"
    )
    batch = loaded(city.papd, HEAD + lines)
    assert batch.status == "loaded", batch.problem
    assert sorted(Victim.objects.values_list("sex", "age")) == [("F", 22), ("X", 19), ("X", 31)]
    assert Victim.objects.get(age=31).get_sex_display() == "Other"
    assert loaded(city.papd, HEAD + lines).counts["unchanged"] == 2
    assert Victim.objects.count() == 3
