"""Deeds of a confirmation, each in one word, for the scene in which each step tells somebody."""

from datetime import timedelta

from django.utils import timezone

from agencies.roles import Role
from leads.actions import comparisons, confirmation_requests
from leads.actions._reported import Found
from tests.factories import NOW, members

DAY = timezone.localdate(NOW)


class Confirming:
    def second_examiner(self):
        (self.vera,) = members((self.lab, Role.EXAMINER, {"name": "Vera Holt"}))

    def seek(self):
        events, day = list(self.lead.events.all()), DAY + timedelta(days=400)
        where = {"agency": self.papd, "laboratory": self.lab, "needed_on": day, "by": self.detective}
        self.sought = confirmation_requests.ask(lead=self.lead, events=events, now=NOW, **where)

    def give(self, examiner):
        confirmation_requests.assign(request=self.sought, examiner=examiner, by=self.examiner, now=NOW)

    def give_up(self, verb, by):
        getattr(confirmation_requests, verb)(request=self.sought, reason="Nothing came", by=by, now=NOW)

    def compare(self, result, off=False):
        one, two = self.lead.events.order_by("pk")
        found = Found(one, two, result, two if off else None)
        under = {"report": "F-8", "reported_on": DAY, "by": self.examiner, "verified_by": self.vera, "now": NOW}
        comparisons.record(lead=self.lead, request=None, results=[found], **under)

    def compare_three(self):
        """One report confirms a pair and takes the second event off."""
        one, two, three = self.lead.events.order_by("pk")
        results = [Found(one, three, "confirmed"), Found(one, two, "eliminated", two)]
        under = {"report": "F-8", "reported_on": DAY, "by": self.examiner, "verified_by": self.vera, "now": NOW}
        comparisons.record(lead=self.lead, request=None, results=results, **under)

    def correct(self, result):
        row = self.lead.comparisons.get(status="standing")
        under = {"report": "F-9", "reported_on": DAY, "reason": "Mixed up", "by": self.examiner}
        self.proposed = comparisons.correct(comparison=row, result=result, now=NOW, **under)

    def settle(self, verb):
        getattr(comparisons, verb)(comparison=self.proposed, by=self.vera, now=NOW)
