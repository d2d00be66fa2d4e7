"""The disclosure register of a lead: what was marked, given, received, and kept back by two."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads.models import Disclosure, ExculpatoryMark, Lead, Withholding
from leads.policies import disclosures as policies
from leads.queries import disclosures as queries

Status = Withholding.Status


def _item(lead, key, policy):
    """An item of the index of a lead, as it stands now."""
    found = next((each for each in queries.items(lead) if each.key == key), None)
    if found is None:
        raise Refused("This is not in the index of this lead.", policy, lead)
    return found


def _hold(lead):
    """Whoever gives an item of a lead away or keeps it back holds the lead: either sees what the other did."""
    Lead.objects.select_for_update(no_key=True).get(pk=lead.pk)


def _not_given(lead, key, agency, policy):
    """What went to somebody, or is in a copy on its way, is not kept back."""
    if Disclosure.objects.binding([agency.pk]).filter(lead=lead, item=key).exists():
        raise Refused("This was disclosed: it cannot be kept back any more.", policy, lead)


@transaction.atomic
def mark(*, lead, kind, note, by, activity=None, assertion=None, file=None, now=None):
    """Say of one entry, statement or file that it may have to be disclosed, and why."""
    _hold(lead)
    access.enforce(policies.keep, by, lead)
    of = activity or assertion or file
    if of is None or of.lead_id != lead.pk:
        raise Refused("Choose an entry, a statement or a file of this lead.", "disclosures.mark", lead)
    if ExculpatoryMark.objects.filter(lead=lead, activity=activity, assertion=assertion, file=file).exists():
        raise Refused("This is marked already.", "disclosures.mark", lead)
    made = ExculpatoryMark.objects.create(
        lead=lead, kind=kind, note=note.strip(), activity=activity, assertion=assertion, file=file,
        marked_at=now or timezone.now(), marked_by=by,
    )  # fmt: skip
    audit.record("disclosure.marked", made, by=by, agency=queries.agency_of(by, lead), lead=lead.number, kind=kind)
    return made


@transaction.atomic
def register(*, lead, item, to, duty, how, by, receipt="", now=None):
    """Enter that an item was given to somebody, otherwise than in a packet."""
    now = now or timezone.now()
    _hold(lead)
    access.enforce(policies.keep, by, lead)
    found, agency = _item(lead, item, "disclosures.register"), queries.agency_of(by, lead)
    got = {"received_at": now, "received_by": by, "receipt": receipt.strip()} if receipt.strip() else {}
    made = Disclosure.objects.create(
        lead=lead, item=found.key, label=found.label, agency=agency, to=to.strip(), duty=duty, how=how.strip(),
        disclosed_at=now, disclosed_by=by, **got,
    )  # fmt: skip
    audit.record("disclosure.made", made, by=by, agency=agency, lead=lead.number, item=found.key, duty=duty)
    return made


@transaction.atomic
def receive(*, disclosure, receipt, by, now=None):
    """Add the receipt to a line of the register."""
    held = Disclosure.objects.select_for_update(of=["self"], no_key=True).select_related("lead", "agency")
    disclosure = held.get(pk=disclosure.pk)
    access.enforce(policies.receive, by, disclosure)
    disclosure.received_at, disclosure.received_by = now or timezone.now(), by
    disclosure.receipt = receipt.strip()
    disclosure.save(update_fields=["received_at", "received_by", "receipt"])
    audit.record("disclosure.received", disclosure, by=by, agency=disclosure.agency)
    return disclosure


@transaction.atomic
def withhold(*, lead, item, reason, by, now=None):
    """Propose that an item is not disclosed. It stands in every index as kept back once a second person agrees."""
    now = now or timezone.now()
    _hold(lead)
    access.enforce(policies.withhold, by, lead, reason=reason)
    found, agency = _item(lead, item, "disclosures.withhold"), queries.agency_of(by, lead)
    _not_given(lead, found.key, agency, "disclosures.withhold")
    if found.key in queries.kept_back([lead], agency):
        raise Refused("This is kept back, or proposed to be, already.", "disclosures.withhold", lead)
    made = Withholding.objects.create(
        lead=lead, agency=agency, item=found.key, label=found.label, reason=reason.strip(), proposed_at=now,
        proposed_by=by,
    )  # fmt: skip
    audit.record("disclosure.proposed", made, by=by, agency=agency, lead=lead.number, item=found.key)
    notify(queries.deciders(made), "disclosure.proposed", made, by=by, label=lead.number, now=now)
    return made


def _locked(withholding):
    held = Withholding.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("lead", "agency", "proposed_by").get(pk=withholding.pk)


@transaction.atomic
def decide(*, withholding, agrees, by, now=None):
    """A second person agrees that an item is kept back, or refuses."""
    now = now or timezone.now()
    _hold(withholding.lead)
    row = _locked(withholding)
    access.enforce(policies.decide, by, row)
    if agrees:
        _not_given(row.lead, row.item, row.agency, "disclosures.decide")
    row.status = Status.AGREED if agrees else Status.REFUSED
    row.decided_at, row.decided_by = now, by
    row.save(update_fields=["status", "decided_at", "decided_by"])
    audit.record(f"disclosure.{row.status.value}", row, by=by, agency=row.agency, item=row.item)
    notify({row.proposed_by}, "disclosure.decided", row, by=by, label=row.lead.number, now=now)
    return row


@transaction.atomic
def lift(*, withholding, by, now=None):
    """What was kept back is to be disclosed after all."""
    row = _locked(withholding)
    access.enforce(policies.lift, by, row)
    row.status, row.lifted_at, row.lifted_by = Status.LIFTED, now or timezone.now(), by
    row.save(update_fields=["status", "lifted_at", "lifted_by"])
    audit.record("disclosure.lifted", row, by=by, agency=row.agency, item=row.item)
    return row
