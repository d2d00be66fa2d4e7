"""Every number of the board and of the seven stages opens its rows, and there are as many as it says."""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Membership, User
from agencies.roles import Role
from evidence.models import Incident
from leads.actions import activities, closings, escalations, obligations, referrals
from leads.insight import accountability, scope, stages
from leads.models import LeadEvent, Obligation, Referral
from leads.pages import board as boardpage
from leads.pages import dash as dashpage
from tests.factories import acquisition, exhibit, incident
from tests.leads import numbers, scenes
from tests.leads.pages import lead
from tests.scenery import scene

# Texts with a digit that open nothing, each with why: by an element around them, or by their words.
AROUND = {
    "svg": "a drawing of numbers that stand beside it",
    ".vh": "the words of a drawing, whose numbers stand beside it",
    ".pop": "how something is counted",
    ".head__who": "who looks, and when",
    ".latet": "facts of a record, whose row opens it",
    "th": "the name of a row",
    "h3": "the place of a stage among the seven",
    "form": "asks for a period",
    "details.defs": "what a stage counts",
}
WORDS = {
    r"^As of ": "a time",
    r"^\d+ \w+( \d{4})? to \d+ \w+ \d{4}, compared with ": "the period",
    r"^no activity in 14 days$": "the limit of a part",
    r"^in .*, goal \d+%|^on both clocks, goal|^decided in 30 d, goal": "the limit and the goal of a stage",
    r"^rates only where n is|^Of finished steps, .* fewer than": "the fewest that a rate is given of",
    r"^Each drawing has its own scale": "names stages",
}


def excepted(number):
    around = number.around | ({"details.defs"} if {"details", ".defs"} <= number.around else set())
    words = any(re.search(pattern, number.text) for pattern in WORDS)
    return words or not AROUND.keys().isdisjoint(around) or (number.head == "Goal" and number.url is None)


def walk(page, opened, few, *, least):
    """Problems of the numbers of a page, which has at `least` so many that open rows."""
    found = [each for each in numbers.of(page) if not excepted(each)]
    assert [each for each in found if not each.url] == []
    inside = [each for each in found if not each.url.startswith("#")]
    assert len(inside) >= least
    return [problem for each in inside if (problem := opened.problem(each, few))]


@scene
def all_kinds(city, busy):
    """The busy board, and on it: steps of the ladder taken, one obligation of which two clocks ran out, one proposed,
    one closed late and of no use, one returned.
    """
    system = User.objects.system()
    mine = [each.obligations.get(agency=city.papd) for each in busy]
    escalations.climb(by=system, now=timezone.now())
    obligations.acknowledge(obligation=mine[0], by=city.supervisor)
    scenes.past(mine[0], hours=2)
    escalations.climb(by=system, now=timezone.now())
    closings.propose(obligation=mine[3], outcome="exhausted_no_suspect", usefulness=2, by=city.detective)
    closings.approve(obligation=mine[3], by=city.supervisor)
    worker = Obligation.objects.get(pk=mine[2].pk).investigator
    activities.log(obligation=mine[2], kind="video", text="Asked for it.", by=worker)
    closings.propose(obligation=mine[2], outcome="arrest_made", usefulness=5, by=worker)
    theirs = busy[5].obligations.get(agency=city.gmpd)
    obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor)
    lead(city, "WCL-2026-00007", ago=timedelta(weeks=8))


def detectives(user, url):
    """How many investigators there are for the list of an address."""
    asked = parse_qs(urlsplit(url).query)
    narrow = {f"{name}_id": int(asked[name][0]) for name in ("agency", "unit") if name in asked}
    found = Membership.objects.active().filter(role=Role.DETECTIVE, agency__in=scope.of(user).ids, **narrow)
    return found.values("user").distinct().count()


@pytest.mark.parametrize("who", ["supervisor", "coordinator"])
def test_every_number_of_the_board_opens_its_rows(client, city, all_kinds, monkeypatch, who):
    client.force_login(getattr(city, who))
    opened = numbers.Opened(client, partial(detectives, getattr(city, who)))
    for few in (2, 10):
        monkeypatch.setattr(accountability, "FEW", few)
        monkeypatch.setattr(boardpage, "FEW", few)
        page = client.get(reverse("accountability")).content.decode()
        assert walk(page, opened, few, least=60) == []


@scene
def all_stages(city, month):
    """The month, and in it: exhibits of a lead, a referral decided, a lead found unfounded, one returned, a lead that
    is closed; and something of the period before.
    """
    now = timezone.now()
    for event in LeadEvent.objects.order_by("id")[:3]:
        item = exhibit(event.incident, collected_at=now - timedelta(days=2))
        done = {"entered_at": now - timedelta(hours=9), "entered_by": User.objects.system(), "reference": f"E{item.pk}"}
        acquisition(item, city.lab, received_at=now - timedelta(days=1), due_at=now, **done)
    referrals.decide(referral=Referral.objects.get(), status="accepted", by=city.prosecutor, court_number="26-CF-1")
    gone, back = month[1].obligations.get(agency=city.papd), month[0].obligations.get(agency=city.gmpd)
    activities.log(obligation=gone, kind="note", text="The laboratory withdrew it.", by=city.detective)
    closings.propose(obligation=gone, outcome="lead_not_confirmed", usefulness=1, by=city.detective)
    closings.approve(obligation=gone, by=city.supervisor)
    obligations.return_(obligation=back, reason="wrong_agency", by=city.gm_supervisor)
    ago = now - timedelta(days=100)
    exhibit(incident(city.papd, kind=Incident.Kind.HOMICIDE, occurred_at=ago), collected_at=ago + timedelta(hours=5))
    lead(city, "WCL-2026-00009", ago=timedelta(days=100))


def test_every_number_of_the_seven_stages_opens_its_rows(client, city, all_stages, monkeypatch):
    client.force_login(city.coordinator)
    opened = numbers.Opened(client)
    for few in (1, 10):
        monkeypatch.setattr(stages, "FEW", few)
        monkeypatch.setattr(dashpage, "FEW", few)
        page = client.get(reverse("dashboard")).content.decode()
        assert walk(page, opened, few, least=100) == []
