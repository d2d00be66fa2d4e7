"""The checklist of a lead: what is looked for, who answered it, what a center chose."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import enrichment
from leads.models import EnrichmentItem, EnrichmentRule


def answered(city, lead, kind="lpr", state="done", result="Two reads of a gray sedan", by=None):
    return enrichment.answer(lead=lead, kind=kind, state=state, result=result, by=by or city.analyst)


def test_an_item_is_asked_for_answered_and_opened_again_each_on_record(city, lead):
    for state, result in (("asked", ""), ("done", "Two reads"), ("open", ""), ("not_available", "No readers there")):
        item = answered(city, lead, state=state, result=result)
    assert EnrichmentItem.objects.get() == item
    rows = AuditEvent.objects.filter(verb="enrichment.answered").order_by("pk")
    assert [(row.data["state"], row.data["result"]) for row in rows][1:] == [
        ("done", "Two reads"),
        ("open", ""),
        ("not_available", "No readers there"),
    ]


def test_what_is_answered_is_opened_before_it_is_answered_anew(city, lead):
    answered(city, lead)
    with pytest.raises(Refused, match="done already"):
        answered(city, lead)
    with pytest.raises(Refused, match="Open it again first"):
        answered(city, lead, state="asked")


def test_an_answer_says_what_it_gave(city, lead):
    with pytest.raises(IntegrityError), transaction.atomic():
        answered(city, lead, result="")


@pytest.mark.parametrize("who", ["detective", "supervisor", "examiner", "gm_supervisor"])
def test_only_the_center_answers_and_only_its_coordinator_chooses(city, lead, who):
    with pytest.raises(Refused, match="Only the center's analysts"):
        answered(city, lead, by=getattr(city, who))
    for person in (getattr(city, who), city.analyst):
        with pytest.raises(Refused, match="Only the center's coordinator"):
            enrichment.choose(center=city.center, chosen={}, by=person)


def test_leads_show_what_the_coordinator_chose_at_once_and_what_was_answered_stays(client, city, lead, seen):
    answered(city, lead, kind="gunshot", result="No sensor there")
    client.force_login(city.coordinator)
    shown = {"casings": ["trace"], "hit": [], "gun": ["trace"], "trace": ["reports"]}
    assert client.post(reverse("checklists"), shown).status_code == 302
    page = seen(city.detective, "lead", lead.pk)
    assert "1 of 2 answered" in page
    assert "Trace of the gun" in page
    assert "No sensor there" in page
    assert "License plate reader hits" not in page
    assert EnrichmentRule.objects.get().chosen == shown
    assert "Somebody was hit" in seen(city.coordinator, "checklists")
    client.force_login(city.supervisor)
    assert client.get(reverse("checklists")).status_code == 404


def test_an_analyst_answers_on_the_page_of_the_lead(client, city, lead, seen):
    address = reverse("lead_checklist", args=[lead.pk])
    page = seen(city.analyst, "lead", lead.pk)
    assert f'href="{address}?item=lpr"' in page
    assert address not in seen(city.detective, "lead", lead.pk)
    client.force_login(city.analyst)
    wrong = client.post(address, {"kind": "lpr", "state": "done", "result": ""}).content.decode()
    assert "Say what it gave, or why there is nothing." in wrong
    for link in ("javascript:alert(1)", "no link"):
        assert client.post(address, {"kind": "lpr", "state": "done", "result": "Two", "link": link}).status_code == 200
    told = {"kind": "lpr", "state": "done", "result": "Two reads", "link": "https://lpr.papd.invalid/7"}
    assert client.post(address, told).url == f"{lead.get_absolute_url()}#checklist"
    page = seen(city.detective, "lead", lead.pk)
    assert "Two reads" in page
    assert 'href="https://lpr.papd.invalid/7"' in page
    assert "answered the checklist: license plate reader hits, done" in page
    client.force_login(city.analyst)
    again = client.post(address, told).content.decode()
    assert "This is done already." in again
