"""The table of statutes and the folding of statuses, without a database."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leads import statuswords, statutes
from leads.models import StatusSpelling, Statute
from leads.statutes import FEDERAL, LIFE, Line, in_force
from tests.shared import shared

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 2, 10))
CITATIONS = ("18 USC 1", "18 USC 1(a)", "18 U.S.C. § 1(a)", "18 USC 1(a)(2)", "9-9")
LINES = st.builds(
    lambda citation, since, until, tag, pk: Line(citation, "x", since=since, until=until, tag=tag, pk=pk),
    st.sampled_from(CITATIONS), DAYS, DAYS, st.sampled_from("KVO"), st.integers(1, 99),
)  # fmt: skip


def test_possession_by_a_prohibited_person_carries_ten_years_before_25_june_2022_and_fifteen_from_then():
    for citation in ("18 USC 922(g)", "18 U.S.C. § 922(g)(1)", "18 USC 922(g)(9)"):
        assert in_force(FEDERAL, citation, date(2022, 6, 24)).max_months == 120
        assert in_force(FEDERAL, citation, date(2022, 6, 25)).max_months == 180
    assert in_force(FEDERAL, "18 USC 932", date(2022, 6, 24)) is None
    assert in_force(FEDERAL, "18 USC 932", date(2022, 6, 25)).max_months == 180
    assert in_force(FEDERAL, "18 USC 924(c)(1)(A)(iii)", date(2026, 1, 1)).min_months == 120


def test_an_office_that_checked_has_its_own_line_before_ours():
    own = Line("18 USC 922(k)", "Altered number", max_months=72, tag="O", since=date(2020, 1, 1))
    table = (*FEDERAL, own)
    assert in_force(table, "18 USC 922(k)", date(2021, 1, 1)) == own
    assert in_force(table, "18 USC 922(k)", date(2019, 1, 1)).max_months == 60
    assert in_force(table, "77 USC 1", date(2021, 1, 1)) is None
    assert in_force(table, "", date(2021, 1, 1)) is None


def slowly(table, citation, on):
    """The same, day by day and citation by citation: what holds on the day, under the longest beginning of it."""
    best = None
    for line in table:
        first, last = line.since or date.min, (line.until or date.max) - timedelta(days=0)
        asked, has = statutes.key(citation), statutes.key(line.citation)
        rest = asked[len(has) :] if asked.startswith(has) else None
        if rest is None or not (rest == "" or (rest[0] == "(" and rest.endswith(")"))) or not first <= on < last:
            continue
        rank = (len(has), line.tag == "O", line.since or date.min, line.pk or 0)
        if best is None or rank > best:
            best = rank
    return best


@given(st.lists(LINES, max_size=8), st.sampled_from(CITATIONS), st.dates(date(2020, 1, 1), date(2020, 2, 10)))
def test_what_is_in_force_is_what_a_slow_search_finds(table, citation, on):
    found = in_force(table, citation, on)
    rank = found and (len(statutes.key(found.citation)), found.tag == "O", found.since or date.min, found.pk or 0)
    assert rank == slowly(table, citation, on)


@given(st.text(max_size=80))
def test_a_citation_and_a_status_have_one_key_however_they_are_written(text):
    assert statutes.key(statutes.key(text)) == statutes.key(text)
    assert statuswords.key(statuswords.key(text)) == statuswords.key(text)
    assert statuswords.key(f"  {text.upper()} ") == statuswords.key(text.upper())
    assert len(statuswords.key(text)) <= StatusSpelling._meta.get_field("key").max_length
    assert len(statutes.key(text)) <= Statute._meta.get_field("key").max_length


def test_every_line_of_ours_says_how_sure_it_is_and_no_two_hold_on_one_day():
    assert {line.tag for line in FEDERAL} == {"K", "V"}
    assert all(line.max_months is None or line.max_months <= LIFE for line in FEDERAL)
    for line in FEDERAL:
        on = line.since or date(2022, 6, 1)
        same = [each for each in FEDERAL if each.citation == line.citation and statutes.holds(each, on)]
        assert len(same) == 1, line.citation


def test_months_are_told_as_people_say_them():
    told = [statutes.months(number) for number in (None, 1, 12, 30, 180, LIFE)]
    assert told == ["", "1 month", "1 year", "30 months", "15 years", "life"]
    assert statutes.exposure(LIFE, 60, True) == "5 years at least, up to life, consecutive"
    assert statutes.exposure(None, None, False) == ""


def test_the_spellings_of_a_real_export_are_folded_as_its_evaluators_folded_them():
    rates = json.loads(shared("data/nibin/published_rates.json").read_text())["dc_cgic_evaluation"]
    means = {
        "OAG": "other_office", "Unable To Locate": "warrant", "No Paper": "not_charged", "Papered": "pending",
        "Dismissed": "dismissed", "Not Papered, Pending DNA Results": "laboratory", "Guilty Plea": "guilty_plea",
        "No Paper (Co-Def Was Charged)": "codefendant", "Trial Guilty": "guilty_trial", "N/A (Juvenile)": "juvenile",
        "Not Guilty At Trial": "not_guilty", "Pled To Other Charges": "pled_other_charge",
        "Defendant Deceased": "abated_death",
    }  # fmt: skip
    for raw, folded in rates["raw_status_spellings_to_normalise"].items():
        # A grand jury's no bill is among the dismissed there, and a code of its own here.
        wanted = "no_bill" if raw == "Grand Jury No Bill" else means[folded]
        assert statuswords.meaning(raw) == wanted, raw
    outcomes = {name for kind in rates if "outcomes" in kind for name in rates[kind]}
    assert {raw: statuswords.meaning(raw) for raw in outcomes} == {raw: means[raw] for raw in outcomes}


def test_a_status_that_nobody_knows_means_nothing_yet_and_an_empty_one_says_none():
    assert statuswords.meaning("Hld Ct") == ""
    assert statuswords.meaning("закрыто") == ""
    assert statuswords.meaning("  PAPERD. ") == "pending"
    assert statuswords.meaning("") == statuswords.meaning(" - ") == "no_status"
