"""Who and what had to do with an event, as sources say: seen by rows, named again, withdrawn; the same, or not."""

from datetime import date

import pytest

from agencies.access import Refused
from agencies.models import AuditEvent
from agencies.roles import Role
from evidence.imports.notices import Notice, NoticeEvent
from leads.actions import assertions, notices, sameness
from leads.models import Assertion, Entity, Lead, Sameness
from leads.queries import entities as found
from tests.factories import NOW, incident, member
from tests.leads import recorded
from tests.leads.working import told
from tests.scenery import scene

SAID = {"role": "suspect", "source_kind": "report", "source": "26-018844", "reliability": "B", "validity": 2}
BORN = date(1994, 3, 2)


@scene
def theirs(city):
    """A lead of Glenmoor PD alone, which nobody of Port Alder PD sees."""
    for case in ("26-5001", "26-5002"):
        incident(city.gmpd, case_number=case)
    rows = [
        NoticeEvent(at, case, case.replace("-", ""), agency="Glenmoor PD", calibre="9 mm")
        for at, case in enumerate(("26-5001", "26-5002"), 2)
    ]
    made = Notice(lead_number="WCL-9", lead_key="WCL-9", site="WCL", notice_date=NOW.date(), events=rows)
    notices.load(notices=[made], center=city.center, by=city.analyst, now=NOW)
    return Lead.objects.get(number="WCL-9")


def named(lead, by, name="Doran, Pat", **values):
    given = SAID | {"kind": "person", "name": name, "event": lead.events.first(), "born_on": BORN} | values
    return assertions.name(lead=lead, by=by, **given).entity


def known(user, name="Doran, Pat", born=BORN):
    return [each.pk for each in found.known(user, found.entitykeys.person_keys(name, born))]


def names(user, typed):
    return {each.name for each in found.find(user, typed)[0]}


class TestNaming:
    def test_an_investigator_of_a_part_and_the_center_name_somebody_and_nobody_else(self, city, lead):
        assert named(lead, city.detective).assertions.get().agency == city.papd
        assert named(lead, city.analyst, "Lane, Kit").assertions.get().agency == city.center
        for person in (city.examiner, city.prosecutor, city.outsider, member(city.da, Role.SUPERVISION_OFFICER)):
            with pytest.raises(Refused, match="Only an investigator"):
                named(lead, person)

    def test_the_log_says_a_number_and_a_part_and_never_a_name(self, city, lead):
        entity = named(lead, city.detective, role="victim", more={"other_name": "Patty"})
        rows = AuditEvent.objects.filter(verb__in=["assertion.said", "entity.added_to"])
        assert {row.verb for row in rows} == {"assertion.said", "entity.added_to"}
        assert rows.get(verb="assertion.said").data["entity"] == entity.number
        assert not any("Pat" in str(row.data) or "Doran" in str(row.data) for row in rows)

    def test_a_source_says_a_thing_once(self, city, lead):
        entity = named(lead, city.detective)
        again = SAID | {"lead": lead, "entity": entity, "event": lead.events.first(), "by": city.gm_detective}
        with pytest.raises(Refused, match="says that already"):
            assertions.say(**again)
        assertions.say(**again | {"source": "26-004417"})
        assert entity.assertions.count() == 2

    def test_only_who_is_seen_is_named_again(self, city, lead, theirs):
        hidden = named(theirs, city.gm_detective)
        with pytest.raises(Refused, match="Name it as new"):
            assertions.say(lead=lead, entity=hidden, event=lead.events.first(), by=city.detective, **SAID)

    def test_an_event_of_another_lead_is_refused(self, city, lead, theirs):
        with pytest.raises(Refused, match="not on the lead"):
            named(lead, city.analyst, event=theirs.events.first())

    def test_with_the_last_that_is_said_on_a_lead_goes_what_else_was_known_from_it(self, city, lead):
        entity = named(lead, city.detective, more={"fbi_number": "123456AB7"})
        row = SAID | {"source": "26-004417"}
        assertions.say(lead=lead, entity=entity, event=lead.events.last(), by=city.detective, **row)
        for said, left in zip(entity.assertions.all(), ({"Doran, Pat"}, set()), strict=True):
            assertions.withdraw(assertion=said, why="Another person", by=city.detective)
            assert names(city.detective, "123456AB7") == left

    def test_what_is_withdrawn_stays_on_record_and_those_at_work_hear_of_it(self, city, lead):
        said = named(lead, city.detective).assertions.get()
        with pytest.raises(Refused, match="Only the agency that said it"):
            assertions.withdraw(assertion=said, why="Another person", by=city.gm_detective)
        assertions.withdraw(assertion=said, why="Another person", by=city.detective)
        assert Assertion.objects.get().withdrawn_why == "Another person"
        assert told(city.gm_supervisor, "assertion.withdrawn") == 1
        with pytest.raises(Refused, match="withdrawn already"):
            assertions.withdraw(assertion=said, why="Again", by=city.analyst)


class TestSight:
    def test_of_an_entity_a_reader_learns_what_their_own_leads_say(self, city, lead, theirs):
        """One record on two leads: each reader has the rows of the leads they see, and counts nothing else."""
        entity = named(theirs, city.gm_detective, more={"fbi_number": "123456AB7"})
        assertions.say(lead=lead, entity=entity, event=lead.events.first(), by=city.analyst, **SAID)
        mine, all_ = found.met(entity, city.detective), found.met(entity, city.analyst)
        assert [each.lead for each in mine.assertions] == [lead]
        assert mine.particulars == []
        assert len(all_.assertions) == 2
        assert [each.value for each in all_.particulars] == ["123456AB7"]
        assert found.agencies_of(entity, city.detective) == {city.center.pk, lead.events.first().agency_id}

    def test_what_is_known_from_an_unseen_lead_finds_nobody(self, city, lead, theirs):
        entity = named(theirs, city.gm_detective, more={"fbi_number": "123456AB7", "other_name": "Red Sol"})
        assertions.say(lead=lead, entity=entity, event=lead.events.first(), by=city.analyst, **SAID)
        for typed in ("123456AB7", "Red Sol"):
            assert names(city.analyst, typed) == {"Doran, Pat"}
            assert names(city.detective, typed) == set()

    @pytest.mark.parametrize("typed", ["Doran", "doran, pat", "Doran P", "Pat Doran", "Pat"])
    def test_a_person_is_found_by_the_beginning_of_a_name_by_who_sees_a_lead_of_theirs(self, city, theirs, typed):
        named(theirs, city.gm_detective)
        assert names(city.gm_detective, typed) == {"Doran, Pat"}
        assert names(city.detective, typed) == set()
        assert names(city.technician, typed) == set()

    def test_a_masked_name_finds_nobody_for_who_may_not_have_it_unmasked(self, city, lead):
        entity = named(lead, city.detective, role="witness")
        assert names(city.detective, "Doran") == {"Doran, Pat"}
        assert names(city.examiner, "Doran") == set()
        assert [each.pk for each in found.find(city.examiner, entity.number.lower())[0]] == [entity.pk]

    def test_who_was_a_juvenile_at_the_event_is_masked(self, city, lead):
        day = lead.events.first().occurred_at.date()
        named(lead, city.detective, born_on=day.replace(year=day.year - 17))
        named(lead, city.detective, "Lane, Kit", born_on=day.replace(year=day.year - 19))
        masked = {
            each.entity.name: found.masked(each, city.center) for each in found.assertions_on([lead], city.analyst)
        }
        assert masked == {"Doran, Pat": "juvenile", "Lane, Kit": ""}

    def test_who_was_a_victim_stays_masked_when_that_is_withdrawn(self, city, lead):
        said = named(lead, city.detective, role="victim").assertions.get()
        assertions.withdraw(assertion=said, why="Another lead", by=city.detective)
        (row,) = found.assertions_on([lead], city.gm_detective)
        assert found.masked(row, city.center) == "victim"
        assert names(city.gm_detective, "Doran") == set()

    def test_a_victim_of_an_unseen_lead_is_not_told_by_a_mask(self, city, lead, theirs):
        entity = named(lead, city.analyst)
        row = SAID | {"role": "victim"}
        assertions.say(lead=theirs, entity=entity, event=theirs.events.first(), by=city.analyst, **row)
        said = {user: found.assertions_on([lead], user)[0] for user in (city.detective, city.gm_detective)}
        assert [found.masked(each, city.center) for each in said.values()] == ["", "victim"]


class TestSuggestions:
    def test_the_same_name_and_birthday_is_suggested_to_who_sees_it(self, city, lead, theirs):
        entity = named(theirs, city.gm_detective)
        assert known(city.gm_detective, "PAT DORAN") == known(city.analyst) == [entity.pk]
        assert known(city.detective) == []
        assert known(city.analyst, born=date(1994, 3, 3)) == []

    def test_what_many_have_suggests_nothing(self, city, lead):
        made = [recorded.entity(lead, "Reyes, Sam", said={"source": f"Report {n}"}) for n in range(found.COMMON - 1)]
        assert len(known(city.analyst, "Reyes, Sam", None)) == found.MOST_SUGGESTED
        recorded.entity(lead, "Reyes, Sam", said={"source": "One more"})
        assert known(city.analyst, "Reyes, Sam", None) == []
        assert len(made) == found.COMMON - 1

    def test_a_masked_name_is_not_suggested_to_who_may_not_have_it_unmasked(self, city, lead):
        named(lead, city.detective, role="victim")
        officer = member(city.papd, Role.SUPERVISION_OFFICER)
        assert known(officer) == []
        assert len(known(city.gm_detective)) == 0, "of another agency than its event and who said it"
        assert len(known(city.detective)) == 1

    def test_not_the_same_is_never_suggested_again(self, city, lead):
        one = named(lead, city.analyst)
        other = named(lead, city.analyst, event=lead.events.last(), others=[one])
        third = recorded.entity(lead, "Doran, Pat", born_on=BORN)
        assert Sameness.objects.get().verdict == "apart"
        assert [each.pk for each in found.may_be_same([one], city.analyst)] == [third.pk]
        sameness.take_back(sameness=Sameness.objects.get(), why="It was so", by=city.analyst)
        assert {each.pk for each in found.may_be_same([one], city.analyst)} == {other.pk, third.pk}

    def test_who_may_not_decide_leaves_it_to_be_suggested(self, city, lead):
        one = named(lead, city.detective)
        named(lead, city.detective, event=lead.events.last(), others=[one])
        assert not Sameness.objects.exists()


class TestSame:
    def test_who_sees_both_reads_them_together_and_who_sees_one_reads_that_one(self, city, lead, theirs):
        one, other = named(theirs, city.gm_detective), named(lead, city.detective)
        sameness.join(one=other, other=one, reason="Prints", by=city.analyst)
        for record in (one, other):
            record.refresh_from_db()
            assert [each.pk for each in found.met(record, city.analyst).records] == [one.pk, other.pk]
            assert record.standing_id == one.pk
        mine = found.met(other, city.detective)
        assert [each.pk for each in mine.records] == [other.pk]
        assert [each.lead for each in mine.assertions] == [lead]
        assert mine.decisions == [], "that there is another record is not told"
        assert not Entity.objects.visible_to(city.detective).filter(pk=one.pk).exists()

    def test_it_is_undone_by_taking_it_back_and_nothing_was_lost(self, city, lead, theirs):
        one, other = named(lead, city.analyst), named(theirs, city.analyst)
        third = recorded.entity(lead, "Doran, Patrick")
        before = {each.pk: list(each.assertions.values()) for each in (one, other, third)}
        sameness.join(one=one, other=other, reason="Prints", by=city.analyst)
        second = sameness.join(one=other, other=third, reason="Prints", by=city.coordinator)
        assert set(Entity.objects.values_list("standing", flat=True)) == {one.pk}
        sameness.take_back(sameness=second, why="Misread", by=city.analyst)
        assert dict(Entity.objects.values_list("pk", "standing")) == {
            one.pk: one.pk,
            other.pk: one.pk,
            third.pk: third.pk,
        }
        assert {each.pk: list(each.assertions.values()) for each in (one, other, third)} == before
        second.refresh_from_db()
        assert (second.taken_back_by, second.taken_back_why) == (city.analyst, "Misread")
        with pytest.raises(Refused, match="taken back already"):
            sameness.take_back(sameness=second, why="Again", by=city.analyst)

    def test_what_was_said_not_to_be_the_same_is_not_joined_by_way_of_a_third(self, city, lead):
        one, other, third = (recorded.entity(lead, name) for name in ("Doran, Pat", "Doran, P", "Doran, Paddy"))
        sameness.keep_apart(one=one, other=other, reason="Brothers", by=city.analyst)
        sameness.join(one=other, other=third, reason="Prints", by=city.analyst)
        with pytest.raises(Refused, match="not the same"):
            sameness.join(one=one, other=third, reason="Prints", by=city.analyst)
        with pytest.raises(Refused, match="said to be the same"):
            sameness.keep_apart(one=other, other=third, reason="Brothers", by=city.analyst)
        with pytest.raises(Refused, match="the same already"):
            sameness.join(one=third, other=other, reason="Prints", by=city.analyst)

    def test_only_the_center_decides_and_only_of_what_it_sees_and_of_one_kind(self, city, lead):
        one, other = recorded.entity(lead), recorded.entity(lead, "Lane, Kit")
        car = recorded.entity(lead, "7ABC123", kind="vehicle")
        with pytest.raises(Refused, match="Only the center's analysts"):
            sameness.join(one=one, other=other, reason="Prints", by=city.detective)
        with pytest.raises(Refused, match="never the same"):
            sameness.join(one=one, other=car, reason="Prints", by=city.analyst)
        with pytest.raises(Refused, match="one record"):
            sameness.join(one=one, other=one, reason="Prints", by=city.analyst)


class TestUnmasking:
    def test_a_look_is_on_record_with_its_reason(self, city, lead):
        entity = named(lead, city.detective, role="victim")
        assertions.unmask(entity=entity, reason="To call her", by=city.detective)
        row = AuditEvent.objects.get(verb="person.unmasked")
        assert (row.by, row.object_id, row.data["reason"]) == (city.detective, entity.pk, "To call her")
        for person in (city.examiner, city.gm_detective):
            with pytest.raises(Refused, match="Only investigators"):
                assertions.unmask(entity=entity, reason="Why", by=person)


def test_a_search_reads_the_index_of_keys_and_no_more_than_a_walk(city, lead, django_assert_num_queries):
    recorded.entity(lead, "Doran, Pat")
    for many in (1, 3):
        with django_assert_num_queries(2):
            assert len(found.find(city.analyst, "Dor")[0]) == many
        recorded.entity(lead, "Dorsey, Al")
        recorded.entity(lead, "Dorn, Bo")
