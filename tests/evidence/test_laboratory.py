"""What is asked of a laboratory goes there and back by custody; a gun becomes cartridge cases, these an entry, and two
people review its candidates.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import Notification
from evidence import queries
from evidence.actions import acquisitions, correlations, lab_requests, testfires
from evidence.models import Acquisition, CorrelationReview, CustodyEvent, Exhibit, LabRequest
from tests import factories
from tests.evidence.intake import EARLIER, NOW, case, page, text

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def whole(city):
    """A case with casings that nobody sent, and a gun."""
    made = factories.incident(city.papd, occurred_at=NOW - 3 * DAY, case_number="26-1")
    casings = factories.exhibit(made, "1", collected_at=NOW - 2 * DAY)
    gun = factories.exhibit(made, "2", "firearm", collected_at=NOW - 2 * DAY)
    return made, casings, gun


def sent(city, incident, *exhibits, asked="test_fire_entry", days=5, **values):
    said = {"asked": asked, "needed_on": (NOW + days * DAY).date(), "at": NOW - DAY}
    return lab_requests.send(
        incident=incident, exhibits=exhibits, laboratory=city.lab, by=city.technician, **said | values
    )


def legs(exhibit):
    return list(CustodyEvent.objects.filter(exhibit=exhibit).order_by("position").values_list("purpose", flat=True))


def test_a_request_goes_to_the_laboratory_and_back_by_custody(city):
    incident, casings, gun = whole(city)
    with pytest.raises(Refused, match="needs a firearm"):
        sent(city, incident, casings)
    with pytest.raises(Refused, match="what the laboratory is asked for"):
        sent(city, incident, casings, asked="other")
    with pytest.raises(Refused, match="of one case"):
        sent(city, factories.incident(city.papd), casings, gun)
    request = sent(city, incident, casings, gun, seal="S-1")
    assert legs(casings) == legs(gun) == ["to_laboratory"]
    assert incident in type(incident).objects.visible_to(city.examiner)
    told = Notification.objects.filter(user=city.examiner, verb="exhibit.sent")
    assert told.count() == 1
    with pytest.raises(Refused, match=f"on its way to Wexley .* by {request}. Wait until it is there"):
        sent(city, incident, casings)
    with pytest.raises(Refused, match="Only technicians and examiners"):
        lab_requests.receive(request=request, at=NOW, by=city.technician)
    with pytest.raises(Refused, match="earlier than it was sent"):
        lab_requests.receive(request=request, at=NOW - 2 * DAY, by=city.examiner)
    lab_requests.receive(request=request, at=NOW - HOUR, by=city.examiner)
    sent(city, incident, casings, asked="comparison")
    assert legs(casings) == ["to_laboratory", "received"], "what is there is asked about where it lies"
    assert told.count() == 2
    assert Acquisition.objects.filter(site=city.lab, received_at=NOW - HOUR).count() == 2, "the clock runs for both"
    with pytest.raises(Refused, match="cannot become cancelled"):
        lab_requests.cancel(request=request, reason="x", by=city.technician)

    fired = testfires.record(exhibit=gun, count=2, fired_at=NOW - HOUR / 2, by=city.examiner)
    assert (fired.number, fired.kind, fired.count, fired.fired_from) == ("2-TF1", "test_fire", 2, gun)
    assert CustodyEvent.objects.get(exhibit=fired).to_person == city.examiner
    moved = Acquisition.objects.get(exhibit=fired)
    assert moved.received_at == NOW - HOUR, "the clock that began with the gun runs on"
    assert not Acquisition.objects.filter(exhibit=gun).exists()
    assert testfires.record(exhibit=gun, count=1, fired_at=NOW, by=city.examiner).number == "2-TF2"
    for refused, sentence in (
        ({"exhibit": casings}, "Only a firearm"), ({"count": 0}, "gives 1 to 20"),
        ({"by": city.technician}, "record a"),
        ({"fired_at": timezone.now() + DAY}, "future"), ({"fired_at": NOW - 9 * DAY}, "earlier than the gun"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            testfires.record(**{"exhibit": gun, "count": 1, "fired_at": NOW, "by": city.examiner} | refused)

    with pytest.raises(Refused, match="Say what was found"):
        lab_requests.finish(request=request, result=" ", at=NOW, by=city.examiner)
    lab_requests.finish(request=request, result="Entered, report WCL-1", at=NOW, by=city.examiner)
    back = lab_requests.send_back(request=request, at=NOW, by=city.examiner)
    assert (back.status, legs(gun)[-1], legs(fired)[-1]) == ("returned", "returned", "returned")
    assert Exhibit.objects.get(pk=gun.pk).held_by == city.papd
    assert Notification.objects.filter(user=city.technician, verb="exhibit.back").exists()


def test_what_the_laboratory_declines_or_nobody_needs_says_why(city):
    incident, casings, gun = whole(city)
    one = sent(city, incident, casings, asked="comparison")
    with pytest.raises(Refused, match="why the laboratory"):
        lab_requests.decline(request=one, reason="", by=city.examiner)
    lab_requests.decline(request=one, reason="No known to compare with", by=city.examiner)
    two = sent(city, incident, gun, asked="test_fire")
    assert lab_requests.cancel(request=two, reason="Gun returned to owner", by=city.technician).status == "cancelled"
    with pytest.raises(IntegrityError), transaction.atomic():
        LabRequest.objects.filter(pk=one.pk).update(reason="")


def test_requests_are_listed_for_both_sides_soonest_needed_first_and_the_late_apart(client, city):
    incident, casings, gun = whole(city)
    assert "No request here" in text(page(client, city.technician, "lab_requests"))
    late = sent(city, incident, casings, asked="comparison", days=-2)
    soon = sent(city, incident, gun, asked="test_fire", priority=1)
    theirs = factories.incident(city.gmpd, case_number="GM-1")
    lab_requests.send(
        incident=theirs, exhibits=[factories.exhibit(theirs)], laboratory=city.lab, asked="entry", at=NOW - DAY,
        needed_on=(NOW + 9 * DAY).date(), by=city.analyst,
    )  # fmt: skip
    today = NOW.date()

    def listed(person, **how):
        return [row["id"] for row in queries.lab_requests(person, today=today, **how)]

    assert listed(city.technician) == [late.pk, soon.pk]
    assert len(listed(city.examiner)) == len(listed(city.analyst)) == 3, "a center sees each once"
    assert listed(city.technician, show="late") == [late.pk]
    assert len(listed(city.technician, show="all")) == 2
    assert listed(city.outsider) == []
    assert queries.lab_request_counts(city.analyst, today) == {"open": 3, "late": 1}
    shown = text(page(client, city.examiner, "lab_requests"))
    assert "1 late" in shown
    assert "Urgent" in shown
    opened = text(page(client, city.technician, "lab_request", late.pk))
    assert "Past the day it is needed" in opened
    assert "Cancel the request" in opened
    assert page(client, city.gm_detective, "lab_request", late.pk).status_code == 404


def test_the_pages_lead_a_gun_from_the_case_to_a_released_lead(client, city):
    incident, _casings, gun = whole(city)
    client.force_login(city.technician)
    address = reverse("lab_request_new", args=[incident.pk])
    ticked = client.get(address, {"exhibit": gun.pk}).context["form"].initial["exhibits"]
    assert ticked == [str(gun.pk)]
    local = timezone.localtime(NOW - DAY, timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = {"exhibits": [gun.pk], "laboratory": city.lab.pk, "asked": "test_fire_entry", "priority": "1", "at": local}
    wrong = client.post(address, body | {"asked": "other"})
    assert "Say what the laboratory is asked for" in text(wrong)
    assert client.post(address, body).status_code == 302
    request = LabRequest.objects.get()
    assert (request.needed_on, request.priority) == ((NOW + 2 * DAY).date(), 1)

    client.force_login(city.examiner)
    now = f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    assert client.post(reverse("lab_request_receive", args=[request.pk]), {"at": now}).status_code == 302
    assert "Record the entry" in text(client.get(request.get_absolute_url())), "what is to be entered has its button"
    assert "Not entered yet" in text(page(client, city.technician, "lab_request", request.pk))
    client.force_login(city.examiner)
    fire = client.post(reverse("test_fire_new", args=[gun.pk]), {"count": "2", "fired_at": now})
    assert fire.status_code == 302
    made = Acquisition.objects.get()
    queue = text(page(client, city.examiner, "acquisitions"))
    assert "2-TF1" in queue
    assert "24 h goal in" in queue
    entry = {"reference": "N-1", "entered_at": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}", "representative": "case 1 of 2"}
    assert client.post(reverse("acquisition_enter", args=[made.pk]), entry).status_code == 302
    shown = text(page(client, city.technician, "exhibit", made.exhibit_id))
    for words in ("within 24 h", "imaged by Ed Marsh: case 1 of 2", "Waits for reviewer 1", "Test fire of"):
        assert words in shown, words
    assert "Test fire <a" in text(page(client, city.technician, "exhibit", gun.pk))

    review = CorrelationReview.objects.get()
    client.force_login(city.examiner)
    here = reverse("correlation", args=[review.pk])
    assert "which case and exhibit" in text(client.post(here, {"found": "one"}))
    assert "number that the lead" in text(client.post(here, {"found": "one", "candidate": "GM-1, exhibit 3"}))
    client.post(here, {"found": "one", "candidate": "GM-1, exhibit 3", "lead_number": "26-0777"})
    assert "You were reviewer 1" in text(client.get(here))
    assert client.post(here, {"release": "yes"}).status_code == 403
    assert "You: somebody else" in text(page(client, city.examiner, "correlations", show="second"))
    other = factories.member(city.lab, "examiner", name="Ines Calder")
    client.force_login(other)
    assert "Say why the lead is not released" in text(client.post(here, {"release": "no"}))
    client.post(here, {"release": "yes"})
    review.refresh_from_db()
    assert (review.status, review.first_by, review.second_by) == ("released", city.examiner, other)
    assert queries.reviewers_of("WCL-26-0777", city.lab) == review
    assert "26-0777" in text(page(client, city.technician, "correlations", show="released"))


def entered(city, late=True, **values):
    made = case(city).exhibits.get(kind="casing_group").acquisitions.get()
    if late:
        Acquisition.objects.filter(pk=made.pk).update(received_at=NOW - 9 * DAY, due_at=NOW - 5 * DAY)
        made.refresh_from_db()
    said = {"reference": "N1", "entered_at": NOW, "by": city.examiner}
    return acquisitions.enter(acquisition=made, **said | values)


def test_a_late_entry_says_why_by_a_code_and_other_in_words(city):
    for said, sentence in (({}, "past its two business days"), ({"late_code": "other"}, "in a few words")):
        with pytest.raises(Refused, match=sentence), transaction.atomic():
            entered(city, **said)
    made = entered(city, late_code="backlog", operator="Tech. Brook")
    assert (made.late_code, made.late_reason, made.operator) == ("backlog", "", "Tech. Brook")
    with pytest.raises(IntegrityError), transaction.atomic():
        Acquisition.objects.filter(pk=made.pk).update(late_code="")
    assert queries.entry_goals(city.examiner, NOW) == {"entered": 1, "day": 0, "two_days": 0, "in_time": 0}


def test_an_entry_in_time_is_counted_by_its_goals_and_no_reason_is_kept(city):
    made = entered(city, late=False, late_code="backlog")
    assert (made.late_code, made.operator) == ("", "Ed Marsh")
    assert queries.entry_goals(city.examiner, NOW)["entered"] == 1
    assert Exhibit.objects.get(pk=made.exhibit_id).in_nibin


def test_what_cannot_be_entered_is_rejected_and_may_come_again(client, city):
    casings = case(city).exhibits.get(kind="casing_group")
    made = casings.acquisitions.get()
    address = reverse("acquisition_reject", args=[made.pk])
    client.force_login(city.examiner)
    assert "Say in a few words" in text(client.post(address, {"rejection": "other"}))
    assert client.post(address, {"rejection": "damaged"}).status_code == 302
    assert Notification.objects.filter(user=city.technician, verb="acquisition.rejected").exists()
    assert queries.waiting_counts(city.examiner, NOW) == (0, 0)
    assert "Damaged or corroded" in text(page(client, city.technician, "exhibit", casings.pk))
    with pytest.raises(Refused, match="was rejected"):
        acquisitions.enter(acquisition=made, reference="N", entered_at=NOW, by=city.examiner)
    again = acquisitions.receive(exhibit=casings, site=city.lab, received_at=NOW, by=city.examiner)
    assert queries.waiting_counts(city.examiner, NOW) == (1, 0)
    with pytest.raises(Refused, match="received exhibit 1 already"):
        acquisitions.receive(exhibit=casings, site=city.lab, received_at=NOW, by=city.examiner)
    assert again.exhibit == casings


def test_one_person_is_never_both_reviewers_and_a_cleared_entry_may_be_looked_at_again(client, city):
    review = entered(city, late_code="staff").correlation
    with pytest.raises(Refused, match="Only technicians and examiners of Wexley"):
        correlations.review(review=review, candidate="", by=city.technician)
    review = correlations.review(review=review, candidate="", by=city.examiner)
    assert review.status == "cleared"
    review = correlations.reopen(review=review, by=city.examiner)
    review = correlations.review(review=review, candidate="GM-1", lead_number="26-1", by=city.examiner)
    with pytest.raises(Refused, match="You were reviewer 1"):
        correlations.decide(review=review, release=True, by=city.examiner)
    CorrelationReview.objects.filter(pk=review.pk).update(due_at=NOW - 9 * DAY)
    assert "1 late with reviewer 2" in text(page(client, city.examiner, "correlations")), "seen from the other tab"
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrelationReview.objects.filter(pk=review.pk).update(status="released", second_at=NOW, second_by=city.examiner)
    other = factories.member(city.lab, "examiner")
    assert correlations.decide(review=review, release=False, note="Marks differ", by=other).status == "refused"
    assert not any(queries.correlation_counts(city.examiner, NOW).values())


def test_what_was_never_entered_is_listed_until_it_or_its_test_fire_is(client, city):
    incident, casings, gun = whole(city)
    factories.exhibit(incident, "9", "magazine")
    factories.exhibit(incident, "8", nibin_eligible=False, not_eligible_reason="Rimfire")
    old = factories.exhibit(incident, "7", collected_at=NOW - 200 * DAY)

    def never(**how):
        return [row["id"] for row in queries.never_entered(city.analyst, now=NOW, **how)]

    assert sorted(never()) == [casings.pk, gun.pk]
    assert never(history=True) == [old.pk]
    assert queries.never_entered_counts(city.technician, NOW) == {"open": 2, "history": 1}
    shown = text(page(client, city.technician, "never_entered"))
    assert "Never test-fired" in shown
    assert "No NIBIN site has received it" in shown
    fired = factories.exhibit(incident, "2-TF1", "test_fire", fired_from=gun)
    made = factories.acquisition(fired, city.lab, received_at=EARLIER, due_at=NOW + DAY)
    assert gun.pk in never()
    acquisitions.enter(acquisition=made, reference="N", entered_at=NOW, by=city.examiner)
    assert never() == [casings.pk], "a test fire stands for its gun"
    Acquisition.objects.filter(pk=made.pk).update(entered_at=None, entered_by=None)
    assert gun.pk in never()


@pytest.mark.parametrize("name", ["lab_requests", "correlations", "never_entered"])
def test_a_list_of_the_laboratory_costs_the_same_for_three_rows_as_for_one(
    client, city, django_assert_num_queries, name
):
    def one_more(number):
        incident = factories.incident(city.papd, occurred_at=NOW - DAY, case_number=f"26-{number}")
        casings = factories.exhibit(incident, collected_at=NOW - DAY)
        factories.exhibit(incident, kind="firearm", collected_at=NOW - DAY)
        sent(city, incident, casings, asked="entry", at=NOW - HOUR)
        made = factories.acquisition(casings, city.lab, received_at=NOW - HOUR, due_at=NOW + DAY)
        acquisitions.enter(acquisition=made, reference=f"N{number}", entered_at=NOW, by=city.examiner)

    one_more(0)
    page(client, city.examiner if name == "correlations" else city.technician, name)
    counts = []
    for number in range(1, 4):
        with django_assert_num_queries({"lab_requests": 6, "correlations": 6, "never_entered": 6}[name]):
            counts.append(client.get(reverse(name)).status_code)
        one_more(number)
    assert counts == [200, 200, 200]
