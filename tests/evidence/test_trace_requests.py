"""A request to the tracing center from the first draft to the press that says it was sent."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence import tracing
from evidence.actions import traces
from evidence.models import Firearm, Trace, TracePerson, UntracedGun
from tests import factories
from tests.evidence.intake import page, text


def gun(city, number="1", **described):
    """A firearm of Port Alder that nobody asked about."""
    case = factories.incident(city.papd, kind="homicide", address="410 Alder Av", case_number=f"26-00{number}")
    described = {
        "make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": f"ABC123{number}",
        "serial_key": f"ABC123{number}", "country": "US",
    } | described  # fmt: skip
    return Firearm.objects.create(exhibit=factories.exhibit(case, number, "firearm"), **described)


def asked(trace):
    return {name: getattr(trace, name) for name in tracing.FIELDS}


def keep(city, trace, **values):
    people = values.pop("people", [{}])
    return traces.keep(trace=trace, asked=asked(trace) | values, people=people, by=city.technician)


def whole(city, number="1", **described):
    trace = traces.begin(firearm=gun(city, number, **described), by=city.technician)
    keep(city, trace, recovered_city="Port Alder")
    return traces.ready(trace=trace, by=city.technician)


def sent(city, number="1", by=None, **described):
    trace = whole(city, number, **described)
    traces.send(traces=[trace.pk], by=by or city.technician)
    return Trace.objects.get(pk=trace.pk)


def test_a_draft_begins_with_what_is_known_and_is_kept_half(city):
    trace = traces.begin(firearm=gun(city), by=city.technician)
    known = {
        "serial": "ABC1231", "make": "Glock", "case_number": "26-001", "crime_code": "0999", "officer": "Tess Ito",
        "recovered_number": "410", "recovered_street": "Alder Av", "recovered_city": "", "recovered_state": "XX",
    }  # fmt: skip
    assert {name: getattr(trace, name) for name in known} == known
    assert trace.ori == city.papd.oris.get().ori
    assert [fault.field for fault in trace.faults()] == ["recovered_city"]
    with pytest.raises(Refused, match="city of the recovery"):
        traces.ready(trace=trace, by=city.technician)
    with pytest.raises(Refused, match="on its way already"):
        traces.begin(firearm=trace.firearm, by=city.technician)
    people = [{"last_name": "Doe", "first_name": "Pat", "race": "A,W"}, {"last_name": "Roe"}]
    keep(city, trace, recovered_city="Port Alder", people=people)
    assert [(each.kind, each.last_name) for each in trace.people.all()] == [("possessor", "Doe"), ("associate", "Roe")]
    assert traces.ready(trace=trace, by=city.technician).status == "ready"
    assert keep(city, trace, recovered_city="", people=people).status == "draft"
    marks = [{"where": "slide", "text": "made in Austria"}]
    filed = gun(city, "2", is_obliterated=True, restored_serial="AB??4", restored_by="WCL", markings=marks)
    again = traces.begin(firearm=filed, by=city.technician)
    assert (again.recovered_city, again.partial_serial, again.markings) == ("", "AB??4", "slide: made in Austria")
    event = AuditEvent.objects.filter(verb="trace.kept").earliest("id")
    assert event.data == {"fields": ["recovered_city", "people"]}
    assert not AuditEvent.objects.filter(data__icontains="Doe").exists()


def test_the_next_request_of_an_agency_knows_where_it_lies(city):
    whole(city)
    assert traces.begin(firearm=gun(city, "2"), by=city.technician).recovered_city == "Port Alder"


def test_a_request_is_sent_once_and_stays_as_it_was_asked(city):
    trace = sent(city)
    assert (trace.status, trace.submitted_by) == ("submitted", city.technician)
    with pytest.raises(Refused, match="stays as it was asked"):
        keep(city, trace, model="17")
    with pytest.raises(Refused, match="ready can be sent"):
        traces.send(traces=[trace.pk], by=city.technician)
    for person in (city.detective, city.gm_detective):
        with pytest.raises(Refused, match="Only analysts and evidence technicians"):
            traces.cancel(trace=trace, by=person)
    assert traces.cancel(trace=trace, by=city.analyst).status == "cancelled"


def test_a_gun_stays_on_the_list_of_the_forgotten_until_its_request_is_sent(city):
    one, made_at_home = gun(city), gun(city, "2", serial="", serial_key="", is_privately_made=True)
    assert {each.firearm_id: each.can_be_traced for each in UntracedGun.objects.all()} == {
        one.pk: True,
        made_at_home.pk: False,
    }
    trace = traces.begin(firearm=one, by=city.technician)
    keep(city, trace, recovered_city="Port Alder")
    traces.ready(trace=trace, by=city.technician)
    assert UntracedGun.objects.filter(firearm=one).exists()
    traces.send(traces=[trace.pk], by=city.technician)
    assert not UntracedGun.objects.filter(firearm=one).exists()
    traces.cancel(trace=trace, by=city.technician)
    assert UntracedGun.objects.filter(firearm=one).exists()
    Firearm.objects.filter(pk=made_at_home.pk).update(is_privately_made=False, serial_key="X1", serial="X1")
    assert UntracedGun.objects.get(firearm=made_at_home).can_be_traced
    earlier = timezone.now() - timedelta(days=90)
    type(one.exhibit).objects.filter(pk=one.exhibit_id).update(collected_at=earlier)
    assert UntracedGun.objects.get(firearm=one).recovered_at == earlier
    made_at_home.delete()
    assert not UntracedGun.objects.filter(firearm=made_at_home.pk).exists()


def values_of(form):
    """What the page would send back."""
    sent = {"associates": str(len(form.associates)), "seen": form.seen}
    for each in (form.form, form.possessor, *form.associates):
        for bound in each:
            value = bound.value()
            if value not in (None, False, "", []):
                sent[bound.html_name] = value
    return sent


def test_the_page_keeps_a_half_request_and_tells_what_is_missing(client, city):
    trace = traces.begin(firearm=gun(city), by=city.technician)
    address = reverse("trace_edit", args=[trace.pk])
    shown = page(client, city.technician, "trace_edit", trace.pk)
    assert "1 to add before it can be sent" in text(shown)
    data = values_of(shown.context["asked"]) | {"possessor-last_name": "Doe", "possessor-race": ["W", "A"]}
    answer = client.post(address, data | {"ready": "1"}, follow=True)
    assert "Part VIII: Give the city of the recovery." in text(answer)
    assert Trace.objects.get().status == "draft"
    assert trace.people.get().race == "A,W"
    assert "changed this request in the meantime" in text(client.post(address, data | {"instructions": "Late"}))
    assert Trace.objects.get().instructions == ""
    data["seen"] = Trace.objects.get().version
    assert "more" not in client.post(address, data | {"more": "1", "associate-0-last_name": "Roe"}).url
    data["seen"] = Trace.objects.get().version
    assert trace.people.count() == 2
    data |= {"associates": "2", "associate-0-last_name": "Roe", "recovered_city": "Port Alder", "country": "us"}
    assert "is no date" not in text(client.post(address, data | {"recovered_on": "2026-13-01"}))
    assert "Recovered on:" in text(client.post(address, data | {"recovered_on": "2026-13-01"}))
    assert "lies in the future" in text(client.post(address, data | {"recovered_on": "2199-01-01"}))
    assert client.post(address, data | {"ready": "1"}).url == reverse("trace", args=[trace.pk])
    assert Trace.objects.get().status == "ready"
    assert page(client, city.detective, "trace_edit", trace.pk).status_code == 403
    sheet = text(page(client, city.detective, "trace_sheet", trace.pk))
    for words in ("Doe", "Roe", "Asian, White", "ABC1231", "Port Alder", "PI Pistol, semi-automatic"):
        assert words in sheet, words
    assert AuditEvent.objects.get(verb="trace.exported").data["form"] == "sheet"


def test_ready_requests_leave_as_a_file_and_are_marked_as_sent_on_a_press(client, city):
    ready, other = whole(city), whole(city, "2")
    Trace.objects.filter(pk=ready.pk).update(markings="=HYPERLINK(1)")
    TracePerson.objects.filter(trace=ready).update(last_name="Doe", first_name="Pat", race="W", is_hispanic=False)
    client.force_login(city.technician)
    assert f"Request {ready.pk}" in text(client.get(reverse("traces_ready")))
    taken = client.get(reverse("traces_file"), {"trace": [ready.pk, "x", 2**70]})
    rows = list(csv.DictReader(io.StringIO(b"".join(taken).decode("utf-8-sig"))))
    assert [(row["request_id"], row["possessor_last_name"]) for row in rows] == [(str(ready.pk), "Doe")]
    assert rows[0]["markings"] == "'=HYPERLINK(1)"
    assert not {"possessor_race", "possessor_is_hispanic"} & set(rows[0])
    assert Trace.objects.filter(status="ready").count() == 2
    assert "Tick the requests" in text(client.post(reverse("traces_send"), follow=True))
    assert "1 request marked as sent" in text(client.post(reverse("traces_send"), {"trace": [ready.pk]}, follow=True))
    assert set(Trace.objects.values_list("pk", "status")) == {(ready.pk, "submitted"), (other.pk, "ready")}
    client.force_login(city.gm_supervisor)
    assert client.get(reverse("traces_file"), {"trace": [other.pk]}).status_code == 403


def test_a_request_is_begun_from_the_gun_or_recorded_as_sent_elsewhere(client, city):
    one = gun(city)
    client.force_login(city.technician)
    answer = client.post(reverse("trace_new", args=[one.pk]), {"begin": "1"})
    assert answer.url == reverse("trace_edit", args=[one.traces.get().pk])
    two = gun(city, "2", model="", make="", type_code="")
    shown = text(client.get(reverse("trace_new", args=[two.pk])))
    assert "Add what is missing to the firearm" in shown
    assert "Begin the request" in shown


def test_what_was_ticked_among_the_ready_stays_ticked_and_nothing_else_is(client, city):
    first, second, third = (whole(city, str(number)) for number in (1, 2, 3))

    def ticks(answer):
        found = answer.content.decode().split('name="trace"')[1:]
        return {each.pk: " checked" in piece.split(">")[0] for piece in found for each in (first, second, third)
                if f'value="{each.pk}"' in piece.split(">")[0]}  # fmt: skip

    assert ticks(page(client, city.technician, "traces_ready")) == dict.fromkeys((first.pk, second.pk, third.pk), True)
    for verb, name in ((client.post, "traces_send"), (client.get, "traces_file")):
        answer = verb(reverse(name), follow=True)
        assert "Tick the requests" in text(answer)
        assert set(ticks(answer).values()) == {False}, name
    traces.cancel(trace=second, by=city.technician)
    answer = client.post(reverse("traces_send"), {"trace": [second.pk]}, follow=True)
    assert ticks(answer) == {first.pk: False, third.pk: False}
    answer = client.post(reverse("traces_send"), {"trace": [first.pk]}, follow=True)
    assert ticks(answer) == {third.pk: False}, "who left it out once need not leave it out again"
