"""Records of one person or thing: said to be the same, said not to be, and either taken back. No row ever moves."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads.actions._same import alone, apart, stand, write
from leads.models import Entity, Sameness
from leads.policies import entities as policies
from leads.queries import entities as queries_entities

Verdict = Sameness.Verdict


@transaction.atomic
def join(*, one, other, reason, by, now=None):
    """Two records are the same: who sees both reads them together, who sees one reads that one."""
    one, other = _both(one, other, by, same=True)
    made = write(one, other, Verdict.SAME, reason, by=by, now=now or timezone.now())
    stand({one.standing_id, other.standing_id})
    return made


@transaction.atomic
def keep_apart(*, one, other, reason, by, now=None):
    """Two records are not the same: they are not suggested again."""
    one, other = _both(one, other, by, same=False)
    return apart(one, other, reason, by=by, now=now or timezone.now())


def _both(one, other, by, *, same):
    alone()
    found = Entity.objects.visible_to(by).select_related("agency").in_bulk([one.pk, other.pk])
    one, other = found.get(one.pk, one), found.get(other.pk, other)
    access.enforce(policies.decide, by, one, other)
    if len(found) < 2:
        raise access.Refused("You do not see both of these any more.", "sameness.decide", one)
    if why := queries_entities.against(one, other, same=same):
        raise access.Refused(why, "sameness.decide", one)
    return one, other


@transaction.atomic
def take_back(*, sameness, why, by, now=None):
    """Take back a decision: what only it held together stands apart again, each with all that was ever said of it."""
    alone()
    held = Sameness.objects.select_for_update(of=["self"], no_key=True).select_related("one__agency", "other__agency")
    said = held.get(pk=sameness.pk)
    access.enforce(policies.take_back, by, said)
    said.taken_back_at, said.taken_back_by, said.taken_back_why = now or timezone.now(), by, why.strip()
    said.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    if said.verdict == Verdict.SAME:
        stand({said.one.standing_id, said.other.standing_id})
    audit.record(
        "entity.taken_back", said, by=by, agency=said.one.agency, entities=[said.one.number, said.other.number]
    )
    return said
