"""Those whose work a lead was hear that it yielded: each once for a lead and kind, with a number and an outcome."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies import tasks
from agencies.access import Refused
from agencies.models import Membership, Notification
from agencies.roles import Role
from evidence.models import CorrelationReview
from leads.actions import feedbacks
from leads.insight import feedback as insight
from leads.insight import scope
from leads.models import Feedback, Obligation, Yield
from leads.queries import feedback as queries_feedback
from tests.factories import acquisition, exhibit, member, unit
from tests.leads import pages
from tests.leads.working import system
from tests.scenery import scene

NUMBER = "WCL-2026-00071"


@scene
def yielded(city):
    """A lead whose casings Tess recorded, that Ed entered and reviewed with Ines, sent by Dana, closed by an arrest."""
    ines = member(city.lab, Role.EXAMINER, name="Ines Calder")
    room = unit(city.papd, "Property Room")
    Membership.objects.filter(user=city.technician).update(unit=room)
    lead = pages.lead(city, NUMBER)
    scene_of = lead.events.exclude(incident=None).first().incident
    item = exhibit(scene_of)
    type(item).objects.filter(pk=item.pk).update(created_by=city.technician, agency=city.papd)
    at = timezone.now() - timedelta(days=3)
    done = {"entered_at": at, "entered_by": city.examiner, "reference": "N1"}
    entry = acquisition(item, city.lab, received_at=at, due_at=at + timedelta(days=2), **done)
    CorrelationReview.objects.create(
        acquisition=entry, site=city.lab, status="released", lead_number=NUMBER, candidate="GM26-1", first_at=at,
        due_at=at,
        first_by=city.examiner, second_at=at, second_by=ines,
    )  # fmt: skip
    ended = {"due_at": None, "steps": None, "next_step_at": None, "usefulness": 5, "closed_by": city.supervisor}
    lead.obligations.filter(agency=city.papd).update(
        state=Obligation.State.CLOSED, outcome="arrest_made", closed_at=timezone.now(), **ended
    )
    return lead


def given():
    while feedbacks.give(by=system()):
        pass
    return sorted((row.person.name, *row.parts) for row in Feedback.objects.select_related("person"))


EVERYBODY = [
    ("Dana Ruiz", "analyzed"),
    ("Ed Marsh", "entered", "reviewed"),
    ("Ines Calder", "reviewed"),
    ("Tess Ito", "collected"),
]


def test_everybody_whose_work_a_lead_was_hears_once_that_it_yielded(city, yielded, seen):
    assert given() == EVERYBODY
    assert given() == EVERYBODY
    assert Notification.objects.filter(verb="feedback.arrest", label=NUMBER).count() == 4
    # Another agency's arrest on the same lead is the same kind; a recovered gun is another.
    closed = yielded.obligations.get(agency=city.papd)
    yielded.obligations.filter(agency=city.gmpd).update(
        **{f: getattr(closed, f) for f in ("state", "outcome", "usefulness", "closed_at", "closed_by_id")},
        due_at=None, steps=None, next_step_at=None,
    )  # fmt: skip
    assert len(given()) == 4
    yielded.obligations.filter(agency=city.gmpd).update(outcome="firearm_recovered")
    assert len(given()) == 8
    assert sorted(Yield.objects.values_list("kind", flat=True)) == ["arrest", "gun"]
    page = seen(city.technician, "feedback")
    assert NUMBER in page
    assert "Arrest made" in page
    incident = yielded.events.exclude(incident=None).first().incident
    for text in (
        page,
        seen(city.technician, "feedback_one", Feedback.objects.filter(person=city.technician).first().pk),
    ):
        assert incident.case_number not in text
    with pytest.raises(Refused, match="by the portal itself"):
        feedbacks.give(by=city.coordinator)


def test_what_was_closed_long_ago_or_without_a_yield_is_told_to_nobody(city, yielded):
    part = Obligation.objects.filter(state="closed")
    part.update(closed_at=timezone.now() - timedelta(days=31))
    assert given() == []
    part.update(closed_at=timezone.now(), outcome="exhausted_no_suspect")
    assert given() == []


def test_t37_the_right_to_feedback_is_asked_again_when_it_is_mailed(city, yielded):
    given()
    Membership.objects.filter(user=city.technician).update(ended_at=timezone.now(), ended_by=city.administrator)
    Notification.objects.update(created_at=timezone.now() - timedelta(days=9))
    tasks.mail_notifications()
    assert city.technician.email not in [each.to[0] for each in mail.outbox]
    body = next(each.body for each in mail.outbox if each.to == [city.examiner.email])
    assert f"A lead you worked on led to an arrest: {NUMBER}" in body
    assert "9 mm" not in body


def test_a_supervisor_prints_a_letter_to_a_person_or_a_unit_of_their_own(city, yielded, client):
    given()
    letter = reverse("feedback_letter")
    person, room = {"person": city.technician.pk}, {"unit": city.technician.memberships.get().unit_id}
    for reader in (city.supervisor, city.coordinator):
        client.force_login(reader)
        for asked in (person, room):
            text = client.get(letter, asked).content.decode()
            assert NUMBER in text
            assert "Tess Ito" in text
    client.force_login(city.gm_supervisor)
    assert client.get(letter, person).status_code == 404
    assert client.get(letter, {"person": "9" * 30}).status_code == 404
    client.force_login(city.technician)
    assert client.get(letter, person).status_code == 403
    client.force_login(city.supervisor)
    assert "Ed Marsh" not in client.get(reverse("feedback")).content.decode()
    client.force_login(city.coordinator)
    assert "Ed Marsh" in client.get(reverse("feedback")).content.decode()
    one, after = queries_feedback.feedback(city.coordinator, whose="people", limit=1)
    rest, end = queries_feedback.feedback(city.coordinator, whose="people", after=after)
    assert one + rest == list(Feedback.objects.order_by("-told_at", "-pk"))
    assert end == ""


def test_the_share_of_closed_leads_with_feedback_is_counted_with_what_it_is_a_share_of(city, yielded, seen):
    now = timezone.now()
    done = {"due_at": None, "steps": None, "next_step_at": None, "usefulness": 1, "closed_by": city.gm_supervisor}
    yielded.obligations.filter(agency=city.gmpd).update(
        state="closed", outcome="exhausted_no_suspect", closed_at=now, **done
    )
    type(yielded).objects.filter(pk=yielded.pk).update(status=2, closed_at=now)
    reach = scope.of(city.coordinator)
    assert insight.share(reach, now=now) == (1, 0, 1, 0)
    given()
    assert insight.share(reach, now=now) == (1, 1, 1, 1)
    assert "1 of 1 closed leads; of 1 outcome they came to, 1." in seen(city.coordinator, "accountability")
