"""Triage before a lead goes out: nobody is told and nobody owes until it is sent, and two decline together."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification, User
from leads import policies, tasks
from leads.actions import askings, desk, events, notices
from leads.actions._leads import hold_promises
from leads.models import DeskItem, Lead, LeadEvent, LeadGrant, Obligation
from tests.factories import NOW, incident, member
from tests.leads.working import BOTH, load, notice
from tests.scenery import scene

DAY = timedelta(days=1)


@scene
def first(city):
    """A center that looks first, and three leads on its desk: two name one case under two numbers."""
    desk.choose(center=city.center, first=True, by=city.coordinator, now=NOW)
    for number in ("26-018844", "26-9"):
        incident(city.papd, case_number=number, kind="homicide", occurred_at=NOW - DAY)
    incident(city.gmpd, case_number="26-004417")
    load(city, notice(*BOTH))
    load(city, notice(("PAPD", "26-018844"), ("PAPD", "26-777"), number="WCL-2026-00999"))
    load(city, notice(("PAPD", "26-500"), ("GMPD", "26-501"), number="WCL-2026-01000"))
    return {item.lead.number[-3:]: item for item in DeskItem.objects.all()}


def again(item):
    return DeskItem.objects.get(pk=item.pk)


def refused(words, action, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


def test_a_lead_waits_and_its_agencies_hear_of_it_when_it_is_sent(city, first, client):
    item = first["412"]
    hold_promises()
    assert {each.state for each in first.values()} == {"waiting"}
    assert not Obligation.objects.exists()
    assert not Notification.objects.filter(user=city.supervisor).exists()
    assert set(LeadGrant.objects.values_list("group", flat=True)) == {city.center.group_id, city.lab.group_id}
    assert not Lead.objects.visible_to(city.detective).exists()
    assert Notification.objects.filter(verb="desk.came", user=city.coordinator).count() == 3
    refused("not sent yet", askings.ask, lead=item.lead, agency=city.papd, reason="x", by=city.analyst)
    assert "not sent yet" in policies.refer(city.coordinator, item.lead)
    for person in (city.supervisor, city.detective, city.examiner):
        refused("Only the center", desk.send, item=item, by=person)
    desk.accept(item=item, by=city.analyst, now=NOW)
    assert again(item).accepted_by == city.analyst
    desk.send(item=item, by=city.coordinator, now=NOW + DAY)
    hold_promises()
    assert {part.agency for part in item.lead.obligations.all()} == {city.papd, city.gmpd}
    assert {part.sent_at for part in item.lead.obligations.all()} == {NOW + DAY}
    assert Notification.objects.filter(verb="lead.sent", user=city.supervisor).count() == 1
    assert Lead.objects.visible_to(city.detective).get() == item.lead
    for step, more in ((desk.decline, {"why": "error"}), (desk.defer, {"until_on": NOW.date()}), (desk.accept, {})):
        refused("was sent: its agencies owe", step, item=item, by=city.analyst, **more)
    client.force_login(city.analyst)
    page = client.get(reverse("desk_item", args=[item.pk])).content.decode()
    assert "UNCONFIRMED" in page
    assert "Send <kbd>" not in page
    notices.load(notices=[notice(("PAPD", "26-9"))], center=city.center, by=city.analyst, now=NOW + 2 * DAY)
    assert again(item).state == "sent", "what is sent grows as any lead"
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskItem.objects.filter(pk=item.pk).update(state="waiting", sent_at=None, sent_by=None)


def test_two_decline_together_and_one_of_them_brings_it_back(city, first):
    item, twin = first["999"], first["412"].lead
    refused("Name the other lead", desk.decline, item=item, why="duplicate", by=city.analyst)
    desk.decline(item=item, why="duplicate", twin=twin, note="Same case", by=city.analyst, now=NOW)
    item.lead.refresh_from_db()
    assert (again(item).state, item.lead.status) == ("proposed", Lead.Status.OPEN)
    assert Notification.objects.filter(verb="desk.proposed", user=city.coordinator).count() == 1
    refused("Somebody else", desk.agree, item=item, by=city.analyst)
    refused("cannot be sent", desk.send, item=item, by=city.coordinator)
    desk.agree(item=item, by=city.coordinator, now=NOW + DAY)
    item.lead.refresh_from_db()
    assert (again(item).state, item.lead.status, item.lead.closed_at) == ("declined", Lead.Status.CLOSED, NOW + DAY)
    assert Notification.objects.filter(verb="desk.declined", user=city.analyst).exists()
    load(city, notice(("PAPD", "26-9"), number="WCL-2026-00999"), now=NOW + 2 * DAY)
    item.lead.refresh_from_db()
    assert (again(item).state, item.lead.status) == ("waiting", Lead.Status.OPEN), "its line grew"
    assert (again(item).why, again(item).proposed_by, item.lead.obligations.count()) == ("", None, 0)
    desk.decline(item=item, why="error", by=city.analyst, now=NOW)
    desk.bring_back(item=item, by=city.coordinator, now=NOW)
    assert again(item).state == "waiting"
    assert Notification.objects.filter(verb="desk.brought_back", user=city.analyst).exists()
    of_the_lead = AuditEvent.objects.filter(object_type="leads.lead", object_id=item.lead_id)
    deeds = list(of_the_lead.filter(verb__startswith="desk.").order_by("pk"))
    verbs = [deed.verb.removeprefix("desk.") for deed in deeds]
    assert verbs == ["came", "proposed", "declined", "back", "proposed", "back"]
    hold_promises()


def test_a_deferred_lead_comes_back_on_its_day_or_when_it_grows(city, first):
    item = first["412"]
    today = NOW.date()
    refused("after today", desk.defer, item=item, until_on=today, by=city.analyst, now=NOW)
    desk.defer(item=item, until_on=today + 3 * DAY, note="Video", by=city.analyst, now=NOW)
    refused("itself brings back", desk.come_back, by=city.analyst)
    system = User.objects.system()
    assert desk.come_back(by=system, now=NOW + DAY) == 0
    assert again(item).state == "deferred"
    assert desk.come_back(by=system, now=NOW + 3 * DAY) == 1
    assert desk.come_back(by=system, now=NOW + 3 * DAY) == 0
    assert (again(item).state, again(item).until_on, again(item).deferred_by) == ("waiting", None, None)
    assert Notification.objects.filter(verb="desk.back", user=city.analyst).count() == 1
    desk.defer(item=item, until_on=today + 9 * DAY, by=city.analyst, now=NOW)
    load(city, notice(("PAPD", "26-9")), now=NOW + DAY)
    assert again(item).state == "waiting"
    desk.defer(item=item, until_on=today + 9 * DAY, by=city.analyst, now=NOW)
    DeskItem.objects.filter(pk=item.pk).update(until_on="2020-01-01")
    tasks.come_back()
    assert again(item).state == "waiting"


def test_the_database_lets_nobody_owe_before_and_nobody_be_forgotten_after(city, first):
    item = first["412"]
    event = LeadEvent.objects.filter(lead=first["999"].lead, incident=None).get()
    events.match(event=event, incident=incident(city.gmpd, case_number="GM-777"), by=city.analyst)
    first["999"].lead.refresh_from_db()
    assert first["999"].lead.status == Lead.Status.OPEN, "a match closes nothing that waits"
    desk.send(item=first["999"], by=city.analyst, now=NOW)
    part = first["999"].lead.obligations.get(agency=city.gmpd)
    for wrong in (
        lambda: (
            Obligation.objects.filter(pk=part.pk).update(lead=item.lead)
            and DeskItem.objects.create(lead=part.lead, agency=city.center, came_at=NOW)
        ),
        lambda: Obligation.objects.bulk_create([_copy(part, item.lead)]),
        lambda: Lead.objects.filter(pk=item.pk).update(status=2, closed_at=NOW),
        lambda: (
            DeskItem.objects.filter(pk=item.pk).update(state="sent", sent_at=NOW, sent_by=city.analyst)
            and hold_promises()
        ),
        lambda: DeskItem.objects.filter(pk=item.pk).update(state="declined"),
        lambda: item.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def _copy(part, lead):
    return Obligation(
        lead=lead, agency=part.agency, sent_at=NOW, stage_started_at=NOW, steps=part.steps, due_at=part.due_at
    )


def test_the_foot_names_the_keys_that_do_something_to_the_leads_above(city, first, client):
    client.force_login(city.analyst)
    desk.decline(item=first["999"], why="error", by=city.analyst)
    said = {}
    for state in ("waiting", "proposed", "declined"):
        page = client.get(reverse("desk"), {"state": state}).content.decode()
        said[state] = re.findall(r"<kbd>(\w)</kbd>(?!move)", page.split('class="foot"')[1].split("<nav")[0])
    assert said["waiting"] == ["j", "s", "a", "d", "n"]
    assert said["proposed"] == ["j", "y", "b"]
    assert said["declined"] == ["j", "b"]


def test_the_analyst_works_the_list_and_the_second_person_the_reviews(city, first, client, django_assert_num_queries):
    client.force_login(city.analyst)
    page = client.get(reverse("desk")).content.decode()
    assert page.index("00412") < page.index("01000"), "the best score first"
    lead = client.get(first["412"].lead.get_absolute_url()).content.decode()
    assert "No agency is told of this lead yet" in lead
    assert "Not sent: to triage" in lead
    assert "Not sent" in client.get(reverse("leads")).content.decode(), "no clock runs and none has ended"
    assert "May double WCL-2026-00999" in page
    assert "May double WCL-2026-00412" in page
    assert reverse("desk_rule") not in page, "the coordinator's choice"
    preview = client.get(reverse("desk_preview", args=[first["412"].pk])).content.decode()
    assert all(words in preview for words in ("UNCONFIRMED", "Possible duplicates", "Geography", "Send <kbd>s</kbd>"))
    form = client.get(reverse("desk_decline", args=[first["999"].pk])).content.decode()
    assert 'value="WCL-2026-00412"' in form
    answer = client.post(reverse("desk_decline", args=[first["999"].pk]), {"why": "duplicate", "twin": "nothing"})
    assert "Give the number of another lead" in answer.content.decode()
    client.post(reverse("desk_decline", args=[first["999"].pk]), {"why": "duplicate", "twin": "WCL-2026-00412"})
    assert client.post(reverse("desk_agree", args=[first["999"].pk])).status_code == 403
    ids = [first["412"].pk, first["000"].pk, first["999"].pk]
    asked = client.get(reverse("desk_many"), {"verb": "send", "lead": ids}).content.decode()
    assert "Send 2 leads" in asked
    assert "cannot be sent" in asked
    assert asked.count("UNCONFIRMED") >= 3
    done = client.post(reverse("desk_many"), {"verb": "send", "lead": ids}).content.decode()
    assert "Not done." in done
    assert [again(first[key]).state for key in ("412", "000", "999")] == ["sent", "sent", "proposed"]
    client.force_login(city.coordinator)
    assert "00999" in client.get(reverse("desk"), {"state": "proposed", "after": "x"}).content.decode()
    client.post(reverse("desk_agree", args=[first["999"].pk]))
    assert again(first["999"]).reviewed_by == city.coordinator
    client.post(reverse("desk_back", args=[first["999"].pk]))
    client.post(reverse("desk_defer", args=[first["999"].pk]), {"until_on": "2020-01-01"})
    assert again(first["999"]).state == "waiting"
    client.post(reverse("desk_many"), {"verb": "defer", "lead": ids, "until_on": "2099-01-02"})
    assert f"{again(first['999']).until_on}" == "2099-01-02"
    client.post(reverse("desk_rule"), {"first": "no"})
    load(city, notice(("PAPD", "26-600"), ("GMPD", "26-601"), number="WCL-2026-02000"))
    assert Lead.objects.get(number="WCL-2026-02000").obligations.count() == 2
    for person, status in ((city.supervisor, 403), (city.detective, 403), (city.outsider, 403)):
        client.force_login(person)
        assert client.get(reverse("desk_item", args=[first["999"].pk])).status_code == status
    client.force_login(member(city.center, "analyst", name="New One"))
    with django_assert_num_queries(13):
        client.get(reverse("desk"), {"state": "deferred"})
