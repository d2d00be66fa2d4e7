"""A bulletin is put together of what may be told, approved by a second person, kept as sent, and acknowledged."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from evidence.models import Incident
from leads.actions import bulletins, clusters, comparisons
from leads.models import Bulletin, BulletinEvent, BulletinRecipient, Lead, LeadEvent
from leads.queries import bulletins as queries
from tests.factories import NOW, member
from tests.leads import confirming, pages
from tests.leads.guarded import refused
from tests.leads.sending import LATER, WORDS, draft, row, send, submit

SEEN = re.compile(r'name="seen" value="(\w+)"')


def told(verb):
    return sorted(
        name.split()[0] for name in Notification.objects.filter(verb=verb).values_list("user__name", flat=True)
    )


def test_what_goes_out_was_approved_by_somebody_else_and_every_agency_with_an_event_in_it_is_on_its_list(desk, line):
    made = submit(desk, line)
    assert told("bulletin.submitted") == ["Cora"]
    with pytest.raises(Refused, match="Only a supervisor, commander or coordinator"):
        bulletins.approve(bulletin=made, by=desk.analyst)
    member(desk.center, Role.SUPERVISOR, user=desk.analyst)
    writer = type(desk.analyst).objects.get(pk=desk.analyst.pk)
    with pytest.raises(Refused, match="Somebody else than who wrote it"):
        bulletins.approve(bulletin=made, by=writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=made.pk).update(status="sent", sent_at=NOW, sent_by=writer)
    made = bulletins.approve(bulletin=made, by=desk.coordinator, now=LATER)
    assert {each.agency.code for each in queries.recipients(made)} == {"PAPD", "GMPD", "DA"}
    assert told("bulletin.sent") == ["Amara", "Ilse", "Rowan", "Ruth"]
    assert told("bulletin.approved") == ["Dana"]


def test_the_approver_returns_it_with_words_and_it_is_handed_in_again(desk, line):
    made = submit(desk, line)
    with pytest.raises(Refused, match="Say what is to be changed"):
        bulletins.send_back(bulletin=made, reason=" ", by=desk.coordinator)
    made = bulletins.send_back(bulletin=made, reason="Shorter", by=desk.coordinator, now=NOW)
    assert (made.status, told("bulletin.returned")) == ("draft", ["Dana"])
    bulletins.change(bulletin=made, by=desk.analyst, **WORDS | {"title": "Same gun"}, to=[desk.usao])
    made = bulletins.submit(bulletin=made, by=desk.analyst, now=NOW)
    assert bulletins.approve(bulletin=made, by=desk.coordinator, now=LATER).title == "Same gun"
    assert {each.agency.code for each in queries.recipients(made)} == {"PAPD", "GMPD", "USAO"}


def test_a_bulletin_of_which_the_lead_says_something_else_by_now_is_not_approved(desk, line, second):
    made = submit(desk, line)
    confirming.report(desk, line, second, ("26-1", "26-2", "confirmed"))
    with pytest.raises(Refused, match="The lead has changed since"):
        bulletins.approve(bulletin=made, by=desk.coordinator)


def test_what_was_sent_never_changes_and_is_never_deleted(sent):
    for change in (
        {"title": "Else"}, {"body": {"x": 1}}, {"sections": []}, {"sent_at": NOW}, {"status": "draft", "sent_at": None,
        "sent_by": None}, {"summary": ""}, {"agency": sent.lead.site}, {"handling": "Public"},
    ):  # fmt: skip
        refused(lambda change=change: Bulletin.objects.filter(pk=sent.pk).update(**change))
    refused(lambda: Bulletin.objects.filter(pk=sent.pk).delete())
    refused(lambda: BulletinRecipient.objects.filter(bulletin=sent).delete())
    refused(lambda: BulletinRecipient.objects.filter(bulletin=sent).update(sent_at=NOW))
    with pytest.raises(Refused, match="never changes"):
        bulletins.change(bulletin=sent, by=sent.drafted_by, **WORDS)


def test_a_bulletin_that_waits_for_approval_is_what_is_approved(desk, line):
    made = submit(desk, line)
    refused(lambda: Bulletin.objects.filter(pk=made.pk).update(title="Else"))
    refused(lambda: Bulletin.objects.filter(pk=made.pk).update(body={"x": 1}))


def test_sending_gives_the_bulletin_and_nothing_of_the_lead(desk, sent, line, client, seen):
    client.force_login(desk.prosecutor)
    assert not Lead.objects.visible_to(desk.prosecutor).filter(pk=line.pk).exists()
    assert client.get(reverse("lead", args=[line.pk])).status_code == 404
    page = seen(desk.prosecutor, "bulletin", sent.pk)
    assert reverse("lead", args=[line.pk]) not in page
    assert "UNCONFIRMED" in page
    assert "1900 block of Oak St" in page
    assert "1915" not in page
    assert "Apt 4" not in page
    assert "Dana Ruiz" not in page.partition("<article")[2].partition("</article")[0]


def test_opening_by_another_agency_is_on_record_and_by_its_own_is_not(desk, sent, seen):
    opened = AuditEvent.objects.filter(verb="bulletin.read")
    seen(desk.analyst, "bulletin", sent.pk)
    assert not opened.exists()
    seen(desk.prosecutor, "bulletin", sent.pk)
    (event,) = opened
    assert (event.by, event.agency, event.object_id) == (desk.prosecutor, desk.da, sent.pk)


def test_a_draft_is_seen_by_who_writes_for_its_agency_alone_and_a_sent_one_by_nobody_off_its_list(desk, line, client):
    made = draft(desk, line)
    readers = (desk.prosecutor, desk.supervisor, desk.detective, desk.examiner, desk.outsider, desk.technician)
    assert [who.name for who in readers if Bulletin.objects.visible_to(who).exists()] == []
    made = bulletins.submit(bulletin=made, by=desk.analyst, now=NOW)
    assert [who.name for who in readers if Bulletin.objects.visible_to(who).exists()] == []
    bulletins.approve(bulletin=made, by=desk.coordinator, now=LATER)
    found = [who.name.split()[0] for who in readers if Bulletin.objects.visible_to(who).exists()]
    assert found == ["Ruth", "Amara", "Chidi"]


def test_each_agency_acknowledges_once_for_all_its_people_and_who_is_late_is_listed(desk, sent, client, seen):
    part = row(sent, desk.da)
    assert reverse("bulletin", args=[sent.pk]) in seen(desk.prosecutor, "bulletins")
    with pytest.raises(Refused, match="Only people of the agency that got it"):
        bulletins.acknowledge(recipient=part, by=desk.detective)
    client.force_login(desk.detective)
    assert client.post(reverse("bulletin_acknowledge", args=[part.pk])).status_code == 404
    client.force_login(desk.prosecutor)
    client.post(reverse("bulletin_acknowledge", args=[part.pk]))
    part.refresh_from_db()
    assert (part.acknowledged_by, part.due_at) == (desk.prosecutor, None)
    assert client.post(reverse("bulletin_acknowledge", args=[part.pk])).status_code == 403
    assert reverse("bulletin", args=[sent.pk]) not in seen(desk.prosecutor, "bulletins")
    late = queries.bulletins(desk.analyst, show="late", now=NOW + timedelta(days=4))
    assert {each["to_code"] for each in late} == {"PAPD", "GMPD"}
    assert queries.bulletins(desk.analyst, show="late", now=NOW + timedelta(days=1)) == []


def test_an_eliminated_event_marks_it_stale_and_every_recipient_is_told_and_acknowledges_that(desk, sent, line, second):
    part = row(sent, desk.da)
    bulletins.acknowledge(recipient=part, by=desk.prosecutor, now=LATER)
    off = confirming.event(line, "26-3")
    confirming.report(desk, line, second, ("26-1", "26-3", "eliminated", off.case_number))
    sent.refresh_from_db()
    assert sent.stale_why == "A link that it tells of was taken back or eliminated."
    assert told("bulletin.stale") == ["Amara", "Ilse", "Rowan", "Ruth"]
    assert told("bulletin.went_stale") == ["Cora", "Dana"]
    part.refresh_from_db()
    assert part.due_at is not None
    part = bulletins.acknowledge(recipient=part, by=desk.prosecutor, now=LATER)
    assert (part.due_at, part.heeded_by) == (None, desk.prosecutor)


def test_a_confirmation_makes_it_not_stale_and_one_that_is_taken_back_does(desk, line, second):
    confirming.report(desk, line, second, ("26-1", "26-2", "confirmed"))
    made = send(desk, line)
    assert set(BulletinEvent.objects.filter(bulletin=made).values_list("confirmed", flat=True)) == {True, False}
    confirming.report(desk, line, second, ("26-1", "26-3", "confirmed"), number="F-2")
    made.refresh_from_db()
    assert made.stale_at is None
    _unconfirm(desk, line, second)
    made.refresh_from_db()
    assert made.stale_why == "A link that it tells of as confirmed is not confirmed any more."


def _unconfirm(city, line, second):
    first, other = confirming.event(line, "26-1"), confirming.event(line, "26-2")
    result = line.comparisons.get(first=min(first.pk, other.pk), second=max(first.pk, other.pk))
    under = {"report": "F-3", "reported_on": confirming.TODAY, "reason": "Mixed up"}
    made = comparisons.correct(comparison=result, result="inconclusive", by=city.examiner, now=LATER, **under)
    comparisons.agree(comparison=made, by=second, now=LATER)


def test_of_a_whole_gun_that_falls_apart_the_bulletin_is_stale(desk, line):
    other = pages.lead(desk, "WCL-2026-00077")
    pair = clusters.join(lead=line, other=other, reason="One gun", by=desk.analyst, now=NOW)
    made = send(desk, line, whole_cluster=True)
    assert made.body["leads"] == sorted([line.number, other.number])
    clusters.take_back(pair=pair, reason="Not one", by=desk.analyst, now=LATER)
    made.refresh_from_db()
    assert made.stale_why == "The leads it tells of are not of one gun any more."


def test_a_newer_version_goes_to_all_who_have_the_old_one_which_nobody_owes_on_any_more(desk, sent, line):
    newer = bulletins.draft(
        lead=line, agency=desk.center, by=desk.analyst, supersedes=sent, now=LATER, **WORDS | {"title": "Corrected"}
    )
    with pytest.raises(Refused, match="being written already"):
        bulletins.draft(lead=line, agency=desk.center, by=desk.analyst, supersedes=sent, **WORDS)
    bulletins.submit(bulletin=newer, by=desk.analyst, now=LATER)
    bulletins.approve(bulletin=newer, by=desk.coordinator, now=LATER)
    sent.refresh_from_db()
    assert sent.status == "superseded"
    assert not sent.recipients.open().exists()
    assert {each.agency.code for each in queries.recipients(newer)} == {"PAPD", "GMPD", "DA"}
    assert told("bulletin.replaced") == ["Amara", "Ilse", "Rowan", "Ruth"]


def test_a_retraction_reaches_every_recipient_and_waits_for_each(desk, sent, seen):
    with pytest.raises(Refused, match="Say why"):
        bulletins.retract(bulletin=sent, reason="", by=desk.coordinator)
    bulletins.retract(bulletin=sent, reason="Wrong gun.", by=desk.coordinator, now=LATER)
    assert told("bulletin.retracted") == ["Amara", "Ilse", "Rowan", "Ruth"]
    assert sent.recipients.open().count() == 3
    assert "Retracted: Wrong gun. Do not rely on it" in seen(desk.prosecutor, "bulletin", sent.pk)
    bulletins.acknowledge(recipient=row(sent, desk.da), by=desk.prosecutor, now=LATER)
    assert sent.recipients.open().count() == 2


def test_nothing_of_people_of_the_narrative_or_of_a_trace_is_in_what_is_kept(desk, line):
    Incident.objects.update(narrative="Victim Pat Doe", offense="Assault on Pat Doe")
    LeadEvent.objects.update(offense="Assault on Pat Doe", contact="Det. Roe")
    kept = str(submit(desk, line).body)
    assert [word for word in ("Doe", "Roe", "1915", "Apt") if word in kept] == []


def test_a_page_in_each_state_offers_exactly_the_steps_that_are_allowed(desk, line, seen, client):
    made = draft(desk, line)
    client.force_login(desk.analyst)
    assert offered(seen(desk.analyst, "bulletin", made.pk)) == ["submit", "edit"]
    assert ">Save the draft</button>" in client.get(reverse("bulletin_edit", args=[made.pk])).content.decode()
    client.post(reverse("bulletin_submit", args=[made.pk]))
    assert offered(seen(desk.analyst, "bulletin", made.pk)) == ["return"]
    assert offered(seen(desk.coordinator, "bulletin", made.pk)) == ["approve", "return"]
    client.force_login(desk.coordinator)
    client.post(reverse("bulletin_approve", args=[made.pk]))
    assert offered(seen(desk.coordinator, "bulletin", made.pk)) == ["newer", "retract"]
    assert offered(seen(desk.prosecutor, "bulletin", made.pk)) == []
    client.force_login(desk.coordinator)
    assert f">Retract {made}</button>" in client.get(reverse("bulletin_retract", args=[made.pk])).content.decode()
    client.post(reverse("bulletin_retract", args=[made.pk]), {"reason": "Wrong"})
    assert offered(seen(desk.coordinator, "bulletin", made.pk)) == []


def offered(page):
    names = ("approve", "submit", "return", "edit", "newer", "retract")
    paths = {"submit": "hand-in", "return": "back", "edit": "change"}
    return [name for name in names if f'/{paths.get(name, name)}/"' in page.partition("<main")[2]]


def test_a_bulletin_is_drafted_from_the_page_of_a_lead(desk, line, seen, client):
    assert reverse("bulletin_new", args=[line.pk]) in seen(desk.analyst, "lead", line.pk)
    client.force_login(desk.analyst)
    body = {**WORDS, "to": [desk.da.pk], "summary": ""}
    page = client.post(reverse("bulletin_new", args=[line.pk]), body).content.decode()
    assert "Write the summary, or take that section out." in page
    answer = client.post(reverse("bulletin_new", args=[line.pk]), body | {"summary": "Seen"})
    made = Bulletin.objects.get()
    assert answer.url == made.get_absolute_url()
    assert "Agencies with an event in it are added when it is handed in." in client.get(answer.url).content.decode()
    client.post(reverse("bulletin_edit", args=[made.pk]), body | {"summary": "Seen twice"})
    made.refresh_from_db()
    assert made.summary == "Seen twice"
    assert Bulletin.objects.visible_to(desk.analyst).get() == made


def test_who_changes_a_draft_that_somebody_else_changed_meanwhile_is_told_and_keeps_what_they_typed(desk, line, client):
    made = draft(desk, line)
    path, body = reverse("bulletin_edit", args=[made.pk]), {**WORDS, "to": [desk.da.pk]}
    client.force_login(desk.analyst)
    seen = SEEN.search(client.get(path).content.decode())[1]
    # The other one only takes an agency off: that is another bulletin too.
    bulletins.change(bulletin=made, by=desk.coordinator, to=[], **WORDS)
    page = client.post(path, body | {"title": "Mine", "seen": seen}).content.decode()
    assert "Somebody changed this since you opened it" in page
    assert 'value="Mine"' in page
    assert Bulletin.objects.get().title == WORDS["title"]
    assert client.post(path, body | {"title": "Mine", "seen": SEEN.search(page)[1]}).status_code == 302
    assert Bulletin.objects.get().title == "Mine"
