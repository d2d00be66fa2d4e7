"""Deeds of cases before two offices on a `deeds.Scene`, each with whom it tells: `s.prosecutor` is the state's."""

from leads.actions import adoptions, referrals, screenings
from leads.models import Lead, Referral
from tests.factories import NOW
from tests.leads.casework import BORN, federal
from tests.leads.deeds_clusters import Tying


def _case(s, office):
    return Referral.objects.get(office=office)


def to_state(s):
    s.castle = federal(s)
    referrals.make(lead=s.lead, office=s.da, **_given(s))


def to_federal(s):
    referrals.make(lead=s.lead, office=s.usao, **_given(s))


def _given(s):
    return {"agency": s.papd, "defendant": "Pat Doe", "summary": "Arrested with it.", "by": s.detective, "now": NOW}


def say_venue(s):
    screenings.say(
        screening=_case(s, s.da).screening, chosen=s.usao, why="Armed career criminal", by=s.prosecutor, now=NOW
    )


def accept(s):
    referrals.decide(referral=_case(s, s.usao), status="accepted", by=s.castle, now=NOW)


def adopt(s):
    adoptions.adopt(referral=_case(s, s.usao), state=_case(s, s.da), note="Ours", by=s.castle, now=NOW)


def part(s):
    adoptions.part(referral=_case(s, s.usao), state=_case(s, s.da), note="Suppressed", by=s.castle, now=NOW)


def refer_another(s):
    s.other = referrals.make(lead=s.lead, office=s.da, **_given(s) | {"defendant": "Robin Roe"})


def transfer(s):
    referrals.decide(referral=s.other, status="transferred", office=s.usao, by=s.prosecutor, now=NOW)


def refer_on_two_leads(s):
    """One person, of two leads that are not of one gun as far as is known: two worksheets."""
    one, other = Lead.objects.order_by("pk")
    sam = {"defendant": "Sam Poe", "born_on": BORN}
    referrals.make(lead=one, office=s.da, **_given(s) | sam)
    referrals.make(lead=other, office=s.usao, **_given(s) | sam)


STATE, AGENCY = "Ruth Dorian", "Chidi Amara Otis"
MADE, BESIDE = "A case was referred to your office", "Another office has a case of a person or gun of yours"
TWO_OFFICES = [
    (lambda s: s.open(), {"New lead for your agency": "Amara Otis Ilse Gil"}),
    (to_state, {MADE: STATE}),
    (to_federal, {MADE: "Wren", BESIDE: STATE}),
    (say_venue, {"Another office said who should have a case of yours": "Wren"}),
    (accept, {"A referral was accepted": AGENCY}),
    (
        adopt,
        {"The federal office adopted a case: that of the state is dismissed in favor of it": f"{STATE} {AGENCY}"},
    ),
    (part, {"An adoption was taken back: the case of the state goes on": f"{STATE} {AGENCY}"}),
    (refer_another, {MADE: STATE, BESIDE: "Wren"}),
    (transfer, {MADE: "Wren", "A case of your agency went to another office": AGENCY}),
    (Tying.open_another, {"New lead for your agency": "Amara Otis Ilse Gil"}),
    (refer_on_two_leads, {MADE: f"{STATE} Wren", BESIDE: f"Wren {STATE}"}),
    (Tying.tie, {}),
    (
        Tying.tell_of_clusters,
        {
            "The gun of a lead is on another lead too": 2 * "Amara Otis Ilse Gil ",
            "Two worksheets of one person are one now: read what the other said": f"{STATE} Wren",
        },
    ),
]
