"""An entry of the people list: proposed by one, approved by another, reviewed, moved, removed, held from purging."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import retention
from leads.actions._listed import enter, locked, measure, stamped
from leads.models import ListedFact, ListedPerson, Person
from leads.policies import listed as policies
from leads.queries import listed as queries
from leads.standing import listed as standing

Status = ListedPerson.Status
TEXTS = ("criminal_predicate", "reasonable_suspicion_basis", "noncriminal")


@transaction.atomic
def propose(*, person, center, submitter, source_reliability, content_validity, by, fact=None, now=None, **values):
    """Propose a person for a center's list. values: the texts of the grounds and `sensitivity`. fact: (factor, day,
    source) of a documented event, where no sourced assertion makes the person a suspect.
    """
    now = now or timezone.now()
    # Behind the lock of its center, so that two never propose one person.
    center = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=center.pk)
    today = standing.today_of(center, now)
    person = Person.objects.visible_to(by).filter(pk=person.pk).first()
    if person is None:
        raise Refused("You do not see this person.", "listings.propose", center)
    score = queries.of_candidate(person, center, today, fact)
    access.enforce(policies.propose, by, person, center, today, score=score)
    if refused := policies.grounds(source_reliability, content_validity):
        raise Refused(refused, "listings.grounds", center)
    if submitter not in queries.submitters(center):
        raise Refused("Choose an agency of this center.", "listings.submitter", center)
    texts = {name: values[name].strip() for name in TEXTS if values.get(name)}
    days = retention.proposed(today)
    entry = ListedPerson.objects.create(
        agency=center, person=person, submitter=submitter, source_reliability=source_reliability,
        content_validity=content_validity, sensitivity=values["sensitivity"], **texts, entered_on=today,
        reviewed_on=today, validated_on=today, review_due=days.review_due, purge_on=days.purge_on, proposed_at=now,
        proposed_by=by, **stamped(score),
    )  # fmt: skip
    if fact:
        factor, on, source = fact
        ListedFact.objects.create(listed=entry, factor=factor, on=on, source=source, recorded_at=now, recorded_by=by)
    audit.record("listed.proposed", entry, by=by, agency=center)
    notify(queries.approvers(entry), "listed.proposed", entry, by=by, label=entry.number, now=now)
    return entry


@transaction.atomic
def approve(*, entry, by, now=None):
    """The second person puts the proposal on the list: from today its first review counts."""
    now = now or timezone.now()
    entry = locked(entry)
    today = standing.today_of(entry.agency, now)
    score = measure(entry, today)
    access.enforce(policies.approve, by, entry, score=score, today=today)
    days = retention.approved(today, entry.purge_on)
    enter(
        entry, "approved", by=by, status=Status.ACTIVE, approved_at=now, approved_by=by, reviewed_on=today,
        review_due=days.review_due, due_told_at=None, **stamped(score),
    )  # fmt: skip
    notify([entry.proposed_by], "listed.approved", entry, by=by, label=entry.number, now=now)
    return entry


@transaction.atomic
def review(*, entry, note, by, validated=False, review_due=None, now=None):
    """The grounds were read anew and stand, with a reason. `validated`: in writing and against their sources, so that
    the five years begin again.
    """
    now = now or timezone.now()
    entry = locked(entry)
    access.enforce(policies.review, by, entry)
    today = standing.today_of(entry.agency, now)
    if review_due and (wrong := policies.due(review_due, today)):
        raise Refused(wrong, "listings.review_due", entry)
    score = measure(entry, today)
    if not score.parts:
        raise Refused(policies.NOTHING_COUNTS + " Remove the entry.", "listings.review", entry)
    days = retention.reviewed(today, entry.purge_on, validated=validated, review_due=review_due)
    values = {"validated_on": today, "purge_on": days.purge_on} if validated else {}
    return enter(
        entry, "validated" if validated else "reviewed", by=by, note=note.strip(), reviewed_on=today,
        review_due=days.review_due, due_told_at=None, **values, **stamped(score),
    )  # fmt: skip


@transaction.atomic
def move(*, entry, status, note, by):
    """In custody, referred to services, monitored, active again."""
    entry = locked(entry)
    access.enforce(policies.move, by, entry, status=Status(status))
    return enter(entry, "moved", by=by, status=Status(status), note=note.strip())


@transaction.atomic
def remove(*, entry, removal, note, by, now=None):
    """Take somebody off the list, or refuse the proposal; those who got anything of it are told."""
    now = now or timezone.now()
    entry = locked(entry)
    access.enforce(policies.remove, by, entry)
    purge_on = retention.removed(standing.today_of(entry.agency, now), entry.purge_on)
    enter(
        entry, "removed", by=by, status=Status.REMOVED, removal=removal, note=note.strip(), removed_at=now,
        removed_by=by, purge_on=purge_on,
    )  # fmt: skip
    heard = {entry.proposed_by, *queries.recipients(entry)}
    notify(heard, "listed.removed", entry, by=by, label=entry.number, now=now)
    return entry


@transaction.atomic
def hold(*, entry, order, by, now=None):
    """A court's order keeps an entry from being purged; it is dropped from the list all the same when it is due."""
    entry = locked(entry)
    access.enforce(policies.hold, by, entry)
    return enter(entry, "held", by=by, held_at=now or timezone.now(), held_by=by, hold=order.strip())


@transaction.atomic
def lift(*, entry, by):
    """The order is over: what is due is purged in the next night."""
    entry = locked(entry)
    access.enforce(policies.lift, by, entry)
    return enter(entry, "released", by=by, held_at=None, held_by=None, hold="")
