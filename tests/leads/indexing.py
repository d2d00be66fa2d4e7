"""Leads with something that may have to be disclosed, for the tests of the index and the register."""

from leads.actions import disclosures
from leads.models import Activity
from leads.queries import disclosures as queries
from tests.factories import NOW
from tests.leads import confirming, people


def kinds(lead):
    return {each.kind: each.key for each in queries.items(lead)}


def known(city, line, second):
    """A line with an inconclusive pair, an event taken off, a suspect, and an entry that speaks for somebody."""
    people.suspect(city, line)
    confirming.report(city, line, second, ("26-1", "26-3", "inconclusive"), number="F-1")
    confirming.report(city, line, second, ("26-1", "26-2", "eliminated", "26-2"), number="F-2")
    entry = Activity.objects.create(
        lead=line, agency=city.papd, kind="interview", at=NOW, recorded_at=NOW, by=city.detective, text="He was away"
    )
    disclosures.mark(lead=line, activity=entry, kind="exculpatory", note="An alibi", by=city.detective, now=NOW)
    return line
