"""What an accepted case charges and how it ends."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import policies, queries, statutes
from leads.models import Charge, Referral
from leads.policies import court as policies_court
from leads.queries import court as queries_court


@transaction.atomic
def add(*, referral, statute, counts, charged_on, by, title="", offense_on=None, offense_class=""):
    """Record an offense charged and tell those who worked on the case. What the office's table says of the statute on
    the day of the offense (without one, of the charge) stands with the charge; what is not in it is kept as typed.
    """
    referral = _held(referral)
    access.enforce(policies.charge, by, referral)
    line = statutes.in_force(queries_court.table(referral.office), statute, offense_on or charged_on)
    if not (title or line):
        raise Refused("Name the offense: this statute is not in the table.", "charges.add", referral)
    exposure = {}
    if line:
        exposure = {"in_table": True, "max_months": line.max_months, "min_months": line.min_months,
                    "consecutive": line.consecutive, "to_check": line.tag == "K"}  # fmt: skip
    charge = Charge.objects.create(
        referral=referral, statute=statute, title=title or line.title, counts=counts, charged_on=charged_on,
        offense_on=offense_on, offense_class=offense_class, **exposure,
    )  # fmt: skip
    audit.record("charge.added", charge, by=by, agency=referral.office, statute=statute, counts=counts)
    notify(queries.on_case(referral), "charge.added", referral, by=by)
    return charge


@transaction.atomic
def dispose(*, charge, disposition, disposed_on, by, **sentence):
    """Record how a charge ended and tell those who worked on the case. sentence: fields of models.charge.Sentence."""
    referral = _held(Referral(pk=charge.referral_id))
    charge = _end(referral, charge, disposition, disposed_on, sentence, by)
    notify(queries.on_case(referral), "referral.disposed", referral, by=by)
    return charge


@transaction.atomic
def dispose_all(*, referral, ended, by, now=None):
    """Record at once how charges of a case ended; those who worked on the case are told once. ended: [{"charge",
    "disposition", "disposed_on", and fields of the sentence}].
    """
    now = now or timezone.now()
    referral = _held(referral)
    access.enforce(policies_court.outcome, by, referral)
    if not ended:
        raise Refused("Say of one charge at least how it ended.", "charges.dispose_all", referral)
    for each in ended:
        given = dict(each)
        _end(referral, given.pop("charge"), given.pop("disposition"), given.pop("disposed_on"), given, by)
    notify(queries.on_case(referral), "referral.disposed", referral, by=by, now=now)
    return referral


def _held(referral):
    found = Referral.objects.select_for_update(of=["self"], no_key=True).select_related("office")
    return found.get(pk=referral.pk)


def _end(referral, charge, disposition, disposed_on, sentence, by):
    charge = Charge.objects.select_for_update(of=["self"], no_key=True).get(pk=charge.pk, referral=referral)
    charge.referral = referral
    access.enforce(policies_court.dispose, by, charge)
    before = {"disposition": charge.disposition, **_told(charge)}
    charge.disposition, charge.disposed_on, charge.adopted_into = disposition, disposed_on, None
    for name, nothing in Charge.NOTHING.items():
        value = sentence.get(name, nothing)
        setattr(charge, name, nothing if value is None else value)
    charge.save(update_fields=["disposition", "disposed_on", "adopted_into", *Charge.NOTHING])
    audit.record(
        "charge.disposed", charge, by=by, agency=referral.office, disposition=disposition, before=before,
        sentence=_told(charge),
    )  # fmt: skip
    return charge


def _told(charge):
    """What a sentence says, without what it leaves open."""
    values = {name: getattr(charge, name) for name in Charge.NOTHING}
    return {
        name: value if isinstance(value, int | str) else value.isoformat()
        for name, value in values.items()
        if value != Charge.NOTHING[name]
    }
