"""What a side has of people: one on the list of its center, one proposed for it, and who was trained to read it."""

from datetime import date, timedelta

from leads.actions import assertions, certificates, disseminations, listed_facts, listings
from leads.models import Person
from tests.leads import people

READ = ("analyst", "center_coordinator", "supervisor", "prosecutor")


def listed_of(side):
    """Two people named on the side's lead; the first is on the list and was given to its police."""
    marker, today = side.marker, (side.now - timedelta(days=1)).date()
    membership = side.people["detective"].memberships.select_related("user", "agency").get()
    by = side["agency_administrator"]
    side.certificate = certificates.record(membership=membership, completed_on=today, by=by)
    for role in READ:
        place = side.people[role].memberships.get().agency
        people.certify(side.people[role], place, by, side.now)
    side.suspect, other = (_named(side, f"{marker} {name}") for name in ("Orr", "Poe"))
    grounds = {
        "center": side.center, "submitter": side.police, "source_reliability": "reliable", "by": side["analyst"],
        "content_validity": "confirmed", "sensitivity": "sensitive", "criminal_predicate": f"{marker} shooting",
        "reasonable_suspicion_basis": f"{marker} video", "noncriminal": f"{marker} aunt",
    }  # fmt: skip
    entry = listings.propose(person=other, **grounds)
    side.listed = listings.approve(entry=entry, by=side["center_coordinator"])
    given = {"factor": "shooting", "on": today, "source": f"{marker} docket", "by": side["analyst"]}
    side.listed_fact = listed_facts.add(entry=side.listed, **given)
    why = {"right": "investigation", "reason": f"{marker} case", "by": side["analyst"]}
    disseminations.give(entry=side.listed, person=side["supervisor"], agency=side.police, **why)


def _named(side, name):
    said = assertions.name(
        lead=side.lead, event=side.event, kind="person", name=name, role="suspect", source_kind="report",
        source=f"{side.marker} report", reliability="A", validity=1, born_on=date(1991, 2, 3), by=side["analyst"],
    )  # fmt: skip
    return Person.objects.get(pk=said.entity_id)
