"""A part that begins anew is counted for what it does now: what ran out in a round before is past."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from leads.actions import assignments, escalations
from leads.insight import accountability, scope
from leads.models import Escalation, Lead
from tests.factories import incident
from tests.leads.pages import lead as made
from tests.leads.working import close, load, notice, part
from tests.scenery import scene

TWO = (("PAPD", "26-1"), ("GMPD", "26-2"))


def climb(now):
    escalations.climb(by=User.objects.system(), now=now)


def closed(city, now):
    return accountability.board(scope.of(city.supervisor), now=now).whole.closed


def test_a_part_that_ran_out_once_began_anew_and_closed_in_time_is_in_time(city):
    load(city, notice(*TWO))
    mine = part(Lead.objects.get(), city.papd)
    late = mine.due_at + timedelta(minutes=1)
    climb(late)
    close(mine, city.detective, city.supervisor, late)
    assert closed(city, late)["in_time"] == 0
    incident(city.papd, case_number="26-3")
    again = late + timedelta(days=1)
    load(city, notice(("PAPD", "26-3")), now=again)
    close(mine, city.detective, city.supervisor, again)
    assert (closed(city, again)["closed"], closed(city, again)["in_time"]) == (1, 1)


@scene
def escalated(city):
    """A lead whose one part climbed the ladder to the center in one stage and is late anew in the next."""
    lead = made(city, "WCL-2026-00412", ago=timedelta(days=60))
    mine, theirs = part(lead, city.papd), part(lead, city.gmpd)
    climb(mine.steps[4])
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=mine.steps[4])
    assignments.assign(obligation=theirs, investigator=city.gm_detective, by=city.gm_supervisor, now=timezone.now())
    mine.refresh_from_db()
    assert mine.due_at < timezone.now()
    return mine


def test_the_lead_page_counts_the_rungs_of_the_stage_that_runs_and_is_late(client, city, escalated):
    assert Escalation.objects.filter(obligation__lead=escalated.lead, level__gt=2).count() >= 3
    client.force_login(city.supervisor)
    address = reverse("lead", args=[escalated.lead_id])
    assert "1 of 2 obligations overdue</" in client.get(address).content.decode().replace(" </", "</")
    climb(escalated.steps[2])
    assert "1 of 2 obligations overdue, escalated once" in client.get(address).content.decode()
