"""The people list: what counts of a person as it stands now, who keeps the list, who got what of it."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agencies import access
from agencies.models import Agency, Membership, User
from agencies.roles import Permission, roles_with
from leads import entitykeys, prolific
from leads.models import Assertion, Certificate, Dissemination, Entity, Lead, ListedFact, ListedPerson, Person
from leads.models.part23 import READERS, reading
from leads.prolific import Fact, Factor
from leads.queries.entities import shields
from leads.standing import listed as standing

# What a source says counts when the source is at least fairly reliable and what it says at least possibly true.
RELIABLE, VALID = ("A", "B", "C"), (1, 2, 3)
Role = Assertion.Role
COUNTS = (Role.SUSPECT, Role.POSSESSOR, Role.VICTIM)
OPEN_FOR = timedelta(minutes=30)
MOST_FOUND, MOST_OFFERED = 5, 200


def whole(user):
    """Visible entries with everything their page shows."""
    related = ("agency", "person", "submitter", "proposed_by", "approved_by", "removed_by", "held_by")
    return ListedPerson.objects.visible_to(user).select_related(*related)


# --- what counts ----------------------------------------------------------------------------------------------------


def of_persons(agency, standings):
    """{standing id of a person: [Fact]} of what sources say that stands, in events that stand, of a center's leads."""
    said = Assertion.objects.standing().filter(
        entity__standing_id__in=standings, lead__agency=agency, role__in=COUNTS, reliability__in=RELIABLE,
        validity__in=VALID, event__withdrawn_at=None, event__occurred_at__isnull=False,
    )  # fmt: skip
    found = defaultdict(list)
    for each in said.select_related("entity", "event__agency", "lead"):
        found[each.entity.standing_id].append(_fact(each, agency.zone))
    return found


def _fact(said, zone):
    event = said.event
    zone = event.agency.zone if event.agency else zone
    factor = Factor.VICTIM
    if said.role != Role.VICTIM:
        factor = Factor.CONFIRMED if event.confirmed_at else Factor.PRESUMPTIVE
    key = f"incident {event.incident_id}" if event.incident_id else f"{event.agency_id} {event.case_key}"
    source = f"{said.get_role_display()} in {event.case_number}: {said.source}"
    return Fact(factor, timezone.localdate(event.occurred_at, ZoneInfo(zone)), key, source, said.lead_id)


def measured(entries, agency, today):
    """{id of an entry: its score as of a day} of entries of one center with their `person`; two statements for many."""
    entries = [each for each in entries if each.person_id]
    standings = {each.person.standing_id for each in entries}
    said, law = of_persons(agency, standings), bool(standing.juvenile_law(agency.pk))
    by_hand = defaultdict(list)
    for fact in ListedFact.objects.standing().filter(listed__in=[each.pk for each in entries]):
        by_hand[fact.listed_id].append(documented(fact.factor, fact.on, fact.source))
    return {
        each.pk: prolific.score(
            said[each.person.standing_id] + by_hand[each.pk], today, born_on=each.person.born_on, juvenile_law=law
        )
        for each in entries
    }


def documented(factor, on, source):
    return Fact(Factor(factor), on, f"{on} {entitykeys.bare(source)}", source)


def of_candidate(person, agency, today, fact=None):
    """The score that a person would have, with one documented event that is given with the proposal."""
    facts = of_persons(agency, {person.standing_id})[person.standing_id] + ([documented(*fact)] if fact else [])
    law = bool(standing.juvenile_law(agency.pk))
    return prolific.score(facts, today, born_on=person.born_on, juvenile_law=law)


def candidates(user, typed):
    """People whom a keeper may propose, by a name that was typed, with what masks their names: a few; no victim or
    witness alone, nobody listed.
    """
    keys = entitykeys.looked_for(typed)
    if not keys:
        return []
    more = Assertion.objects.visible_to(user).standing().filter(entity__standing=OuterRef("standing"))
    listed = ListedPerson.objects.standing().filter(
        agency__in=access.agencies_with(user, Permission.LISTED_KEEP), person__standing=OuterRef("standing")
    )
    found = Person.objects.visible_to(user).filter(
        ~Exists(listed), Exists(more.exclude(role__in=Assertion.PROTECTED)), keys__key__in=keys, keys__particular=None
    )
    return list(found.annotate(**shields(user)).distinct().order_by("name", "pk")[:20])


def candidate(user):
    """Visible people with what masks the name of each."""
    return Person.objects.visible_to(user).annotate(**shields(user))


# --- who ------------------------------------------------------------------------------------------------------------


def _trained(permission):
    """People in whose role of an agency a permission lies, and who were trained."""
    certified = Certificate.objects.in_force().values("user")
    return User.objects.filter(
        pk__in=certified, is_active=True, memberships__ended_at=None, memberships__role__in=roles_with(permission)
    )


def keepers(agency):
    return _trained(Permission.LISTED_KEEP).filter(memberships__agency=agency).distinct()


def approvers(entry):
    """Who may approve it: not whoever proposed it."""
    found = _trained(Permission.LISTED_APPROVE).filter(memberships__agency=entry.agency)
    return found.exclude(pk=entry.proposed_by_id).distinct()


def may_receive(agency):
    """Memberships to which a center may give an entry: trained readers of its agencies, one for each person there."""
    memberships = Membership.objects.active().filter(
        agency__parent=agency, agency__kind__in=READERS, role__in=roles_with(Permission.LISTED_VIEW),
        user__in=Certificate.objects.in_force().values("user"),
    )  # fmt: skip
    found = memberships.select_related("user", "agency").order_by("agency__name", "user__name", "pk")
    return list({(each.user_id, each.agency_id): each for each in found[:MOST_OFFERED]}.values())


def submitters(agency):
    """The agencies that may have submitted an entry: the center and its own that investigate, prosecute, supervise."""
    found = Agency.objects.filter(Q(pk=agency.pk) | Q(parent=agency), kind__in=READERS, is_active=True)
    return found.order_by("name")


def recipients(entry):
    """Everybody to whom anything of an entry went, once."""
    return User.objects.filter(
        is_active=True, pk__in=Dissemination.objects.filter(listed=entry).values("person")
    ).distinct()


# --- disseminated ---------------------------------------------------------------------------------------------------


def reads_for(user, entry):
    """The agency for which a person gets an entry: the center for its own people, else the first of theirs under it."""
    own = reading(user)
    if entry.agency_id in own:
        return entry.agency
    return Agency.objects.filter(pk__in=own, parent=entry.agency_id).order_by("name").first()


def said_why(user, entry, how, now):
    """Whether a person said within the last half hour why they open or print an entry."""
    since = now - OPEN_FOR
    return Dissemination.objects.filter(listed=entry, person=user, how=how, at__gt=since, at__lte=now).exists()


def asked_for(user, name, born_on=None):
    """Entries by a person's name, for a reader of another agency: those on the list, not the restricted ones."""
    wanted = {key for key in entitykeys.person_keys(name) if key[0] == entitykeys.NAME}
    if not wanted:
        return []
    centers = Agency.objects.filter(pk__in=reading(user), parent__isnull=False).values("parent")
    same = Entity.objects.filter(keys__key__in=wanted, keys__particular=None).values("standing")
    found = ListedPerson.objects.filter(
        agency__in=centers, status__in=ListedPerson.LISTED, sensitivity=ListedPerson.Sensitivity.SENSITIVE,
        person__standing__in=same,
    )  # fmt: skip
    if born_on:
        found = found.filter(Q(person__born_on=born_on) | Q(person__born_on=None))
    return list(found.select_related("agency", "person").order_by("pk")[: MOST_FOUND + 1])


def log_of(user, entry, most=50):
    """What a reader may see of who got an entry, the last first, and whether there is more."""
    rows = list(
        Dissemination.objects.visible_to(user).filter(listed=entry).select_related("person", "agency", "by")[: most + 1]
    )
    return rows[:most], len(rows) > most


def last_given(user, entries):
    """{id of an entry: the last row of the log that the user sees of it}, in one statement."""
    rows = Dissemination.objects.visible_to(user).filter(listed__in=[each.pk for each in entries])
    found = rows.select_related("person").order_by("listed_id", "-at", "-id").distinct("listed_id")
    return {each.listed_id: each for each in found}


# --- training -------------------------------------------------------------------------------------------------------


def may_be_trained(user):
    """The members of whom an administrator records that they were trained: not the administrator."""
    managed = access.agencies_with(user, Permission.AGENCY_MANAGE)
    found = Membership.objects.active().filter(agency__in=managed, role__in=roles_with(Permission.LISTED_VIEW))
    return found.exclude(user=user).select_related("user", "agency").order_by("agency__name", "user__name", "pk")


def trainings(user, most=MOST_OFFERED):
    managed = access.agencies_with(user, Permission.AGENCY_MANAGE)
    found = Certificate.objects.visible_to(user).filter(agency__in=managed)
    return found.select_related("user", "agency").order_by("-expires_at", "-pk")[:most]


def leads_seen(user, score):
    """Of the leads behind a score those that a reader sees: of the others they learn no case number."""
    ids = {each.lead for each in (*score.parts, *score.beside) if each.lead}
    ids |= {fact.lead for fact, _why in score.left_out if fact.lead}
    return set(Lead.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
