"""Board, history and cards say whom the ladder really told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Agency, Notification, User
from agencies.roles import Role
from leads.actions import assignments, escalations
from leads.models import Obligation
from tests.leads.pages import lead as made
from tests.leads.working import part
from tests.scenery import scene

WHOLE = {"all": "1"}


@scene
def lead(city):
    return made(city, "WCL-2026-00412")


def late(lead, agency, rung):
    """The part of an agency, of which the ladder has taken this rung as the last."""
    now = timezone.now()
    steps = [now + timedelta(hours=n - rung, minutes=30) for n in range(5)]
    parts = Obligation.objects.filter(lead=lead)
    parts.exclude(agency=agency).update(next_step_at=None)
    parts.filter(agency=agency).update(steps=steps, due_at=steps[1], next_step_at=steps[0], level=0)
    escalations.climb(by=User.objects.system())
    return part(lead, agency)


def gone(city, *roles):
    city.papd.memberships.filter(role__in=roles).update(ended_at=timezone.now(), ended_by=city.administrator)


def heard(verb):
    return set(Notification.objects.filter(verb=f"escalation.{verb}").values_list("user__name", flat=True))


@pytest.mark.parametrize(
    ("left", "rung", "who", "history"),
    [
        ([], 3, "Supervisor", "Escalated to the supervisor of PAPD"),
        ([], 4, "Commander", "Escalated to the commander of PAPD"),
        ([], 5, "Center", "Escalated to the center: PAPD is late"),
        ([Role.SUPERVISOR], 3, "Commander", "Escalated to the commander of PAPD"),
        ([Role.COMMANDER], 4, "Center", "Escalated to the center: PAPD is late"),
        ([Role.SUPERVISOR, Role.COMMANDER], 3, "Center", "Escalated to the center: PAPD is late"),
    ],
)
def test_board_and_history_name_who_was_told(city, lead, seen, left, rung, who, history):
    gone(city, *left)
    late(lead, city.papd, rung)
    assert re.findall(r'l-told">(.*?)<', seen(city.coordinator, "accountability")) == [who]
    assert history in seen(city.coordinator, "lead", lead.pk, **WHOLE)
    name = {"Supervisor": "Amara Bell", "Commander": "Rowan Pike", "Center": "Cora Lane"}[who]
    assert heard(("supervisor", "commander", "coordinator")[rung - 3]) == {name}


def test_where_there_is_no_commander_the_rung_goes_to_the_center_alone(city, lead):
    late(lead, city.gmpd, 4)
    assert heard("commander") == {"Cora Lane"}


def test_who_was_told_stays_when_they_leave(city, lead, seen):
    late(lead, city.papd, 3)
    gone(city, Role.SUPERVISOR)
    assert 'l-told">Supervisor<' in seen(city.coordinator, "accountability")
    assert "Escalated to the supervisor of PAPD" in seen(city.coordinator, "lead", lead.pk, **WHOLE)
    Agency.objects.filter(pk=city.papd.pk).update(is_active=False)
    text = seen(city.coordinator, "lead", lead.pk, **WHOLE)
    assert "Escalated to who answers for PAPD" in text
    assert "Escalated to the supervisor" not in text


def test_an_investigators_card_names_who_was_told(city, lead, seen):
    mine = part(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    gone(city, Role.SUPERVISOR)
    late(lead, city.papd, 3)
    text = seen(city.detective, "my_leads")
    assert "Commander told" in text
    assert "Supervisor told" not in text
