"""The federal office adopts a case of the state: both are linked, the state's is dismissed in favor of the other."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.roles import Role
from leads import queries
from leads.actions import _asked
from leads.actions._referrals import DECIDE_WITHIN, keep
from leads.models import Charge, Referral
from leads.policies import referrals as policies_referrals
from leads.queries import referrals as near

Status, Disposition = Referral.Status, Charge.Disposition


@transaction.atomic
def adopt(*, referral, state, note, by, now=None):
    """Adopt a case of the state on the same person: what is pending there goes to federal court, and the offender is
    counted with the federal case alone.
    """
    now = now or timezone.now()
    referral, state = _both(referral, state)
    access.enforce(policies_referrals.adopt, by, referral)
    if state.pk not in {each.pk for each in near.adoptable(referral)}:
        raise Refused("Choose an open case of a state office on the same person.", "adoptions.adopt", referral)
    day = now.astimezone(ZoneInfo(state.office.zone)).date()
    moved = state.charges.undecided()
    moved = moved.update(disposition=Disposition.TRANSFERRED_FEDERAL, disposed_on=day, adopted_into=referral)
    state.status, state.adopted_into, state.decided_at, state.decided_by = Status.ADOPTED, referral, now, by
    state.save(update_fields=["status", "adopted_into", "decided_at", "decided_by"])
    keep(state, Status.ADOPTED, by=by, now=now, note=note, other=referral)
    audit.record("referral.adopted", state, by=by, agency=referral.office, into=referral.pk, charges=moved)
    _tell(referral, state, "referral.adopted", by=by, now=now)
    return referral


@transaction.atomic
def part(*, referral, state, note, by, now=None):
    """Take an adoption back: the state's case stands again as it did, the charges that went with it are pending."""
    now = now or timezone.now()
    referral, state = _both(referral, state)
    access.enforce(policies_referrals.part, by, referral)
    if state.adopted_into_id != referral.pk:
        raise Refused("Choose a case that this one has adopted.", "adoptions.part", referral)
    since, moved = state.decided_at, state.charges.filter(adopted_into=referral)
    moved = moved.update(disposition=Disposition.PENDING, disposed_on=None, adopted_into=None)
    _stand_again(state, by=by, now=now, note=note)
    audit.record("referral.parted", state, by=by, agency=referral.office, out_of=referral.pk, charges=moved)
    _tell(referral, state, "referral.parted", by=by, now=now)
    if state.tasks.filter(ended_at__gte=since).exists():
        _asked.settle(state, by=by, now=now)
    return referral


def _both(referral, state):
    """Both cases, held in the order of their numbers."""
    found = Referral.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    related = ("lead", "agency", "office", "person")
    held = {each.pk: each for each in found.select_related(*related).filter(pk__in=[referral.pk, state.pk])}
    return held[referral.pk], held[state.pk]


def _stand_again(state, *, by, now, note):
    """What was last said of the case before it was adopted holds again."""
    last = state.decisions.exclude(became=Status.ADOPTED).order_by("-id").first()
    was = last.became if last else Status.REFERRED
    decided = last if was != Status.REFERRED else None
    state.status, state.adopted_into = was, None
    state.decided_at, state.decided_by = (decided.at, decided.by) if decided else (None, None)
    if was in Referral.REVIEW:
        state.decision_due_at = now + DECIDE_WITHIN
    state.save(update_fields=["status", "adopted_into", "decided_at", "decided_by", "decision_due_at"])
    keep(state, was, by=by, now=now, note=note)


def _tell(referral, state, verb, *, by, now):
    """The office of the state and those at work on its case; what another agency referred is told to it as its own."""
    people = {*queries.holders(state.office, Role.PROSECUTOR), *queries.on_case(state)}
    notify(people, verb, state, by=by, now=now)
    if state.agency_id != referral.agency_id:
        notify(queries.on_case(referral), verb, referral, by=by, now=now)
