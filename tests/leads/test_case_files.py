"""Cases leave as a file with charges, ends and sentences, for those who may; dockets as the file that brings them."""

import csv
import io

import pytest
from django.urls import reverse

from agencies.models import AuditEvent
from agencies.roles import Role
from evidence.imports.exports import write_csv
from evidence.loading import exports
from evidence.models import Incident
from leads.actions import charges, referrals
from leads.models import Docket, StatusSpelling
from leads.pages import casefile
from tests.evidence.records_city import loaded
from tests.factories import NOW, incident, member
from tests.leads.courts import CHARGED, case_of, charge_of, step
from tests.leads.pages import lead
from tests.scenery import scene


@scene
def case(city):
    return case_of(city)


@scene
def charged(city, case):
    one = charge_of(city, case)
    sentence = {"prison_months": 30, "supervised_months": 36, "has_mandatory_minimum": True, "departure": "within"}
    charges.dispose(charge=one, disposition="guilty_plea", disposed_on=CHARGED, by=city.prosecutor, **sentence)
    charge_of(city, case)
    return case


def taken(client, person, **query):
    client.force_login(person)
    answer = client.get(reverse("referral_export"), {"form": "csv", **query})
    assert answer.status_code == 200
    content = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_file_has_a_line_for_each_charge_with_its_end_and_its_sentence(client, city, charged):
    ended, pending = taken(client, city.prosecutor)
    assert (ended["Defendant"], ended["Court number"], ended["State"]) == ("Pat Doe", "WX-1", "Accepted")
    assert (ended["Ended as"], ended["Prison, months"], ended["Mandatory minimum"]) == ("Guilty plea", "30", "yes")
    assert ended["Departure"] == "Within the range"
    assert (pending["Ended as"], pending["Prison, months"], pending["Mandatory minimum"]) == ("Pending", "", "")
    assert {row["Stamp"] for row in (ended, pending)} == {"UNCONFIRMED - investigative lead only"}


def test_a_charge_that_an_indictment_replaced_is_not_called_pending(client, city, charged):
    step(charged, city, "superseding", CHARGED)
    said = [(row["Replaced by an indictment"], row["Ended as"]) for row in taken(client, city.prosecutor)]
    assert said == [("no", "Guilty plea"), ("yes", "Superseded")]


def test_a_case_without_a_charge_has_a_line_and_a_declined_one_its_reason(client, city, case):
    other = {"agency": city.papd, "office": city.da, "defendant": "=cmd|' /C calc'!A0", "summary": "Gun."}
    made = referrals.make(lead=case.lead, by=city.detective, **other)
    referrals.decide(referral=made, status="declined", reason="diversion", by=city.prosecutor)
    rows = {row["Case"]: row for row in taken(client, city.prosecutor)}
    assert rows[str(case.pk)]["Statute"] == ""
    assert rows[str(made.pk)]["Reason"] == "Diversion"
    assert rows[str(made.pk)]["Defendant"] == "'=cmd|' /C calc'!A0", "no spreadsheet runs it"
    assert [row["Case"] for row in taken(client, city.prosecutor, tab="declined")] == [str(made.pk)]


def test_it_is_on_record_who_took_which_cases_and_the_page_asks_first(client, city, charged):
    client.force_login(city.prosecutor)
    page = client.get(reverse("referral_export")).content.decode()
    assert "1 case" in page
    assert not AuditEvent.objects.filter(verb="referral.exported").exists()
    taken(client, city.prosecutor)
    event = AuditEvent.objects.get(verb="referral.exported")
    assert (event.by, event.data["ids"]) == (city.prosecutor, [charged.pk])


def test_nobody_takes_the_cases_of_another_office_and_who_takes_no_lists_takes_none(client, city, charged):
    federal = member(city.usao, Role.PROSECUTOR)
    assert taken(client, federal) == []
    assert len(taken(client, city.supervisor)) == 2, "of what the agency referred"
    client.force_login(city.detective)
    assert client.get(reverse("referral_export")).status_code == 403
    assert reverse("referral_export") not in client.get(reverse("referrals")).content.decode()
    both = member(city.papd, Role.DETECTIVE, user=member(city.gmpd, Role.SUPERVISOR))
    assert taken(client, both) == [], "as a supervisor elsewhere one takes none of the agency where one is a detective"


@pytest.mark.parametrize("many", [1, 3])
def test_the_file_costs_the_same_for_one_case_and_for_three(client, city, charged, django_assert_num_queries, many):
    for number in range(1, many):
        values = {"agency": city.papd, "office": city.da, "defendant": f"Robin {number}", "summary": "Gun."}
        referrals.make(lead=lead(city, f"WCL-2026-0001{number}"), by=city.detective, **values)
    taken(client, city.prosecutor)
    with django_assert_num_queries(8):
        b"".join(client.get(reverse("referral_export"), {"form": "csv"}))


def test_every_line_has_a_value_for_each_column(case):
    assert all(len(line) == len(casefile.COLUMNS) for line in casefile.lines([case], "UTC"))


def test_dockets_taken_out_and_loaded_back_change_nothing(city):
    incident(city.papd, case_number="26-900101", occurred_at=NOW)
    incident(city.gmpd, case_number="26-71", occurred_at=NOW)
    head = "Case Number,Docket Number,Status,Filed,Court,County,Booking Number\n"
    loaded(
        "dockets",
        city.papd,
        f"{head}26-900101,CP-1,Hld Ct,2026-03-06,Common Pleas,Wexley,B-7\n26-900101,CP-2,Active,,,,\n",
    )
    loaded("dockets", city.gmpd, f"{head}26-71,CP-3,Active,,,,\n")
    assert "dockets" in exports.kinds()
    _model, ids, columns, rows = exports.take("dockets", city.papd, city.analyst)
    assert len(ids) == len(rows) == 2
    assert exports.take("dockets", city.papd, member(city.gmpd))[3] == []
    before = list(Docket.objects.values()), list(StatusSpelling.objects.values("key", "meaning"))
    file = io.BytesIO()
    write_csv(columns, rows, file)
    again = loaded("dockets", city.papd, file.getvalue().decode("utf-8-sig"))
    assert (again.counts["new"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, 2)
    assert (list(Docket.objects.values()), list(StatusSpelling.objects.values("key", "meaning"))) == before
    assert Incident.objects.count() == 2
