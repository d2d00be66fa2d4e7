"""What a packet tells of cases before prosecutors: those of its own agency alone, and no name of a juvenile."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.roles import Role
from leads.actions import charges, proceedings
from leads.packets import blocks
from tests.factories import member
from tests.leads.casework import refer
from tests.leads.courts import CHARGED, TODAY, case_of, charge_of, step
from tests.leads.packing import EVERY, make, rows, version


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_case_of_another_agency_is_in_no_packet_though_its_maker_works_there_too(city, line):
    both = member(city.gmpd, Role.DETECTIVE, user=city.detective)
    refer(city, line, city.da, agency=city.gmpd, defendant="Rex Othermarker", by=both)
    refer(city, line, city.usao, defendant="Pat Doe", by=both)
    told = [row["detail"] for row in rows(make(city, line, by=both, sections=EVERY), "outcomes")]
    assert told == ["Pat Doe"]


def test_a_juvenile_whose_case_was_referred_is_named_nowhere_in_it(city, line, client):
    young = line.first_event_at.date() - timedelta(days=16 * 365)
    one = refer(city, line, city.da, defendant="Kit Youngmarker", venue="juvenile")
    refer(city, line, city.usao, defendant="Bo Childmarker", born_on=young)
    refer(city, line, city.da, defendant="Pat Doe", born_on=date(1990, 1, 1))
    said = str(version(make(city, line, sections=EVERY, title="State v. Kit Youngmarker")).snapshot)
    assert not [name for name in ("Youngmarker", "Childmarker") if name in said]
    assert "Pat Doe" in said
    client.force_login(city.detective)
    for case, title in ((one, f"Lead {line.number}"), (line.referrals.get(defendant="Pat Doe"), "Pat Doe")):
        page = client.get(reverse("packet_new", args=[line.pk]), {"case": case.pk}).content.decode()
        assert f'value="{title}"' in page
        assert "Youngmarker" not in page


def test_an_offices_packet_says_how_each_charge_stands_and_on_which_day_and_what_the_court_gave(city):
    case = case_of(city)
    charge_of(city, case)
    step(case, city, "superseding", CHARGED + timedelta(days=3))
    given = {"referral": case, "counts": 2, "charged_on": CHARGED + timedelta(days=3), "by": city.prosecutor}
    new, other = (charges.add(statute=statute, **given) for statute in ("18 USC 922(g)(1)", "18 USC 922(k)"))
    ended = {"prison_months": 60, "probation_months": 1, "sentenced_by_court": "Judge Ellery"}
    charges.dispose(
        charge=new, disposition="guilty_plea", disposed_on=TODAY, sentenced_on=TODAY, by=city.prosecutor, **ended
    )
    proceedings.revoke(
        referral=case, of="probation", revoked_on=TODAY, months=1, court="County Court", by=city.prosecutor
    )
    made = make(city, case.lead, agency=city.da, by=city.prosecutor, sections=["outcomes"])
    day = f"{TODAY:%-d %b %Y}"
    (said,) = blocks.of_section("outcomes", rows(made, "outcomes"), city.da.zone)
    assert [line[0:1] + line[3:] for line in said["rows"][1:]] == [
        ["8 Jan 2026", "Charge: Superseded", "18 USC 922(g)(1), Felon in possession of a firearm, 1 count", "-"],
        [day, "Charge: Guilty plea", "18 USC 922(g)(1), Felon in possession of a firearm, 2 counts",
         f"60 months prison, 1 month probation, {day}, Judge Ellery"],
        ["8 Jan 2026", "Charge: Pending", f"18 USC 922(k), {other.title}, 2 counts", "-"],
        [day, "Supervision revoked", "Probation", "1 month, County Court"],
    ]  # fmt: skip
