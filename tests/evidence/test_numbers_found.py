"""Numbers of exhibits and traces, typed at the top of a page, lead who sees the record to it, and nobody else."""

import pytest
from django.db import connection
from django.urls import reverse

from evidence.models import Exhibit, Firearm, Trace
from evidence.queries.exhibits import NUMBERED
from tests import factories


@pytest.fixture
def found(client):
    def look(person, typed):
        client.force_login(person)
        return client.get("/search/", {"q": typed})["Location"]

    return look


@pytest.fixture
def items(city):
    case = factories.incident(city.papd, case_number="26-004711")
    one = factories.exhibit(case, "1", property_number="PR-2026/00417", lab_number="WCL26-3011")
    return [one, factories.exhibit(case, "2", kind="firearm", lab_number="WCL26-3011")]


def test_an_exhibit_is_found_by_each_of_its_numbers_by_who_sees_its_case(client, city, found, items):
    one, two = (each.get_absolute_url() for each in items)
    assert found(city.technician, "pr2026 00417") == one
    assert found(city.technician, "26-004711/2") == two
    assert found(city.technician, "26-004711") == items[0].incident.get_absolute_url()
    several = found(city.technician, "wcl26 3011")
    assert several == f"{reverse('exhibits')}?q=wcl26+3011"
    page = client.get(several).content.decode()
    assert page.count("data-href=") == 2
    assert "No exhibit with this number" in client.get(reverse("exhibits"), {"q": "PR-9"}).content.decode()
    stranger = factories.member(city.gmpd, "evidence_technician")
    for typed in ("PR-2026/00417", "26-004711/2", "WCL26-3011", "PR", "##", "\0"):
        assert found(stranger, typed) == found(stranger, typed.replace("26", "27")).replace("27", "26"), typed
        assert "exhibits/" not in found(stranger, typed)


def test_t39_a_trace_is_found_by_its_number_by_who_may_see_trace_data_and_by_nobody_else(city, found, items):
    gun = Firearm.objects.create(exhibit=items[1], make="Glock")
    trace = Trace.objects.create(
        firearm=gun, agency=city.papd, status="accepted", trace_number="T20260417001", requested_by=city.technician,
        requested_at=factories.NOW, submitted_at=factories.NOW, submitted_by=city.technician,
    )  # fmt: skip
    for person in (city.technician, city.detective):
        assert found(person, "t20260417001") == reverse("trace", args=[trace.pk])
    without = (factories.member(city.papd, "examiner"), city.gm_detective, city.examiner)
    for person in without:
        assert found(person, "T20260417001") == found(person, "T20260417002").replace("7002", "7001")


def test_numbers_are_looked_up_by_their_indexes(city):
    """Of a handful any index will do: among some hundreds, of many agencies, each number has its own."""
    case, many = factories.incident(city.papd), range(600)
    others = [factories.agency(f"PD {n}") for n in range(30)]
    made = Exhibit.objects.bulk_create(
        Exhibit(
            incident=case, agency=city.papd, number=f"{n}", kind="firearm", property_number=f"PR-{n}",
            lab_number=f"L-{n}", collected_at=factories.NOW, created_by=city.technician,
        )
        for n in many
    )  # fmt: skip
    guns = Firearm.objects.bulk_create(Firearm(exhibit=each, make="Glock") for each in made)
    Trace.objects.bulk_create(
        Trace(
            firearm=gun, agency=others[n % 30], status="accepted", trace_number=f"T{n}", requested_at=factories.NOW,
            requested_by=city.technician, submitted_at=factories.NOW, submitted_by=city.technician,
        )
        for n, gun in zip(many, guns, strict=True)
    )  # fmt: skip
    asked = {"key": "PR417", "most": 9, "cases": [case.pk], "number": "1", "groups": [city.papd.group_id]}
    with connection.cursor() as cursor:
        cursor.execute("analyze evidence_exhibit, evidence_trace")
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {NUMBERED}", asked)
        plan = " ".join(line for (line,) in cursor.fetchall())
        cursor.execute("explain select id from evidence_trace where trace_number in ('T1', 'T2')")
        plan += " ".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on evidence" not in plan
    for index in ("exhibit_property_number", "exhibit_lab_number", "trace_numbered"):
        assert index in plan, index
