"""What is said of people on a lead, each deed in one word."""

from leads.actions import assertions, enrichment
from leads.models import Assertion, Lead
from tests.factories import NOW


class Naming:
    def name_somebody(self):
        lead = Lead.objects.get()
        assertions.name(
            lead=lead, kind="person", name="Doran, Pat", role="suspect", event=lead.events.first(), by=self.detective,
            source_kind="report", source="26-018844", reliability="B", validity=2, now=NOW,
        )  # fmt: skip

    def withdraw_it(self):
        assertions.withdraw(assertion=Assertion.objects.get(), why="Another person", by=self.detective, now=NOW)

    def answer_checklist(self):
        enrichment.answer(lead=Lead.objects.get(), kind="lpr", state="asked", by=self.analyst, now=NOW)


NAMED = [
    (Naming.name_somebody, {}),
    (Naming.answer_checklist, {}),
    (Naming.withdraw_it, {"What was said of somebody on a lead was withdrawn": "Amara Otis Ilse"}),
]
