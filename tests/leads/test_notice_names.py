"""Which leads and events a notice names: numbers, sites, spellings and its day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agencies.models import Agency
from leads.models import Lead
from tests.factories import ZONE, agency, member
from tests.leads.working import BOTH, LATER, load, notice

pytestmark = pytest.mark.usefixtures("promises")


class TestWhatANoticeNames:
    @pytest.mark.parametrize(
        "cases",
        [
            (("PAPD", "26-1"), ("Port Alder PD", "26-1", {"exhibit": "2"})),
            (("PAPD", "", {"lab_number": "L17-1", "exhibit": "1"}), ("PAPD", "", {"lab_number": "L17-1"})),
        ],
        ids=["two spellings", "two exhibits"],
    )
    def test_one_event_named_twice_opens_no_lead(self, city, cases):
        report = load(city, notice(*cases))
        assert (report.opened, [each.code for each in report.problems]) == ([], ["one_event"])
        assert not Lead.objects.exists()

    def test_numbers_that_are_too_long_are_found_on_their_row_and_stop_no_other_lead(self, city):
        long_case = notice(("PAPD", "A1" * 25), ("GMPD", "26-2"), ("PAPD", "26-3"))
        made = [notice(*BOTH, number="L" * 41), notice(*BOTH, number="7" * 39), long_case]
        report = load(city, *made)
        assert [(each.field, each.row) for each in report.problems] == [
            ("lead_number", 2),
            ("lead_number", 2),
            ("case_number", 2),
        ]
        assert report.opened == ["WCL-2026-00412"]
        assert load(city, long_case, now=LATER).unchanged == ["WCL-2026-00412"]

    def test_a_number_as_long_as_may_be_is_confirmed_by_its_notice(self, city):
        load(city, notice((*BOTH[0], {"confirmed": True}), BOTH[1], number="L" * 40))
        assert Lead.objects.get().confirmed_count == 1

    def test_two_sites_with_one_number_have_two_leads(self, city):
        agency("OLB", Agency.Kind.LABORATORY, name="Other Lab", parent=city.center)
        other = notice(("PAPD", "26-3"), ("GMPD", "26-4"), number="L-17", site="Other Lab")
        load(city, notice(*BOTH, number="L-17"), other)
        assert set(Lead.objects.values_list("number", "site__code")) == {("L-17", "WCL"), ("OLB-L-17", "OLB")}
        assert load(city, notice(*BOTH, number="L-17"), other, now=LATER).unchanged == ["L-17", "OLB-L-17"]

    def test_two_centers_with_one_number_have_two_leads(self, city, lead):
        center = agency("CT2", Agency.Kind.CENTER, name="Other center")
        agency("AAA", parent=center), agency("BBB", parent=center)
        theirs, analyst = notice(("AAA", "1-1"), ("BBB", "2-2")), member(center, "analyst")
        load(city, theirs, center=center, by=analyst)
        assert Lead.objects.get(agency=center).number == "CT2-WCL-2026-00412"
        assert load(city, theirs, center=center, by=analyst, now=LATER).unchanged == ["CT2-WCL-2026-00412"]
        assert Lead.objects.get(pk=lead.pk).number == "WCL-2026-00412"

    def test_a_notice_without_a_date_is_of_the_day_at_the_center(self, city):
        evening = datetime(2026, 7, 15, 21, 0, tzinfo=ZoneInfo(ZONE))
        load(city, notice(*BOTH, notice_date=None), now=evening.astimezone(UTC))
        assert Lead.objects.get().notice_on == evening.date()
