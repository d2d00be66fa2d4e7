"""T34: who decides with a page that is no longer true decides nothing: they read what is proposed by now."""

from datetime import timedelta
from html import unescape
from re import search

from django.urls import reverse

from leads.actions import activities, assignments, bulletins, closings, desk, extensions
from leads.models import Bulletin, DeskItem, Obligation, TimeRequest
from tests.factories import NOW
from tests.leads.sending import WORDS, row, submit
from tests.leads.working import load, notice, part

SINCE = "has changed since you opened the page"
HOUR = timedelta(hours=1)


def shown(page):
    """What the button of a page sends of what the page showed."""
    return {"seen": unescape(search(r'name="seen" value="([^"]+)"', page)[1])}


def test_t34_who_agrees_to_decline_agrees_to_the_reason_that_they_read(city, client, seen):
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")))
    item = DeskItem.objects.get()
    desk.decline(item=item, why="error", by=city.analyst, now=NOW)
    old = shown(seen(city.coordinator, "desk_preview", item.pk))
    desk.bring_back(item=item, by=city.analyst, now=NOW + HOUR)
    desk.decline(item=item, why="nothing_left", note="Both cases closed", by=city.analyst, now=NOW + 2 * HOUR)
    agree = reverse("desk_agree", args=[item.pk])
    answer = client.post(agree, old)
    assert answer.status_code == 403
    assert SINCE in answer.content.decode()
    assert DeskItem.objects.get().state == "proposed"
    assert client.post(agree, shown(seen(city.coordinator, "desk_item", item.pk))).status_code == 302
    assert DeskItem.objects.get().state == "declined"


def test_t34_who_approves_a_closing_approves_the_outcome_that_they_read(city, lead, client, seen):
    mine = part(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=mine, kind="note", text="Read the file", by=city.detective)
    closings.propose(obligation=mine, outcome="exhausted_no_suspect", usefulness=1, by=city.detective)
    old = shown(seen(city.supervisor, "obligation_approve", mine.pk))
    closings.send_back(obligation=mine, note="Ask the neighbor", by=city.supervisor)
    closings.propose(obligation=mine, outcome="arrest_made", usefulness=5, by=city.detective)
    approve = reverse("obligation_approve", args=[mine.pk])
    assert SINCE in client.post(approve, old).content.decode()
    assert Obligation.objects.get(pk=mine.pk).state == "proposed"
    assert client.post(approve, shown(seen(city.supervisor, "obligation_approve", mine.pk))).status_code == 302
    assert Obligation.objects.get(pk=mine.pk).outcome == "arrest_made"


def test_t34_who_approves_a_bulletin_sends_the_words_that_they_read(desk, line, client, seen):
    made = submit(desk, line)
    old = shown(seen(desk.coordinator, "bulletin", made.pk))
    bulletins.send_back(bulletin=made, reason="Taken back", by=desk.analyst, now=NOW)
    bulletins.change(bulletin=made, by=desk.analyst, **WORDS | {"title": "Armed and at large"}, to=[desk.da])
    bulletins.submit(bulletin=made, by=desk.analyst, now=NOW + HOUR)
    approve = reverse("bulletin_approve", args=[made.pk])
    # The page on which the step is confirmed is opened only now.
    between = shown(seen(desk.coordinator, "bulletin_approve", made.pk, **old))
    assert between == old
    assert SINCE in client.post(approve, between).content.decode()
    assert Bulletin.objects.get().status == "waiting"
    assert client.post(approve, shown(seen(desk.coordinator, "bulletin", made.pk))).status_code == 302
    assert Bulletin.objects.get().status == "sent"


def test_t34_who_acknowledges_a_bulletin_has_not_heeded_what_was_said_of_it_since(desk, sent, client, seen):
    old = shown(seen(desk.prosecutor, "bulletin", sent.pk))
    bulletins.retract(bulletin=sent, reason="Wrong gun", by=desk.coordinator, now=NOW + 2 * HOUR)
    part = row(sent, desk.da)
    acknowledge = reverse("bulletin_acknowledge", args=[part.pk])
    assert SINCE in client.post(acknowledge, old).content.decode()
    assert row(sent, desk.da).heeded_at is None
    client.post(acknowledge, shown(seen(desk.prosecutor, "bulletin", sent.pk)))
    assert row(sent, desk.da).heeded_by == desk.prosecutor


def test_t34_who_grants_time_grants_what_they_read(city, lead, client, seen):
    mine = part(lead, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=mine, kind="note", text="Read the file", by=city.detective)
    extensions.ask(obligation=mine, days=1, note="One witness", by=city.detective)
    old = shown(seen(city.supervisor, "obligation_time", mine.pk))
    extensions.decide(obligation=mine, grant=False, answer="No", by=city.supervisor)
    extensions.ask(obligation=mine, days=9, note="All of them", by=city.detective)
    decide = reverse("obligation_time", args=[mine.pk])
    assert SINCE in client.post(decide, old | {"grant": "yes"}).content.decode()
    assert TimeRequest.objects.filter(status="asked").count() == 1
    client.post(decide, shown(seen(city.supervisor, "obligation_time", mine.pk)) | {"grant": "yes"})
    assert TimeRequest.objects.get(status="granted").days == 9
