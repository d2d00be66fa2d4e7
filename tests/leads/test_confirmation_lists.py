"""What waits for confirmation, for each side of it, and the pairs of cases that figures count."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leads.actions import _events
from leads.insight import scope
from leads.lists import confirmation as confirmationlist
from leads.models import Comparison, ConfirmationRequest, Lead
from leads.queries import confirmations as queries_confirmations
from tests.leads.confirming import CASES, TODAY, ask, at_work, event, report
from tests.leads.working import load, notice

pytestmark = pytest.mark.usefixtures("promises")
Status, Result = ConfirmationRequest.Status, Comparison.Result


class TestLists:
    def test_each_side_has_its_lists_with_counts_and_the_late_on_top(self, seen, city, asked):
        lead = asked.lead
        late = ask(city, lead, by=city.analyst, agency=city.center)
        ConfirmationRequest.objects.filter(pk=late.pk).update(needed_on=TODAY - timedelta(days=2))
        today = timezone.localdate()
        for user in (city.examiner, city.coordinator):
            assert [row["id"] for row in confirmationlist.requests(user, today=today)] == [late.pk, asked.pk]
        assert [row["id"] for row in confirmationlist.requests(city.detective, today=today)] == [asked.pk]
        assert [row["id"] for row in confirmationlist.requests(city.detective, show="mine", today=today)] == [asked.pk]
        assert not confirmationlist.requests(city.outsider, today=today)
        counts = confirmationlist.counts(city.examiner, today)
        assert (counts["open"], counts["late"], counts["mine"], counts["reported"]) == (2, 1, 0, 0)
        at_work(city, asked)
        assert confirmationlist.counts(city.examiner, today)["mine"] == 1
        first = confirmationlist.requests(city.examiner, today=today, limit=1)[:1]
        cursor = confirmationlist.walk.encode(first[0]["needed_on"].isoformat(), first[0]["id"])
        assert [r["id"] for r in confirmationlist.requests(city.examiner, today=today, cursor=cursor)] == [asked.pk]
        for show in ("", "late", "mine", "reported", "returned", "cancelled"):
            with CaptureQueriesContext(connection) as spent:
                seen(city.coordinator, "confirmations", show=show)
            assert len(spent) <= 12, show

    def test_hits_are_pairs_of_cases_and_two_cases_count_once(self, seen, city, line, second):
        report(city, line, second, ("26-1", "26-2", Result.CONFIRMED), ("26-1", "26-3", Result.INCONCLUSIVE))
        load(city, notice(*CASES[:2], number="WCL-2026-00500"))
        twin = Lead.objects.get(number="WCL-2026-00500")
        report(city, twin, second, ("26-1", "26-2", Result.CONFIRMED), number="F-5")
        reach, days = scope.of(city.coordinator), (TODAY - timedelta(days=9), TODAY)
        many = confirmationlist.pair_counts(reach, *days)
        assert (many["confirmed"], many["inconclusive"], many["eliminated"]) == (1, 1, 0)
        assert len(confirmationlist.pairs(reach, *days, result="confirmed")) == 1
        assert len(confirmationlist.pairs(reach, *days)) == 2
        assert sum(confirmationlist.pair_counts(scope.of(city.examiner), *days).values()) == 2, "its own reports"
        assert not sum(confirmationlist.pair_counts(scope.of(city.outsider), *days).values())
        for name in ("dashboard", "accountability"):
            assert "of 2 pairs of cases compared (n)" in seen(city.coordinator, name, days=365)
        assert "WCL-2026-00412" in seen(city.coordinator, "confirmation_pairs", result="confirmed")

    def test_what_hangs_on_a_double_is_not_lost(self, city, line, second):
        assert queries_confirmations.laboratories(line) == [city.lab]
        report(city, line, second, ("26-1", "26-2", Result.CONFIRMED))
        _events.merge(event(line, "26-2"), event(line, "26-3"), by=city.analyst)
        into = event(line, "26-3")
        assert Comparison.objects.get().second_id == into.pk
