"""One arrest is one arrest, however many leads and agencies name it: in every figure, on every page, by constraint."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agencies.access import Refused
from agencies.models import AuditEvent
from leads import outcomes as pure
from leads.actions import activities, assignments, closings, clusters, feedbacks, outcomes, referrals
from leads.insight import backtest, feedback, scope
from leads.insight import outcomes as insight
from leads.models import Obligation, Outcome
from leads.queries import meetings as queries_meetings
from tests.leads.pages import lead
from tests.leads.working import system
from tests.scenery import scene

DAY = timezone.localdate() - timedelta(days=2)
ARREST = {"outcome": "arrest_made", "usefulness": 5}


def closed(city, part, number="", agency=None, outcome="arrest_made", **more):
    papd = part.agency_id == city.papd.pk
    worker, boss = (city.detective, city.supervisor) if papd else (city.gm_detective, city.gm_supervisor)
    assignments.assign(obligation=part, investigator=worker, by=boss)
    activities.log(obligation=part, kind="note", text="Read the file", by=worker)
    named = {"number": number, "agency": agency, "happened_on": DAY} | more
    closings.propose(obligation=part, outcome=outcome, usefulness=5, by=worker, **named)
    return closings.approve(obligation=part, by=boss)


def part(one, agency):
    return Obligation.objects.get(lead=one, agency=agency)


@scene
def three(city):
    """Three leads of one cluster, on each of which two agencies named one arrest of Port Alder in their own ways."""
    made = [lead(city, f"WCL-2026-0000{n}") for n in (1, 2, 3)]
    for one, other in itertools.pairwise(made):
        clusters.join(lead=one, other=other, reason="Same gun", by=city.analyst)
    ways = iter(("26-004411", "26 004411", "26/004411", "26.004411", " 26-004411 ", "26004411"))
    for one in made:
        closed(city, part(one, city.papd), next(ways))
        closed(city, part(one, city.gmpd), next(ways), city.papd)
    return made


def test_a_number_met_again_at_the_same_agency_is_the_same_arrest(city, three):
    arrest = Outcome.objects.get()
    assert (arrest.agency, arrest.number, arrest.kind) == (city.papd, "26-004411", "arrest")
    assert arrest.obligations.count() == 6
    assert AuditEvent.objects.filter(verb="outcome.recorded").count() == 1


def test_every_figure_counts_one_arrest_of_three_leads_and_two_agencies_once(city, three, client, monkeypatch):
    now, reach = timezone.now(), scope.of(city.coordinator)
    counts = insight.counts(reach, now=now)
    assert counts[None, "arrest"] == counts[city.papd.pk, "arrest"] == counts[city.gmpd.pk, "arrest"] == 1
    while feedbacks.give(by=system()):
        pass
    assert feedback.share(reach, now=now) == (3, 3, 1, 1)
    monkeypatch.setattr(backtest, "FEWEST", 1)
    tested = backtest.run(city.center, now=now + timedelta(hours=1), days=60)
    assert (tested.arrests, tested.count, tested.shared) == (1, 1, 2)
    owed = Obligation.objects.filter(lead__agency=city.center).select_related("agency")
    assert len(queries_meetings._referable(owed, now - timedelta(days=9))) == 1
    client.force_login(city.coordinator)
    page = client.get(reverse("accountability")).content.decode()
    assert "1 arrest</a>" in page
    assert "Each agency that took part is shown with it" in page
    rows = client.get(reverse("outcomes"), {"kind": "arrest"}).content.decode()
    assert rows.count(reverse("outcome", args=[Outcome.objects.get().pk])) == 2  # the row and its link
    one = client.get(Outcome.objects.get().get_absolute_url()).content.decode()
    assert "3 leads, 2 agencies that you see" in one
    page = client.get(three[0].get_absolute_url()).content.decode()
    assert "Arrest made (Arrest 26-004411, PAPD" in page
    assert page.count(Outcome.objects.get().get_absolute_url()) == 1


def test_what_was_referred_from_one_lead_is_not_ready_for_referral_on_another(city, three):
    case = {"agency": city.papd, "office": city.da, "defendant": "Pat Doe", "summary": "Found with it."}
    referrals.make(lead=three[1], by=city.detective, **case)
    owed = Obligation.objects.filter(lead__agency=city.center).select_related("agency")
    assert queries_meetings._referable(owed, timezone.now() - timedelta(days=9)) == []


def test_two_that_turn_out_to_be_one_count_once_and_are_taken_apart_again(city):
    one, other = lead(city, "WCL-2026-00001"), lead(city, "WCL-2026-00002")
    closed(city, part(one, city.papd), "26-1")
    closed(city, part(other, city.gmpd), "GM-77")
    first, second = Outcome.objects.order_by("pk")
    reach = scope.of(city.coordinator)

    def counted():
        return insight.counts(reach, now=timezone.now())[None, "arrest"]

    assert counted() == 2
    with pytest.raises(Refused, match="Only an analyst or the coordinator"):
        outcomes.merge(outcome=second, into=first, why="One booking", by=city.supervisor)
    outcomes.merge(outcome=second, into=first, why="One booking", by=city.analyst)
    assert counted() == 1
    with pytest.raises(Refused, match="Others were found to be this one"):
        outcomes.merge(outcome=first, into=second, why="Round", by=city.analyst)
    assert part(other, city.gmpd).named_outcome == second
    outcomes.part(outcome=second, by=city.analyst)
    assert counted() == 2
    with pytest.raises(Refused, match="counts by itself already"):
        outcomes.part(outcome=second, by=city.analyst)
    assert list(AuditEvent.objects.filter(verb__startswith="outcome.m").values_list("data__why", flat=True)) == [
        "One booking"
    ]


def test_the_database_holds_what_counts(city):
    made = lead(city, "WCL-2026-00001")
    closed(city, part(made, city.papd), "26-1")
    first = Outcome.objects.get()
    broken = [
        lambda: Outcome.objects.create(
            kind="arrest", agency=city.papd, number="26 1", key="261", happened_on=DAY, recorded_at=timezone.now(),
            recorded_by=city.detective,
        ),
        lambda: Outcome.objects.filter(pk=first.pk).update(number="26-2"),
        lambda: Obligation.objects.filter(pk=part(made, city.papd).pk).update(usefulness=None),
        lambda: Obligation.objects.filter(pk=part(made, city.papd).pk).update(usefulness=6),
        lambda: first.delete(),
    ]  # fmt: skip
    for write in broken:
        with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
            write()
    gun = Outcome.objects.create(
        kind="gun", agency=city.papd, happened_on=DAY, recorded_at=timezone.now(), recorded_by=city.detective
    )
    with pytest.raises(IntegrityError, match="of the kind it was closed with"), transaction.atomic():
        Obligation.objects.filter(pk=part(made, city.papd).pk).update(named_outcome=gun)
    with pytest.raises(IntegrityError, match="one with another of its kind"), transaction.atomic():
        Outcome.objects.filter(pk=gun.pk).update(
            merged_into=first, merged_at=timezone.now(), merged_by=city.analyst, merged_why="No"
        )


def test_a_part_that_nobody_named_anything_for_has_one_of_its_own_as_rows_from_before_have(city):
    made = lead(city, "WCL-2026-00001")
    for agency, worker, boss in (
        (city.papd, city.detective, city.supervisor), (city.gmpd, city.gm_detective, city.gm_supervisor),
    ):  # fmt: skip
        owed = part(made, agency)
        assignments.assign(obligation=owed, investigator=worker, by=boss)
        ended = {"due_at": None, "steps": None, "next_step_at": None, "closed_by": boss, "closed_at": timezone.now()}
        Obligation.objects.filter(pk=owed.pk).update(state="closed", outcome="arrest_made", usefulness=4, **ended)
    assert Outcome.objects.count() == 2
    assert set(Outcome.objects.values_list("number", "recorded_by")) == {
        ("", city.supervisor.pk), ("", city.gm_supervisor.pk),
    }  # fmt: skip
    Obligation.objects.filter(agency=city.papd).update(outcome="firearm_recovered")
    assert part(made, city.papd).named_outcome.kind == "gun"


def test_what_is_not_counted_names_nothing_and_what_is_sent_back_names_nothing_any_more(city):
    made = lead(city, "WCL-2026-00001")
    done = closed(city, part(made, city.gmpd), "26-1", outcome="exhausted_no_suspect")
    assert done.named_outcome is None
    owed = part(made, city.papd)
    assignments.assign(obligation=owed, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=owed, kind="note", text="Read the file", by=city.detective)
    closings.propose(obligation=owed, number="26-1", by=city.detective, **ARREST)
    assert part(made, city.papd).named_outcome.number == "26-1"
    closings.send_back(obligation=owed, note="Which one?", by=city.supervisor)
    assert part(made, city.papd).named_outcome is None
    assert insight.counts(scope.of(city.coordinator), now=timezone.now()) == {}


class TestForm:
    @pytest.fixture
    def at_work(self, city):
        owed = part(lead(city, "WCL-2026-00009"), city.papd)
        assignments.assign(obligation=owed, investigator=city.detective, by=city.supervisor)
        activities.log(obligation=owed, kind="note", text="Read the file", by=city.detective)
        return owed

    def post(self, client, city, owed, **given):
        client.force_login(city.detective)
        url = reverse("obligation_propose", args=[owed.pk])
        return client.post(url, {"outcome": "arrest_made", "usefulness": "5", **given})

    def test_an_arrest_is_chosen_or_has_a_number_and_a_day(self, city, client, at_work):
        page = self.post(client, city, at_work).content.decode()
        assert "Give its number, or choose it from the list" in page
        assert "Give the day on which it happened." in page
        tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
        assert self.post(client, city, at_work, number="26-7", happened_on=tomorrow).status_code == 200
        assert self.post(client, city, at_work, number="--", happened_on=DAY.isoformat()).status_code == 200
        assert not Outcome.objects.exists()
        assert self.post(client, city, at_work, number="26-7", happened_on=DAY.isoformat()).status_code == 302
        assert str(part(at_work.lead, city.papd).named_outcome) == "Arrest 26-7"

    def test_those_of_the_lead_its_cluster_and_the_agency_are_offered_and_no_others(self, city, client, at_work, three):
        elsewhere = lead(city, "WCL-2026-00008")
        closed(city, part(elsewhere, city.gmpd), "GM-1")
        client.force_login(city.detective)
        url = reverse("obligation_propose", args=[at_work.pk])
        page = client.get(url).content.decode()
        assert "Arrest 26-004411, PAPD" in page  # its agency's own
        assert "GM-1" not in page  # of another agency, on a lead apart
        clusters.join(lead=at_work.lead, other=elsewhere, reason="Same gun", by=city.analyst)
        assert "GM-1" in client.get(url).content.decode()
        known = Outcome.objects.get(number="GM-1")
        wrong = self.post(client, city, at_work, outcome="firearm_recovered", named=known.pk).content.decode()
        assert "This is of another kind" in wrong
        assert self.post(client, city, at_work, named=known.pk).status_code == 302
        assert part(at_work.lead, city.papd).named_outcome == known

    def test_what_a_person_does_not_see_they_cannot_name(self, city, at_work):
        far = Outcome.objects.create(
            kind="arrest", agency=city.outsider_agency, number="X-1", key="X1", happened_on=DAY,
            recorded_at=timezone.now(), recorded_by=city.analyst,
        )  # fmt: skip
        for which in ({"named": far}, {"agency": city.outsider_agency, "number": "X-1"}):
            with pytest.raises(Refused, match="Choose"):
                closings.propose(obligation=at_work, by=city.detective, **ARREST, **which)


def test_outcomes_are_seen_by_who_did_them_and_who_sees_a_lead_that_names_them(city, three, client):
    url = Outcome.objects.get().get_absolute_url()
    for person, status in ((city.gm_detective, 200), (city.analyst, 200), (city.outsider, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_outcomes_takes_as_many_statements_for_one_row_as_for_three(city, client, many):
    for n in range(many):
        closed(city, part(lead(city, f"WCL-2026-0000{n}"), city.papd), f"26-{n + 1}")
    reach = scope.of(city.coordinator)
    with connection.execute_wrapper(counter := Counter()):
        rows, older = insight.page(reach, city.coordinator, now=timezone.now())
    assert (len(rows), older, counter.many) == (many, "", 2)


class Counter:
    many = 0

    def __call__(self, execute, sql, params, many, context):
        self.many += 1
        return execute(sql, params, many, context)


def test_pages_of_outcomes_follow_each_other(city):
    for n in range(3):
        closed(
            city,
            part(lead(city, f"WCL-2026-0000{n}"), city.papd),
            f"26-{n + 1}",
            happened_on=DAY - timedelta(days=n % 2),
        )
    reach, seen, after = scope.of(city.coordinator), [], None
    while True:
        rows, after = insight.page(reach, city.coordinator, now=timezone.now(), after=after, limit=1)
        seen += [each.number for each in rows]
        if not after:
            break
    assert seen == ["26-3", "26-1", "26-2"]


LEADS = st.lists(st.frozensets(st.integers(1, 4), max_size=3), max_size=8)


@given(LEADS)
def test_an_arrest_is_a_hit_of_the_lead_opened_first_alone(arrests):
    start = timezone.now()
    leads = [(start + timedelta(days=place), {}, set(ids)) for place, ids in enumerate(arrests)]
    hits = sum(hit for _at, _inputs, hit in backtest.once(leads[::-1]))
    slow, taken = 0, []
    for ids in arrests:
        slow += any(each not in taken for each in ids)
        taken += ids
    assert hits == slow
    assert sum(not hit for _at, _inputs, hit in backtest.once(leads)) == sum(not ids for ids in arrests)


def test_words_of_an_outcome():
    assert pure.key_of(" 26-0044/11 ") == pure.key_of("26004411")
    assert pure.day(date(2026, 7, 4)) == "4 Jul 2026"
    assert [words for _kind, _many, words in pure.counted({"arrest": 1, "gun": 2})] == [
        "arrest", "arrest warrants", "guns recovered",
    ]  # fmt: skip
