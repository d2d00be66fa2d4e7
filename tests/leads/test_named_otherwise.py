"""The same notice finds its events again where the center knows an agency or a case otherwise by now."""

import pytest

from agencies.actions.agencies import take_part
from agencies.models import Agency
from evidence.models import ImportFinding
from leads.actions import events
from leads.models import Lead, LeadEvent
from tests import factories
from tests.factories import NOW, incident
from tests.leads.test_notices_import import run
from tests.leads.working import LATER, close_all, load, notice

pytestmark = pytest.mark.usefixtures("promises")
EAST = "EA0000001"


def joined(report):
    return [(each.row, each.case, each.other, each.by_name) for each in report.joined]


class TestAnotherIncident:
    """A number was matched by hand to another incident, and then the incident with this very number is loaded."""

    @pytest.fixture
    def other(self, city):
        load(city, notice(("PAPD", "26-1", {"exhibit": "1"}), ("GMPD", "26-2")))
        other = incident(city.papd, case_number="26-7")
        events.match(event=LeadEvent.objects.get(agency=city.papd), incident=other, by=city.analyst, now=NOW)
        incident(city.papd, case_number="26-1")
        return other

    def test_other_evidence_is_an_event_of_its_own_and_confirms_nothing_else(self, city, other):
        report = load(city, notice(("PAPD", "26-1", {"exhibit": "3", "confirmed": True})), now=LATER)
        assert report.grown == [Lead.objects.get().number]
        assert LeadEvent.objects.get(incident=other).confirmed_at is None
        assert LeadEvent.objects.get(incident__case_number="26-1").confirmed_at == LATER

    def test_the_same_evidence_is_the_event_it_was(self, city, other):
        report = load(city, notice(("PAPD", "26-1", {"exhibit": "1", "confirmed": True})), now=LATER)
        assert report.confirmed
        assert LeadEvent.objects.get(incident=other).confirmed_at == LATER
        assert LeadEvent.objects.count() == 2

    def test_both_notices_find_their_own_event_again(self, city, other):
        both = notice(("PAPD", "26-1", {"exhibit": "1"}), ("PAPD", "26-1", {"exhibit": "3"}))
        assert load(city, both, now=LATER).grown
        assert load(city, both, now=LATER).unchanged
        assert LeadEvent.objects.count() == 3


class TestAnotherAgency:
    def test_a_name_that_is_understood_by_now_changes_nothing(self, city):
        incident(city.gmpd, case_number="26-900")
        made = notice(("PAPD", "26-1"), ("East PD", "26-900"))
        load(city, made)
        lead = Lead.objects.get()
        close_all(city, lead)
        Agency.objects.filter(pk=factories.agency("EAST", parent=city.center).pk).update(name="East PD")
        assert load(city, made, now=LATER).unchanged == [lead.number]
        lead.refresh_from_db()
        assert lead.status == Lead.Status.CLOSED
        assert LeadEvent.objects.count() == 2

    @pytest.mark.parametrize("text", ["", "Police Department"])
    def test_an_ori_that_moved_to_another_agency_changes_nothing(self, city, text):
        take_part(agency=city.gmpd, oris=[EAST], is_active=True, by=city.coordinator)
        made = notice(("PAPD", "26-1"), (text, "26-2", {"ori": EAST}))
        load(city, made)
        take_part(agency=city.gmpd, oris=[], is_active=True, by=city.coordinator)
        take_part(agency=city.papd, oris=[EAST], is_active=True, by=city.coordinator)
        assert load(city, made, now=LATER).unchanged
        assert LeadEvent.objects.filter(agency=city.gmpd).count() == 1

    def test_one_name_with_two_oris_is_two_agencies(self, city):
        take_part(agency=city.gmpd, oris=[EAST], is_active=True, by=city.coordinator)
        take_part(agency=city.papd, oris=["PA0000001"], is_active=True, by=city.coordinator)
        one = ("Police Department", "26-1", {"ori": EAST})
        load(city, notice(one, ("Police Department", "26-1", {"ori": "PA0000001"})))
        assert set(LeadEvent.objects.values_list("agency__code", flat=True)) == {"PAPD", "GMPD"}


class TestJoined:
    """What is said of a row that is taken as one with another is so."""

    def test_names_that_differ_are_not_called_the_same(self, city):
        right = incident(city.gmpd, case_number="26-900")
        made = notice(("PAPD", "26-1"), ("GMPD", "26-900"), ("Glenmor P.D.", "26-9OO"))
        load(city, made)
        events.match(event=LeadEvent.objects.get(agency=None), incident=right, by=city.analyst, now=NOW)
        assert joined(load(city, made, now=LATER)) == [(4, "26-9OO", 3, False)]

    def test_two_exhibits_of_a_case_are_told_each_time(self, city):
        made = notice(("PAPD", "26-1"), ("GMPD", "26-2", {"exhibit": "1"}), ("GMPD", "26-2", {"exhibit": "2"}))
        assert joined(load(city, made)) == joined(load(city, made, now=LATER)) == [(4, "26-2", 3, True)]

    def test_the_report_says_which_of_both_it_is(self, city):
        right = incident(city.gmpd, case_number="26-900")
        rows = "26-7,2026-07-14,PAPD,26-1\n26-7,2026-07-14,GMPD,26-900\n26-7,2026-07-14,Glenmor P.D.,26-9OO\n"
        text = "lead_number,notice_date,agency,case_number\n" + rows
        run(city.center, text, city.analyst)
        events.match(event=LeadEvent.objects.get(agency=None), incident=right, by=city.analyst, now=NOW)
        batch = run(city.center, text + "\n", city.analyst)
        said = ImportFinding.objects.get(batch=batch, code="joined")
        assert "was matched or routed to the case of the other" in said.message
