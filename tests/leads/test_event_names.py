"""How notices name events: a notice finds its events again, whatever was said of them since."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from agencies.access import Refused, allows
from evidence.models import ImportFinding
from leads import policies
from leads.actions import events, obligations, rerouting
from leads.models import EventName, Lead, LeadEvent, Obligation
from tests.factories import NOW, incident
from tests.leads.test_notices_import import run
from tests.leads.working import LATER, close, close_all, load, notice, part, system

pytestmark = pytest.mark.usefixtures("promises")
State = Obligation.State
LAB = {"lab_number": "L26-7", "exhibit": "1"}
migration = import_module("leads.migrations.0005_event_names")


def outcomes(lead):
    lead.refresh_from_db()
    return lead.status, set(lead.obligations.values_list("state", "outcome", "investigator"))


def changes_nothing(city, made, lead, before):
    """The same notice again, after `before` was done: no event more, and no outcome lost."""
    ended = outcomes(lead), LeadEvent.objects.count()
    before()
    assert load(city, made, now=LATER).unchanged == [lead.number]
    assert (outcomes(lead), LeadEvent.objects.count()) == ended


def told_by_migration():
    """The names as the migration gives them to what was here before there were any."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("truncate leads_eventname")
        cursor.execute("alter table leads_eventname disable trigger event_name_stays")
        cursor.execute(migration.FILL)
        cursor.execute("set constraints all deferred")
    migration.name_those_without_numbers(apps, None)
    migration.name_those_merged(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(migration.MOVED)


@pytest.fixture(params=["kept", "migrated"])
def before_reloading(request):
    """What happens before a notice comes again: nothing, or the migration of a portal that kept no names."""
    return told_by_migration if request.param == "migrated" else lambda: None


class TestTheSameNoticeAgain:
    def test_an_event_without_a_case_that_was_matched_and_closed_changes_nothing(self, city, before_reloading):
        incident(city.papd, case_number="26-1")
        right = incident(city.gmpd, case_number="26-2")
        made = notice(("PAPD", "26-1"), ("Glenmoor PD", "", LAB))
        load(city, made)
        lead = Lead.objects.get()
        events.match(event=LeadEvent.objects.waiting().get(), incident=right, by=city.analyst, now=NOW)
        close_all(city, lead)
        changes_nothing(city, made, lead, before_reloading)
        assert LeadEvent.objects.count() == 2

    def test_an_event_without_any_number_that_was_routed_on_changes_nothing(self, city, before_reloading):
        made = notice(("PAPD", "26-1"), ("GMPD", "", {"exhibit": "1", "occurred_at": NOW, "location": "Fenn Rd"}))
        load(city, made)
        lead = Lead.objects.get()
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=NOW)
        changes_nothing(city, made, lead, before_reloading)
        assert LeadEvent.objects.filter(agency=city.papd).count() == 2

    def test_a_double_merged_by_hand_stays_merged(self, city, before_reloading):
        right = incident(city.gmpd, case_number="26-900")
        made = notice(("PAPD", "26-1"), ("GMPD", "26-900"), ("Glenmor P.D.", "26-9OO"))
        load(city, made)
        lead = Lead.objects.get()
        events.match(event=LeadEvent.objects.get(agency=None), incident=right, by=city.analyst, now=NOW)
        close_all(city, lead)
        changes_nothing(city, made, lead, before_reloading)
        assert LeadEvent.objects.count() == 2

    def test_a_double_merged_by_routing_stays_merged(self, city, before_reloading):
        made = notice(("PAPD", "26-5"), ("PAPD", "26-6"), ("GMPD", "26-5"))
        load(city, made)
        lead = Lead.objects.get()
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="duplicate", by=city.gm_supervisor, now=NOW)
        close(part(lead, city.papd), city.detective, city.supervisor)
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=LATER)
        changes_nothing(city, made, lead, before_reloading)
        assert part(lead, city.gmpd).state == State.RETURNED

    def test_another_spelling_is_kept_too(self, city):
        """The agency first given by a name that nobody knew, then by its code; then its event goes to another."""
        incident(city.gmpd, case_number="26-900")
        load(city, notice(("PAPD", "26-1"), ("Glenmor P.D.", "26-900")))
        by_code = notice(("GMPD", "26-900"))
        assert load(city, by_code, now=LATER).grown == []
        lead = Lead.objects.get()
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=NOW)
        names = EventName.objects.count()
        assert load(city, by_code, now=LATER).unchanged == [lead.number]
        assert LeadEvent.objects.count() == 2
        assert EventName.objects.count() == names, "a name is kept once"

    def test_other_evidence_under_a_number_that_was_mistaken_is_another_event(self, city):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-900", LAB)))
        right = incident(city.gmpd, case_number="26-901")
        events.match(event=LeadEvent.objects.get(agency=city.gmpd), incident=right, by=city.analyst, now=NOW)
        assert load(city, notice(("GMPD", "26-900", LAB | {"lab_number": "L26-8"}))).grown
        assert LeadEvent.objects.count() == 3

    def test_how_a_notice_named_an_event_is_written_once(self, city):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2")))
        for change in (lambda rows: rows.update(key="x"), lambda rows: rows.delete()):
            with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
                change(EventName.objects.all())


class TestWithoutNumbers:
    HERE = {"exhibit": "1", "occurred_at": NOW - timedelta(days=9), "location": "900 blk Quarry St"}

    def test_two_events_with_one_number_of_an_exhibit_are_two(self, city):
        there = self.HERE | {"occurred_at": NOW - timedelta(days=3)}
        made = notice(("PAPD", "", self.HERE), ("PAPD", "", there), ("PAPD", "", {"location": "Fenn Rd"}))
        assert load(city, made).joined == []
        assert LeadEvent.objects.count() == 3
        assert load(city, made, now=LATER).unchanged

    def test_the_row_in_a_file_tells_nothing(self, city):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "", {"location": "Fenn Rd"})))
        assert load(city, notice(("GMPD", "", {"location": "Fenn Rd"}), ("PAPD", "26-1")), now=LATER).unchanged
        assert load(city, notice(("GMPD", "26-3"), ("GMPD", "", {"location": "Quarry St"})), now=LATER).grown
        assert LeadEvent.objects.count() == 4

    def test_a_row_taken_as_one_with_another_is_told(self, city):
        rows = "26-7,2026-07-14,PAPD,26-1,1\n26-7,2026-07-14,GMPD,26-2,1\n26-7,2026-07-14,GMPD,26-2,2\n"
        batch = run(city.center, "lead_number,notice_date,agency,case_number,exhibit\n" + rows, city.analyst)
        said = ImportFinding.objects.get(batch=batch, code="joined")
        assert (said.row, said.value) == (4, "26-2")
        assert "row 3" in said.message
        assert LeadEvent.objects.count() == 2


class TestNobodyOwes:
    """A lead closes with the last who owes on it, also where an event went elsewhere meanwhile."""

    @pytest.fixture
    def lead(self, city):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), ("PAPD", "26-3")))
        return Lead.objects.get()

    def test_a_return_by_an_agency_without_an_event_closes_the_lead(self, city, lead):
        theirs = LeadEvent.objects.get(agency=city.gmpd)
        events.match(event=theirs, incident=incident(city.papd, case_number="26-4"), by=city.analyst, now=NOW)
        close(part(lead, city.papd), city.detective, city.supervisor)
        lead.refresh_from_db()
        assert lead.status == Lead.Status.OPEN
        obligations.return_(obligation=part(lead, city.gmpd), reason="wrong_agency", by=city.gm_supervisor, now=LATER)
        lead.refresh_from_db()
        assert (lead.status, lead.closed_at) == (Lead.Status.CLOSED, LATER)

    def test_a_match_that_takes_the_last_event_of_who_returned_closes_the_lead(self, city, lead):
        returned = part(lead, city.gmpd)
        obligations.return_(obligation=returned, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        close(part(lead, city.papd), city.detective, city.supervisor)
        right = incident(city.papd, case_number="26-3")
        events.match(event=LeadEvent.objects.get(agency=city.gmpd), incident=right, by=city.analyst, now=LATER)
        lead.refresh_from_db()
        assert (lead.status, lead.closed_at) == (Lead.Status.CLOSED, LATER)

    @pytest.mark.parametrize("times", [NOW, None], ids=["with times", "without times"])
    def test_routing_is_offered_while_an_event_is_left(self, city, lead, times):
        LeadEvent.objects.update(occurred_at=times)
        theirs = part(lead, city.gmpd)
        obligations.return_(obligation=theirs, reason="wrong_agency", by=city.gm_supervisor, now=NOW)
        theirs = Obligation.objects.get(pk=theirs.pk)
        assert allows(policies.reroute, city.coordinator, theirs)
        rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=NOW)
        theirs = Obligation.objects.get(pk=theirs.pk)
        assert not allows(policies.reroute, city.coordinator, theirs)
        with pytest.raises(Refused, match="No event of this agency is left"):
            rerouting.reroute(obligation=theirs, to=city.papd, by=city.coordinator, now=NOW)


def test_an_event_that_breaks_a_promise_stops_no_other(city, monkeypatch):
    for number, case in (("A-1", "26-900"), ("B-1", "26-901")):
        load(city, notice(("PAPD", "26-1"), ("Unknown Dept", case), number=number))
    incident(city.gmpd, case_number="26-900")
    incident(city.gmpd, case_number="26-901")
    settle = events.settle
    monkeypatch.setattr(events, "settle", lambda lead, **rest: lead.number.endswith("A-1") or settle(lead, **rest))
    assert events.match_waiting(by=system(), now=NOW).tied == 1
    assert LeadEvent.objects.waiting().filter(case_number="26-900").exists()
    assert LeadEvent.objects.get(case_number="26-901").incident


class TestReport:
    def test_a_lead_is_told_on_the_row_of_its_own_notice(self, city):
        rows = (
            "1,2026-07-14,PAPD,26-1\n1,2026-07-14,GMPD,26-2\nWCL-21,2026-07-14,PAPD,26-3\nWCL-21,2026-07-14,GMPD,26-4\n"
        )
        batch = run(city.center, "lead_number,notice_date,agency,case_number\n" + rows, city.analyst)
        told = ImportFinding.objects.filter(batch=batch, code="opens").order_by("row")
        assert [(each.row, each.value) for each in told] == [(2, "1"), (4, "WCL-21")]

    def test_one_case_number_of_two_agencies_waits_on_two_rows(self, city):
        assert load(city, notice(("PAPD", "26-1"), ("GMPD", "26-1"))).waits == [(2, "26-1"), (3, "26-1")]
