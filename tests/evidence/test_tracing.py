"""What a trace request cannot do without, and when two names are one person or one dealer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import tracepeople, tracing
from evidence.models import Trace
from evidence.tracepeople import MAYBE, NO, UNKNOWN, YES

WHOLE = {
    "priority": "routine", "crime_code": "5212", "ori": "XX0020000", "case_number": "26-1", "serial": "ABC1234",
    "make": "Glock", "type_code": "PI", "caliber": "9 mm", "model": "19", "country": "US",
    "recovered_city": "Port Alder", "recovered_state": "XX", "recovered_on": date(2026, 7, 1),
}  # fmt: skip
PART_IX = {"partial_serial", "obliteration_method", "barrel_length", "finish", "other_numbers"}
BORN = date(1988, 4, 12)


def wanting(**values):
    return [fault.field for fault in tracing.faults(WHOLE | values)]


def test_a_whole_request_wants_nothing():
    assert wanting() == []


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_always_required_is_asked_for_by_name(name):
    assert wanting(**{name: None}) == [name]
    assert wanting(**{name: "  "}) == [name]


def test_what_is_required_only_then_is_asked_for_only_then():
    assert wanting(priority="urgent") == ["justification"]
    assert wanting(country="AT") == ["importer"]
    assert wanting(country="AT", importer="Example Imports") == []
    assert wanting(atf_agent="A. Gent") == ["atf_org"]
    assert set(wanting(is_obliterated=True, serial="")) == PART_IX
    assert wanting(is_obliterated=True, serial="", **dict.fromkeys(PART_IX, "NONE")) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crime_code", "52"),
        ("ori", "X1"),
        ("country", "Austria"),
        ("recovered_state", "Texas"),
        ("recovered_zip", "123"),
    ],
)
def test_what_has_not_the_shape_is_told(name, value):
    assert name in wanting(**{name: value})


@pytest.mark.parametrize(
    "gun",
    [
        {"is_privately_made": True, "serial": ""},
        {"make": "PMF", "serial": "NONE"},
        {"make": "Home made", "serial": "n/a"},
    ],
)
def test_a_gun_made_at_home_without_a_number_cannot_be_traced(gun):
    found = tracing.faults(WHOLE | gun)
    assert [fault.sentence for fault in found] == [tracing.UNTRACEABLE]


VALUES = st.sampled_from(["", " ", "US", "AT", "urgent", "routine", "5212", "ABC1234", True, False, None])


NAMES = sorted({rule.field for rule in tracing.RULES} | {rule.when for rule in tracing.RULES if rule.when})


@given(st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=30).map(dict))
def test_the_faults_are_those_of_a_slow_reading_of_the_form(values):
    def empty(name):
        return values.get(name) in (None, False) or not str(values[name]).strip()

    always = {"priority", "crime_code", "ori", "case_number", "make", "type_code", "caliber", "model", "country"}
    needed = always | {"recovered_on", "recovered_city", "recovered_state"}
    needed |= PART_IX if values.get("is_obliterated") is True else {"serial"}
    country = values.get("country")
    needed |= {"importer"} if not empty("country") and str(country).strip() != "US" else set()
    needed |= {"justification"} if values.get("priority") == "urgent" else set()
    needed |= {"atf_org"} if not empty("atf_agent") else set()
    if isinstance(values.get("is_obliterated"), str):
        return  # a box is ticked or not
    missing = {name for name in needed if empty(name)}
    sentences = {rule.sentence for rule in tracing.RULES}
    assert {fault.field for fault in tracing.faults(values) if fault.sentence in sentences} == missing


def test_reasons_and_parts_name_what_there_is():
    assert set(tracing.ADDABLE) <= set(Trace.Reason.values)
    assert len(set(tracing.FIELDS)) == len(tracing.FIELDS)
    assert {rule.field for rule in tracing.RULES} | set(tracing.SHAPES) <= set(tracing.FIELDS)
    assert [part.numeral for part in tracing.PARTS] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


@pytest.mark.parametrize(
    ("one", "born", "other", "other_born", "said"),
    [
        ("Doe, Pat A", BORN, "PAT DOE", BORN, YES),
        ("O'Neil, Seán", BORN, "SEAN ONEIL JR", BORN, YES),
        ("Doe, Pat", BORN, "Doe, Pat", None, MAYBE),
        ("Doe, Pat", None, "Doe, P", None, MAYBE),
        ("Doe, Pat A", None, "Doe, Pat B", None, NO),
        ("Doe, Pat", BORN, "Doe, Pat", date(1988, 12, 4), MAYBE),
        ("Doe, Pat", BORN, "Doe, Pat", date(1961, 1, 30), NO),
        ("Doe, Pat", BORN, "Roe, Pat", BORN, MAYBE),
        ("Doe, Pat", BORN, "Roe, Sam", BORN, NO),
        ("Doe, Pat", BORN, "Roe, Sam", None, NO),
        ("", None, "Roe, Sam", BORN, UNKNOWN),
    ],
)
def test_two_names_are_one_person_or_a_person_has_to_look(one, born, other, other_born, said):
    assert tracepeople.same_person(one, born, other, other_born) == said
    assert tracepeople.same_person(other, other_born, one, born) == said


@given(st.text(max_size=30), st.none() | st.dates(), st.text(max_size=30), st.none() | st.dates())
def test_nobody_is_somebody_without_the_same_name_and_the_same_birthday(one, born, other, other_born):
    said = tracepeople.same_person(one, born, other, other_born)
    assert said == tracepeople.same_person(other, other_born, one, born)
    assert said != YES or (born is not None and born == other_born)
    key = tracepeople.purchaser_key(one, born)
    assert not key or (born is not None and tracepeople.same_person(one, born, one, born) == YES)


def test_a_name_alone_is_no_key():
    assert tracepeople.purchaser_key("Doe, Pat", None) == ""
    assert tracepeople.purchaser_key("Doe", BORN) == ""
    assert tracepeople.purchaser_key("Doe, Pat A", BORN) == tracepeople.purchaser_key("PAT DOE", BORN)
    assert tracepeople.dealer_key("", "Alder Outfitters", "", "XX") == ""
    assert tracepeople.dealer_key("1-00-000-01", "Any", "", "") == tracepeople.dealer_key("100000-01", "Other", "", "")
    same = tracepeople.dealer_key("", "The Alder Outfitters, LLC", "Port Alder", "xx")
    assert same == tracepeople.dealer_key("", "ALDER OUTFITTERS", "PORT ALDER", "XX")
