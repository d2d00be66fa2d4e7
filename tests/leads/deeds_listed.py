"""Deeds of the people list on a `deeds.Scene`, each with whom it tells."""

from leads.actions import disseminations, listed_rounds, listings
from leads.models import ListedPerson
from tests.leads import people
from tests.leads.people import NOW, days
from tests.leads.working import system

WHY = {"right": "investigation", "reason": "Homicide of June", "now": NOW}


def entry():
    return ListedPerson.objects.get()


def propose(s):
    people.trained(s)
    people.propose(s, people.suspect(s, s.lead))


def approve(s):
    listings.approve(entry=entry(), by=s.coordinator, now=NOW)


def give(s):
    disseminations.give(entry=entry(), person=s.detective, agency=s.papd, by=s.analyst, **WHY)


def ask(s):
    """Ten questions, of which the last is told."""
    for number in range(10):
        disseminations.ask(name=f"Nobody Number{number}", by=s.detective, right="safety", reason="At the door")


def night(after):
    def deed(_s):
        listed_rounds.keep(by=system(), now=days(after))

    return deed


def remove(s):
    listings.remove(entry=entry(), removal="unfounded", note="", by=s.coordinator, now=days(80))


LISTED = [
    (propose, {"A proposal for the people list waits for your approval": "Cora"}),
    (approve, {"Your proposal for the people list is approved": "Dana"}),
    (give, {"The center gave you an entry of the people list": "Chidi"}),
    (ask, {"Somebody asked the people list as often as is allowed": "Cora Dana"}),
    (night(76), {"An entry of the people list is due for review": "Cora Dana"}),
    (night(77), {}),
    (remove, {"An entry of the people list was removed: stop using it": "Chidi Dana"}),
    (night(110), {"An entry of the people list was purged: destroy what you have of it": "Chidi"}),
]
