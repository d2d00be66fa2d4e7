"""A case in court, step by step: what is filed, and days that are set, held, put off or taken off."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import queries
from leads.actions import _court
from leads.models import Charge, Proceeding, Referral, Revocation
from leads.policies import court as policies_court

Kind, Status = Proceeding.Kind, Proceeding.Status


@transaction.atomic
def record(*, referral, kind, on, by, what="", starts_at=None, court="", number="", again=(), now=None):
    """Record a paper that was filed, or set a day in court; what lies behind us was held. A superseding indictment
    replaces the charges that stand and have not ended; of these, `again` are charged in it anew.
    """
    now = now or timezone.now()
    referral = _held(referral)
    access.enforce(policies_court.proceed, by, referral)
    filed = kind in Proceeding.FILED
    over = filed or on < now.astimezone(ZoneInfo(referral.office.zone)).date()
    if filed and on > now.astimezone(ZoneInfo(referral.office.zone)).date():
        raise Refused("What is filed has been filed: give a day that has begun.", "proceedings.record", referral)
    made = Proceeding.objects.create(
        referral=referral, kind=kind, what=what, on=on, starts_at=None if filed else starts_at, court=court,
        number=number or referral.court_number, status=Status.HELD if over else Status.SET, recorded_at=now,
        recorded_by=by, ended_at=now if over else None, ended_by=by if over else None,
    )  # fmt: skip
    replaced = _supersede(made, again) if kind == Kind.SUPERSEDING else []
    audit.record(
        "proceeding.recorded", made, by=by, agency=referral.office, kind=kind, on=on.isoformat(), replaced=replaced
    )
    _follow(referral, by, now)
    return made


@transaction.atomic
def hold(*, proceeding, by, result="", custody="", now=None):
    """It was held: what was decided, and whether the defendant is detained."""
    return _move(proceeding, Status.HELD, by=by, now=now or timezone.now(), result=result, custody=custody)


@transaction.atomic
def put_off(*, proceeding, on, why, by, starts_at=None, now=None):
    """A continuance: it goes on as the same thing on another day."""
    now = now or timezone.now()
    ended = _move(proceeding, Status.CONTINUED, by=by, now=now, result=_said(why), follow=False)
    if on <= ended.on:
        raise Refused("Choose a day after the one it was set for.", "proceedings.put_off", ended)
    made = Proceeding.objects.create(
        referral=ended.referral, kind=ended.kind, what=ended.what, on=on, starts_at=starts_at, court=ended.court,
        number=ended.number, continued_from=ended, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    _follow(ended.referral, by, now)
    return made


@transaction.atomic
def take_off(*, proceeding, why, by, now=None):
    """It is not going to be held."""
    return _move(proceeding, Status.OFF, by=by, now=now or timezone.now(), result=_said(why))


@transaction.atomic
def revoke(*, referral, of, revoked_on, months, court, by, now=None):
    """Record that supervision was revoked: an outcome of the case beside, or instead of, a conviction."""
    now = now or timezone.now()
    referral = _held(referral)
    access.enforce(policies_court.revoke, by, referral)
    made = Revocation.objects.create(
        referral=referral, of=of, revoked_on=revoked_on, months=months, court=court, recorded_at=now, recorded_by=by
    )
    audit.record("revocation.recorded", made, by=by, agency=referral.office, months=months)
    notify(queries.on_case(referral), "referral.disposed", referral, by=by, now=now)
    return made


@transaction.atomic
def correct_revocation(*, revocation, by, now=None, **said):
    """Record it anew: `said` are its fields, what they said before stays in the log."""
    referral = _held(Referral(pk=revocation.referral_id))
    revocation = Revocation.objects.select_for_update(of=["self"], no_key=True).get(pk=revocation.pk)
    revocation.referral = referral
    access.enforce(policies_court.correct_revocation, by, revocation)
    before = {name: str(getattr(revocation, name)) for name in said}
    for name, value in said.items():
        setattr(revocation, name, value)
    revocation.save(update_fields=list(said))
    after = {name: str(value) for name, value in said.items()}
    audit.record("revocation.corrected", revocation, by=by, agency=referral.office, before=before, after=after)
    notify(queries.on_case(referral), "referral.disposed", referral, by=by, now=now or timezone.now())
    return revocation


def _held(referral):
    found = Referral.objects.select_for_update(of=["self"], no_key=True).select_related("office")
    return found.get(pk=referral.pk)


def _said(why):
    if not why.strip():
        raise Refused("Say why.", "proceedings.why")
    return why.strip()


def _move(proceeding, status, *, by, now, result="", custody="", follow=True):
    referral = _held(Referral(pk=proceeding.referral_id))
    proceeding = Proceeding.objects.select_for_update(of=["self"], no_key=True).get(pk=proceeding.pk)
    proceeding.referral = referral
    if status == Status.HELD:
        access.enforce(policies_court.hold, by, proceeding, now)
    else:
        access.enforce(policies_court.move, by, proceeding)
    _court.end(proceeding, status, by=by, now=now, result=result, custody=custody)
    audit.record(f"proceeding.{status}", proceeding, by=by, agency=referral.office, result=result, custody=custody)
    if follow:
        _follow(referral, by, now)
    return proceeding


def _follow(referral, by, now):
    if _court.derive(referral):
        notify(queries.on_case(referral), "referral.planned", referral, by=by, now=now)


def _supersede(made, again):
    """The ids of the charges that an indictment replaced."""
    standing = Charge.objects.undecided().filter(referral=made.referral)
    standing = list(standing.select_for_update(of=["self"], no_key=True))
    kept = {each.pk for each in again}
    if not kept <= {each.pk for each in standing}:
        raise Refused("Only charges that stand and have not ended are charged again.", "proceedings.again", made)
    if any(each.pk in kept and each.offense_on and each.offense_on > made.on for each in standing):
        raise Refused("An offense that is charged again lies after this day.", "proceedings.again", made)
    for each in standing:
        each.superseded_in = made
        each.save(update_fields=["superseded_in"])
    same = ("statute", "title", "counts", "offense_on", "offense_class", "in_table", "max_months", "min_months",
            "consecutive", "to_check")  # fmt: skip
    Charge.objects.bulk_create(
        Charge(referral=made.referral, charged_on=made.on, **{name: getattr(each, name) for name in same})
        for each in standing
        if each.pk in kept
    )
    return [each.pk for each in standing]
