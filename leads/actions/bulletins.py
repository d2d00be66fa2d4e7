"""Intelligence bulletins: drafted, handed in, approved by a second person, acknowledged, replaced, retracted."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import bulletins as pure
from leads.actions._bulletins import due, enter_status, locked, warn
from leads.actions._leads import hold
from leads.actions._seen import as_drafted, as_seen
from leads.models import Bulletin, BulletinEvent, BulletinRecipient, Lead
from leads.policies import bulletins as policies
from leads.queries import bulletins as queries

Status = Bulletin.Status
WORDS = Bulletin.WRITTEN


@transaction.atomic
def draft(*, lead, agency, by, to=(), supersedes=None, now=None, **words):
    """Begin a bulletin of a lead; `words` are those of WORDS, `to` the agencies it is meant for."""
    lead = _seen(lead, by)
    access.enforce(policies.draft, by, lead, agency)
    if supersedes:
        supersedes = locked(supersedes)
        access.enforce(policies.supersede, by, supersedes)
        to = {*to, *(each.agency for each in queries.recipients(supersedes))}
    made = Bulletin.objects.create(
        lead=lead, agency=agency, supersedes=supersedes, drafted_at=now or timezone.now(), drafted_by=by, **_said(words)
    )
    _send_to(made, to)
    audit.record("bulletin.drafted", made, by=by, agency=agency, lead=lead.number)
    return made


def _said(words):
    """The words of a bulletin, sections in the order in which they are read."""
    given = {name: words[name] for name in WORDS if name in words}
    given = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    return given | {"sections": [name for name in pure.SECTIONS if name in given["sections"]]}


def _send_to(bulletin, agencies):
    """Put agencies on the list of an unsent bulletin and take the others off."""
    allowed = {each.pk for each in queries.choices(bulletin.agency)}
    wanted = {each.pk for each in agencies} & allowed
    there = set(bulletin.recipients.values_list("agency", flat=True))
    bulletin.recipients.filter(agency__in=there - wanted).delete()
    BulletinRecipient.objects.bulk_create(
        BulletinRecipient(bulletin=bulletin, agency_id=pk, source=bulletin.agency) for pk in sorted(wanted - there)
    )


@transaction.atomic
def change(*, bulletin, by, to=(), seen="", **words):
    """Write a draft anew that says what the writer began from (`seen`, `_seen.as_drafted`)."""
    bulletin = locked(bulletin)
    access.enforce(policies.change, by, bulletin)
    as_drafted(seen, bulletin)
    before = {name: getattr(bulletin, name) for name in WORDS}
    after = before | _said(before | words)
    for name, value in after.items():
        setattr(bulletin, name, value)
    bulletin.save(update_fields=list(WORDS))
    if bulletin.supersedes:
        to = {*to, *(each.agency for each in queries.recipients(bulletin.supersedes))}
    _send_to(bulletin, to)
    fields = sorted(audit.changes(before, after))
    audit.record("bulletin.changed", bulletin, by=by, agency=bulletin.agency, fields=fields)
    return bulletin


@transaction.atomic
def submit(*, bulletin, by, now=None):
    """Hand a draft in: what it says is put together from the record as it stands now, and is what is approved."""
    now = now or timezone.now()
    bulletin = locked(bulletin)
    access.enforce(policies.submit, by, bulletin)
    _seen(bulletin.lead, by)
    bulletin.body, events = queries.put_together(bulletin)
    if not events:
        raise Refused("There is no event that your agency may tell of.", "bulletins.submit", bulletin)
    bulletin.save(update_fields=["body"])
    bulletin.told_of.all().delete()
    BulletinEvent.objects.bulk_create(
        BulletinEvent(bulletin=bulletin, event=event, confirmed=confirmed) for event, confirmed in events
    )
    # Whose case is told of is told so.
    owners = Agency.objects.filter(pk__in=bulletin.body["agencies"])
    _send_to(bulletin, [*owners, *(each.agency for each in queries.recipients(bulletin))])
    if not bulletin.recipients.exists():
        raise Refused("Choose the agencies that get it.", "bulletins.submit", bulletin)
    enter_status(bulletin, Status.WAITING, by=by, submitted_at=now, submitted_by=by)
    notify(queries.approvers(bulletin.agency), "bulletin.submitted", bulletin, by=by, now=now)
    return bulletin


def _seen(lead, by):
    """The lead, for who sees it: else it is as if there were none."""
    found = Lead.objects.visible_to(by).filter(pk=lead.pk).select_related("agency", "site", "desk").first()
    if found is None:
        raise Refused("Your agency does not see the lead of this bulletin.", "bulletins.draft", None)
    return found


@transaction.atomic
def approve(*, bulletin, by, seen="", now=None):
    """A second person approves what they read (`seen`, `_seen.as_seen`), and it goes out. Where the record says
    something else by now, it has to be handed in anew.
    """
    now = now or timezone.now()
    # Whoever takes a link back holds its lead: so either this sees that, or that finds this one sent.
    hold(Lead.objects.filter(pk__in=[lead.pk for lead in queries.leads_of(bulletin)]))
    bulletin = locked(bulletin)
    access.enforce(policies.approve, by, bulletin)
    as_seen(seen, bulletin.submitted_at, "bulletins.approve", bulletin)
    _seen(bulletin.lead, by)
    if queries.put_together(bulletin)[0] != bulletin.body:
        raise Refused("The lead has changed since it was handed in. Return it.", "bulletins.approve", bulletin)
    enter_status(bulletin, Status.SENT, by=by, sent_at=now, sent_by=by)
    verb = "bulletin.replaced" if bulletin.supersedes_id else "bulletin.sent"
    if bulletin.supersedes_id:
        before = locked(bulletin.supersedes)
        if before.status == Status.SENT:
            enter_status(before, Status.SUPERSEDED, by=by)
            before.recipients.filter(due_at__isnull=False).update(due_at=None)
    for row in queries.recipients(bulletin):
        row.sent_at, row.due_at = now, due(row.agency, now)
        row.save(update_fields=["sent_at", "due_at"])
        notify(queries.readers(row.agency), verb, bulletin, by=by, now=now)
    notify({bulletin.drafted_by, bulletin.submitted_by}, "bulletin.approved", bulletin, by=by, now=now)
    return bulletin


@transaction.atomic
def send_back(*, bulletin, reason, by, now=None):
    """The approver says what is to be changed; who handed it in may take it back."""
    now = now or timezone.now()
    bulletin = locked(bulletin)
    access.enforce(policies.return_, by, bulletin, reason=reason)
    values = {"returned_at": now, "returned_by": by, "returned_why": reason.strip()}
    enter_status(bulletin, Status.DRAFT, by=by, **values)
    notify({bulletin.drafted_by, bulletin.submitted_by}, "bulletin.returned", bulletin, by=by, now=now)
    return bulletin


@transaction.atomic
def acknowledge(*, recipient, by, seen="", now=None):
    """An agency has read a bulletin, and what was said of it until then (`seen`, `_seen.as_seen`)."""
    now = now or timezone.now()
    rows = BulletinRecipient.objects.select_for_update(of=["self"], no_key=True)
    row = rows.select_related("agency", "bulletin").get(pk=recipient.pk)
    access.enforce(policies.acknowledge, by, row)
    as_seen(seen, row.last_said_at, "bulletins.acknowledge", row)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = now, by
    if row.warned_at and row.heeded_at is None:
        row.heeded_at, row.heeded_by = now, by
    row.due_at = None
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "heeded_at", "heeded_by", "due_at"])
    audit.record("bulletin.acknowledged", row.bulletin, by=by, agency=row.agency, recipient=row.pk)
    return row


@transaction.atomic
def retract(*, bulletin, reason, by, now=None):
    """Take a bulletin back: every recipient is told at once and acknowledges that."""
    now = now or timezone.now()
    bulletin = locked(bulletin)
    access.enforce(policies.retract, by, bulletin, reason=reason)
    values = {"retracted_at": now, "retracted_by": by, "retracted_why": reason.strip()}
    enter_status(bulletin, Status.RETRACTED, by=by, **values)
    warn(bulletin, "bulletin.retracted", by=by, now=now)
    return bulletin


@transaction.atomic
def note_read(*, bulletin, agency, by):
    """Record that another agency opened a bulletin."""
    audit.record("bulletin.read", bulletin, by=by, agency=agency)
