"""Asking whether another agency holds a record: written down, bounded, and answered with a contact or with nothing."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import deconfliction
from leads import policies_deconfliction as policies
from leads import queries_deconfliction as queries
from leads.models import DeconflictionRule, Inquiry, InquiryAnswer

SET = ("answers", "contact", "phone", "email")


@transaction.atomic
def ask_gun(*, agency, serial, case_number, reason, by, now=None):
    """Ask whether another agency holds a gun of this number. What was asked is kept as a hash alone."""
    now = now or timezone.now()
    # Held until the end: two questions at once are counted one after the other.
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).select_related("parent").get(pk=agency.pk)
    access.enforce(policies.ask, by, agency, now=now)
    key = deconfliction.gun_key(serial)
    if not key or not case_number.strip() or not reason.strip():
        raise Refused("Give a whole serial number, your case number and the reason.", "deconfliction.ask_gun", agency)
    before = queries.asked_lately(now - deconfliction.DAY, asked_by=by)
    found = queries.holders(by, agency, key)
    made = Inquiry.objects.create(
        agency=agency, asked_by=by, asked_at=now, kind=Inquiry.Kind.GUN, case_number=case_number.strip(),
        key_hash=deconfliction.hashed(Inquiry.Kind.GUN, key, settings.SECRET_KEY), reason=reason.strip(),
        answers_count=len(found),
    )  # fmt: skip
    audit.record("inquiry.asked", made, by=by, agency=agency, kind=made.kind, answers=len(found))
    _answer(made, found, by, now)
    if deconfliction.is_last(before, deconfliction.OF_A_PERSON, now):
        notify(queries.overseers(agency), "inquiry.often", made, by=by, now=now)
    return made


def _answer(inquiry, found, by, now):
    """Keep who answered, and tell both sides' coordinators of it."""
    agencies = Agency.objects.select_related("parent").in_bulk([each["holder"] for each in found])
    for each in found:
        holder = agencies[each["holder"]]
        said = {name: each[name] for name in ("contact", "phone", "email")}
        row = InquiryAnswer.objects.create(
            inquiry=inquiry, holder=holder, answered_at=now, exhibit_id=each["exhibit"], **said
        )
        audit.record("inquiry.answered", row, by=by, agency=holder, inquiry=inquiry.pk)
        notify(queries.overseers(holder), "inquiry.held", row, by=by, now=now)
    if found:
        notify(queries.overseers(inquiry.agency), "inquiry.answered", inquiry, by=by, now=now)


@transaction.atomic
def review(*, inquiry, by, note="", now=None):
    """Somebody looked whether the question had its reason."""
    inquiry = Inquiry.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=inquiry.pk)
    access.enforce(policies.review, by, inquiry)
    inquiry.reviewed_at, inquiry.reviewed_by, inquiry.review_note = now or timezone.now(), by, note.strip()
    inquiry.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
    audit.record("inquiry.reviewed", inquiry, by=by, agency=inquiry.agency, note=inquiry.review_note)
    return inquiry


@transaction.atomic
def set_rule(*, agency, answers, contact, phone, email, by, now=None):
    """Say whether an agency answers others, and whom they call."""
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.set_rule, by, agency)
    if answers and not (contact.strip() and (phone.strip() or email.strip())):
        raise Refused("Name a contact, and a phone number or an e-mail.", "deconfliction.set_rule", agency)
    rule = queries.rule_of(agency)
    before = {name: getattr(rule, name) for name in SET}
    after = {"answers": answers, "contact": contact.strip(), "phone": phone.strip(), "email": email.strip()}
    values = {**after, "set_at": now or timezone.now(), "set_by": by}
    rule, _new = DeconflictionRule.objects.update_or_create(agency=agency, defaults=values)
    audit.record("deconfliction.set", rule, by=by, agency=agency, changes=audit.changes(before, after))
    return rule
