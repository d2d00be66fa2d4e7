"""Labels on standard stock: what stands on them, what their code says, and how it is read again."""

import re

import numpy
import pytest
import segno
import zxingcpp
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies import access
from evidence import labels, qr, scans
from evidence.actions import exhibits
from evidence.models import Place
from tests import factories
from tests.evidence.intake import EARLIER, PISTOL, case, page, text
from tests.scenery import scene

SITE = "https://portal.example"
PATH = re.compile(r'<path d="([^"]+)"')
STEP = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def decoded(svg):
    """What a reader that is not ours reads off the picture that is printed."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    picture = numpy.full((size, size), 255, numpy.uint8)
    for x, y, width in STEP.findall(PATH.search(svg)[1]):
        picture[int(y), int(x) : int(x) + int(width)] = 0
    found = zxingcpp.read_barcodes(
        numpy.kron(numpy.pad(picture, 4, constant_values=255), numpy.ones((6, 6), numpy.uint8))
    )
    return [each.text for each in found]


@scene
def made(city):
    return case(city, "26-024310", address="9 Alder Av")


def test_each_label_of_a_sheet_names_its_exhibit_and_its_code_opens_it(client, city, made):
    sheet = page(client, city.technician, "label_sheet", stock="5160", skip="4", case="26-024310")
    content = text(sheet)
    codes = re.findall(r'<svg class="qr".*?</svg>', content)
    opened = [address for code in codes for address in decoded(code)]
    pks = list(made.exhibits.order_by("number").values_list("pk", flat=True))
    assert opened == [f"http://127.0.0.1:8000/exhibits/{pk}/" for pk in pks]
    assert client.get(opened[0].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert content.count("label--gone") == 4
    for words in ("Port Alder PD", "26-024310", "Exhibit 1", "3 cartridge cases, 9 mm", "Glock 19", "SYNTHETIC"):
        assert words in content, words


def test_a_label_carries_no_trace_data_no_serial_number_and_no_address(client, city, made):
    content = text(page(client, city.technician, "label_sheet", stock="4x6", case="26-024310"))
    for secret in (PISTOL["serial"], "Submitted", "9 Alder Av", "purchas"):
        assert secret not in content


def test_labels_are_for_a_range_for_chosen_ones_or_for_the_places_inside_one(client, city, made):
    for number in range(3, 13):
        exhibits.add(incident=made, by=city.technician, number=str(number), kind="other", collected_at=EARLIER)
    person, known = city.technician, {"stock": "5163", "case": "26024310"}
    ranged = text(page(client, person, "label_sheet", numbers="2-4, 11", **known))
    assert re.findall(r"label__n\">Exhibit (\d+)", ranged) == ["2", "3", "4", "11"]
    chosen = made.exhibits.get(number="7")
    hidden = factories.exhibit(factories.incident(city.outsider_agency), "77")
    one = text(client.get(reverse("label_sheet"), {"stock": "4x6", "exhibit": [chosen.pk, hidden.pk, "x", 2**70]}))
    assert re.findall(r"label__n\">Exhibit (\d+)", one) == ["7"]
    room = Place.objects.create(agency=city.papd, kind="room", code="PR1", created_by=person)
    shelf = Place.objects.create(agency=city.papd, kind="shelf", code="S1", parent=room, created_by=person)
    places = text(page(client, person, "label_sheet", stock="5160", place="pr1"))
    assert [each for code in re.findall(r'<svg class="qr".*?</svg>', places) for each in decoded(code)] == [
        labels.address(room), labels.address(shelf),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"stock": "5160"}, "Give a case number"),
        ({"stock": "9999", "case": "26-1"}, "Choose one of those listed"),
        ({"stock": "5160", "case": "99-1"}, "Nothing that you see has this number"),
        ({"stock": "5160", "skip": "30", "case": "26-1"}, "at most 29"),
    ],
)
def test_a_sheet_that_cannot_be_made_says_why_and_keeps_what_was_typed(client, city, asked, words):
    assert words in text(page(client, city.technician, "label_sheet", **asked))


def test_nobody_prints_labels_of_a_case_that_is_not_theirs(client, city, made):
    for person in (city.gm_detective, city.outsider):
        assert "Nothing that you see" in text(page(client, person, "label_sheet", stock="5160", case="26-024310"))
    access.share(made, city.gmpd)
    assert "Exhibit 1" in text(page(client, city.gm_detective, "label_sheet", stock="5160", case="26-024310"))


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1, max_value=10**12), st.sampled_from(["exhibits", "places"]))
def test_a_code_is_read_back_to_the_address_and_the_address_to_the_record(pk, kind):
    address = f"{SITE}/{kind}/{pk}/"
    assert decoded(qr.svg(address, "x")) == [address]
    found = scans.read(address, SITE)
    assert (found.kind + "s", found.pk) == (kind, pk)
    assert scans.read(f"  {address.upper()} ", SITE).pk == pk
    assert qr.modules(address) == [list(row) for row in segno.make(address, error="m", boost_error=False).matrix]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_as_something_and_never_fails(typed):
    found = scans.read(typed, SITE)
    assert found.kind in (scans.EXHIBIT, scans.PLACE, scans.NUMBER, scans.CODE, scans.ELSEWHERE, scans.NOTHING)
    assert len(found.text) <= scans.LONGEST


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("26-024310/3", scans.NUMBER, ("26-024310", "3")),
        ("26-024310 exhibit 3A", scans.NUMBER, ("26-024310", "3A")),
        ("GM26-0012  12", scans.NUMBER, ("GM26-0012", "12")),
        ("26-024310 / 3", scans.NUMBER, ("26-024310", "3")),
        ("PR2-S04", scans.CODE, ("", "")),
        ("/exhibits/9/", scans.EXHIBIT, ("", "")),
        ("https://other.example/exhibits/9/", scans.ELSEWHERE, ("", "")),
        ("https://portal.example/leads/9/", scans.ELSEWHERE, ("", "")),
        ("https://portal.example@evil.example/exhibits/9/", scans.ELSEWHERE, ("", "")),
        ("https://[bad/exhibits/9/", scans.ELSEWHERE, ("", "")),
    ],
)
def test_scans_of_each_kind(typed, kind, said):
    found = scans.read(typed, SITE)
    assert (found.kind, (found.case, found.number)) == (kind, said)


def test_a_sheet_that_was_begun_goes_on_and_a_full_one_is_followed_by_the_next():
    numbers = list(range(40))
    first, second, third = labels.sheets("5160", numbers, skip=25)
    assert (first, second, third) == ([None] * 25 + numbers[:5], numbers[5:35], numbers[35:])
    assert labels.sheets("4x6", numbers[:2], skip=7) == [[0], [1]]
