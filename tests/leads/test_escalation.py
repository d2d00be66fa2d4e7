from datetime import timedelta

import pytest

from agencies.models import Notification, User
from leads.actions import assignments, escalations
from leads.models import Escalation, Lead, Obligation
from tests.factories import NOW, incident
from tests.leads.test_notice_to_closed import lead, load, notice, of  # noqa: F401


@pytest.fixture
def clock(db):
    return lambda now: escalations.climb(by=User.objects.system(), now=now)


def test_nothing_climbs_before_its_time(city, lead, clock):  # noqa: F811
    assert clock(NOW + timedelta(minutes=1)) == 0


def test_each_rung_is_taken_once_whatever_runs_twice(city, lead, clock):  # noqa: F811
    mine = of(lead, city.papd)
    for step in mine.steps:
        clock(step)
        clock(step)
    assert list(Escalation.objects.filter(obligation=mine).order_by("level").values_list("level", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert clock(NOW + timedelta(days=90)) == 0


def test_a_day_of_downtime_is_made_up_with_every_rung(city, lead, clock):  # noqa: F811
    mine = of(lead, city.papd)
    clock(mine.steps[-1] + timedelta(days=1))
    assert Escalation.objects.filter(obligation=mine).count() == 5
    told = Notification.objects.filter(verb__startswith="escalation.").values_list("user__name", "verb")
    assert ("Amara Bell", "escalation.supervisor") in told
    assert ("Rowan Pike", "escalation.commander") in told
    assert ("Cora Lane", "escalation.coordinator") in told


def test_the_investigator_is_told_first(city, lead, clock):  # noqa: F811
    assignments.assign(obligation=of(lead, city.papd), investigator=city.detective, by=city.supervisor, now=NOW)
    mine = of(lead, city.papd)
    clock(mine.steps[0])
    told = set(Notification.objects.filter(verb="escalation.due_soon").values_list("user__name", flat=True))
    assert "Chidi Okafor" in told
    assert "Amara Bell" not in told


def test_a_new_stage_climbs_a_new_ladder(city, lead, clock):  # noqa: F811
    mine = of(lead, city.papd)
    clock(mine.steps[-1])
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor, now=mine.steps[-1])
    mine.refresh_from_db()
    assert mine.level == 0
    clock(mine.steps[1])
    assert Escalation.objects.filter(obligation=mine, stage="start").count() == 2


def test_a_closed_obligation_climbs_no_more(city, lead, clock):  # noqa: F811
    Obligation.objects.filter(lead=lead).update(
        state="returned",
        returned_at=NOW,
        returned_by=city.supervisor,
        return_reason="wrong_agency",
        steps=None,
        due_at=None,
        next_step_at=None,
    )
    assert clock(NOW + timedelta(days=30)) == 0
    assert Lead.objects.get().due_at == lead.opened_at + timedelta(days=1)


def test_parts_of_one_lead_that_are_late_together_are_taken_together(city, lead, clock):  # noqa: F811
    """So that who answers for the center hears of a lead once, however many batches there are."""
    incident(city.papd, case_number="26-018900")
    incident(city.gmpd, case_number="26-004500")
    load(city, notice(("PAPD", "26-018900"), ("Glenmoor PD", "26-004500"), number="WCL-2026-00413"))
    late = of(lead, city.papd).steps[-1]
    for agency in (city.papd, city.gmpd):
        for each in Lead.objects.order_by("id"):
            Obligation.objects.filter(lead=each, agency=agency).update(
                steps=of(lead, city.papd).steps, next_step_at=of(lead, city.papd).steps[0]
            )
    for _batch in range(2):
        assert escalations.climb(by=User.objects.system(), now=late, limit=2) == 2
    told = Notification.objects.filter(verb="escalation.coordinator", user=city.coordinator)
    assert sorted(told.values_list("label", flat=True)) == ["WCL-2026-00412", "WCL-2026-00413"]
