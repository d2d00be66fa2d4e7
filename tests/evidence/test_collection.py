"""Every scene with gunfire has one answer: evidence, none found, not searched, or it stands on the list of gaps."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence import queries
from evidence.actions import collection, exhibits, incidents
from evidence.models import Canvass, CollectionRule, Exhibit, Incident
from tests import factories
from tests.evidence.intake import NOW, page, text

DAY = timedelta(days=1)
SHOTS, GUN = Incident.Kind.SHOTS_FIRED_CONFIRMED, Incident.Kind.GUN_RECOVERY


def state(incident):
    return Incident.objects.get(pk=incident.pk).collection


def scene(city, days=3, **values):
    return factories.incident(city.papd, occurred_at=NOW - days * DAY, **values)


def none_found(incident, by, **values):
    said = {"answer": "none_found", "searched_by": "Ofc. Kern", "searched_at": incident.occurred_at + DAY / 24}
    return collection.answer(incident=incident, by=by, **said | values)


def test_exhibits_that_tell_of_gunfire_answer_by_themselves_and_go_before_what_was_said(city):
    one, two = scene(city), scene(city)
    factories.exhibit(one, kind="firearm")
    assert state(one) == "", "a gun seized says nothing of the search for casings"
    none_found(one, city.technician)
    assert state(one) == "none_found"
    later = exhibits.add(incident=one, by=city.technician, number="9", kind="projectile", collected_at=NOW - DAY)
    assert state(one) == "collected"
    with pytest.raises(Refused, match="Evidence of the gunfire is on record"):
        none_found(one, city.technician)
    exhibits.correct(exhibit=later, by=city.technician, seen=later.version, kind="other")
    assert state(one) == "none_found", "without it, what was said holds again"
    rows = [Exhibit(incident=each, agency=city.papd, number=f"m{n}", kind="casing_group", collected_at=NOW - DAY,
                    created_by=city.technician) for n, each in enumerate((one, two))]  # fmt: skip
    Exhibit.objects.bulk_create(rows)
    assert {state(one), state(two)} == {"collected"}
    Exhibit.objects.filter(incident=two).delete()
    assert state(two) == ""


def test_a_person_says_who_canvassed_and_when_or_why_not_and_may_say_it_anew(city):
    made = scene(city)
    for refused, sentence in (
        ({"searched_by": " "}, "who canvassed"),
        ({"searched_at": None}, "when the scene"),
        ({"searched_at": timezone.now() + DAY}, "future"),
        ({"searched_at": made.occurred_at - DAY}, "earlier than the shooting"),
        ({"answer": "not_searched"}, "why the scene was not searched"),
        ({"answer": "not_searched", "reason": "other"}, "in a few words"),
    ):
        with pytest.raises(Refused, match=sentence):
            none_found(made, city.technician, **refused)
    for person in (city.detective, city.gm_supervisor, city.examiner, city.prosecutor):
        with pytest.raises(Refused, match="Only people who record evidence"):
            none_found(made, person)
    collection.answer(incident=made, answer="not_searched", reason="unsafe", by=city.supervisor)
    none_found(made, city.coordinator)
    said = Canvass.objects.get(incident=made)
    assert (said.answer, said.searched_by, said.reason, said.said_by) == (
        "none_found",
        "Ofc. Kern",
        "",
        city.coordinator,
    )
    told = (
        AuditEvent.objects.filter(verb="incident.canvassed").order_by("pk").values_list("data__before", "data__after")
    )
    assert list(told) == [("", "not_searched"), ("not_searched", "none_found")]
    collection.withdraw(incident=made, by=city.technician)
    assert (state(made), Canvass.objects.count()) == ("", 0)
    with pytest.raises(Refused, match="Nobody has answered"):
        collection.withdraw(incident=made, by=city.technician)
    with pytest.raises(Refused, match="with gunfire"):
        none_found(scene(city, kind=GUN), city.technician)
    with pytest.raises(IntegrityError), transaction.atomic():
        Canvass.objects.create(incident=made, answer="none_found", said_at=NOW, said_by=city.technician)


def test_one_press_on_the_page_of_the_incident_answers(client, city):
    one, two = scene(city), scene(city)
    shown = text(page(client, city.technician, "incident", one.pk))
    assert "Was evidence collected? Open for 3 days" in shown
    assert 'name="press" value="none_found"' in shown
    client.post(reverse("collection_answer", args=[one.pk]), {"press": "none_found"})
    client.post(reverse("collection_answer", args=[two.pk]), {"press": "no_scene"})
    said = Canvass.objects.get(incident=one)
    assert (said.searched_by, timezone.now() - said.searched_at < DAY / 24) == ("Tess Ito", True)
    assert (state(one), state(two)) == ("none_found", "not_searched")
    assert "Tess Ito" in text(page(client, city.technician, "incident", one.pk))
    assert "No scene could be found" in text(page(client, city.technician, "incident", two.pk))
    wrong = client.post(reverse("collection_answer", args=[one.pk]), {"answer": "not_searched", "reason": "other"})
    assert "Say in a few words" in text(wrong)
    assert client.post(reverse("collection_answer", args=[two.pk]), {"press": "nothing"}).status_code == 200
    client.post(reverse("collection_withdraw", args=[two.pk]))
    assert state(two) == ""
    assert "Evidence at the scene" not in text(page(client, city.technician, "incident", scene(city, kind=GUN).pk))
    assert 'name="press"' not in text(page(client, city.detective, "incident", two.pk))


def gaps(person, **how):
    return [row["case_number"] for row in queries.unanswered(person, now=NOW, **how)]


def test_the_list_of_gaps_counts_from_the_agencys_day_and_says_who_owes(client, city):
    old, late, new = (scene(city, days, case_number=f"26-{days}") for days in (80, 20, 3))
    theirs = factories.incident(city.gmpd, occurred_at=NOW - 5 * DAY, case_number="GM-5")
    scene(city, kind=GUN)
    factories.exhibit(scene(city))
    scene(city, 200, case_number="26-200")
    assert gaps(city.technician) == ["26-80", "26-20", "26-3"], "without a rule the last 90 days count"
    assert gaps(city.technician, history=True) == ["26-200"]
    rule = {"agency": city.papd, "begins_on": (NOW - 30 * DAY).date()}
    with pytest.raises(Refused, match="Only administrators"):
        collection.set_rule(by=city.technician, **rule)
    collection.set_rule(by=city.administrator, unit=city.homicide, **rule)
    assert gaps(city.technician) == ["26-20", "26-3"]
    assert gaps(city.technician, history=True) == ["26-80", "26-200"]
    assert gaps(city.analyst) == ["26-20", "GM-5", "26-3"], "a center sees those of its agencies"
    assert gaps(city.analyst, agency=city.gmpd.pk) == ["GM-5"]
    assert gaps(city.gm_detective) == ["GM-5"]
    assert gaps(city.outsider) == gaps(city.examiner) == []
    assert gaps(city.technician, days=7) == ["26-20"]
    counts = queries.unanswered_counts(city.analyst, NOW)
    assert counts == {"open": 3, "old": 1, "history": 2}

    desk = factories.unit(city.papd, "Gang and Gun")
    with pytest.raises(Refused, match="is no unit of"):
        collection.owe(incident=theirs, unit=desk, by=city.analyst)
    collection.owe(incident=new, unit=desk, officer="Ofc. Kern", by=city.supervisor)
    assert gaps(city.technician, unit=desk) == ["26-3"]
    assert gaps(city.technician, unit=city.homicide) == ["26-20"], "by the rule: nobody is named"
    shown = text(page(client, city.technician, "scenes"))
    assert "Ofc. Kern, Gang and Gun" in shown
    assert "20 days" in shown
    assert "business days" in shown
    assert "1 for a week and more" in shown
    assert old.case_number in text(page(client, city.technician, "scenes", show="history"))
    assert late.case_number not in text(page(client, city.technician, "scenes", unit=desk.pk))
    assert "No day is set from which GMPD" in text(page(client, city.analyst, "scenes"))


def test_who_records_an_incident_owes_its_answer_by_their_unit(city):
    desk = factories.unit(city.papd, "Crime Scene")
    person = factories.member(city.papd, "evidence_technician", unit=desk)
    made = incidents.record(agency=city.papd, by=person, case_number="26-9", kind=SHOTS, occurred_at=NOW - DAY)
    assert made.owing_unit == desk
    other = incidents.record(agency=city.papd, by=city.coordinator, case_number="26-8", kind=SHOTS, occurred_at=NOW)
    assert other.owing_unit is None


def test_lists_of_scenes_go_on_by_cursor_and_cost_the_same_for_three_rows_as_for_one(
    client, city, django_assert_num_queries
):
    none_found(scene(city), city.technician)
    assert gaps(city.technician) == []
    assert "Every scene has its answer" in text(page(client, city.technician, "scenes"))
    assert "Ofc. Kern" in text(page(client, city.technician, "scenes", show="none_found"))
    assert "No scene here" in text(page(client, city.technician, "scenes", show="not_searched"))
    for number in range(3):
        scene(city, 5 + number, case_number=f"26-{number}")
        if number != 1:
            with django_assert_num_queries(8):
                client.get(reverse("scenes"))
    rows = queries.unanswered(city.technician, now=NOW, limit=1)
    assert [row["case_number"] for row in rows] == ["26-2", "26-1"], "one more says that there are more"


def test_an_administrator_sets_from_when_the_agency_answers(client, city):
    assert "The last 90 days count" in text(page(client, city.administrator, "collection_rules"))
    address = reverse("collection_rule", args=[city.papd.pk])
    assert client.post(address, {"begins_on": "2026-07-01", "unit": city.homicide.pk}).status_code == 302
    rule = CollectionRule.objects.get()
    assert (rule.agency, rule.begins_on, rule.unit) == (city.papd, date(2026, 7, 1), city.homicide)
    assert "1 Jul 2026" in text(page(client, city.coordinator, "collection_rules"))
    client.force_login(city.administrator)
    assert client.get(reverse("collection_rule", args=[city.gmpd.pk])).status_code == 404
