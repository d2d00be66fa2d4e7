"""A lead review from its plan to its minutes: who sees what, what is decided, what is carried over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from leads.actions import actionitems, agendas, meetings
from leads.models import ActionItem, AgendaItem, Cluster, ClusterLead, Decision, Meeting
from leads.queries import actionitems as queries_actionitems
from tests.leads import pages
from tests.leads.scenes import past
from tests.leads.working import system
from tests.scenery import scene

SOON = timedelta(hours=2)


def planned(city, **values):
    given = {"held_at": timezone.now() + SOON, "chair": city.coordinator, "agencies": [city.papd, city.gmpd, city.lab]}
    return meetings.plan(center=city.center, by=city.analyst, **given | values)


def on(meeting, lead):
    return meeting.items.get(lead=lead)


def given(city, item, owner, days=7, now=None):
    decision = agendas.decide(item=item, text="Ask for the video", by=city.analyst, now=now)
    day = ((now or timezone.now()) + timedelta(days=days)).date()
    who = owner.memberships.get()
    return actionitems.give(decision=decision, what="Ask for it", owner=who, day=day, by=city.analyst, now=now)


def cluster_of(lead):
    made = Cluster.objects.create(agency=lead.agency, opened_at=lead.opened_at, changed_at=timezone.now())
    ClusterLead.objects.create(lead=lead, cluster=made)


@scene
def review(city):
    """An open review: a late lead of both departments, one of Port Alder alone, one of Glenmoor alone."""
    both = pages.lead(city, "WCL-2026-00001")
    own = pages.lead(city, "WCL-2026-00002")
    theirs = pages.lead(city, "WCL-2026-00003")
    past(both.obligations.get(agency=city.papd), days=3)
    for lead, hidden in ((own, city.gmpd), (theirs, city.papd)):
        lead.grants.filter(group=hidden.group_id).delete()
    cluster_of(own)
    return meetings.open_(meeting=planned(city), by=city.analyst), both, own, theirs


def test_an_agenda_is_built_by_rules_and_each_agency_sees_its_own_leads(city, review, seen):
    meeting, both, own, theirs = review
    assert meeting.items.count() == 3
    first = meeting.items.first()
    assert first.lead == both
    assert first.reasons[0][0] == "overdue"
    assert "has grown since the last meeting" in dict(on(meeting, own).reasons)["line"]
    assert {"unacknowledged", "new"} <= {rule for rule, _words in first.reasons}
    for person, there, away in (
        (city.analyst, (both, own, theirs), ()),
        (city.supervisor, (both, own), (theirs,)),
        (city.gm_supervisor, (both, theirs), (own,)),
    ):
        for name in ("meeting", "minutes", "meeting_sheets"):
            text = seen(person, name, meeting.pk)
            assert all(lead.number in text for lead in there)
            assert not [lead.number for lead in away if lead.number in text]
            assert "UNCONFIRMED" in text
        for lead in (both, own, theirs):
            found = AgendaItem.objects.visible_to(person).filter(meeting=meeting, lead=lead).exists()
            assert found == (lead in there)
    assert not Meeting.objects.visible_to(city.prosecutor).exists()
    assert not Meeting.objects.visible_to(city.outsider).exists()


def test_leads_are_put_on_and_taken_off_by_hand_with_who_and_why(client, city, review):
    meeting, both, own, _theirs = review
    client.force_login(city.analyst)
    item = on(meeting, own)
    assert client.post(reverse("agenda_remove", args=[item.pk]), {"why": ""}).status_code == 200
    client.post(reverse("agenda_remove", args=[item.pk]), {"why": "Heard last week"})
    text = client.get(reverse("minutes", args=[meeting.pk])).content.decode()
    assert f"{own.number}: Heard last week (Dana Ruiz)" in text
    wrong = client.post(reverse("agenda_add", args=[meeting.pk]), {"lead": "WCL-9", "why": "x"})
    assert "no such lead" in wrong.content.decode()
    client.post(reverse("agenda_add", args=[meeting.pk]), {"lead": own.number.lower(), "why": "Video came in"})
    item.refresh_from_db()
    assert item.removed_at is None
    assert item.reasons[-1] == ["added", "Video came in"]
    given(city, on(meeting, both), city.detective)
    with pytest.raises(Refused, match="stays in the minutes"):
        agendas.remove(item=on(meeting, both), why="x", by=city.analyst)
    with pytest.raises(Refused, match="Only an analyst or a coordinator"):
        agendas.add(meeting=meeting, lead=own, why="x", by=city.supervisor)
    assert set(AuditEvent.objects.filter(verb__startswith="agenda.").values_list("verb", flat=True)) == {
        "agenda.removed", "agenda.added",
    }  # fmt: skip


def test_a_presenter_goes_from_lead_to_lead_decides_and_gives_out(client, city, review):
    meeting, both, _own, _theirs = review
    items = list(meeting.items.all())
    client.force_login(city.coordinator)
    page = client.get(items[0].get_absolute_url()).content.decode()
    assert f'href="{items[1].get_absolute_url()}" rel="next"' in page
    assert "js/present.js" in page
    client.post(reverse("agenda_decide", args=[items[0].pk]), {"text": "Ask for the video"})
    decision = Decision.objects.get()
    form = {"what": "Ask for it", "owner": city.detective.memberships.get().pk}
    early = client.post(reverse("decision_give", args=[decision.pk]), form | {"day": "2020-01-01"})
    assert "Choose a later day" in early.content.decode()
    nobody = client.post(reverse("decision_give", args=[decision.pk]), form | {"owner": "", "day": "2099-01-01"})
    assert "everybody" in nobody.content.decode()
    outsider = city.outsider.memberships.get().pk
    client.post(reverse("decision_give", args=[decision.pk]), form | {"owner": outsider, "day": "2099-01-01"})
    assert not ActionItem.objects.exists()
    day = (timezone.now() + timedelta(days=9)).date()
    client.post(reverse("decision_give", args=[decision.pk]), form | {"day": day.isoformat()})
    made = ActionItem.objects.get()
    assert (made.owner, made.agency, made.center) == (city.detective, city.papd, city.center)
    client.force_login(city.detective)
    mine = client.get(reverse("my_leads")).content.decode()
    assert ">Ask for it</a>" in mine
    assert f"{both.number}, due" in mine
    assert Notification.objects.filter(user=city.detective, verb="action.given", label=both.number).exists()
    done = client.post(reverse("action_finish", args=[made.pk]), {"result": "It shows a white car"})
    assert done.status_code == 302
    made.refresh_from_db()
    assert (made.status, made.next_step_at) == ("done", None)
    assert client.post(reverse("action_finish", args=[made.pk]), {"result": "again"}).status_code == 403


def test_the_clock_of_an_action_item_tells_due_soon_and_overdue_once_each(city, review):
    meeting, both, *_ = review
    item = given(city, on(meeting, both), city.detective)
    Notification.objects.all().delete()

    def tell(at):
        return actionitems.tell(by=system(), now=at), actionitems.tell(by=system(), now=at)

    assert tell(item.soon_at - timedelta(minutes=1)) == (0, 0)
    assert tell(item.soon_at) == (1, 0)
    assert tell(item.due_at) == (1, 0)
    assert sorted(Notification.objects.values_list("verb", "user__name")) == [
        ("action.due_soon", "Chidi Okafor"), ("action.overdue", "Amara Bell"), ("action.overdue", "Chidi Okafor"),
    ]  # fmt: skip
    late = given(city, on(meeting, both), city.gm_detective)
    city.gm_detective.memberships.update(ended_at=timezone.now(), ended_by=city.gm_supervisor)
    Notification.objects.all().delete()
    assert tell(late.due_at + timedelta(days=30)) == (1, 0)
    assert list(Notification.objects.values_list("verb", "user")) == [("action.overdue", city.gm_supervisor.pk)]


def test_what_is_not_done_goes_on_to_the_next_meeting_until_it_is(city, review, seen):
    meeting, both, own, _theirs = review
    first, second = given(city, on(meeting, both), city.detective), given(city, on(meeting, own), city.supervisor)
    meetings.close(meeting=meeting, by=city.coordinator, summary="Good week")
    now = timezone.now()
    following = planned(city, held_at=now + timedelta(days=7))
    actionitems.finish(action=second, result="Done", by=city.supervisor)
    following = meetings.open_(meeting=following, by=city.analyst)
    reasons = dict(on(following, both).reasons)
    assert reasons["carried"] == "1 action item not done"
    text = seen(city.supervisor, "meeting", following.pk)
    assert "Carried over" in text
    assert reverse("action_item", args=[first.pk]) in text
    assert reverse("action_item", args=[second.pk]) not in text
    actionitems.finish(action=first, result="Done", by=city.supervisor)
    assert "Done" in seen(city.supervisor, "meeting", following.pk)
    # What was true when the chair closed it stays so in its minutes.
    old = seen(city.supervisor, "minutes", meeting.pk)
    assert "As it stood" in old
    assert "Good week" in old
    assert old.count("</svg>Open</span>") >= 1


def test_a_closed_meeting_takes_nothing_more_and_only_its_chair_closes_it(city, review):
    meeting, both, own, _theirs = review
    item, made = on(meeting, both), given(city, on(meeting, both), city.detective)
    with pytest.raises(Refused, match="The chair closes the meeting: Cora Lane"):
        meetings.close(meeting=meeting, by=city.analyst)
    with pytest.raises(Refused, match="Another meeting of the center is open"):
        meetings.open_(meeting=planned(city), by=city.analyst)
    meetings.close(meeting=meeting, by=city.coordinator)
    for act in (
        lambda: agendas.decide(item=item, text="x", by=city.analyst),
        lambda: agendas.add(meeting=meeting, lead=own, why="x", by=city.analyst),
        lambda: meetings.close(meeting=meeting, by=city.coordinator),
        lambda: meetings.cancel(meeting=meeting, by=city.analyst),
        lambda: actionitems.give(
            decision=made.decision, what="x", owner=city.detective.memberships.get(), day=made.due_at.date(),
            by=city.analyst,
        ),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()
    at = timezone.now()
    for write in (
        lambda: Decision.objects.create(item=item, text="x", decided_at=at, decided_by=city.analyst),
        lambda: Decision.objects.update(text="x"),
        lambda: AgendaItem.objects.filter(pk=item.pk).update(place=9),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(summary="x"),
        lambda: meeting.invited.all().delete(),
        lambda: ActionItem.objects.create(**{f.attname: getattr(made, f.attname) for f in made._meta.fields[1:]}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    for field in ("owner_id", "due_at"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionItem.objects.update(**{field: None})


def test_who_keeps_reviews_reads_why_one_cannot_be_opened_yet(city, review, seen):
    coming = planned(city)
    shown = seen(city.analyst, "meeting", coming.pk)
    assert "Another meeting of the center is open. Its chair closes it first." in shown
    meetings.close(meeting=review[0], by=city.coordinator)
    shown = seen(city.analyst, "meeting", coming.pk)
    assert "Another meeting of the center" not in shown
    assert "Open the meeting" in shown


def test_a_review_is_planned_changed_and_canceled_on_its_pages(client, city, seen):
    client.force_login(city.coordinator)
    page = client.get(reverse("meeting_new")).content.decode()
    assert city.usao.name in page
    form = {"where": "Room 4", "chair": city.coordinator.pk, "agencies": [city.papd.pk]}
    past_time = client.post(reverse("meeting_new"), form | {"held_at": "2020-01-01T10:00"})
    assert "This has passed" in past_time.content.decode()
    client.post(reverse("meeting_new"), form | {"held_at": "2099-01-06T10:00"})
    made = Meeting.objects.get()
    assert Notification.objects.filter(verb="meeting.planned", user=city.supervisor).exists()
    assert not Notification.objects.filter(verb="meeting.planned", user=city.gm_supervisor).exists()
    assert "Open the meeting" in seen(city.coordinator, "meeting", made.pk)
    client.force_login(city.coordinator)
    client.post(
        reverse("meeting_change", args=[made.pk]), form | {"held_at": "2099-01-06T11:00", "agencies": [city.gmpd.pk]}
    )
    assert list(made.invited.values_list("agency", flat=True)) == [city.gmpd.pk]
    client.post(reverse("meeting_cancel", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == "canceled"
    client.force_login(city.supervisor)
    assert client.get(reverse("meeting", args=[made.pk])).status_code == 404
    assert client.post(reverse("meeting_new"), form).status_code == 403


def test_lists_of_reviews_and_action_items_ask_as_much_for_three_rows_as_for_one(city, review, client):
    meeting, both, own, _theirs = review
    client.force_login(city.detective)

    def asked(name, *args):
        with connection.execute_wrapper(lambda run, *rest: (count.append(1), run(*rest))[1]):
            client.get(reverse(name, args=args))

    given(city, on(meeting, both), city.detective)
    found = []
    for _round in (1, 2):
        for name, args in (("meetings", ()), ("action_items", ()), ("my_leads", ()), ("meeting", (meeting.pk,))):
            count = []
            asked(name, *args)
            found.append(len(count))
        given(city, on(meeting, both), city.detective)
        given(city, on(meeting, own), city.supervisor)
        planned(city)
    assert found[:4] == found[4:]


def paged(user, which):
    """All rows of a list, one to a page."""
    found, after = [], None
    while after != "":
        rows, after = queries_actionitems.action_items(user, which, after=after, limit=1)
        found += rows
    return found


@pytest.mark.parametrize("walked", [2000, 1])
def test_action_items_are_paged_as_all_that_a_person_may_see_sorted(city, review, monkeypatch, walked):
    """Walked in their order, and where a walk of so many does not fill a page gathered from the leads of the reader."""
    monkeypatch.setattr(queries_actionitems, "WALKED", walked)
    meeting, both, own, theirs = review
    for lead, owner, days in ((both, city.detective, 9), (own, city.supervisor, 5), (theirs, city.gm_detective, 7)):
        given(city, on(meeting, lead), owner, days=days)
        actionitems.finish(action=given(city, on(meeting, lead), owner, days=days), result="x", by=owner)
    for person in (city.analyst, city.supervisor, city.detective, city.gm_supervisor, city.prosecutor, city.outsider):
        seen = ActionItem.objects.visible_to(person)
        assert paged(person, "open") == list(seen.open().order_by("due_at", "id"))
        assert paged(person, "mine") == list(seen.open().filter(owner=person))
        assert paged(person, "ended") == list(seen.exclude(status="open").order_by("-ended_at", "-id"))
        assert queries_actionitems.count_actions(person, "open") == seen.open().count()
    assert len(paged(city.gm_supervisor, "open")) == 2
