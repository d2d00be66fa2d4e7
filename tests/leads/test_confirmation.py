"""A laboratory is asked to confirm, its examiner reports on each pair, and the line is what that comes to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import comparisons, confirmation_requests, confirmations
from leads.models import Comparison, ConfirmationRequest, Lead, Obligation
from leads.policies import confirmation as policies_confirmation
from tests.factories import NOW
from tests.leads.confirming import CASES, TODAY, ask, at_work, event, report
from tests.leads.working import BOTH, LATER, load, notice, part, told

pytestmark = pytest.mark.usefixtures("promises")
Status, Result = ConfirmationRequest.Status, Comparison.Result


class TestAsking:
    def test_an_investigator_asks_and_the_laboratory_takes_it_on(self, client, seen, city, line, second):
        client.force_login(city.detective)
        form = {"events": [e.pk for e in line.events.all()], "laboratory": city.lab.pk, "agency": city.papd.pk,
                "needed_on": TODAY + timedelta(days=9), "court_on": TODAY + timedelta(days=20), "note": "Grand jury",
                f"evidence_{event(line, '26-1').pk}": "Exhibit 1, three casings"}  # fmt: skip
        address = reverse("confirmation_new", args=[line.pk])
        assert "Tick two events or more" in client.post(address, form | {"events": []}).content.decode()
        wrong = client.post(address, form | {"events": form["events"][:1]}).content.decode()
        assert "Choose two to 8 events" in wrong
        assert "by the court date" in client.post(address, form | {"court_on": TODAY}).content.decode()
        assert client.post(address, form).status_code == 302
        made = ConfirmationRequest.objects.get()
        assert (made.status, made.agency, made.requested_by) == (Status.ASKED, city.papd, city.detective)
        assert made.items.get(event__case_number="26-1").evidence == "Exhibit 1, three casings"
        assert told(city.examiner, "confirmation.asked") == told(second, "confirmation.asked") == 1
        assert "Not received" in seen(city.examiner, "confirmations")
        assert client.post(reverse("confirmation_receive", args=[made.pk])).status_code == 302
        text = seen(city.examiner, "confirmation", made.pk)
        assert "Exhibit 1, three casings" in text
        assert "Give to an examiner" in text
        assert "Record results" not in text, "it has no examiner yet"
        client.post(reverse("confirmation_assign", args=[made.pk]), {"examiner": second.pk})
        made.refresh_from_db()
        assert (made.status, made.examiner) == (Status.ASSIGNED, second)
        assert told(second, "confirmation.assigned") == 1
        assert "with 26-2" not in seen(city.gm_detective, "lead", line.pk)
        assert "With an examiner" in seen(city.gm_detective, "lead", line.pk), "who sees the lead sees it"

    def test_who_may_ask_and_answer_is_told_in_a_sentence(self, city, asked):
        lead = asked.lead
        for user in (city.examiner, city.prosecutor, city.outsider, city.technician):
            with pytest.raises(Refused, match="with a part in this lead asks"):
                ask(city, lead, by=user)
        assert policies_confirmation.ask(city.analyst, lead) is None
        with pytest.raises(Refused, match="in the name of an agency of yours"):
            ask(city, lead, agency=city.gmpd)
        with pytest.raises(Refused, match="laboratory of this center"):
            ask(city, lead, laboratory=city.gmpd)
        with pytest.raises(Refused, match="Only an examiner or a supervisor of the laboratory"):
            confirmation_requests.receive(request=asked, by=city.detective)
        with pytest.raises(Refused, match="Receive the request and give it to an examiner first"):
            report(city, lead, None, ("26-1", "26-2", Result.INCONCLUSIVE), request=asked)
        with pytest.raises(Refused, match="Choose an examiner of the laboratory"):
            confirmation_requests.assign(request=asked, examiner=city.detective, by=city.examiner)

    def test_it_is_sent_back_asked_again_and_cancelled_each_with_a_reason(self, city, asked):
        with pytest.raises(Refused, match="Say what is missing"):
            confirmation_requests.send_back(request=asked, reason=" ", by=city.examiner)
        back = confirmation_requests.send_back(request=asked, reason="No casings came", by=city.examiner, now=NOW)
        assert (back.status, back.reason, told(city.detective, "confirmation.returned")) == (
            Status.RETURNED, "No casings came", 1)  # fmt: skip
        with pytest.raises(Refused, match="sent back cannot be received"):
            confirmation_requests.receive(request=asked, by=city.examiner)
        again = confirmation_requests.ask_again(request=asked, needed_on=TODAY, by=city.detective, now=LATER)
        assert (again.status, again.requested_at, again.returned_at, again.reason) == (Status.ASKED, LATER, None, "")
        at_work(city, asked)
        gone = confirmation_requests.cancel(request=asked, reason="Plea", by=city.supervisor, now=LATER)
        assert gone.status == Status.CANCELLED
        assert told(city.examiner, "confirmation.cancelled") == 1
        with pytest.raises(Refused, match="cancelled: nothing more is recorded"):
            report(city, asked.lead, None, ("26-1", "26-2", Result.INCONCLUSIVE), request=asked)


class TestResults:
    def test_a_confirmed_pair_is_a_hit_and_only_what_it_ties_is_confirmed(self, client, seen, city, asked, second):
        lead, _ = asked.lead, at_work(city, asked)
        client.force_login(city.examiner)
        one, two, three = (event(lead, number).pk for number in ("26-1", "26-2", "26-3"))
        address = reverse("confirmation_results", args=[asked.pk])
        form = {f"pair_{one}_{two}": "confirmed", f"pair_{one}_{three}": "inconclusive", "report": "F-1",
                "reported_on": TODAY}  # fmt: skip
        assert "Name the second examiner" in client.post(address, form).content.decode()
        assert "of one pair at least" in client.post(address, {"report": "F-1", "reported_on": TODAY}).content.decode()
        ahead = form | {"reported_on": TODAY + timedelta(days=1)}
        assert "not of a day to come" in client.post(address, ahead).content.decode()
        assert client.post(address, form | {"verified_by": second.pk}).status_code == 302
        lead.refresh_from_db()
        asked.refresh_from_db()
        assert (lead.hits, lead.confirmed_count, lead.link) == (1, 2, "1 of 3 pairs")
        assert asked.status == Status.ASSIGNED, "the box was not ticked"
        assert told(city.detective, "lead.confirmed") == told(city.gm_supervisor, "lead.confirmed") == 1
        text = seen(city.detective, "lead", lead.pk)
        assert "PARTLY CONFIRMED, 1 of 3 pairs" in text
        assert f"verified by {second}" in text
        for name in ("lead_print", "lead_preview"):
            assert "PARTLY CONFIRMED" in seen(city.detective, name, lead.pk)
        row = next(iter(Comparison.objects.filter(result="confirmed")))
        assert (row.recorded_by, row.verified_by, row.report) == (city.examiner, second, "F-1")
        report(city, lead, second, ("26-2", "26-3", Result.CONFIRMED), request=asked, number="F-2")
        lead.refresh_from_db()
        assert (lead.hits, lead.link, lead.is_confirmed) == (2, True, True), "tied through a third"
        asked.refresh_from_db()
        assert asked.status == Status.REPORTED
        with pytest.raises(Refused, match="Correct that, with a reason"):
            report(city, lead, second, ("26-1", "26-2", Result.INCONCLUSIVE), number="F-3")
        report(city, lead, second, ("26-1", "26-3", Result.CONFIRMED), number="F-3")
        assert Comparison.objects.get(first=one, second=three, status="superseded").result == Result.INCONCLUSIVE

    def test_inconclusive_and_unsuitable_are_shown_and_change_nothing(self, seen, city, line, second):
        found = (("26-1", "26-2", Result.INCONCLUSIVE), ("26-1", "26-3", Result.UNSUITABLE))
        report(city, line, None, *found)
        line.refresh_from_db()
        assert (line.hits, line.link, line.events_count) == (0, False, 3)
        assert told(city.supervisor, "lead.compared") == 1
        assert told(city.supervisor, "lead.confirmed") == 0
        text = seen(city.detective, "lead", line.pk)
        assert "Inconclusive" in text
        assert "Unsuitable" in text
        assert "UNCONFIRMED" in text
        assert "1 other pair of this line" in text

    def test_two_examiners_sign_what_is_final(self, city, line, second):
        with pytest.raises(Refused, match="Name the second examiner"):
            report(city, line, None, ("26-1", "26-2", Result.CONFIRMED))
        with pytest.raises(Refused, match="another person than the one who records"):
            report(city, line, city.examiner, ("26-1", "26-2", Result.CONFIRMED))
        with pytest.raises(Refused, match="Only a firearm examiner"):
            report(city, line, second, ("26-1", "26-2", Result.CONFIRMED), by=city.analyst)
        one, under = (
            event(line, "26-1"),
            {"report": "F", "reported_on": TODAY, "recorded_at": NOW, "recorded_by": second},
        )
        with pytest.raises(IntegrityError, match="comparison_of_two_events"), transaction.atomic():
            Comparison.objects.create(lead=line, first=one, second=one, result="confirmed", status="standing", **under)

    def test_what_a_report_confirms_as_before_are_pairs(self, city, line):
        confirmations.confirm(lead=line, events=line.events.all()[:2], report="R-1", by=city.examiner, now=NOW)
        line.refresh_from_db()
        assert (line.hits, line.confirmed_count) == (1, 2)
        confirmations.confirm(lead=line, events=line.events.filter(confirmed_at=None), report="R-2", by=city.examiner)
        line.refresh_from_db()
        assert (line.hits, line.is_confirmed) == (1, True), "of one alone no pair is known: no hit"

    def test_links_are_confirmed_by_two_whichever_page_is_used(self, client, city, line, second):
        client.force_login(city.examiner)
        address = reverse("lead_confirm", args=[line.pk])
        form = {"events": [each.pk for each in line.events.all()], "report": "R-1"}
        assert "Name the second examiner" in client.post(address, form).content.decode()
        with pytest.raises(Refused, match="Name the second examiner"):
            confirmations.confirm(lead=line, events=line.events.all(), report="R-1", by=city.examiner)
        with pytest.raises(Refused, match="another person"):
            confirmations.confirm(lead=line, events=line.events.all(), report="R-1", by=second, verified_by=second)
        assert client.post(address, form | {"verified_by": second.pk}).status_code == 302
        assert set(Comparison.objects.values_list("verified_by", flat=True)) == {second.pk}
        assert AuditEvent.objects.get(verb="report.recorded").data["verified_by"] == second.pk

    def test_what_a_file_called_confirmed_holds_no_longer_than_an_examiner_finds_otherwise(self, city, second):
        told = {"confirmed": True}
        load(city, notice(*((of, case, told) for of, case in CASES[:2]), number="WCL-7"))
        lead = Lead.objects.get(number="WCL-7")
        assert (lead.link, lead.hits) == (True, 0)
        report(city, lead, second, ("26-1", "26-2", Result.INCONCLUSIVE))
        lead.refresh_from_db()
        assert (lead.link, lead.hits) == (False, 0)
        report(city, lead, second, ("26-1", "26-2", Result.CONFIRMED), number="F-2", now=LATER)
        lead.refresh_from_db()
        assert (lead.link, lead.hits) == (True, 1)

    def test_a_hit_beside_what_a_file_called_confirmed_is_counted_once_and_its_correction_takes_both_back(
        self, city, second
    ):
        told = {"confirmed": True}
        load(city, notice(*((of, case, told) for of, case in CASES[:2]), number="WCL-7"))
        lead = Lead.objects.get(number="WCL-7")
        report(city, lead, second, ("26-1", "26-2", Result.CONFIRMED))
        lead.refresh_from_db()
        assert (lead.link, lead.hits) == (True, 1)
        under = {"report": "F-9", "reported_on": TODAY, "reason": "Mixed up", "by": city.examiner}
        made = comparisons.correct(comparison=Comparison.objects.get(), result="inconclusive", **under)
        comparisons.agree(comparison=made, by=second)
        lead.refresh_from_db()
        assert (lead.link, lead.hits) == (False, 0)


class TestEliminated:
    def test_a_report_that_confirms_one_pair_and_eliminates_another_is_told_as_both(self, city, line, second):
        report(city, line, second, ("26-1", "26-3", Result.CONFIRMED), ("26-1", "26-2", Result.ELIMINATED, "26-2"))
        for person in (city.supervisor, city.gm_supervisor):
            assert told(person, "lead.confirmed_in_part") == 1
            assert told(person, "lead.event_eliminated") == told(person, "lead.confirmed") == 0

    def test_an_eliminated_event_leaves_the_line_and_comes_back_by_two(self, client, seen, city, line, second):
        report(city, line, second, ("26-1", "26-3", Result.CONFIRMED), number="F-1")
        report(city, line, second, ("26-1", "26-2", Result.ELIMINATED, "26-2"), number="F-2", now=LATER)
        line.refresh_from_db()
        gone = event(line, "26-2")
        assert (line.events_count, line.link, gone.withdrawn_at) == (2, True, LATER)
        owed = part(line, city.gmpd)
        assert (owed.state, owed.return_reason) == (Obligation.State.RETURNED, "withdrawn")
        assert told(city.gm_supervisor, "lead.event_eliminated") == 1
        text = seen(city.detective, "lead", line.pk)
        assert "26-2 is off the line" in text, "it stays in the history"
        load(city, notice(*CASES), now=LATER)
        assert event(line, "26-2").withdrawn_at, "a notice does not bring it back"
        row = Comparison.objects.get(result="eliminated")
        client.force_login(city.examiner)
        form = {"result": "inconclusive", "report": "F-3", "reported_on": TODAY, "reason": "Another firing pin"}
        assert client.post(reverse("comparison_correct", args=[row.pk]), form).status_code == 302
        assert event(line, "26-2").withdrawn_at, "until somebody agrees, the former stands"
        made = Comparison.objects.get(status="proposed")
        assert told(second, "comparison.proposed") == 1
        with pytest.raises(Refused, match="Somebody else than the one who proposed"):
            comparisons.agree(comparison=made, by=city.examiner)
        with pytest.raises(Refused, match="waits for somebody to agree"):
            comparisons.correct(comparison=row, result="confirmed", report="F-4", reported_on=TODAY, reason="So",
                                by=city.examiner)  # fmt: skip
        client.force_login(second)
        assert client.post(reverse("comparison_settle", args=[made.pk]), {"agrees": "yes"}).status_code == 302
        line.refresh_from_db()
        assert (line.events_count, line.link, event(line, "26-2").withdrawn_at) == (3, "1 of 3 pairs", None)
        assert part(line, city.gmpd).state == Obligation.State.SENT, "it owes again"
        row.refresh_from_db()
        assert row.status == Comparison.Status.SUPERSEDED
        assert "Another firing pin" in seen(city.detective, "lead", line.pk)
        with pytest.raises(Refused, match="settled already"):
            comparisons.refuse(comparison=made, by=second)
        verbs = set(AuditEvent.objects.values_list("verb", flat=True))
        assert {"event.eliminated", "event.restored", "comparison.corrected", "comparison.proposed"} <= verbs

    def test_what_was_left_alone_stands_again_beside_what_a_later_notice_brings(self, city, lead, second):
        report(city, lead, second, ("26-018844", "26-004417", Result.ELIMINATED, "26-004417"))
        lead.refresh_from_db()
        assert (lead.events_count, lead.status) == (0, Lead.Status.CLOSED)
        load(city, notice(*BOTH, ("PAPD", "26-9")), now=LATER)
        lead.refresh_from_db()
        assert set(lead.events.values_list("case_number", flat=True)) == {"26-018844", "26-9"}
        assert (lead.events_count, lead.status) == (2, Lead.Status.OPEN)
        assert part(lead, city.papd).state == Obligation.State.SENT
        assert part(lead, city.gmpd).state == Obligation.State.RETURNED, "its only event stays off"
        assert AuditEvent.objects.filter(verb="event.restored").count() == 1

    def test_a_line_of_which_one_event_is_left_links_nothing(self, city, line, second):
        report(city, line, second, ("26-1", "26-2", Result.ELIMINATED, "26-2"))
        report(city, line, second, ("26-1", "26-3", Result.ELIMINATED, "26-3"), number="F-2", now=LATER)
        line.refresh_from_db()
        assert (line.is_withdrawn, line.events_count, line.status) == (True, 0, Lead.Status.CLOSED)
        last = Comparison.objects.get(report="F-2")
        assert last.also_off == event(line, "26-1")
        under = {"report": "F-9", "reported_on": TODAY, "reason": "Mixed up", "by": city.examiner}
        made = comparisons.correct(comparison=last, result="confirmed", **under)
        comparisons.agree(comparison=made, by=second)
        line.refresh_from_db()
        assert (line.events_count, line.hits, line.link, line.status) == (2, 1, True, Lead.Status.OPEN)
        refused = comparisons.correct(comparison=made, result="unsuitable", **under)
        comparisons.refuse(comparison=refused, by=second)
        line.refresh_from_db()
        assert line.hits == 1
        assert told(city.examiner, "comparison.refused") == 1

    def test_who_had_begun_ends_its_part_itself_and_the_line_waits_for_that(self, city, line, second):
        Obligation.objects.filter(pk=part(line, city.gmpd).pk).update(state="acknowledged")
        report(city, line, second, ("26-1", "26-2", Result.ELIMINATED, "26-2"))
        line.refresh_from_db()
        assert part(line, city.gmpd).state == "acknowledged"
        assert line.status == Lead.Status.OPEN
