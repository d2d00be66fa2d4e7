"""Versions of a center's weights: who puts them in force, what they change, and how they would have ranked."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification, User
from leads import tasks, triage, weights
from leads.actions import confirmations, flags, scores
from leads.actions import weights as tables
from leads.insight import backtest
from leads.models import Lead, LeadFlag, LeadScore, ScoreTable
from leads.queries import scoring
from tests.factories import NOW, incident, member
from tests.leads.working import BOTH, close_all, load, notice, system
from tests.scenery import scene

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OTHER = weights.BUILT_IN.points | {"violence.homicide": 50, "flag.video": 9}


def refused(words, action, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


@scene
def scored(city):
    """An open lead with a homicide, one without, and one that led to an arrest; all within a kilometer."""
    for number, kind in (("26-018844", "homicide"), ("26-2", "shots_fired_confirmed"), ("26-3", "robbery_gun")):
        incident(city.papd, case_number=number, kind=kind, occurred_at=NOW - 9 * DAY, lat=39.1, lng=-85.1)
    for number in ("26-004417", "26-5", "26-6"):
        incident(city.gmpd, case_number=number, occurred_at=NOW - 20 * DAY, lat=39.101, lng=-85.1)
    load(city, notice(*BOTH))
    load(city, notice(("PAPD", "26-2"), ("GMPD", "26-5"), number="WCL-2026-2"))
    load(city, notice(("PAPD", "26-3"), ("GMPD", "26-6"), number="WCL-2026-3"))
    close_all(city, Lead.objects.get(number="WCL-2026-3"), now=NOW + DAY)
    return Lead.objects.get(number="WCL-2026-00412")


def draft(city, points=OTHER, by=None):
    return tables.draft(center=city.center, points=points, reason="Homicides first", by=by or city.analyst, now=NOW)


def test_a_second_person_puts_a_draft_in_force_and_open_leads_are_scored_by_it_once(city, scored, monkeypatch):
    assert (scored.score_version, scored.reasons[0]) == (1, [30, "A homicide in the line, 9 days ago", "E"])
    refused("Only the center", draft, city=city, by=city.supervisor)
    refused("no more than", draft, city=city, points=OTHER | {"recency.7": 23})
    table = draft(city)
    assert (table.version, table.state) == (2, "draft")
    assert draft(city).pk == table.pk, "one draft"
    refused("Somebody else", tables.agree, table=table, by=city.analyst)
    refused("time to come", tables.agree, table=table, by=city.coordinator, at=NOW - DAY, now=NOW)
    tables.agree(table=table, by=city.coordinator, at=NOW + 2 * HOUR, now=NOW)
    assert Notification.objects.get(verb="score_table.agreed").user == city.analyst
    assert scores.rescore(by=system(), now=NOW + HOUR) == 0
    assert scoring.in_force(city.center.pk, NOW + HOUR) == weights.BUILT_IN
    before = (scored.score, scored.reasons, scored.score_inputs)
    later = NOW + 3 * HOUR
    assert scores.rescore(by=system(), now=later, limit=1) == 1, "stopped in between it goes on"
    assert scores.rescore(by=system(), now=later, limit=1) == 1
    assert not AuditEvent.objects.filter(verb="score_table.rescored").exists()
    assert [scores.rescore(by=system(), now=later, limit=1) for _ in range(2)] == [0, 0]
    assert AuditEvent.objects.get(verb="score_table.rescored").data["leads"] == 2, "told once"
    scored.refresh_from_db()
    assert (scored.score_version, scored.score) == (2, before[0] + 20)
    kept = LeadScore.objects.get(lead=scored)
    assert (kept.version, kept.score, kept.reasons, kept.inputs) == (1, *before)
    shown = triage.weigh(kept.inputs, weights.Table(1, scoring.points_of(city.center, 1)))
    assert [list(reason) for reason in shown.reasons] == kept.reasons, "and can be shown again"
    assert Lead.objects.get(number="WCL-2026-3").score_version == 1, "what is closed stays as it was"
    third = tables.draft(
        center=city.center, points=weights.BUILT_IN.points, reason="Back", by=city.coordinator, now=later
    )
    tables.agree(table=third, by=city.analyst, now=later)
    monkeypatch.setattr(timezone, "now", lambda: later + HOUR)
    tasks.rescore()
    table.refresh_from_db()
    assert (table.state, table.superseded_at) == ("superseded", later + HOUR)
    for change in ({"points": OTHER | {"flag.video": 1}}, {"agreed_by": table.drafted_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ScoreTable.objects.filter(pk=table.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadScore.objects.update(score=1)


def test_what_an_analyst_found_counts_with_its_source_until_it_is_taken_back(city, scored, client):
    score = scored.score
    refused("Only the center", flags.add, lead=scored, kind="video", source="x", by=city.detective)
    flag = flags.add(lead=scored, kind="video", source="Store camera", by=city.analyst, now=NOW)
    refused("set already", flags.add, lead=scored, kind="video", source="y", by=city.analyst)
    flags.add(lead=scored, kind="recovered", source="Found by the sheriff", by=city.analyst, now=NOW)
    scored.refresh_from_db()
    assert scored.score == score + 4 - 4, "video, and the gun no longer at large"
    assert scored.score_inputs["recovered"]
    assert "video" not in json.dumps(scored.opened_inputs)
    client.force_login(city.analyst)
    page = client.get(reverse("lead_score", args=[scored.pk])).content.decode()
    assert all(words in page for words in ("Store camera", "Gun recovered", "0.1 km apart", "UNCONFIRMED", "Geography"))
    client.post(reverse("flag_withdraw", args=[flag.pk]))
    client.post(reverse("lead_score", args=[scored.pk]), {"kind": "lpr", "source": " "})
    client.post(reverse("lead_score", args=[scored.pk]), {"kind": "lpr", "source": "Bridge"})
    assert set(LeadFlag.objects.filter(withdrawn_at=None).values_list("kind", flat=True)) == {"recovered", "lpr"}
    client.force_login(city.detective)
    page = client.get(reverse("lead_score", args=[scored.pk])).content.decode()
    assert "Store camera" in page
    assert "Take back" not in page
    assert 'name="source"' not in page
    assert client.post(reverse("lead_score", args=[scored.pk]), {"kind": "video", "source": "z"}).status_code == 403
    client.force_login(city.outsider)
    assert client.get(reverse("lead_score", args=[scored.pk])).status_code in (403, 404)
    refused("closed", flags.add, lead=Lead.objects.get(number="WCL-2026-3"), kind="lpr", source="x", by=city.analyst)


def test_a_back_test_sees_what_was_known_when_a_lead_was_opened_and_nothing_later(city, scored, monkeypatch):
    closed, now = Lead.objects.get(number="WCL-2026-3"), NOW + 30 * DAY
    known = closed.opened_inputs
    incident(city.papd, case_number="26-9", kind="homicide", occurred_at=NOW)
    load(city, notice(("PAPD", "26-9"), number="WCL-2026-3"), now=NOW + 2 * DAY)
    confirmations.confirm(lead=closed, events=closed.events.all()[:1], report="R-1", by=city.examiner)
    flags.add(lead=Lead.objects.get(pk=closed.pk), kind="named_person", source="x", by=city.analyst)
    closed.refresh_from_db()
    assert closed.score_inputs["events"] == 3
    assert closed.score_inputs["flags"]
    assert closed.score_inputs["confirmed"]
    assert closed.opened_inputs == known
    assert known["events"] == 2
    assert not known["flags"]
    close_all(city, closed, now=NOW + 3 * DAY)
    monkeypatch.setattr(backtest, "FEWEST", 1)
    Lead.objects.filter(pk=scored.pk).update(opened_inputs={})
    close_all(city, scored, now=NOW + 4 * DAY)
    other = Lead.objects.get(number="WCL-2026-2")
    close_all(city, other, now=NOW + 4 * DAY)
    other.obligations.update(outcome="exhausted_no_suspect")
    tables.agree(table=draft(city), by=city.coordinator, now=NOW)
    found = backtest.run(city.center, now=now, days=60)
    assert (found.count, found.arrests, found.left_out, found.shown) == (2, 1, 1, True)
    names = [(way.name, way.area, way.capture) for way in found.ways]
    # The robbery of a version stands above shots fired; both were opened at once and have two events.
    assert names == [
        ("Version 2", 1, 1), ("Version 1", 1, 1), ("Newest first", 0.5, 0.5), ("Most events first", 0.5, 0.5),
    ]  # fmt: skip
    assert backtest.run(city.center, now=now, days=20).count == 0
    monkeypatch.setattr(backtest, "FEWEST", 2)
    assert {(way.area, way.capture) for way in backtest.run(city.center, now=now, days=60).ways} == {(None, None)}


def test_pages_of_the_weights_say_who_when_and_why_and_withhold_what_is_too_little(city, scored, client):
    client.force_login(city.analyst)
    given = {key: str(points) for key, points in OTHER.items()} | {"reason": "Homicides first"}
    wrong = client.post(reverse("score_table_new"), given | {"recency.30": "40"}).content.decode()
    assert "Give no more than for" in wrong
    client.post(reverse("score_table_new"), given)
    table = ScoreTable.objects.get()
    page = client.get(reverse("score_table", args=[table.pk])).content.decode()
    assert "2 parts changed from version 1" in page
    assert "Somebody else than the one who wrote it" in page
    assert client.post(reverse("score_table_agree", args=[table.pk])).status_code == 403
    client.force_login(city.coordinator)
    assert b"Put in force" in client.get(reverse("score_table", args=[table.pk])).content
    client.post(reverse("score_table_agree", args=[table.pk]), {"at": ""})
    table.refresh_from_db()
    assert (table.state, table.agreed_by) == ("agreed", city.coordinator)
    listed = client.get(reverse("score_tables")).content.decode()
    assert "Version 2 is in force" in listed
    assert "Homicides first" in listed
    test = client.get(reverse("score_test"), {"months": "36"}).content.decode()
    assert "Too few arrests to tell" in test
    assert "1 closed" in test
    table = draft(city)
    client.post(reverse("score_table_discard", args=[table.pk]))
    assert draft(city).version == table.version + 1, "a number is used once"
    for person in (city.supervisor, member(city.lab, "examiner", name="X")):
        client.force_login(person)
        assert client.get(reverse("score_tables")).status_code == 403
    assert User.objects.system() == system()
