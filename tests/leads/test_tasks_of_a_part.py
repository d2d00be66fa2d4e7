"""Tasks end with their part, are open again where it begins anew, and stand still while its clock does."""

from datetime import timedelta

from django.urls import reverse

from agencies.models import AuditEvent
from leads.actions import activities, casetasks, closings, extensions, obligations, pauses, referrals
from leads.models import Obligation, Task
from tests.factories import NOW
from tests.leads.casework import refer
from tests.leads.test_tasks import MINUTE, owed, put, said, template, told
from tests.leads.working import load, notice

__all__ = ["owed", "template"]


def proposed(city, owed):
    activities.log(obligation=owed, kind="note", text="Read the file", by=city.detective, now=NOW)
    closings.propose(obligation=owed, outcome="exhausted_no_suspect", usefulness=2, by=city.detective, now=NOW)


def stopped(city, owed, at):
    """The clock of a part stands still for a week, as a supervisor granted."""
    pauses.pause(obligation=owed, reason="court", until=at + timedelta(days=7), by=city.detective, now=at)
    extensions.decide(obligation=owed, grant=True, by=city.supervisor, now=at)


def test_what_is_open_ends_with_the_part_and_the_supervisor_reads_so_before(city, owed, template, client):
    one, *_others = put(city, owed, template)
    casetasks.finish(task=one, by=city.detective, now=NOW + MINUTE)
    proposed(city, owed)
    client.force_login(city.supervisor)
    page = client.get(reverse("obligation_approve", args=[owed.pk])).content.decode()
    assert "Tasks that end with it" in page
    assert "Ask for the video; Send the casings" in page
    closings.approve(obligation=owed, by=city.supervisor, now=NOW + 2 * MINUTE)
    assert [each.status for each in Task.objects.order_by("pk")] == ["done", "closed", "closed"]
    assert set(Task.objects.filter(status="closed").values_list("ended_by", flat=True)) == {city.supervisor.pk}
    assert AuditEvent.objects.filter(verb="task.closed").count() == 1
    assert "Closed with its part" in client.get(reverse("obligation_tasks", args=[owed.pk])).content.decode()
    said(NOW + timedelta(days=40))
    assert told("task.overdue") == set()


def test_where_the_part_begins_anew_they_are_open_with_the_working_time_that_was_left(city, owed, template):
    _one, two, three = put(city, owed, template)
    proposed(city, owed)
    closings.approve(obligation=owed, by=city.supervisor, now=NOW)
    week = NOW + timedelta(days=7)
    load(city, notice(("PAPD", "26-901"), number=owed.lead.number), now=week)
    assert Obligation.objects.get(pk=owed.pk).state == "sent"
    assert set(Task.objects.values_list("status", "ended_by")) == {("open", None)}
    # A week has five working days, whichever it is.
    assert Task.objects.get(pk=two.pk).due_at == two.due_at + timedelta(days=7)
    assert Task.objects.get(pk=three.pk).due_at == three.due_at + timedelta(days=7)


def test_what_is_due_moves_with_a_pause_and_back_when_it_ends_sooner(city, owed, template):
    made = put(city, owed, template)
    late, *rest = made
    at = late.due_at + MINUTE
    stopped(city, owed, at)
    assert Task.objects.get(pk=late.pk).due_at == late.due_at, "what is late stays late"
    assert [Task.objects.get(pk=each.pk).due_at - each.due_at for each in rest] == [timedelta(days=7)] * 2
    pauses.resume(obligation=owed, by=city.detective, now=at)
    assert [Task.objects.get(pk=each.pk).due_at for each in made] == [each.due_at for each in made]


def test_a_stage_that_is_left_while_its_clock_stands_still_takes_that_back_too(city, owed, template):
    made = put(city, owed, template)
    stopped(city, owed, NOW)
    activities.log(obligation=owed, kind="note", text="Asked", by=city.detective, now=NOW)
    assert [Task.objects.get(pk=each.pk).due_at for each in made] == [each.due_at for each in made]


def test_what_ends_with_a_part_whose_clock_stands_still_has_its_own_time_when_it_begins_anew(city, owed, template):
    made = put(city, owed, template)
    stopped(city, owed, NOW)
    obligations.return_(obligation=owed, reason="wrong_agency", by=city.detective, now=NOW)
    assert [(each.status, each.due_at) for each in Task.objects.order_by("pk")] == [
        ("closed", each.due_at) for each in made
    ]


def test_what_a_prosecutor_asked_for_is_overdue_though_the_clock_of_the_part_stands_still(city, owed, template):
    put(city, owed, template)
    given = {"status": "more_asked", "items": ["Video"], "due_on": (NOW + timedelta(days=2)).date()}
    referrals.decide(referral=refer(city, owed.lead, city.da, now=NOW), by=city.prosecutor, now=NOW, **given)
    stopped(city, owed, NOW)
    said(NOW + timedelta(days=4))
    assert set(Task.objects.exclude(late_told_at=None).values_list("what", flat=True)) == {"Video"}
