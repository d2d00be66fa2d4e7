"""What there is: people to tell, lists, search and counts. Everything a person sees passes their grants."""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from agencies import access
from agencies.models import Agency, AuditEvent, Membership, Unit, User
from agencies.roles import Permission, Role, roles_with
from evidence import keys
from evidence import queries as evidence
from evidence.models import Incident
from leads.models import HeldNotice, Lead, LeadEvent, Obligation
from leads.queries import absence as queries_absence

NAMED = ("partner", "named_outcome__agency", "named_outcome__merged_into__agency")


class Reader(NamedTuple):
    """For whom a page is drawn: the agencies whose clocks are theirs, and the zone of the first one."""

    agencies: frozenset
    zone: str


def reader(user):
    standings = access.standings(user)
    return Reader(frozenset(each.agency_id for each in standings), standings[0].zone if standings else "UTC")


def review_that_releases(held):
    """The review by two people that lets a held notice go, or None. One of a site without reviews here waits for a
    person.
    """
    if held.status != HeldNotice.Status.WAITING or held.site is None:
        return None
    return evidence.release_of(held.number, held.site)


def held_to_look_at():
    """Held notices that a review may let go."""
    return HeldNotice.objects.waiting().exclude(site=None).select_related("agency", "site").order_by("pk")


def obligations_of(lead):
    """The obligations of a lead with all that their clocks and cards need, the most urgent first."""
    return list(
        lead.obligations.with_deciders()
        .select_related("agency__calendar", "unit", "investigator", "lead__agency", "lead__site", *NAMED)
        .prefetch_related("agency__calendar__holidays", "time_requests")
        .order_by("due_at", "id")
    )


def holders(agency, *roles, unit=None):
    """Active people with one of `roles` in an agency; with a unit, those of the unit if there are any. Nobody in one
    that takes no part any more.
    """
    people = User.objects.filter(
        is_active=True,
        memberships__in=_active(agency, roles),
    ).distinct()
    if unit is not None:
        of_unit = people.filter(memberships__in=_active(agency, roles).filter(unit=unit))
        if of_unit.exists():
            return of_unit
    return people


def there(agency, *roles, unit=None):
    """`holders`, with the deputies of those who are out of office in their place."""
    members = _active(agency, roles)
    people = queries_absence.standing_for(members)
    if unit is not None:
        of_unit = queries_absence.standing_for(members.filter(unit=unit))
        if of_unit.exists():
            return of_unit
    return people


def _active(agency, roles):
    return agency.memberships.active().filter(role__in=roles)


def supervisors(obligation):
    """Those who answer for an obligation: the unit's supervisors, else the agency's, else its commanders."""
    return _above(obligation.agency, obligation.unit)


def _above(agency, unit=None):
    found = there(agency, Role.SUPERVISOR, unit=unit)
    return found if found.exists() else there(agency, Role.COMMANDER, Role.CENTER_COORDINATOR)


def deciding(obligation, but=None):
    """Those who decide on its closing, or on its time: who answers for it, and never who proposed it or asked (`but`,
    an id). A unit whose only supervisor did needs one of another, or the commander, and the center's coordinators
    decide where nobody of the agency may.
    """
    agency = obligation.agency
    ladder = (
        there(agency, Role.SUPERVISOR, unit=obligation.unit),
        there(agency, Role.SUPERVISOR),
        there(agency, Role.COMMANDER, Role.CENTER_COORDINATOR),
        there(obligation.lead.agency, Role.CENTER_COORDINATOR),
    )
    others = (list(found.exclude(pk=but or obligation.proposed_by_id)) for found in ladder)
    return next(filter(None, others), [])


def answering(obligation):
    """Those who answer for an obligation, the center's coordinators where its agency has nobody left who does."""
    found = supervisors(obligation)
    return found if found.exists() else there(obligation.lead.agency, Role.CENTER_COORDINATOR)


def owing(obligation):
    """Those who owe its next step: the investigator of what is at work, while they work there, or who stands for them;
    else those who answer for it.
    """
    if obligation.state in (Obligation.State.ASSIGNED, Obligation.State.IN_PROGRESS):
        works = Membership.objects.active().filter(role__in=roles_with(Permission.OBLIGATION_WORK))
        works = works.filter(user=obligation.investigator, agency=obligation.partner_id or obligation.agency_id)
        if found := list(queries_absence.standing_for(works)):
            return found
    return answering(obligation)


def coordinators(lead):
    return holders(lead.agency, Role.CENTER_COORDINATOR, Role.ANALYST)


def involved(lead):
    """Everybody at work on a lead: its investigators and the supervisors of its agencies, the commanders where there is
    none.
    """
    there = Membership.objects.active()
    supervised = Exists(there.filter(agency=OuterRef("agency"), role=Role.SUPERVISOR))
    works = Q(user=F("agency__obligations__investigator"), role__in=roles_with(Permission.OBLIGATION_WORK))
    lent = Q(user=F("agency__partner_obligations__investigator"), agency__partner_obligations__lead=lead)
    lent &= Q(role__in=roles_with(Permission.OBLIGATION_WORK))
    above = Q(role=Role.SUPERVISOR) | Q(~supervised, role__in=(Role.COMMANDER, Role.CENTER_COORDINATOR))
    found = there.filter(works | above, agency__obligations__lead=lead)
    return User.objects.filter(Q(memberships__in=found) | Q(memberships__in=there.filter(lent))).distinct()


def on_case(referral):
    """Those of the agency that refers who see its case: who referred it, who works on its part of the lead, and those
    who answer for that. What another agency of the lead may not see it is not told of either.
    """
    part = referral.lead.obligations.filter(agency=referral.agency).select_related("unit").first()
    near = {referral.referred_by_id, part and part.investigator_id}
    seeing = holders(referral.agency, *roles_with(Permission.REFERRAL_VIEW))
    return {*_above(referral.agency, part and part.unit), *seeing.filter(pk__in=near)}


# What keeps a lead open: open obligations, and returned ones whose agency still has an event on it.
STILL_OWED = Q(state__in=Obligation.OPEN) | Q(
    Exists(LeadEvent.objects.filter(lead=OuterRef("lead"), agency=OuterRef("agency"))),
    state=Obligation.State.RETURNED,
)


def still_owed(lead):
    """Obligations that keep a lead open."""
    return lead.obligations.filter(STILL_OWED)


def leads_done():
    """Open leads on which agencies owed something and nobody does any more."""
    parts = Obligation.objects.filter(lead=OuterRef("pk"))
    return Lead.objects.filter(Exists(parts), ~Exists(parts.filter(STILL_OWED)), status=Lead.Status.OPEN)


def filing_agencies(user):
    """The agencies in whose name a person may hang a file on a lead."""
    rights = (Permission.OBLIGATION_WORK, Permission.LEAD_TRIAGE)
    return Agency.objects.filter(pk__in={pk for right in rights for pk in access.agencies_with(user, right)})


def owed_on(user, ids, permission):
    """The open obligations, on the visible ones among these leads, of the agencies where a person has a permission."""
    return list(
        Obligation.objects.open()
        .filter(lead__in=Lead.objects.visible_to(user).filter(pk__in=ids))
        .filter(agency_id__in=access.agencies_with(user, permission))
        .select_related("lead", "agency", "unit", "investigator")
        .order_by("lead_id", "id")
    )


def may_be_asked(lead):
    """The agencies of a lead's center that may be asked to take part in it: those without a part."""
    members = Agency.objects.filter(parent=lead.agency_id, is_active=True, kind__in=Agency.TAKE_PART)
    return members.exclude(obligations__lead=lead)


def assignable(user):
    """(units, people) of the agencies where a person assigns."""
    agencies = access.agencies_with(user, Permission.OBLIGATION_ASSIGN)
    units = Unit.objects.filter(agency_id__in=agencies, is_active=True).select_related("agency")
    work = Membership.objects.active().filter(agency_id__in=agencies, role__in=roles_with(Permission.OBLIGATION_WORK))
    return units, User.objects.filter(is_system=False, memberships__in=work).order_by("name").distinct()


def waiting_events(user, *, after=None, limit=50, most=1000):
    """Events of visible leads that no incident was found for, the newest first, from the one before `after` (an id):
    (the events of a page, the `after` of the next page or None, how many there are in all, exact to `most`).
    """
    waiting = LeadEvent.objects.visible_to(user).waiting()
    rows = waiting.filter(id__lt=after) if after else waiting
    rows = list(rows.select_related("lead__agency", "lead__site", "agency").order_by("-id")[: limit + 1])
    older = rows[limit - 1].pk if len(rows) > limit else None
    return rows[:limit], older, waiting.order_by()[: most + 1].count()


def events_with_an_incident():
    """Waiting events for which their agency, or one of the center's if none is named, has an incident by now."""
    same = Incident.objects.filter(keys.under(OuterRef("case_key")))
    named = Q(agency__isnull=False) & Exists(same.filter(agency=OuterRef("agency")))
    unnamed = Q(agency=None) & Exists(same.filter(agency__parent=OuterRef("lead__agency")))
    return LeadEvent.objects.waiting().filter(named | unnamed)


def events_corrected():
    """Events whose incident happened otherwise or at another time than the lead says: it was corrected since."""
    same = Q(kind=F("incident__kind"), occurred_at=F("incident__occurred_at"))
    return LeadEvent.objects.filter(incident__isnull=False).exclude(same)


def reminded_since(verb, at):
    """The ids of obligations that somebody was reminded of since `at`, as the audit log tells."""
    label = Obligation._meta.label_lower
    found = AuditEvent.objects.filter(object_type=label, object_id=None, verb=verb, at__gte=at)
    return {pk for data in found.values_list("data", flat=True) for pk in data["ids"]}
