"""The clock of a part at work stands still, runs again, gets more time: who may, what is told, what is shown."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import User
from agencies.roles import Role
from leads import timing
from leads.actions import _parts, activities, assignments, escalations, extensions, notices, obligations, pauses
from leads.clock import Ladder
from leads.insight import accountability, owed, scope
from leads.models import Escalation, Lead, Obligation, TimeRequest
from leads.policies import time as policies_time
from tests.factories import NOW, incident, member
from tests.leads.test_notice_to_closed import notice
from tests.leads.working import told
from tests.scenery import scene

DAY = timedelta(days=1)
LAB = "laboratory"


@scene
def part(city):
    """A part of priority 3 that the detective has begun just now, with nothing else on the ladder."""
    now = timezone.now()
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    load = {"center": city.center, "by": city.analyst, "now": now - 3 * DAY}
    notices.load(notices=[notice(("PAPD", "26-018844"), ("Glenmoor PD", "26-004417"))], **load)
    Obligation.objects.filter(agency=city.gmpd).update(next_step_at=None)
    Lead.objects.update(priority=3)
    Obligation.objects.update(priority=3)
    mine = Obligation.objects.get(agency=city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, unit=city.homicide, by=city.supervisor, now=now)
    mine = activities.log(obligation=mine, kind="note", text="Read.", by=city.detective, now=now).obligation
    return Obligation.objects.get(pk=mine.pk)


def now_of(part):
    return part.stage_started_at + timedelta(minutes=1)


def pause(city, part, days=4, now=None, **values):
    now = now or now_of(part)
    values = {"reason": LAB, "until": now + days * DAY, "by": city.detective, "now": now} | values
    return pauses.pause(obligation=part, **values)


def climb(now):
    return escalations.climb(by=User.objects.system(), now=now)


def test_a_first_short_pause_is_said_and_not_asked_and_nothing_escalates_while_it_lasts(city, part):
    due, now = part.due_at, now_of(part)
    made = pause(city, part)
    part.refresh_from_db()
    assert (made.status, made.decided_by, part.paused_until) == ("granted", None, now + 4 * DAY)
    assert part.due_at > due
    assert part.due_at >= part.paused_until
    assert part.next_step_at == part.steps[0]
    assert [line[0] for line in part.receipt if "Paused" in line[0]] == ["Paused: waiting for the laboratory"]
    assert told(city.supervisor, "obligation.paused") == 1
    assert climb(made.until) == 0
    assert pauses.run_again(by=User.objects.system(), now=made.until - timedelta(seconds=1)) == 0
    assert [pauses.run_again(by=User.objects.system(), now=made.until) for _ in range(2)] == [1, 0]
    made.refresh_from_db()
    assert (made.status, made.ended_at, told(city.detective, "obligation.resumed")) == ("ended", made.until, 1)
    part.refresh_from_db()
    assert climb(part.steps[1]) == 1
    assert set(part.escalations.filter(stage="update").values_list("level", flat=True)) == {1, 2}


def test_a_pause_that_nobody_ends_is_over_for_the_ladder_all_the_same(city, part):
    pause(city, part)
    part.refresh_from_db()
    assert climb(part.steps[4]) == 1
    assert Escalation.objects.filter(obligation=part, stage="update").count() == 5
    assert part.is_paused(part.paused_until) is False


def test_a_clock_that_runs_again_by_hand_keeps_what_was_left(city, part):
    now, plain = now_of(part), part.steps
    pause(city, part, now=now)
    pauses.resume(obligation=part, by=city.supervisor, now=now + timedelta(seconds=1))
    part.refresh_from_db()
    shift = [after - before for before, after in zip(plain, part.steps, strict=True)]
    assert all(timedelta() <= each <= timedelta(seconds=1) for each in shift)
    assert told(city.detective, "obligation.resumed") == 1
    with pytest.raises(Refused, match="runs already"):
        pauses.resume(obligation=part, by=city.supervisor, now=now + timedelta(seconds=2))


def test_the_second_pause_of_a_stage_is_asked_and_granted_by_another_and_all_end_at_the_longest(city, part):
    now = now_of(part)
    pause(city, part, days=1)
    later = now + 2 * DAY
    asked = pause(city, part, days=5, now=later, reason="court")
    assert asked.status == "asked"
    assert told(city.supervisor, "time.asked") == 1
    with pytest.raises(Refused, match="asked for already"):
        pause(city, part, now=later)
    assert policies_time.decide(city.detective, part).startswith("Only a supervisor")
    extensions.decide(obligation=part, grant=True, by=city.supervisor, now=later)
    assert TimeRequest.objects.filter(obligation=part, status="ended").count() == 1
    assert told(city.detective, "time.granted") == 1
    after = later + 6 * DAY
    with pytest.raises(Refused, match=r"days at most\. 24 are left"):
        pause(city, part, days=25, now=after)
    part.refresh_from_db()
    assert [line[0] for line in part.receipt if "Paused" in line[0]] == [
        "Paused: waiting for the laboratory",
        "Paused: waiting for a court",
    ]
    assert len(timing.pauses_of(part)) == 2


@pytest.mark.parametrize("who", ["supervisor", "commander", "gm_detective", "analyst"])
def test_only_who_works_on_it_asks_for_time(city, part, who):
    with pytest.raises(Refused, match="Only the person who works on it"):
        pause(city, part, by=getattr(city, who))
    with pytest.raises(Refused, match="Only the person who works on it"):
        extensions.ask(obligation=part, days=2, note="x", by=getattr(city, who))


def test_what_is_late_cannot_be_paused_and_a_pause_asked_in_time_is_not_granted_late(city, part):
    with pytest.raises(Refused, match="run out"):
        pause(city, part, now=part.due_at)
    pause(city, part, days=20)
    with pytest.raises(Refused, match="ran out meanwhile"):
        extensions.decide(obligation=part, grant=True, by=city.supervisor, now=part.due_at)
    extensions.decide(obligation=part, grant=False, answer="Too late", by=city.supervisor, now=part.due_at)
    with pytest.raises(Refused, match="later day"):
        pause(city, part, days=0)


def test_more_time_is_asked_refused_asked_again_and_granted_up_to_ten_days(city, part):
    due, now = part.due_at, now_of(part)
    with pytest.raises(Refused, match=r"days at most\. 10 are left"):
        extensions.ask(obligation=part, days=11, note="x", by=city.detective, now=now)
    with pytest.raises(Refused, match="Say why"):
        extensions.ask(obligation=part, days=2, note=" ", by=city.detective, now=now)
    extensions.ask(obligation=part, days=2, note="Second witness", by=city.detective, now=now)
    with pytest.raises(Refused, match="Say why"):
        extensions.decide(obligation=part, grant=False, by=city.supervisor, now=now)
    extensions.decide(obligation=part, grant=False, answer="Not now", by=city.supervisor, now=now)
    part.refresh_from_db()
    assert (part.due_at, told(city.detective, "time.refused")) == (due, 1)
    climb(part.steps[2])
    extensions.ask(obligation=part, days=10, note="Second witness", by=city.detective, now=part.steps[2])
    extensions.decide(obligation=part, grant=True, by=city.commander, now=part.steps[2])
    part.refresh_from_db()
    assert (part.extra_minutes, part.level, part.next_step_at) == (4800, 3, part.steps[3])
    assert part.due_at > due + 10 * DAY
    assert ["Extended: Second witness", "80 working h"] in part.receipt
    climb(part.steps[4])
    assert sorted(part.escalations.filter(stage="update").values_list("level", flat=True)) == [1, 2, 3, 4, 5]
    with pytest.raises(Refused, match="0 are left"):
        extensions.ask(obligation=part, days=1, note="x", by=city.detective)


def test_where_nobody_else_of_the_agency_may_decide_the_center_does(city, part):
    member(city.papd, Role.SUPERVISOR, user=city.detective)
    extensions.ask(obligation=part, days=2, note="Second witness", by=city.detective)
    assert "Somebody else" in policies_time.decide(User.objects.get(pk=city.detective.pk), part)
    assert policies_time.decide(city.coordinator, part).startswith("Only a supervisor")
    others = city.papd.memberships.filter(role__in=[Role.SUPERVISOR, Role.COMMANDER]).exclude(user=city.detective)
    others.update(ended_at=NOW, ended_by=city.administrator)
    assert extensions.decide(obligation=part, grant=True, by=city.coordinator).status == "granted"


@pytest.mark.parametrize("how", ["log", "reassign", "return", "hasten"])
def test_a_stage_that_is_left_takes_its_pause_and_what_was_asked_with_it(city, part, how):
    now = now_of(part)
    made = pause(city, part, now=now)
    asked = extensions.ask(obligation=part, days=1, note="Witness", by=city.detective, now=now)
    after = now + DAY
    if how == "log":
        activities.log(obligation=part, kind="note", text="Seen", by=city.detective, now=after)
    elif how == "reassign":
        mara = member(city.papd, Role.DETECTIVE)
        assignments.assign(obligation=part, investigator=mara, by=city.supervisor, now=after)
    elif how == "return":
        obligations.return_(obligation=part, reason="wrong_agency", by=city.detective, now=after)
    else:
        part.lead.priority = 1
        _parts.hasten(part.lead, by=city.analyst, now=after)
        part.refresh_from_db()
        assert (part.priority, part.stage_started_at) == (1, after)
    made.refresh_from_db()
    asked.refresh_from_db()
    part.refresh_from_db()
    assert (made.status, made.ended_at, asked.status) == ("ended", after, "lapsed")
    assert (part.paused_at, part.extra_minutes) == (None, 0)
    if part.steps:
        assert Ladder(*part.steps).due_at == part.due_at
        assert timing.clock_of(part).pauses == ()


def test_the_database_keeps_a_paused_clock_from_being_late_and_one_from_granting_to_oneself(city, part):
    made, now = pause(city, part), now_of(part)
    wrong = [
        lambda: Obligation.objects.filter(pk=part.pk).update(due_at=now),
        lambda: TimeRequest.objects.filter(pk=made.pk).update(status="ended"),
        lambda: TimeRequest.objects.filter(pk=made.pk).update(decided_at=now, decided_by=city.detective),
        lambda: TimeRequest.objects.filter(pk=made.pk).update(reason=""),
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_paused_ones_are_counted_and_shown_as_neither_late_nor_lost(client, city, part, seen):
    pause(city, part, now=timezone.now() - timedelta(hours=1), days=4)
    now, reach = timezone.now(), scope.of(city.supervisor)
    board = accountability.board(reach, now=now + 3 * DAY)
    assert (board.whole.open["paused"], board.whole.open["late"], board.whole.open["open"]) == (1, 0, 1)
    assert board.whole.open["stood"] > 3 * DAY
    rows, _older = owed.page(city.supervisor, reach, owed.Filters("paused"), now=now)
    assert [each.pk for each in rows] == [part.pk]
    assert "1 paused, 1 day so far" in seen(city.supervisor, "accountability")
    text = seen(city.supervisor, "obligations", which="paused")
    assert "Paused until" in text
    assert "waiting for the laboratory" in text
    client.force_login(city.detective)
    card = client.get(reverse("my_leads")).content.decode()
    assert "Paused until" in card
    assert reverse("obligation_resume", args=[part.pk]) in card
    assert "Paused" in client.get(part.lead.get_absolute_url()).content.decode()
    listed = client.get(reverse("leads")).content.decode()
    assert "clk--pause" in listed or "Paused" in listed


def test_who_decides_on_time_finds_it_on_the_board_and_goes_on_to_the_next(client, city, part, seen):
    assert "Time to decide:" not in seen(city.supervisor, "accountability")
    extensions.ask(obligation=part, days=2, note="Second witness", by=city.detective, now=now_of(part))
    assert "Time to decide: 1" in seen(city.supervisor, "accountability")
    rest = f"{reverse('obligations')}?which=asked"
    assert rest in client.get(reverse("accountability")).content.decode()
    decide = f"{reverse('obligation_time', args=[part.pk])}?back=asked"
    assert decide in client.get(rest).content.decode()
    assert 'name="back" value="asked"' in client.get(decide).content.decode()
    assert client.post(decide, {"grant": "no", "answer": "Close it", "back": "asked"}).url == rest


def test_the_steps_are_taken_on_their_pages(client, city, part):
    client.force_login(city.detective)
    url = reverse("obligation_pause", args=[part.pk])
    assert "at the latest: a pause always ends" in client.get(url).content.decode()
    assert "Choose a day after today" in client.post(url, {"reason": LAB, "until": "2026-01-02"}).content.decode()
    far = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert "or an earlier day" in client.post(url, {"reason": LAB, "until": far}).content.decode()
    day = (timezone.localdate() + timedelta(days=12)).isoformat()
    assert "A supervisor decides" in client.post(url, {"reason": LAB, "until": day}, follow=True).content.decode()
    client.force_login(city.supervisor)
    decide = reverse("obligation_time", args=[part.pk])
    assert "waiting for the laboratory" in client.get(decide).content.decode()
    assert "who asked reads it" in client.post(decide, {"grant": "no"}).content.decode()
    assert "granted" in client.post(decide, {"grant": "yes"}, follow=True).content.decode()
    client.post(reverse("obligation_resume", args=[part.pk]))
    client.force_login(city.detective)
    client.post(reverse("obligation_extend", args=[part.pk]), {"days": 3, "note": "Second witness"})
    client.force_login(city.supervisor)
    assert "Then due" in client.get(decide).content.decode()
    client.post(decide, {"grant": "no", "answer": "Close it"})
    statuses = list(TimeRequest.objects.filter(obligation=part).values_list("kind", "status"))
    assert statuses == [("pause", "ended"), ("more", "refused")]
