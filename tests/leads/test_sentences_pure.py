"""What a court gave, in words, without a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from leads import sentences
from leads.models import Charge

DOLLARS, MONTHS = st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 1200)


def test_a_whole_sentence_reads_part_by_part_and_one_month_is_no_months():
    said = Charge(
        prison_months=1200, suspended_months=12, probation_months=1, fine=12000, range_low=0, range_high=1,
        departure="within", sentenced_on=date(2026, 3, 1), sentenced_by_court="Judge Ellery",
    )  # fmt: skip
    assert sentences.parts(said) == [
        "life in prison", "12 months of it suspended", "1 month probation", "fine $12,000",
        "guideline range 0 to 1 month", "within the range", "1 Mar 2026, Judge Ellery",
    ]  # fmt: skip
    assert sentences.parts(Charge()) == []


@given(MONTHS, MONTHS, DOLLARS, DOLLARS, st.booleans(), st.booleans())
def test_whatever_is_said_has_its_part_and_nothing_else_has_one(prison, probation, fine, restitution, forfeits, career):
    told = {"prison_months": prison, "probation_months": probation, "fine": fine, "restitution": restitution,
            "forfeits_firearms": forfeits, "is_armed_career": career}  # fmt: skip
    said = sentences.parts(Charge(**told))
    assert len(said) == sum(value is not None and value is not False for value in told.values())
    assert all(part.split()[1] == "month" for part in said if part.startswith("1 "))
