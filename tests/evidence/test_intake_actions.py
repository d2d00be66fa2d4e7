"""What evidence technicians do: each verb, what it leaves behind, and each sentence that refuses it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from evidence.actions import acquisitions, custody, exhibits, incidents, traces
from evidence.models import CustodyEvent, Exhibit, Incident, Trace
from tests import factories
from tests.scenery import scene

NOW = timezone.now().replace(microsecond=0)
EARLIER = NOW - timedelta(days=1)
FACTS = {"case_number": "26-024310", "kind": "shots_fired_confirmed", "occurred_at": EARLIER}
CASINGS = {"number": "1", "kind": "casing_group", "caliber": "9 mm", "count": 6, "collected_at": EARLIER}
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": "abo-123 4"}
GUN = {"number": "2", "kind": "firearm", "collected_at": EARLIER, "firearm": PISTOL}


def verbs():
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


@scene
def incident(city):
    return incidents.record(agency=city.papd, by=city.technician, **FACTS)


@scene
def casings(city, incident):
    return exhibits.add(incident=incident, by=city.technician, **CASINGS)


@scene
def firearm(city, incident):
    return exhibits.add(incident=incident, by=city.technician, **GUN).firearm


def refused(reason, action, **values):
    with pytest.raises(Refused) as refusal:
        action(**values)
    assert reason in refusal.value.reason


def test_an_incident_with_its_exhibits_is_recorded_in_one_go_and_seen_by_the_agency_and_its_center(city):
    made = incidents.record(agency=city.papd, by=city.technician, victims=2, exhibits=[CASINGS, GUN], **FACTS)
    assert made.case_key == "26024310"
    assert [victim.position for victim in made.victims.all()] == [1, 2]
    assert made.exhibits.count() == 2
    assert {grant.group for grant in made.grants.all()} == {city.papd.group, city.center.group}
    for person, sees in [
        (city.detective, True),
        (city.coordinator, True),
        (city.gm_detective, False),
        (city.outsider, False),
    ]:
        assert Incident.objects.visible_to(person).filter(pk=made.pk).exists() is sees
    assert verbs() == ["incident.recorded", *["exhibit.added", "custody.recorded"] * 2]


def test_nothing_is_left_of_an_incident_when_one_of_its_exhibits_is_refused(city):
    refused(
        "has an exhibit 1 already",
        incidents.record,
        agency=city.papd,
        by=city.technician,
        exhibits=[CASINGS] * 2,
        **FACTS,
    )
    assert not Incident.objects.exists()
    assert verbs() == []


def test_an_analyst_of_the_center_records_for_a_member_agency_and_a_stranger_does_not(city):
    incidents.record(agency=city.papd, by=city.analyst, **FACTS)
    for person in (city.detective, city.gm_detective, city.outsider, city.researcher):
        refused(
            "Only people who record evidence for Port Alder PD", incidents.record, agency=city.papd, by=person, **FACTS
        )


def test_one_case_number_is_recorded_once_however_it_is_written(city, incident):
    again = {**FACTS, "case_number": "26 024310"}
    refused("has a case 26 024310 already", incidents.record, agency=city.papd, by=city.technician, **again)
    refused(
        "at least one letter or digit",
        incidents.record,
        agency=city.papd,
        by=city.technician,
        **FACTS | {"case_number": "--"},
    )


def test_a_correction_keeps_what_was_there_before_in_the_audit_log(city, incident):
    incidents.correct(
        incident=incident, by=city.technician, seen=incident.updated_at, kind="homicide", address=incident.address
    )
    event = AuditEvent.objects.get(verb="incident.corrected")
    assert event.data == {"changes": {"kind": ["shots_fired_confirmed", "homicide"]}}
    assert incident.grants.values_list("kind", flat=True).distinct().get() == "homicide"


def test_a_correction_that_changes_nothing_leaves_no_trace(city, incident):
    incidents.correct(incident=incident, by=city.technician, seen=incident.updated_at, kind=incident.kind)
    assert "incident.corrected" not in verbs()


def test_the_second_of_two_corrections_is_told_and_changes_nothing(city, incident):
    seen = incident.updated_at
    incidents.correct(incident=incident, by=city.technician, seen=seen, address="100 Alder Av")
    with pytest.raises(incidents.ChangedMeanwhileError) as told:
        incidents.correct(incident=incident, by=city.analyst, seen=seen, address="200 Alder Av")
    assert told.value.incident.address == "100 Alder Av"
    refused("can correct its incidents", incidents.correct, incident=incident, by=city.gm_detective, seen=seen)


def test_a_chain_of_custody_begins_with_whoever_collected_the_exhibit(city, incident):
    made = exhibits.add(incident=incident, by=city.technician, collected_by="Ofc. Lee Park", **CASINGS)
    leg = made.custody.get()
    assert (leg.position, leg.purpose, leg.from_whom, leg.to_whom, leg.at) == (
        1,
        "collected",
        "Scene",
        "Ofc. Lee Park",
        EARLIER,
    )


def test_a_firearm_keeps_its_serial_as_typed_beside_how_it_is_shown_and_found(city, firearm):
    assert (firearm.serial, firearm.serial_key) == ("ABO1234", "AB01234")
    assert firearm.typed["serial"]["words"] == "abo-123 4"
    refused("can add exhibits", exhibits.add, incident=firearm.exhibit.incident, by=city.gm_detective, **CASINGS)


def test_a_leg_of_custody_goes_on_from_the_one_before_and_can_set_where_the_exhibit_lies(city, casings):
    leg = custody.record(
        exhibit=casings,
        by=city.technician,
        purpose="stored",
        to_whom="Property room",
        at=NOW,
        seal="S-77",
        storage="Bay 4",
    )
    assert (leg.from_whom, leg.position, leg.previous_hash) == (str(city.technician), 2, casings.custody.first().hash)
    assert Exhibit.objects.get().storage == "Bay 4"


def test_a_chain_of_custody_goes_forward_only_and_never_into_the_future(city, casings):
    early = {"exhibit": casings, "purpose": "stored", "to_whom": "Property room"}
    refused("earlier than the last entry", custody.record, by=city.technician, at=EARLIER - timedelta(hours=1), **early)
    refused("lies in the future", custody.record, by=city.technician, at=NOW + timedelta(days=1), **early)
    refused("can hand it over", custody.record, by=city.detective, at=NOW, **early)
    refused("can hand it over", custody.record, by=city.examiner, at=NOW, **early)


def test_a_laboratory_that_is_sent_an_exhibit_sees_its_case_and_is_told(city, casings):
    assert not Exhibit.objects.visible_to(city.examiner).exists()
    custody.record(
        exhibit=casings, by=city.technician, purpose="to_laboratory", to_whom=city.lab.name, at=NOW, laboratory=city.lab
    )
    assert Exhibit.objects.visible_to(city.examiner).get() == casings
    assert Notification.objects.get(user=city.examiner).verb == "exhibit.sent"
    assert AuditEvent.objects.filter(verb="incident.shared", data__with_agency=city.lab.pk).exists()


def test_a_receipt_starts_the_clock_by_the_sites_calendar_and_adds_a_leg(city, casings):
    friday = factories.NOW.replace(day=17, hour=15)
    made = acquisitions.receive(exhibit=casings, site=city.lab, received_at=EARLIER, by=city.technician)
    assert made.due_at > made.received_at
    assert Exhibit.objects.visible_to(city.examiner).get() == casings
    assert casings.custody.last().purpose == CustodyEvent.Purpose.RECEIVED
    from_friday = acquisitions.mros.due_at(friday, city.lab.working_calendar)
    assert city.lab.working_calendar.local(from_friday).strftime("%a %H:%M") == "Tue 16:00"


def test_a_receipt_is_refused_with_the_reason(city, casings):
    asked = {"exhibit": casings, "site": city.lab, "received_at": NOW}
    refused("Only evidence technicians and examiners", acquisitions.receive, by=city.detective, **asked)
    stranger = factories.member(city.gmpd, "evidence_technician")
    refused("Only technicians and examiners of Wexley", acquisitions.receive, by=stranger, **asked)
    late = {**asked, "received_at": NOW + timedelta(days=1)}
    refused("lies in the future", acquisitions.receive, by=city.technician, **late)
    acquisitions.receive(by=city.technician, **asked)
    refused("has received exhibit 1 already", acquisitions.receive, by=city.technician, **asked)


def test_an_exhibit_that_is_not_for_nibin_is_not_received_at_a_site(city, incident):
    shotshells = exhibits.add(
        incident=incident, by=city.technician, nibin_eligible=False, not_eligible_reason="Shotgun", **CASINGS
    )
    refused(
        "not for NIBIN: shotgun",
        acquisitions.receive,
        exhibit=shotshells,
        site=city.lab,
        received_at=NOW,
        by=city.technician,
    )


def test_an_entry_in_time_needs_a_reference_and_one_past_its_days_a_reason(city, casings):
    made = acquisitions.receive(exhibit=casings, site=city.lab, received_at=EARLIER, by=city.technician)
    made.due_at = NOW - timedelta(hours=1)
    made.save(update_fields=["due_at"])
    entry = {"acquisition": made, "entered_at": NOW}
    refused("of Wexley Crime Laboratory record", acquisitions.enter, by=city.technician, reference="N1", **entry)
    refused("reference number", acquisitions.enter, by=city.examiner, reference=" ", **entry)
    refused("Say why it is late", acquisitions.enter, by=city.examiner, reference="N1", **entry)
    before = {**entry, "entered_at": EARLIER - timedelta(hours=1)}
    refused("cannot be earlier", acquisitions.enter, by=city.examiner, reference="N1", **before)
    ahead = {**entry, "entered_at": NOW + timedelta(days=1)}
    refused("lies in the future", acquisitions.enter, by=city.examiner, reference="N1", **ahead)
    done = acquisitions.enter(by=city.examiner, reference="N1", late_reason="Backlog", **entry)
    assert (done.entered_by, done.reference, done.late_reason) == (city.examiner, "N1", "Backlog")
    refused("entered already", acquisitions.enter, by=city.examiner, reference="N2", **entry)


def test_a_trace_goes_from_asked_to_completed_and_says_what_stopped_it(city, firearm):
    trace = traces.request(firearm=firearm, by=city.technician)
    assert trace.status == Trace.Status.SUBMITTED
    refused("on its way already", traces.request, firearm=firearm, by=city.technician)
    refused("Give the trace number", traces.record_result, trace=trace, status="accepted", by=city.technician)
    refused("Say why", traces.record_result, trace=trace, status="closed_incomplete", by=city.technician)
    trace = traces.record_result(trace=trace, status="accepted", trace_number="T26-1", by=city.technician)
    refused("cannot become submitted", traces.record_result, trace=trace, status="submitted", by=city.technician)
    refused("record the results", traces.record_result, trace=trace, status="cancelled", by=city.gm_detective)
    bought = EARLIER.date() - timedelta(days=400)
    trace = traces.record_result(trace=trace, status="completed_to_purchaser", purchased_on=bought, by=city.analyst)
    assert (trace.trace_number, trace.purchased_on) == ("T26-1", bought)
    assert trace.completed_at
    assert Trace.objects.visible_to(city.detective).exists()
    for person in (city.examiner, city.researcher, city.gm_detective, city.administrator):
        assert not Trace.objects.visible_to(person).exists()


def test_a_trace_asks_for_what_the_tracing_center_needs_and_not_for_what_cannot_be_traced(city, incident, firearm):
    refused("ask for traces of its firearms", traces.request, firearm=firearm, by=city.detective)
    bare = exhibits.add(
        incident=incident, by=city.technician, **GUN | {"number": "3", "firearm": {"make": "Glock"}}
    ).firearm
    refused("caliber and the type and the serial number", traces.request, firearm=bare, by=city.technician)
    homemade = {"is_privately_made": True, "serial": "none"}
    ghost = exhibits.add(incident=incident, by=city.technician, **GUN | {"number": "4", "firearm": homemade}).firearm
    refused("cannot be traced", traces.request, firearm=ghost, by=city.technician)
    filed = PISTOL | {"serial": "", "is_obliterated": True}
    gun = exhibits.add(incident=incident, by=city.technician, **GUN | {"number": "5", "firearm": filed}).firearm
    assert traces.request(firearm=gun, by=city.technician, trace_number="T1").status == Trace.Status.ACCEPTED


def test_the_database_refuses_to_change_a_leg_of_custody(city, casings):
    with pytest.raises(Exception, match="append"), connection.cursor() as cursor:
        cursor.execute("update evidence_custodyevent set to_whom = 'Somebody else'")
