"""Who is out of office says from when to when and who stands in; the ladder then goes past them."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import User
from agencies.notifications import notify
from leads.models import Absence
from leads.policies import time as policies_time
from leads.queries import absence as queries_absence

SAY = "absences.say"


@transaction.atomic
def say(*, person, starts_at, ends_at, by, deputy=None, now=None):
    """Write down an absence; the deputy is told. Two of one person never overlap: one is to stand in, not two."""
    now = now or timezone.now()
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    access.enforce(policies_time.say_absence, by, person)
    if ends_at <= max(starts_at, now):
        raise Refused("Choose a last day that is not over, and not before the first.", SAY)
    if deputy and not queries_absence.deputies(person).filter(pk=deputy.pk).exists():
        raise Refused("Choose a deputy of the same agency who may do the same work.", SAY)
    if Absence.objects.to_come(now).filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused("There is an absence in these days already. End that one first.", SAY)
    absence = Absence.objects.create(
        person=person, deputy=deputy, starts_at=starts_at, ends_at=ends_at, said_at=now, said_by=by
    )
    days = {"from_": starts_at.isoformat(), "until": ends_at.isoformat()}
    audit.record("absence.said", absence, by=by, person=person.pk, deputy=deputy and deputy.pk, **days)
    if deputy:
        notify([deputy], "absence.deputy", absence, by=by, label=str(person), now=now)
    return absence


@transaction.atomic
def withdraw(*, absence, by, now=None):
    """Somebody is back, or does not go."""
    now = now or timezone.now()
    absence = (
        Absence.objects.select_for_update(of=["self"], no_key=True)
        .select_related("person", "deputy")
        .get(pk=absence.pk)
    )
    access.enforce(policies_time.say_absence, by, absence.person)
    if absence.withdrawn_at or absence.ends_at <= now:
        raise Refused("This absence is over already.", "absences.withdraw", absence)
    absence.withdrawn_at, absence.withdrawn_by = now, by
    absence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("absence.withdrawn", absence, by=by, person=absence.person_id)
    if absence.deputy:
        notify([absence.deputy], "absence.over", absence, by=by, label=str(absence.person), now=now)
    return absence
