"""Asking whether another agency holds a record: written down, bounded, and answered with a contact or with nothing."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import deconfliction
from leads.models import DeconflictionRule, Inquiry, InquiryAnswer
from leads.policies import deconfliction as policies
from leads.queries import deconfliction as queries
from leads.standing import deconfliction as standing

Kind = Inquiry.Kind
SET = ("answers", "contact", "phone", "email")


@transaction.atomic
def ask_gun(*, agency, serial, case_number, reason, by, now=None):
    """Ask whether another agency holds a gun of this number."""
    why = "Give a whole serial number, your case number and the reason."
    return _ask(agency, Kind.GUN, deconfliction.gun_key(serial), case_number, reason, why, by, now or timezone.now())


@transaction.atomic
def ask_person(*, agency, name, born_on, case_number, reason, by, now=None):
    """Ask whether another agency knows a grown person of this name and day of birth, who is no victim or witness."""
    now = now or timezone.now()
    key = deconfliction.person_key(name, born_on, timezone.localdate(now, ZoneInfo(agency.zone)))
    why = "Give first and last name of a grown person, the day of birth, your case number and the reason."
    return _ask(agency, Kind.PERSON, key, case_number, reason, why, by, now)


def _ask(agency, kind, key, case_number, reason, why, by, now):
    """Count, look, write down. What was asked is kept as a hash alone."""
    # Held until the end: two questions at once are counted one after the other.
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).select_related("parent").get(pk=agency.pk)
    access.enforce(policies.ask, by, agency, now=now)
    if not key or not case_number.strip() or not reason.strip():
        raise Refused(why, "deconfliction.ask", agency)
    before = standing.asked_lately(now - deconfliction.DAY, asked_by=by)
    found = queries.holders(by, agency, kind, key)
    made = Inquiry.objects.create(
        agency=agency, asked_by=by, asked_at=now, kind=kind, case_number=case_number.strip(), reason=reason.strip(),
        key_hash=deconfliction.hashed(kind, key, settings.SECRET_KEY), answers_count=len(found),
    )  # fmt: skip
    audit.record("inquiry.asked", made, by=by, agency=agency, kind=kind.value, answers=len(found))
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
        record = {"exhibit_id": each.get("exhibit"), "lead_id": each.get("lead")}
        row = InquiryAnswer.objects.create(inquiry=inquiry, holder=holder, answered_at=now, **record, **said)
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
