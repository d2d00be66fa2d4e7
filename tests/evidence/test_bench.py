"""At the bench: a place and exhibits are scanned and checked in, or checked out to somebody, with one receipt."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent
from evidence import labels
from evidence.actions import handovers
from evidence.models import CustodyEvent, HandOver, Place, Receipt
from tests import factories
from tests.evidence.intake import page, text
from tests.scenery import scene


@scene
def case(city):
    return factories.incident(city.papd, case_number="26-024310")


@scene
def shelf(city):
    return Place.objects.create(agency=city.papd, kind="shelf", code="S1", created_by=city.technician)


def item(case, number):
    return factories.exhibit(case, number, held_by=case.agency)


def test_scanned_exhibits_are_checked_in_and_what_may_not_be_moved_is_named_while_the_rest_is_done(
    client, city, case, shelf
):
    first, second, third = (item(case, number) for number in "123")
    hidden = factories.exhibit(factories.incident(city.outsider_agency), "9")
    handovers.offer(
        exhibit=third, by=city.technician, agency=city.papd, person=city.detective, purpose="other", at=timezone.now()
    )
    scanned = [
        labels.address(first),
        "26024310/2",
        "26-024310 3",
        labels.address(hidden),
        "nonsense",
        labels.address(first),
    ]
    client.force_login(city.technician)
    move = {"way": "check_in", "place": labels.address(shelf), "scanned": "\r\n".join(scanned), "note": "Shift end"}
    answer = client.post(reverse("bench"), move)
    receipt = Receipt.objects.get()
    assert answer.url == receipt.get_absolute_url()
    legs = CustodyEvent.objects.filter(receipt=receipt)
    assert {leg.exhibit for leg in legs} == {first, second}
    assert {(leg.purpose, leg.place, leg.note) for leg in legs} == {("stored", shelf, "Shift end")}
    answer = page(client, city.technician, "receipt", receipt.pk)
    shown, paper = text(answer), answer.content.decode()
    assert f'Signatures</h2><span class="muted small">{receipt}, 2 exhibits' in paper, (
        "a sheet of them alone says whose"
    )
    assert f'<small class="nowrap">{first.incident.case_number}' in paper, "no number is broken on paper"
    for words in ("Checked in to S1", "2 exhibits", "Not moved", "is in transit to", "nonsense: No exhibit or place"):
        assert words in shown, words
    assert str(hidden.incident.case_number) not in shown
    assert AuditEvent.objects.get(verb="receipt.made").data["exhibits"] == [first.pk, second.pk]
    assert "Checked in to S1" in text(page(client, city.technician, "bench"))


def test_a_check_out_is_in_transit_until_the_person_confirms_and_its_receipt_says_so(client, city, case):
    items = [item(case, number) for number in "12"]
    client.force_login(city.technician)
    out = {"way": "check_out", "agency": city.papd.pk, "person": city.detective.pk, "purpose": "to_court"}
    client.post(reverse("bench"), out | {"scanned": "\n".join(labels.address(each) for each in items)})
    receipt = Receipt.objects.get()
    given = HandOver.objects.filter(receipt=receipt, to_person=city.detective)
    assert (receipt.kind, given.count()) == ("check_out", 2)
    assert "In transit, unconfirmed" in text(page(client, city.detective, "receipt", receipt.pk))
    handovers.confirm_each(hand_overs=list(given), by=city.detective)
    shown = text(page(client, city.technician, "receipt", receipt.pk))
    assert shown.count("Confirmed, ") == 2
    for words in ("Tess Ito", "Det. Chidi Okafor", "Received, date and time"):
        assert words in shown
    for person, status in ((city.gm_detective, 404), (city.supervisor, 404), (city.outsider, 404)):
        assert page(client, person, "receipt", receipt.pk).status_code == status


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"way": "check_in", "place": "ZZ", "scanned": "26-024310/1"}, "No open place has this code"),
        ({"way": "check_in", "place": "S1", "scanned": "26-024310/8"}, "No exhibit or place that you see"),
        ({"way": "check_in", "place": "S1", "scanned": "S1"}, "This is the label of a place"),
        ({"way": "check_in", "place": "S1", "scanned": "https://else.example/exhibits/1/"}, "not one of this portal"),
        ({"way": "check_out", "scanned": "26-024310/1"}, "Choose the purpose"),
        ({"way": "check_in", "place": "S1", "scanned": ""}, "Give the exhibits"),
    ],
)
def test_a_move_that_cannot_be_made_says_why_and_moves_nothing(client, city, case, shelf, sent, words):
    item(case, "1")
    client.force_login(city.technician)
    answer = text(client.post(reverse("bench"), sent))
    assert words in answer
    assert not Receipt.objects.exists()


def test_when_nothing_at_all_may_be_moved_there_is_no_receipt(client, city, case, shelf):
    made = factories.exhibit(case, "1", held_by=city.lab)
    client.force_login(city.technician)
    answer = client.post(reverse("bench"), {"way": "check_in", "place": "S1", "scanned": labels.address(made)})
    assert "Nothing was moved" in text(answer)
    assert not Receipt.objects.exists()
    assert not CustodyEvent.objects.exists()


def test_one_scan_is_looked_up_at_once_and_a_hidden_one_is_as_one_that_is_nowhere(client, city, case, shelf):
    made = item(case, "1")
    hidden = factories.exhibit(factories.incident(city.gmpd), "9")
    client.force_login(city.technician)
    look = [client.get(reverse("bench_look"), {"code": code}).json() for code in (
        labels.address(made), "S1", "26-024310/1", labels.address(hidden), "/exhibits/99999999/",
    )]  # fmt: skip
    assert [(each["kind"], each["title"]) for each in look[:3]] == [
        ("exhibit", "26-024310, exhibit 1"), ("place", "S1"), ("exhibit", "26-024310, exhibit 1"),
    ]  # fmt: skip
    assert look[3]["why"] == look[4]["why"] != ""
    assert (look[3]["kind"], look[3]["id"]) == ("", 0)
    assert page(client, city.detective, "bench").status_code == 403
