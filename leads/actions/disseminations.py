"""Who got what of the people list, why and when: each is a row that stays."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import deconfliction
from leads.actions._listed import locked
from leads.models import Dissemination
from leads.policies import listed as policies
from leads.queries import listed as queries
from leads.standing import listed as standing

How = Dissemination.How


def _note(entry, how, *, agency, person, right, reason, by, now):
    made = Dissemination.objects.create(
        listed=entry, how=how, agency=agency, person=person, right=right, reason=reason.strip(), at=now, by=by
    )
    to = {"person": person.pk, "to": agency.pk, "right": right}
    audit.record(f"listed.{how}", entry, by=by, agency=entry.agency_id, **to)
    return made


@transaction.atomic
def open_(*, entry, how, right, reason, by, now=None):
    """Say why an entry is opened or printed; for half an hour that is the person's own to do."""
    entry = locked(entry)
    access.enforce(policies.open_, by, entry, how=how)
    agency = queries.reads_for(by, entry)
    if agency is None:
        raise Refused("No agency of yours takes part in this center.", "disseminations.open", entry)
    told = {"right": right, "reason": reason, "by": by, "now": now or timezone.now()}
    return _note(entry, how, agency=agency, person=by, **told)


@transaction.atomic
def ask(*, name, right, reason, by, born_on=None, now=None):
    """Ask by name whether somebody is on the list: each answer is an opening, and that it was asked is on record, also
    in vain. None where too many have the name: nothing is answered then.
    """
    now = now or timezone.now()
    access.enforce(policies.ask, by)
    # Held until the end: two questions at once are counted one after the other.
    held = Agency.objects.select_for_update(of=["self"], no_key=True).select_related("parent")
    agency = held.get(pk=standing.asks_for(by).pk)
    access.enforce(policies.ask, by, now=now)
    before, _of_agency = standing.asked_lately(by, agency, now - deconfliction.DAY)
    found = queries.asked_for(by, name, born_on)
    audit.record("listed.asked", None, by=by, agency=agency, found=len(found), right=right)
    if agency.parent and deconfliction.is_last(before, deconfliction.OF_A_PERSON, now):
        notify(queries.keepers(agency.parent), "listed.often", agency, label=agency.code, by=by, now=now)
    if len(found) > queries.MOST_FOUND:
        return None
    told = {"right": right, "reason": reason, "by": by, "now": now}
    for entry in found:
        _note(entry, How.OPENED, agency=queries.reads_for(by, entry), person=by, **told)
    return found


@transaction.atomic
def give(*, entry, person, agency, right, reason, by, now=None):
    """Give an entry to somebody of another agency who needs it: they are told, and open it like any other."""
    now = now or timezone.now()
    entry = locked(entry)
    access.enforce(policies.give, by, entry)
    if (person.pk, agency.pk) not in {(each.user_id, each.agency_id) for each in queries.may_receive(entry.agency)}:
        raise Refused("Choose somebody who was trained on 28 CFR Part 23.", "disseminations.give", entry)
    made = _note(entry, How.GIVEN, agency=agency, person=person, right=right, reason=reason, by=by, now=now)
    notify([person], "listed.given", entry, by=by, label=entry.number, now=now)
    return made


@transaction.atomic
def look(*, entries, by):
    """Put on record who saw which entries of their own center's list."""
    if entries:
        audit.record_many("listed.seen", type(entries[0]), [each.pk for each in entries], by=by)
