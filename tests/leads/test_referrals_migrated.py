"""Cases from before offices stood beside each other: what the migration makes of them."""

from importlib import import_module

from django.db import connection

from leads.actions import referrals
from leads.models import Referral, ReferralDecision, Screening
from tests.leads.casework import refer
from tests.leads.pages import lead
from tests.scenery import scene

FILL = import_module("leads.migrations.0025_referrals_of_persons").FILL
EMPTY = """
set constraints all immediate;
alter table leads_referraldecision disable trigger referral_decision_append_only;
delete from leads_referraldecision;
alter table leads_referral alter screening_id drop not null;
update leads_referral set screening_id = null, venue = 'state';
delete from leads_screening;
"""


@scene
def cases(city):
    gun = lead(city, "WCL-2026-00001")
    state, federal = refer(city, gun, city.da), refer(city, gun, city.usao)
    refer(city, gun, city.da, defendant="Robin Roe")
    referrals.decide(referral=state, status="declined", reason="weak_evidence", note="No", by=city.prosecutor)
    return federal


def test_each_person_has_a_worksheet_each_case_its_law_and_each_decision_its_row(city, cases):
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        cursor.execute(FILL)
    found = {(each.defendant, each.office.code): each for each in Referral.objects.select_related("office")}
    assert {key: each.venue for key, each in found.items()} == {
        ("Pat Doe", "DA"): "state",
        ("Pat Doe", "USAO"): "federal",
        ("Robin Roe", "DA"): "state",
    }
    assert found["Pat Doe", "DA"].screening_id == found["Pat Doe", "USAO"].screening_id
    assert sorted(Screening.objects.values_list("defendant", flat=True)) == ["Pat Doe", "Robin Roe"]
    rows = ReferralDecision.objects.values_list("referral", "became", "reason", "note", "by")
    assert list(rows) == [(found["Pat Doe", "DA"].pk, "declined", "weak_evidence", "No", city.prosecutor.pk)]
