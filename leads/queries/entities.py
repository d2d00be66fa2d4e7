"""Persons and things on the leads that a reader sees, whose name is masked, and what may be the same."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies.access import agencies_with
from agencies.roles import Permission
from leads import entitykeys, shield
from leads.models import Assertion, Entity, EntityKey, Lead, Particular, Sameness
from leads.standing import unmasking

MOST_SHOWN, MOST_FOUND, MOST_SUGGESTED = 200, 50, 5
# A key that as many records have tells nobody from others, and no more of them are read.
COMMON, WALKED = 20, 2000
# Keys hold capital letters, digits, blanks and hyphens alone: all of these come before it.
LAST = "~"


class Met(NamedTuple):
    """An entity as one reader sees it: all records that are the same and that they see, what is known of them, what
    was said, and what was decided about them.
    """

    records: list
    particulars: list
    assertions: list
    decisions: list


def shields(user, standing="standing"):
    """Annotations that say whether a name is masked for a reader, by what they see of all records that are the same:
    the parts of a person in events, their day of birth, the first event (where it has no day, when it was said), and
    whether the reader may have it unmasked.
    """
    seen, mine = Lead.objects.visible_to(user), agencies_with(user, Permission.PERSON_UNMASK)
    said = Assertion.objects.filter(entity__standing=OuterRef(standing), lead__in=seen)
    born = Entity.objects.filter(standing=OuterRef(standing), born_on__isnull=False)
    born = born.filter(Exists(Assertion.objects.filter(entity=OuterRef("pk"), lead__in=seen))).order_by("-born_on")
    when = Coalesce("event__occurred_at", "said_at")
    dated = said.order_by(when).values(at=when)
    own = said.filter(
        Q(agency__in=mine) | Q(event__agency__in=mine) | Q(entity__agency__in=mine) | unmasking.held_by(user)
    )
    return {
        "roles": ArraySubquery(said.standing().order_by().values_list("role", flat=True).distinct()),
        "former_roles": ArraySubquery(said.order_by().values_list("role", flat=True).distinct()),
        "youngest": Subquery(born.values("born_on")[:1]),
        "since": Subquery(dated[:1]),
        # Looked up for each: what merely exists the database may first gather for all people of all leads.
        "is_near": Subquery(own.order_by().values(near=Value(True))[:1]),
    }


def assertions_on(leads, user, most=MOST_SHOWN):
    """What is said on some leads that the reader sees, with what masks each name; those that stand first. most: None
    for all of it.
    """
    found = Assertion.objects.filter(lead__in=leads).annotate(**shields(user, "entity__standing"))
    found = found.select_related("entity__agency", "event__agency", "agency", "said_by", "withdrawn_by", "lead")
    return list(found.order_by(F("withdrawn_at").asc(nulls_first=True), "entity_id", "id")[:most])


def met(entity, user):
    """Everything of an entity that a reader sees."""
    records = list(
        Entity.objects.visible_to(user).same_as(entity).select_related("agency", "recorded_by")
        .annotate(**shields(user)).order_by("pk")[:MOST_SHOWN]
    )  # fmt: skip
    ids = [each.pk for each in records]
    particulars = Particular.objects.visible_to(user).standing().filter(entity__in=ids)
    assertions = Assertion.objects.visible_to(user).filter(entity__in=ids)
    assertions = assertions.select_related("entity", "event__agency", "agency", "said_by", "withdrawn_by", "lead")
    decisions = Sameness.objects.visible_to(user).filter(Q(one__in=ids) | Q(other__in=ids))
    return Met(
        records=records,
        particulars=list(particulars.select_related("lead", "added_by", "entity")[:MOST_SHOWN]),
        assertions=list(assertions.order_by(F("withdrawn_at").asc(nulls_first=True), "-id")[:MOST_SHOWN]),
        decisions=list(
            decisions.select_related("one__agency", "other__agency", "decided_by", "taken_back_by")[:MOST_SHOWN]
        ),
    )


def agencies_of(entity, user):
    """The agencies that named an entity, or whose events it is named in, as far as the user sees; and the user's own
    offices, where they have a case on a lead that names it.
    """
    said = Assertion.objects.visible_to(user).filter(entity__standing=entity.standing_id)
    near = said.values_list("agency_id", "event__agency_id", "entity__agency_id")
    mine = unmasking.offices(user)
    held = mine if mine and said.filter(unmasking.held_by(user)).exists() else ()
    return {pk for row in near for pk in row if pk} | {*held}


def find(user, typed):
    """(the visible entities that something typed may mean, whether there may be more): by number, or by beginnings of
    their keys. A masked name finds nobody for who may not have it unmasked.
    """
    if entity := numbered(typed):
        found = Entity.objects.visible_to(user).filter(pk=entity)
    else:
        ids, full = _walked(user, entitykeys.looked_for(typed))
        found = Entity.objects.visible_to(user).filter(pk__in=ids)
    found = found.select_related("agency").annotate(**shields(user), leads=_leads(user)).order_by("name", "pk")
    shown = [each for each in found[: MOST_FOUND + 1] if entity or each.is_near or not masked(each, each.agency)]
    return shown[:MOST_FOUND], len(shown) > MOST_FOUND or (not entity and full)


def exactly(user, typed):
    """The visible entities that something typed means: by number, or by a whole key that tells (a name with first name,
    a plate, a phone number, an address), as `known` has them. A masked name finds nobody for who may not have it
    unmasked.
    """
    if entity := numbered(typed):
        rows = Entity.objects.visible_to(user).filter(pk=entity).select_related("agency")
        return list(rows.annotate(**shields(user), leads=_leads(user)))
    return known(user, entitykeys.looked_for(typed))


def _leads(user):
    """[(id, number)] of the visible leads on which a record stands."""
    said = Assertion.objects.visible_to(user).standing().filter(entity=OuterRef("pk"))
    return ArraySubquery(said.order_by().values_list("lead__number", flat=True).distinct())


def numbered(typed):
    """The id in the number of a record as pages show it ("P-12"), or None."""
    letter, _hyphen, number = typed.strip().upper().partition("-")
    known = letter in Entity.LETTERS.values() and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if known else None


def _walked(user, keys, exact=False, most=WALKED):
    """(ids of entities under some keys, whether a walk came to its end before the keys did). What is known from a lead
    finds its entity for those who see the lead.
    """
    if not keys:
        return set(), False
    branches = []
    for key in sorted(keys):
        under = Q(key=key) if exact or key[0] == entitykeys.NUMBER else Q(key__gte=key, key__lt=key + LAST)
        rows = EntityKey.objects.filter(under).order_by("key", "entity_id", "particular_id")
        branches.append(rows.values_list("entity_id", "particular_id", "key")[:most])
    rows = list(branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0])
    known = {particular for _entity, particular, _key in rows if particular}
    seen = set(Particular.objects.visible_to(user).standing().filter(pk__in=known).values_list("pk", flat=True))
    return {entity for entity, particular, _key in rows if particular is None or particular in seen}, len(rows) >= most


def known(user, keys, but=()):
    """Visible entities that have one of the keys that tell (`entitykeys.telling`), with what masks their names: a key
    of many suggests nothing, nor does a record twice. but: those of which it is known that they are not meant.
    """
    found = set()
    for key in sorted(entitykeys.telling(keys)):
        ids, common = _walked(user, {key}, exact=True, most=COMMON)
        found |= set() if common else ids
    rows = Entity.objects.visible_to(user).filter(pk__in=found).exclude(standing__in=but)
    rows = rows.select_related("agency").annotate(**shields(user), leads=_leads(user)).order_by("pk")
    first = {}
    for each in rows:
        if each.is_near or not masked(each, each.agency):
            first.setdefault(each.standing_id, each)
    return list(first.values())[:MOST_SUGGESTED]


def may_be_same(records, user):
    """What may be the same as these records, which are the same, and was not said to be another."""
    keys = EntityKey.objects.filter(entity__in=records).filter(
        Q(particular=None) | Q(particular__in=Particular.objects.visible_to(user).standing())
    )
    standing = {each.standing_id for each in records}
    return known(user, set(keys.values_list("key", flat=True)), standing | apart_from(standing))


def apart_from(standing):
    """The records, as they stand, of which it was said that they are not the same as one of these."""
    said = Sameness.objects.standing().filter(verdict=Sameness.Verdict.APART)
    said = said.filter(Q(one__standing__in=standing) | Q(other__standing__in=standing))
    return {pk for pair in said.values_list("one__standing_id", "other__standing_id") for pk in pair} - set(standing)


def decided(one, other):
    """What stands between two records or any that are the same as them: a decision, or None."""
    both = Q(one__standing=one.standing_id, other__standing=other.standing_id)
    both |= Q(one__standing=other.standing_id, other__standing=one.standing_id)
    return Sameness.objects.standing().filter(both).order_by("verdict", "id").first()


def masked(row, agency):
    """Why the name of what `shields` was asked of is masked ("victim"), "" where it is not: by what stands, and where
    all was withdrawn by that. Whether somebody was a juvenile is said of the day of the first event where the center
    is.
    """
    first = (row.since or timezone.now()).astimezone(ZoneInfo(agency.zone)).date()
    return shield.why(set(row.roles or row.former_roles), row.youngest, first)


def against(one, other, *, same):
    """What was said of two records that speaks against saying it now: a sentence, or None."""
    if one.standing_id == other.standing_id:
        return (
            "These are said to be the same already." if same else "These are said to be the same. Take that back first."
        )
    if decided(one, other):
        return "It was said that these are not the same. Take that back first." if same else "That was said already."
    return None
