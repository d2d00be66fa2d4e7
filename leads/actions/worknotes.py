"""Work product of one office on one case. The log says that there is a note or a check, and nothing of it."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.moments import why_not_yet
from leads.actions._referrals import locked
from leads.models import WorkNote
from leads.policies import referrals as policies_referrals

Kind = WorkNote.Kind


@transaction.atomic
def write(*, referral, text, by, now=None):
    """Keep a note for the office alone; nobody is told."""
    referral = locked(referral)
    access.enforce(policies_referrals.note, by, referral)
    note = WorkNote.objects.create(referral=referral, text=text, at=now or timezone.now(), by=by)
    audit.record("worknote.written", note, by=by, agency=referral.office)
    return referral


@transaction.atomic
def check(*, referral, checked_on, by, now=None):
    """Say on which day the Giglio check was run. What it found is kept where the office keeps it, never here."""
    now = now or timezone.now()
    referral = locked(referral)
    access.enforce(policies_referrals.note, by, referral)
    if wrong := why_not_yet(checked_on, now, referral.office.zone):
        raise Refused(wrong, "worknotes.check", referral)
    note = WorkNote.objects.create(referral=referral, kind=Kind.GIGLIO, checked_on=checked_on, at=now, by=by)
    audit.record("worknote.checked", note, by=by, agency=referral.office)
    return referral


@transaction.atomic
def strike(*, note, reason, by, now=None):
    """Say of a note, or of a day of the Giglio check, that it does not hold, and why. It stays, and its office alone
    sees that it was struck.
    """
    held = WorkNote.objects.select_for_update(of=["self"], no_key=True)
    note = held.select_related("referral__office").get(pk=note.pk)
    access.enforce(policies_referrals.strike, by, note)
    note.struck_at, note.struck_by, note.struck_why = now or timezone.now(), by, reason.strip()
    note.save(update_fields=["struck_at", "struck_by", "struck_why"])
    audit.record("worknote.struck", note, by=by, agency=note.referral.office)
    return note.referral
