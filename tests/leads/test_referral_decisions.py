"""What becomes of a case: each office's own reasons, what is asked for, transfer, asking again, adoption."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import adoptions, assignments, casetasks, charges, referrals
from leads.insight import scope, stages
from leads.models import Charge, Referral, ReferralDecision, Task
from leads.pages import dash as dashpage
from leads.queries import caselists
from tests.apiclient import Program
from tests.factories import NOW, member
from tests.leads import casework
from tests.leads.casework import Status, refer, soon
from tests.leads.pages import lead
from tests.scenery import scene


@scene
def usa(city):
    return casework.federal(city)


@scene
def gun(city):
    return lead(city, "WCL-2026-00001")


@scene
def case(city, gun):
    return refer(city, gun, city.da)


@pytest.fixture
def page(client):
    def text(user, name, pk, given=None):
        client.force_login(user)
        path = reverse(name, args=[pk])
        return (client.get(path) if given is None else client.post(path, given, follow=True)).content.decode()

    return text


def decide(case, status, by, **values):
    return referrals.decide(referral=case, status=status, by=by, **values)


def steps(case):
    return list(case.decisions.values_list("became", flat=True))


class TestReasons:
    def test_each_kind_of_office_has_its_own_list(self, page, city, gun, case, usa):
        other = refer(city, gun, city.usao)
        state, federal = page(city.prosecutor, "referral_decide", case.pk), page(usa, "referral_decide", other.pk)
        assert "Laboratory result pending" in state
        assert "Laboratory result pending" not in federal
        assert "Minimal federal interest" in federal
        assert "Minimal federal interest" not in state

    def test_a_reason_of_the_other_list_is_refused(self, city, case):
        with pytest.raises(Refused, match="own list"):
            decide(case, "declined", city.prosecutor, reason="minimal_interest")

    def test_every_value_that_was_ever_stored_is_still_one(self):
        both = {*Referral.FEDERAL_REASONS, *Referral.STATE_REASONS}
        assert both == set(Referral.DeclineReason)


class TestTransfer:
    def test_it_opens_the_case_there_with_a_link_back(self, page, city, gun, usa):
        case = refer(city, gun, city.da, events=[gun.events.first()])
        page(city.prosecutor, "referral_decide", case.pk, {"status": "transferred", "office": city.usao.pk})
        there = Referral.objects.get(office=city.usao)
        assert (there.origin, there.status, there.venue, there.agency) == (case, "referred", "federal", city.papd)
        assert [each.event for each in there.asserted.all()] == [gun.events.first()]
        assert "Transferred from District Attorney, Wexley" in page(usa, "referral", there.pk)
        assert "Transferred to U.S. Attorney" in page(city.detective, "referral", case.pk)
        assert "This case is with another office now." in page(city.prosecutor, "referral_decide", case.pk)

    def test_it_says_to_whom_and_never_twice(self, page, city, gun, case, usa):
        assert "Choose the office that takes the case." in page(
            city.prosecutor, "referral_decide", case.pk, {"status": "transferred"}
        )
        refer(city, gun, city.usao)
        with pytest.raises(Refused, match="referred to that office already"):
            decide(case, "transferred", city.prosecutor, office=city.usao)

    def test_the_agency_may_ask_the_first_office_again(self, city, case, usa):
        decide(case, "transferred", city.prosecutor, office=city.usao)
        referrals.answer(referral=case, summary="They declined.", by=city.detective)
        case.refresh_from_db()
        assert case.status == Status.REFERRED


class TestHistory:
    def test_asking_again_keeps_every_decision_in_order_with_the_former_words(self, page, city, case):
        decide(case, "declined", city.prosecutor, reason="weak_evidence", note="No witness.")
        referrals.answer(referral=case, summary="A witness came.", by=city.detective)
        decide(case, "accepted", city.prosecutor)
        assert steps(case) == ["declined", "referred", "accepted"]
        text = page(city.prosecutor, "referral", case.pk)
        history = text.split("How it was decided")[1].split("</section>")[0]
        assert history.index("No witness.") < history.index("Arrested with the gun.") < history.index("Accepted")

    def test_what_was_decided_never_changes(self, city, case):
        decide(case, "accepted", city.prosecutor)
        for spoil in (lambda rows: rows.update(note="Otherwise"), lambda rows: rows.delete()):
            with pytest.raises(IntegrityError), transaction.atomic():
                spoil(ReferralDecision.objects.filter(referral=case))


class TestMeanwhile:
    def test_who_decides_on_what_somebody_decided_meanwhile_is_told_and_keeps_what_they_typed(self, page, city, case):
        seen = re.compile(r'name="seen" value="([^"]+)"')
        began = seen.search(page(city.prosecutor, "referral_decide", case.pk))[1]
        decide(case, "accepted", member(city.da, "prosecutor"))
        given = {"status": "declined", "reason": "weak_evidence", "note": "No witness.", "seen": began}
        told = page(city.prosecutor, "referral_decide", case.pk, given)
        assert "Somebody changed this since you opened it" in told
        assert "No witness." in told
        assert steps(case) == ["accepted"]
        page(city.prosecutor, "referral_decide", case.pk, given | {"seen": seen.search(told)[1]})
        assert steps(case) == ["accepted", "declined"]

    def test_that_the_agency_answered_is_another_case_too(self, city, case):
        began = decide(case, "more_asked", city.prosecutor, note="Say more.").version
        referrals.answer(referral=case, summary="More is said.", by=city.detective)
        with pytest.raises(Refused, match="Somebody changed this"):
            decide(case, "declined", city.prosecutor, reason="weak_evidence", seen=began)


class TestAdoption:
    @pytest.fixture
    def both(self, city, gun, case, usa):
        decide(case, "accepted", city.prosecutor)
        today = timezone.localdate()
        charges.add(referral=case, statute="X", title="Carrying", counts=1, charged_on=today, by=city.prosecutor)
        federal = refer(city, gun, city.usao)
        decide(federal, "accepted", usa)
        return case, federal

    def test_the_states_case_is_dismissed_in_favor_and_both_are_linked(self, page, city, both, usa):
        case, federal = both
        page(usa, "referral_adopt", federal.pk, {"state": case.pk, "note": "Armed career criminal."})
        case.refresh_from_db()
        assert (case.status, case.adopted_into) == (Status.ADOPTED, federal)
        assert case.charges.get().disposition == Charge.Disposition.TRANSFERRED_FEDERAL
        said = page(city.prosecutor, "referral", case.pk)
        assert "Adopted by U.S. Attorney" in said
        assert "<small>Adopted it</small>" in said
        said = page(usa, "referral", federal.pk)
        assert "Has adopted the case of District Attorney" in said
        state = said.split("Adopted, dismissed here")[-1].split("</section>")[0]
        assert usa.name not in state, "they are not called at the number of the state's office"

    def test_the_offender_is_counted_once(self, city, both, usa):
        case, federal = both
        adoptions.adopt(referral=federal, state=case, note="Ours", by=usa)
        counted = caselists.counts(city.detective, now=timezone.now())
        assert (counted["court"], counted["moved"], counted["people"]) == (1, 1, 1)

    def test_the_stage_prosecute_counts_the_case_that_goes_on(self, city, both, usa):
        case, federal = both
        part = case.lead.obligations.get(agency=city.papd)
        assignments.assign(obligation=part, investigator=city.detective, unit=city.homicide, by=city.supervisor)
        reach, now = scope.of(city.coordinator), timezone.now()
        period = dashpage.read({}, reach.zone, now).period
        before = [each["id"] for each in stages.page(reach, period, stages.BY_NUMBER[6], "more", now=now)[0]]
        adoptions.adopt(referral=federal, state=case, note="Ours", by=usa)
        rows = stages.page(reach, period, stages.BY_NUMBER[6], "more", now=now)[0]
        assert ([each["id"] for each in rows], len(before)) == (before, 1)
        assert rows[0]["target_id"] == federal.pk

    def test_it_is_taken_back_as_it_stood(self, page, city, both, usa):
        case, federal = both
        adoptions.adopt(referral=federal, state=case, note="Ours", by=usa)
        page(usa, "referral_part", federal.pk, {"state": case.pk, "note": "Suppressed there."})
        case.refresh_from_db()
        assert (case.status, case.adopted_into, case.decided_by) == (Status.ACCEPTED, None, city.prosecutor)
        assert case.charges.get().disposition == Charge.Disposition.PENDING
        assert steps(case) == ["accepted", "adopted", "accepted"]
        assert "Adoption taken back: accepted" in page(city.prosecutor, "referral", case.pk)

    def test_what_was_asked_for_and_brought_meanwhile_is_before_the_office_when_it_is_taken_back(self, city, gun, usa):
        state, federal = refer(city, gun, city.da), refer(city, gun, city.usao)
        decide(federal, "accepted", usa)
        decide(state, "more_asked", city.prosecutor, items=["Video"], due_on=soon())
        adoptions.adopt(referral=federal, state=state, note="Ours", by=usa)
        casetasks.finish(task=Task.objects.get(), note="Here", by=city.detective)
        adoptions.part(referral=federal, state=state, note="Back", by=usa)
        state.refresh_from_db()
        assert (state.status, steps(state)[-2:]) == (Status.REFERRED, ["more_asked", "referred"])
        assert state.decisions.last().note == "What was asked for: 1 done."
        decide(state, "more_asked", city.prosecutor, note="Say more of the second event.")
        adoptions.adopt(referral=federal, state=state, note="Ours", by=usa)
        adoptions.part(referral=federal, state=state, note="Back", by=usa)
        state.refresh_from_db()
        assert state.status == Status.MORE_ASKED, "nothing of what was asked in words came meanwhile"

    def test_only_the_federal_office_adopts_and_only_what_is_open_of_the_same_person(self, city, both, usa):
        case, federal = both
        with pytest.raises(Refused, match="Only a prosecutor of the office"):
            adoptions.adopt(referral=federal, state=case, note="Ours", by=city.prosecutor)
        with pytest.raises(Refused, match=r"Only a U.S. Attorney's office adopts"):
            adoptions.adopt(referral=case, state=federal, note="Ours", by=city.prosecutor)
        other = refer(city, case.lead, city.da, defendant="Robin Roe")
        with pytest.raises(Refused, match="on the same person"):
            adoptions.adopt(referral=federal, state=other, note="Ours", by=usa)

    def test_the_database_refuses_an_adoption_without_the_other_case(self, case):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=case.pk).update(status="adopted", decided_at=NOW, decided_by=case.referred_by)

    def test_the_log_has_both(self, city, both, usa):
        case, federal = both
        adoptions.adopt(referral=federal, state=case, note="Ours", by=usa)
        adoptions.part(referral=federal, state=case, note="Back", by=usa)
        assert AuditEvent.objects.filter(verb__in=["referral.adopted", "referral.parted"]).count() == 2

    def test_a_program_adopts_and_takes_it_back(self, city, both, usa):
        case, federal = both
        program, path = Program(usa), f"referrals/{federal.pk}/"
        assert program.post(f"{path}adopt/", state=federal.pk, note="Ours").status_code == 400
        assert program.post(f"{path}adopt/", state=case.pk, note="Ours").status_code == 200
        assert Program(city.prosecutor).get(f"referrals/{case.pk}/").json()["status"] == "adopted"
        assert program.post(f"{path}part/", state=case.pk, note="Back").status_code == 200
        assert Program(city.prosecutor).post(f"{path}adopt/", state=case.pk, note="Ours").status_code == 404


def test_a_program_asks_for_items_and_transfers(city, case, usa):
    program, path = Program(city.prosecutor), f"referrals/{case.pk}/decide/"
    body = {"status": "more_asked", "items": ["Video"]}
    assert program.post(path, body).json() == {"due_on": ["Give a day to come by which it is to be there."]}
    assert program.post(path, body | {"due_on": soon().isoformat()}).status_code == 200
    assert program.post(path, status="transferred").json() == {"office": ["Choose the office that takes the case."]}
    moved = program.post(path, status="transferred", office=city.usao.pk)
    assert [each["became"] for each in moved.json()["decisions"]] == ["more_asked", "transferred"]
    assert Referral.objects.get(office=city.usao).origin == case
