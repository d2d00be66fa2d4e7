"""What a portal has kept of its events before it kept how notices named them: the same notice finds them yet."""

import pytest
from django.apps import apps
from django.db import connection

from agencies.actions.agencies import take_part
from leads.actions import events, obligations, rerouting
from leads.models import EventName, Lead, LeadEvent, Obligation
from tests.factories import NOW, incident
from tests.leads.test_event_names import migration, outcomes, told_by_migration
from tests.leads.working import LATER, close, close_all, load, notice, part
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")
THERE = {"exhibit": "1", "occurred_at": NOW, "location": "Fenn Rd"}
ORI = "GM0000001"


@scene
def by_ori(city):
    """A notice of two events, one of them of an agency that is given by its ORI alone."""
    take_part(agency=city.gmpd, oris=[ORI], is_active=True, by=city.coordinator)
    made = notice(("PAPD", "26-1"), ("", "26-2", {"ori": ORI}), ("PAPD", "26-3"))
    load(city, made)
    return made


def routed_on(city, lead, reason="wrong_agency"):
    theirs = part(lead, city.gmpd)
    obligations.return_(obligation=theirs, reason=reason, by=city.gm_supervisor, now=NOW)
    rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=NOW)


def test_an_event_without_any_number_that_was_matched_and_closed_changes_nothing(city):
    made = notice(("PAPD", "26-1"), ("GMPD", "", THERE))
    load(city, made)
    lead = Lead.objects.get()
    right = incident(city.gmpd, case_number="26-2", address="900 blk Quarry St")
    events.match(event=LeadEvent.objects.get(agency=city.gmpd), incident=right, by=city.analyst, now=NOW)
    close_all(city, lead)
    closed = outcomes(lead)
    told_by_migration()
    for _twice in range(2):
        assert load(city, made, now=LATER).unchanged == [lead.number]
        assert outcomes(lead) == closed
    assert LeadEvent.objects.count() == 2


def test_other_events_without_numbers_are_not_taken_for_the_one_that_was_matched(city):
    there = THERE | {"location": "County Rd 8"}
    made = notice(("GMPD", "", there), ("GMPD", "", THERE), ("PAPD", "26-1"))
    load(city, made)
    event = LeadEvent.objects.get(address="Fenn Rd")
    right = incident(city.gmpd, case_number="26-2", address="900 blk Quarry St")
    events.match(event=event, incident=right, by=city.analyst, now=NOW)
    told_by_migration()
    assert load(city, made, now=LATER).unchanged
    assert {name.event_id for name in EventName.objects.filter(exhibit_number="1").exclude(key="")} == {
        each.pk for each in LeadEvent.objects.filter(agency=city.gmpd)
    }
    assert load(city, notice(("GMPD", "", THERE | {"location": "Elm St"})), now=LATER).grown
    assert LeadEvent.objects.count() == 4


def test_doubles_without_any_number_that_were_merged_stay_merged(city):
    made = notice(("PAPD", "26-1"), ("GMPD", "", THERE), ("GMPD", "", THERE | {"location": "County Rd 8"}))
    load(city, made)
    lead = Lead.objects.get()
    right = incident(city.gmpd, case_number="26-2")
    for event in LeadEvent.objects.filter(agency=city.gmpd):
        events.match(event=event, incident=right, by=city.analyst, now=NOW)
    close_all(city, lead)
    closed = outcomes(lead)
    told_by_migration()
    assert load(city, made, now=LATER).unchanged == [lead.number]
    assert outcomes(lead) == closed


def test_an_event_given_by_an_ori_alone_that_was_routed_on_changes_nothing(city, by_ori):
    lead = Lead.objects.get()
    routed_on(city, lead)
    close(part(lead, city.papd), city.detective, city.supervisor)
    ended = outcomes(lead)
    told_by_migration()
    assert load(city, by_ori, now=LATER).unchanged == [lead.number]
    assert outcomes(lead) == ended


def test_an_event_given_by_an_ori_alone_that_was_matched_elsewhere_changes_nothing(city, by_ori):
    event = LeadEvent.objects.get(agency=city.gmpd)
    events.match(event=event, incident=incident(city.papd, case_number="26-4"), by=city.analyst, now=NOW)
    told_by_migration()
    assert load(city, by_ori, now=LATER).unchanged
    assert LeadEvent.objects.count() == 3


def test_a_double_given_by_an_ori_alone_stays_merged(city, by_ori):
    right = incident(city.papd, case_number="26-1")
    events.match(event=LeadEvent.objects.get(agency=city.gmpd), incident=right, by=city.analyst, now=NOW)
    told_by_migration()
    assert load(city, by_ori, now=LATER).unchanged
    assert LeadEvent.objects.count() == 2
    assert Obligation.objects.count() == 2


def test_names_without_numbers_are_written_many_at_once(city, django_assert_num_queries):
    """The table that the migration makes has no index yet: none of its rows may be looked for."""
    load(city, notice(*[("GMPD", "", THERE | {"location": f"{n} Fenn Rd"}) for n in range(9)]))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("truncate leads_eventname")
        cursor.execute("set constraints all deferred")
    with django_assert_num_queries(2):
        migration.name_those_without_numbers(apps, None)
    assert EventName.objects.values("event").distinct().count() == 9
