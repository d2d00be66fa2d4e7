"""What a packet tells of cases before prosecutors: those of its own agency alone, and no name of a juvenile."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.roles import Role
from tests.factories import member
from tests.leads.casework import refer
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
