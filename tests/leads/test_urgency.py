"""A part whose clock stayed when its lead became more urgent: the log says when it became more urgent itself."""

from datetime import timedelta

from django.urls import reverse

from agencies.models import AuditEvent
from leads.actions import obligations
from leads.models import Lead
from tests.leads.working import LATER, close, close_all, joined_by_homicide, old, part
from tests.scenery import scene


@scene
def stayed(city):
    """The part of a department whose clock had run out already when a homicide joined the line."""
    theirs = part(old(city), city.gmpd)
    joined_by_homicide(city, theirs.due_at + timedelta(hours=1))
    return theirs


def hastened(obligation):
    found = AuditEvent.objects.filter(verb="obligation.hastened", object_id=obligation.pk)
    return [(event.data["before"], event.data["now"], event.by.is_system) for event in found]


def test_the_stage_from_which_a_part_is_more_urgent_is_on_record_once(client, city, stayed):
    assert hastened(stayed) == []
    at = stayed.due_at + timedelta(hours=2)
    obligations.acknowledge(obligation=stayed, by=city.gm_supervisor, now=at)
    assert hastened(stayed) == [(3, 1, True)]
    close(part(stayed.lead, city.gmpd), city.gm_detective, city.gm_supervisor, at)
    assert hastened(stayed) == [(3, 1, True)]
    client.force_login(city.analyst)
    text = client.get(reverse("lead", args=[stayed.lead_id]), {"activity": "all"}).content.decode()
    assert "made the part of GMPD more urgent" in text


def test_a_part_that_begins_anew_takes_the_urgency_of_its_lead_with_the_new_round(city):
    close_all(city, old(city))
    joined_by_homicide(city, LATER)
    anew = part(Lead.objects.get(), city.gmpd)
    assert (anew.state, anew.priority, hastened(anew)) == ("sent", 1, [])
