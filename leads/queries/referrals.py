"""Cases before prosecutors: what other offices have of the same person or gun, who and what may be referred."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, OuterRef, Q, When

from agencies.models import Agency
from leads import shield
from leads.models import (
    ClusterLead,
    Entity,
    Lead,
    LeadEvent,
    LeadGrant,
    Referral,
    Screening,
    ScreeningVersion,
    VenueView,
)
from leads.queries import entities

MOST_BESIDE, MOST_CASES = 50, 500
MOST_EVENTS, MOST_VERSIONS = 200, 50


class Weighed(NamedTuple):
    """A worksheet with its offices by name, their cases, its versions, those of worksheets that were merged into it,
    what offices said of the venue (the newest first), and the events of the gun that the reader sees. cut: what there
    is more of than is read, "versions" or "events".
    """

    screening: object
    offices: list
    cases: list
    versions: list
    merged: list
    views: list
    events: list
    cut: set


def near(lead, *, screening=None, person=None, key=""):
    """Cases of any office of the center on the same person (by worksheet, record or `key`), or on the same gun."""
    every = Referral.objects.order_by().values("pk")
    inside = ClusterLead.objects.filter(cluster__in=ClusterLead.objects.filter(lead=lead).values("cluster"))
    # An index for each way in which two cases are near each other.
    ways = [every.filter(lead=lead), every.filter(lead__in=inside.values("lead"))]
    ways += [every.filter(screening=screening)] if screening else []
    ways += [every.filter(person__standing=person.standing_id)] if person else []
    ways += [every.filter(person_key=key)] if key else []
    # A case of another center is none of theirs.
    found = Referral.objects.filter(pk__in=ways[0].union(*ways[1:], all=True), lead__agency=lead.agency_id)
    return found.select_related("office", "agency", "person", "decided_by", "referred_by")


def near_to(referral):
    """The same of a case, itself included."""
    return near(referral.lead, screening=referral.screening_id, person=referral.person, key=referral.person_key)


def is_same_person(one, other):
    """Whether two cases that are near each other are of one person: by worksheet, record, name and day of birth, or by
    the same name on the same lead.
    """
    if one.screening_id == other.screening_id or (one.person_key and one.person_key == other.person_key):
        return True
    if one.person_id and other.person_id:
        return one.person.standing_id == other.person.standing_id
    return (one.lead_id, one.defendant.casefold()) == (other.lead_id, other.defendant.casefold())


def is_of_juvenile(case):
    """Whether a case is before a juvenile court, or of somebody who was no adult at the first event of its lead."""
    first = (case.lead.first_event_at or case.referred_at).astimezone(ZoneInfo(case.lead.agency.zone)).date()
    return case.venue == Referral.Venue.JUVENILE or shield.is_juvenile(case.born_on, first)


def screening_for(lead, *, person, key, defendant):
    """The worksheet of this person on this gun, or None where there is none yet."""
    asked = Referral(lead=lead, person=person, person_key=key, defendant=defendant)
    same_gun = set(leads_of_gun(lead).values_list("pk", flat=True))
    found = near(lead, person=person, key=key).select_related("screening").order_by("id")[:MOST_BESIDE]
    mine = (each for each in found if each.lead_id in same_gun and is_same_person(asked, each))
    return next((each.screening for each in mine), None)


def leads_of_gun(lead):
    """A lead and those of its cluster, by their numbers: "this one or one of those" would be asked of all leads."""
    inside = ClusterLead.objects.filter(cluster__in=ClusterLead.objects.filter(lead=lead).values("cluster"))
    own = Lead.objects.order_by().filter(pk=lead.pk).values("pk")
    return Lead.objects.filter(pk__in=own.union(inside.order_by().values("lead"), all=True))


def events_for(lead, agencies):
    """The events of a gun that one of some agencies sees: what it may assert about a person."""
    granted = LeadGrant.objects.filter(content_object=OuterRef("pk"), group__agency__in=agencies)
    seen = leads_of_gun(lead).filter(Exists(granted))
    return LeadEvent.objects.filter(lead__in=seen).select_related("agency", "lead").order_by("occurred_at", "pk")


def persons_for(lead, user):
    """{id: entity} of the persons whom a source names on a lead of this gun, but as a witness or a victim, and whose
    name the reader may read; `masked_as` says why others do not.
    """
    leads = Lead.objects.visible_to(user).filter(pk__in=leads_of_gun(lead).values("pk"))
    found = {}
    for said in entities.assertions_on(leads, user):
        one = said.entity
        one.masked_as = entities.masked(said, one.agency)
        may_be = one.kind == Entity.Kind.PERSON and said.withdrawn_at is None and said.role not in said.PROTECTED
        if may_be and (said.is_near or not one.masked_as):
            found.setdefault(one.standing_id, one)
    return {each.pk: each for each in found.values()}


def adoptable(referral):
    """Open cases of state offices on the person of a federal one."""
    others = near_to(referral).filter(status__in=Referral.OPEN).exclude(office__kind=Agency.Kind.US_ATTORNEY)
    others = others.exclude(pk=referral.pk).order_by("id")[:MOST_BESIDE]
    return [each for each in others if is_same_person(referral, each)]


def sheets_of_gun(leads):
    """[[worksheet, ...]] of one person each, the oldest first, where leads (ids) of one gun have several of them."""
    cases = Referral.objects.filter(lead__in=leads).select_related("screening", "person").order_by("id")[:MOST_CASES]
    persons = []
    for case in cases:
        mine = [same for same in persons if any(is_same_person(case, each) for each in same)]
        # A case that is like two of them says that they are one person.
        persons = [same for same in persons if same not in mine] + [[*(each for same in mine for each in same), case]]
    sheets = [sorted({each.screening for each in same}, key=lambda each: each.pk) for same in persons]
    return [each for each in sheets if len(each) > 1]


def concerned(screening):
    """The offices that a person's case is before, by name."""
    return list(Agency.objects.filter(referrals_received__screening=screening).order_by("name").distinct())


def weighed(screening, user):
    """Everything of a worksheet that its page shows, in a constant number of statements."""
    cases = screening.referrals.select_related("office", "agency").order_by("office__name", "id")[:MOST_BESIDE]
    cases = list(cases)
    seen = Lead.objects.visible_to(user).filter(pk__in=leads_of_gun(screening.lead).values("pk"))
    events = LeadEvent.objects.filter(lead__in=seen).select_related("agency", "lead")
    sheets = Screening.objects.filter(Q(pk=screening.pk) | Q(merged_into=screening)).values("pk")
    versions = ScreeningVersion.objects.filter(screening__in=sheets).select_related("office", "saved_by")
    versions = list(versions.order_by(Case(When(screening=screening, then=0), default=1), "-id")[: MOST_VERSIONS + 1])
    events = list(events.order_by("occurred_at", "id")[: MOST_EVENTS + 1])
    cut = {"versions"} if len(versions) > MOST_VERSIONS else set()
    views = VenueView.objects.filter(screening__in=sheets).select_related("office", "chosen", "said_by")
    return Weighed(
        screening=screening,
        offices=list({each.office_id: each.office for each in cases}.values()),
        cases=cases,
        versions=[each for each in versions[:MOST_VERSIONS] if each.screening_id == screening.pk],
        merged=[each for each in versions[:MOST_VERSIONS] if each.screening_id != screening.pk],
        views=list(views.order_by("-id")[:MOST_VERSIONS]),
        events=events[:MOST_EVENTS],
        cut=cut | {"events"} if len(events) > MOST_EVENTS else cut,
    )
