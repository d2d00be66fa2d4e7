"""What the database itself promises of persons and things, and of what was said of them."""

import pytest
from django.db import IntegrityError, transaction

from leads.models import Assertion, Entity, Particular, Person, Sameness
from tests.factories import NOW
from tests.leads import recorded
from tests.leads.pages import lead as make_lead
from tests.scenery import scene


@scene
def person(lead):
    return recorded.entity(lead)


def refused(act, kind=IntegrityError):
    with pytest.raises(kind), transaction.atomic():
        act()


def test_a_new_record_stands_for_itself(person):
    assert person.standing_id == person.pk
    assert Person.objects.get().number == f"P-{person.pk}"


def test_a_person_is_seen_by_whom_a_lead_shows_them(city, person):
    assert Person.objects.visible_to(city.detective).get().pk == person.pk
    assert Person.objects.visible_to(city.gm_detective).get().pk == person.pk
    assert not Person.objects.visible_to(city.outsider).exists()
    assert not Person.objects.visible_to(city.technician).exists()


def test_what_was_said_is_never_rewritten_and_never_deleted(person):
    said = Assertion.objects.get()
    refused(lambda: Assertion.objects.update(role="victim"))
    refused(lambda: Assertion.objects.all().delete())
    refused(lambda: Entity.objects.filter(pk=person.pk).delete())
    by = {"withdrawn_at": NOW, "withdrawn_by": said.said_by}
    refused(lambda: Assertion.objects.update(**by))
    Assertion.objects.update(**by, withdrawn_why="Another person")
    refused(lambda: Assertion.objects.update(withdrawn_at=None, withdrawn_by=None, withdrawn_why=""))


def test_what_is_said_fits_what_it_is_said_of(city, lead, person):
    car = recorded.entity(lead, "7ABC123", kind="vehicle", region="IL")
    refused(lambda: recorded.say(car, lead, role="suspect"))
    refused(lambda: recorded.say(person, lead, event=make_lead(city, "WCL-2026-9").events.first()))
    row = {"lead": lead, "added_at": NOW, "added_by": city.analyst}
    refused(lambda: Particular.objects.create(entity=car, kind="fbi_number", value="123456", **row))
    refused(lambda: Particular.objects.create(entity=person, kind="color", value="Red", **row))
    one = {"verdict": "same", "reason": "One", "decided_at": NOW, "decided_by": city.analyst}
    refused(lambda: Sameness.objects.create(one=person, other=car, **one))
    refused(lambda: Entity.objects.filter(pk=car.pk).update(standing=person))


def test_a_part_in_an_event_names_the_event(lead, person):
    refused(lambda: Assertion.objects.create(
        entity=person, lead=lead, role="victim", source_kind="report", source="26-1", reliability="A", validity=1,
        agency=lead.agency, said_at=NOW, said_by=lead.created_by))  # fmt: skip
