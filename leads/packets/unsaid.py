"""Whom a packet does not name, and whom it may: from what sources say on its leads and from cases."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Min

from leads import shield
from leads.models import Entity, Particular, Referral
from leads.packets import masking
from leads.queries.entities import assertions_on, masked


class Readers(NamedTuple):
    """Whose eyes a packet is made for: the leads that its maker and agency see, and the ids, as they stand, of whom it
    may say the name (`PacketUnmasking`).
    """

    leads: list
    user: object
    agency: object
    unmasked: frozenset


def said(readers):
    """[(what a source says of somebody, why their name is withheld or "")]: of all, as a name that is not among them
    would be said.
    """
    found = assertions_on(readers.leads, readers.user, most=None)
    return sorted(((each, _why(each, readers)) for each in found), key=lambda pair: pair[0].pk)


def _why(each, readers):
    """Why a name is withheld, "" for one that the packet may say."""
    return "" if each.entity.standing_id in readers.unmasked else masked(each, each.entity.agency)


def finder(readers):
    """What finds the names that nothing in a packet may say: of victims, witnesses and juveniles, with all that is on
    record of what they are called. Who may be named stays so, also where they share a part of the name.
    """
    told = [(each.entity, why) for each, why in said(readers) if each.entity.kind == Entity.Kind.PERSON]
    cases = _cases(readers)
    hidden = {one.standing_id for one, why in told if why} | {person for _name, person, young in cases if young}
    hidden -= {None}
    names = {one.name for one, why in told if why} | {name for name, _person, young in cases if young}
    grown = {one.name for one, why in told if not why} | {name for name, _person, young in cases if not young}
    names |= _also_called(hidden, readers.user) if hidden else set()
    return masking.pattern(sorted(names), sorted(grown))


def _also_called(hidden, user):
    """Other names of people, and names of records that are the same, as far as the reader sees them."""
    same = Entity.objects.visible_to(user).filter(standing__in=hidden, kind=Entity.Kind.PERSON)
    others = Particular.objects.visible_to(user).filter(entity__standing__in=hidden, kind=Particular.Kind.OTHER_NAME)
    return {*same.values_list("name", flat=True), *others.values_list("value", flat=True)}


def _cases(readers):
    """[(name, record as it stands or None, whether they were not eighteen)] of defendants, of whatever office."""
    found = Referral.objects.filter(lead__in=readers.leads).exclude(person__standing__in=readers.unmasked)
    found = found.annotate(since=Min("asserted__event__occurred_at"))
    rows = found.values_list("defendant", "person__standing", "venue", "born_on", "since", "referred_at")
    zone = ZoneInfo(readers.agency.zone)
    return [
        (name, person, venue == Referral.Venue.JUVENILE
         or shield.is_juvenile(born_on, (since or referred_at).astimezone(zone).date()))
        for name, person, venue, born_on, since, referred_at in rows
    ]  # fmt: skip
