"""What a file leaves to a person: a correction that answers the note on an incident takes the note away."""

import pytest
from django.urls import reverse

from agencies.models import AuditEvent
from evidence.models import Incident
from evidence.reviews import ENDS_IN_ZERO, NO_LOCATION
from tests.evidence.import_city import correct, loaded
from tests.evidence.test_corrections import shown

pytestmark = pytest.mark.usefixtures("stored_files")

HEAD = "case_number,date,time,lat,lng,location\n"
NOWHERE = HEAD + "26-018844,2026-06-03,23:10,,,100 QUARRY ST\n"


def changes():
    return AuditEvent.objects.filter(verb="incident.corrected").latest("id").data["changes"]


def test_a_point_answers_the_question_for_one_and_the_file_does_not_ask_again(city):
    loaded(city.papd, NOWHERE)
    assert correct(city, address="120 QUARRY ST").review == NO_LOCATION
    assert correct(city, lat=40.1, lng=-75.1).review == ""
    assert changes()["review"] == [NO_LOCATION, ""]
    assert loaded(city.papd, NOWHERE).counts["unchanged"] == 1
    assert Incident.objects.get().review == ""


def test_no_point_is_known_is_an_answer_that_later_files_keep_until_one_brings_a_point(city):
    loaded(city.papd, NOWHERE)
    made = correct(city, reviewed=True)
    assert (made.review, made.corrected, changes()) == ("", "review", {"review": [NO_LOCATION, ""]})
    assert loaded(city.papd, NOWHERE).counts["unchanged"] == 1
    assert Incident.objects.get().review == ""
    loaded(city.papd, NOWHERE.replace(",,,", ",40.1,-75.1,"))
    assert (Incident.objects.get().lat, Incident.objects.get().review) == (40.1, "")


@pytest.mark.parametrize("answer", [{"case_number": "26-0188445"}, {"reviewed": True}])
def test_a_number_that_was_set_right_or_compared_is_asked_about_no_more(city, answer):
    loaded(city.papd, NOWHERE)
    Incident.objects.update(review=ENDS_IN_ZERO)
    assert correct(city, address="120 QUARRY ST").review == ENDS_IN_ZERO
    made = correct(city, **answer)
    assert (made.review, "review" in made.corrected) == ("", False)


def test_an_incident_that_asks_nothing_is_not_changed_by_an_answer(city):
    loaded(city.papd, NOWHERE.replace(",,,", ",40.1,-75.1,"))
    made = correct(city, reviewed=True)
    assert made.corrected == ""
    assert not AuditEvent.objects.filter(verb="incident.corrected").exists()


def test_the_page_says_what_the_case_still_asks_and_takes_the_answer(client, city):
    loaded(city.papd, NOWHERE)
    made = Incident.objects.get()
    client.force_login(city.technician)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "To review" in page
    assert "No location. Give the point under Correct, or say there that none is known." in page
    address = reverse("incident_edit", args=[made.pk])
    values = shown(client, "incident_edit", made)
    assert client.post(address, values | {"address": "120 QUARRY ST"}).status_code == 302
    assert "No location" in client.get(made.get_absolute_url()).content.decode()
    values = shown(client, "incident_edit", made)
    assert client.post(address, values | {"reviewed": "on"}).status_code == 302
    page = client.get(made.get_absolute_url()).content.decode()
    assert "To review" not in page
    assert "No location" not in page
    assert "reviewed" not in client.get(address).context["form"].fields


def test_who_cannot_correct_it_sees_only_what_is_open(client, city):
    loaded(city.papd, NOWHERE)
    client.force_login(city.detective)
    page = client.get(Incident.objects.get().get_absolute_url()).content.decode()
    assert "No location" in page
    assert "under Correct" not in page
