"""A person is asked for by whole name and day of birth; how often anything is asked, and what is no question."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from agencies import access
from agencies.access import Refused
from agencies.roles import Role
from evidence.queries.reach import fetch
from leads import deconfliction as pure
from leads.actions import deconfliction, sameness
from leads.models import DeskItem, Inquiry, InquiryAnswer, LeadEvent
from leads.queries import deconfliction as queries
from tests.factories import NOW, agency, member
from tests.leads import recorded
from tests.leads.working import load, notice
from tests.scenery import scene

BORN = date(1990, 5, 4)


@scene
def known(guns, lead):
    """A suspect on a lead of Port Alder and Glenmoor that Glenmoor named; who asks is of a third department."""
    guns.third = agency("BKPD", parent=guns.center)
    guns.asker = member(guns.third, Role.DETECTIVE, name="Bo Lind")
    recorded.entity(lead, "Doran, Pat", born_on=BORN, said={"agency": guns.gmpd})
    return guns


def seek(city, name="Pat Doran", born_on=BORN):
    asked = {"case_number": "26-9", "reason": "Named at our scene"}
    return deconfliction.ask_person(agency=city.third, name=name, born_on=born_on, by=city.asker, now=NOW, **asked)


def test_a_person_is_answered_by_whole_name_and_day_of_birth_alone_and_the_holder_sees_the_lead(known, lead, seen):
    made = seek(known)
    assert [each.holder for each in queries.answers_of(made)] == [known.gmpd]
    page = seen(known.asker, "inquiry", made.pk)
    assert [word for word in ("Doran", "1990", lead.number) if word in page] == []
    assert lead.number in seen(known.gm_commander, "inquiry_answer", InquiryAnswer.objects.get().pk)
    for name, born_on in (("Pat Doran", date(1990, 5, 5)), ("Pat Dora", BORN), ("P Doran", BORN), ("Doran Pat", BORN)):
        assert seek(known, name, born_on).answers_count == 0


@pytest.mark.parametrize("role", ["victim", "witness"])
def test_victims_and_witnesses_are_answered_for_nobody(known, lead, role):
    recorded.entity(lead, "Kit Vale", role=role, born_on=BORN, said={"agency": known.gmpd})
    assert seek(known, "Kit Vale").answers_count == 0


class TestProtectedElsewhere:
    """A suspect in one event who was shot, or saw it, in another."""

    def test_a_suspect_in_one_event_is_answered_by_that_one_alone(self, known, lead):
        one, other = lead.events.all()[:2]
        entity = recorded.entity(lead, "Kit Vale", born_on=BORN, event=one, said={"agency": known.gmpd})
        hurt = recorded.say(entity, lead, role="victim", event=other, agency=known.papd)
        assert seek(known, "Kit Vale").answers_count == 1
        # Of the event in which they were hurt nothing else is answered either, whoever says it.
        gone = {"withdrawn_at": NOW, "withdrawn_by": known.analyst, "withdrawn_why": "No"}
        entity.assertions.exclude(pk=hurt.pk).update(**gone)
        recorded.say(entity, lead, event=other, agency=known.gmpd)
        assert seek(known, "Kit Vale").answers_count == 0
        entity.assertions.filter(pk=hurt.pk).update(**gone)
        assert seek(known, "Kit Vale").answers_count == 1

    def test_nor_by_a_name_without_an_event_on_a_lead_that_says_they_were_its_victim(self, known, lead):
        entity = recorded.entity(lead, "Kit Vale", role="named", born_on=BORN, said={"agency": known.gmpd})
        assert seek(known, "Kit Vale").answers_count == 1
        recorded.say(entity, lead, role="witness")
        assert seek(known, "Kit Vale").answers_count == 0

    @pytest.mark.parametrize("born_on", [BORN, date(1991, 5, 4)], ids=["same key", "said to be the same"])
    def test_another_record_of_the_same_person_protects_as_well(self, known, lead, born_on):
        suspect = recorded.entity(lead, "Kit Vale", born_on=BORN, said={"agency": known.gmpd})
        assert seek(known, "Kit Vale").answers_count == 1
        victim = recorded.entity(lead, "Kit Vale", role="victim", born_on=born_on)
        sameness.join(one=suspect, other=victim, reason="Same", by=known.analyst)
        assert seek(known, "Kit Vale").answers_count == 0

    def test_another_lead_on_the_same_incident_protects_as_well(self, known, lead):
        suspect = recorded.entity(lead, "Kit Vale", born_on=BORN, said={"agency": known.gmpd})
        event = suspect.assertions.get().event
        load(known, notice((event.agency.name, event.case_number), ("PAPD", "26-777"), number="WCL-2026-00777"))
        twin = LeadEvent.objects.get(incident=event.incident, lead__number="WCL-2026-00777")
        recorded.say(suspect, twin.lead, role="victim", event=twin)
        assert seek(known, "Kit Vale").answers_count == 0


def test_who_was_not_eighteen_at_the_event_or_is_not_yet_is_not_answered(known, lead):
    event = lead.events.first()
    was = event.occurred_at.date()
    recorded.entity(lead, "Kit Vale", born_on=date(was.year - 18, was.month, was.day) + timedelta(days=2),
                  event=event, said={"agency": known.gmpd})  # fmt: skip
    born = date(was.year - 18, was.month, was.day) + timedelta(days=2)
    found = queries.holders(known.asker, known.third, "person", f"b:VALE KIT {born.isoformat()}")
    assert found == []
    with pytest.raises(Refused, match="grown person"):
        seek(known, "Kit Vale", NOW.date() - timedelta(days=17 * 365))


def test_what_was_withdrawn_and_what_the_asker_sees_is_not_answered(known, lead):
    access.share(lead, known.third)
    assert seek(known).answers_count == 0
    lead.grants.filter(group=known.third.group).delete()
    assert seek(known).answers_count == 1
    lead.assertions.update(withdrawn_at=NOW, withdrawn_by=known.analyst, withdrawn_why="Mixed up")
    assert seek(known).answers_count == 0


def test_a_lead_that_waits_in_triage_is_answered_for_nobody(known, lead):
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
    DeskItem.objects.create(lead=lead, agency=known.center, came_at=NOW)
    assert seek(known).answers_count == 0


def test_a_person_is_found_by_the_index_of_keys(known):
    with CaptureQueriesContext(connection) as asked:
        queries.holders(known.asker, known.third, "person", "b:DORAN PAT 1990-05-04")
    rows = fetch(f"set local enable_seqscan = off; explain {asked[-1]['sql']}", {})
    plan = "\n".join(str(row["QUERY PLAN"]) for row in rows)
    assert "entity_key_once" in plan
    assert "Seq Scan on leads_" not in plan


def test_a_person_is_asked_for_on_the_page_and_half_a_name_is_told_what_to_do(known, client):
    client.force_login(known.asker)
    body = {"name": "Doran", "born_on": "1990-05-04", "case_number": "26-9", "reason": "Named"}
    page = client.post(reverse("deconflict") + "?by=person", body).content.decode()
    assert "Give the first and the last name" in page
    answer = client.post(reverse("deconflict") + "?by=person", body | {"name": "Pat Doran"})
    assert answer.url == Inquiry.objects.get().get_absolute_url()


# --- pure -----------------------------------------------------------------------------------------------------------

moments = st.lists(st.integers(0, 3 * 24 * 60), max_size=60).map(
    lambda found: [NOW - timedelta(minutes=m) for m in found]
)


@given(moments)
def test_a_question_is_free_exactly_when_no_window_that_ends_now_is_full(asked):
    limits = pure.OF_A_PERSON
    full = any(sum(at > NOW - within for at in asked) >= most for most, within in limits)
    free = pure.free_at(asked, limits, NOW)
    assert (free is not None) == full
    if free:
        assert free > NOW
        assert pure.free_at(asked, limits, free) is None


@given(st.text(max_size=50))
def test_what_is_asked_is_a_key_of_four_characters_or_nothing(typed):
    key = pure.gun_key(typed)
    assert key == "" or (len(key) >= 4 and key.isalnum() and not set("?*") & set(typed))
