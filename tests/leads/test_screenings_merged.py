"""Two leads turn out to be of one gun: worksheets of one person become one, and nothing that was weighed is lost."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from leads.actions import adoptions, charges, clusters, proceedings, referrals, screenings
from leads.models import Charge, LeadPair, Screening, ScreeningVersion
from leads.queries import referrals as near
from tests.apiclient import Program
from tests.factories import NOW
from tests.leads import casework
from tests.leads.casework import BORN, refer
from tests.leads.courts import CHARGED, TODAY
from tests.leads.pages import lead
from tests.leads.working import LATER, system
from tests.scenery import scene

Disposition = Charge.Disposition


@scene
def usa(city):
    return casework.federal(city)


@scene
def two(city, usa):
    """The case of one person before each office, on two leads that are not of one gun yet."""
    state = refer(city, lead(city, "WCL-2026-00001"), city.da, born_on=BORN)
    federal = refer(city, lead(city, "WCL-2026-00002"), city.usao, born_on=BORN)
    assert state.screening != federal.screening
    return state, federal


def join(city, *cases):
    one, other = (each.lead for each in cases)
    clusters.join(lead=one, other=other, reason="Says the report", by=city.analyst, now=NOW)
    while clusters.tell(by=system(), now=LATER):
        pass
    for each in cases:
        each.refresh_from_db()


def filled_in(sheet, by, **said):
    seen = sheet.versions.first()
    return screenings.fill_in(screening=sheet, seen=seen and seen.pk, by=by, **said)


class TestMerged:
    def test_the_first_that_was_filled_in_goes_on_and_the_other_is_read_below_it(self, city, two, usa, client):
        state, federal = two
        empty, kept = state.screening, federal.screening
        filled_in(kept, usa, federal_offenses="18 USC 922(g)(1)")
        join(city, state, federal)
        assert state.screening == federal.screening == kept
        empty.refresh_from_db()
        assert (empty.merged_into, empty.merged_at) == (kept, LATER)
        told = Notification.objects.filter(verb="screening.merged").values_list("user", flat=True)
        assert set(told) == {city.prosecutor.pk, usa.pk}
        assert AuditEvent.objects.get(verb="screening.merged").data["of"] == [empty.pk]
        client.force_login(city.prosecutor)
        page = client.get(reverse("screening", args=[empty.pk]), follow=True)
        assert page.redirect_chain[-1][0] == kept.get_absolute_url()
        assert "18 USC 922(g)(1)" in page.content.decode()

    def test_what_both_said_stays(self, city, two, usa, client):
        state, federal = two
        filled_in(state.screening, city.prosecutor, state_offenses="XX Penal 31.4")
        filled_in(federal.screening, usa, federal_offenses="18 USC 922(g)(1)")
        join(city, state, federal)
        kept = state.screening
        client.force_login(usa)
        page = client.get(kept.get_absolute_url()).content.decode()
        now, before = page.split("What another worksheet said")
        assert "XX Penal 31.4" in now
        assert "18 USC 922(g)(1)" not in now
        assert "18 USC 922(g)(1)" in before
        filled_in(kept, usa, state_offenses="XX Penal 31.4", federal_offenses="18 USC 922(g)(1)")
        assert ScreeningVersion.objects.count() == 3

    def test_the_old_one_takes_nothing_more_and_a_program_is_led_on(self, city, two, usa, client):
        state, federal = two
        filled_in(state.screening, city.prosecutor, state_offenses="XX Penal 31.4")
        old = federal.screening
        join(city, state, federal)
        with pytest.raises(Refused, match="became one with another"):
            screenings.fill_in(screening=old, seen=None, by=usa, federal_offenses="Late")
        found = Program(usa).get(f"screenings/{old.pk}/").json()
        assert (found["id"], found["said"]["state_offenses"]) == (state.screening_id, "XX Penal 31.4")
        client.force_login(usa)
        assert client.get(reverse("screening_edit", args=[old.pk])).status_code == 403

    def test_a_third_lead_leads_all_old_numbers_to_the_one_that_goes_on(self, city, two):
        state, federal = two
        third = refer(city, lead(city, "WCL-2026-00003"), city.da, born_on=BORN)
        filled_in(third.screening, city.prosecutor, state_offenses="XX Penal 31.4")
        join(city, state, federal)
        join(city, federal, third)
        kept = Screening.objects.get(merged_into=None)
        assert kept == third.screening
        assert set(kept.merged.all()) == set(Screening.objects.exclude(pk=kept.pk))
        assert len(near.concerned(kept)) == 2

    def test_cases_of_two_persons_stay_apart_and_a_gun_that_falls_apart_takes_nothing_away(self, city, two):
        state, federal = two
        other = refer(city, federal.lead, city.usao, defendant="Robin Roe", born_on=BORN)
        join(city, state, federal)
        other.refresh_from_db()
        assert state.screening == federal.screening != other.screening
        clusters.take_back(pair=LeadPair.objects.get(), reason="Misheard", by=city.analyst, now=LATER)
        state.refresh_from_db()
        assert state.screening == federal.screening

    def test_the_database_wants_to_know_when_and_into_another(self, two):
        sheet = two[0].screening
        for wrong in ({"merged_into": two[1].screening}, {"merged_into": sheet, "merged_at": NOW}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Screening.objects.filter(pk=sheet.pk).update(**wrong)


@scene
def adopted(city, two, usa):
    """A state's case of which one charge went to federal court before, and one was superseded; and who adopts it."""
    state, federal = two
    join(city, state, federal)
    referrals.decide(referral=state, status="accepted", by=city.prosecutor)
    referrals.decide(referral=federal, status="accepted", by=usa)
    before, old = (_charge(city, state, title) for title in ("Went before", "Superseded"))
    charges.dispose(charge=before, disposition="transferred_federal", disposed_on=TODAY, by=city.prosecutor)
    proceedings.record(referral=state, kind="indictment", on=TODAY, by=city.prosecutor)
    proceedings.record(referral=state, kind="superseding", on=TODAY, by=city.prosecutor, again=[old])
    state.refresh_from_db()
    return state, federal


def _charge(city, case, title):
    return charges.add(
        referral=case, statute="X", title=title, counts=1, charged_on=CHARGED, by=city.prosecutor
    )  # fmt: skip


def standing(case):
    found = Charge.objects.filter(referral=case).order_by("pk")
    return [(each.title, each.disposition, bool(each.superseded_in_id)) for each in found]


class TestAdopted:
    def test_what_was_superseded_stays_and_what_went_before_is_not_brought_back(self, city, adopted, usa):
        state, federal = adopted
        before = standing(state)
        adoptions.adopt(referral=federal, state=state, note="Ours", by=usa)
        went = Charge.objects.filter(adopted_into=federal)
        assert {each.disposition for each in went} == {Disposition.TRANSFERRED_FEDERAL}
        assert {each.title for each in went} == {"Superseded"}
        adoptions.part(referral=federal, state=state, note="Back", by=usa)
        assert standing(state) == before
        assert not Charge.objects.exclude(adopted_into=None).exists()

    def test_charges_of_cases_that_stand_adopted_get_to_know_it(self, city, adopted, usa):
        state, federal = adopted
        adoptions.adopt(referral=federal, state=state, note="Ours", by=usa)
        Charge.objects.filter(superseded_in=None).update(adopted_into=None)
        with connection.cursor() as cursor:
            cursor.execute(import_module("leads.migrations.0032_told_joined_adopted").ADOPTED)
        assert Charge.objects.filter(adopted_into=federal, title="Superseded").exists()

    def test_only_a_charge_that_went_to_federal_court_names_a_case(self, city, adopted):
        with pytest.raises(IntegrityError), transaction.atomic():
            Charge.objects.filter(disposition=Disposition.PENDING, superseded_in=None).update(adopted_into=adopted[1])
