"""The center asks an agency to take part in a lead on which it has no event."""

from django.db import transaction
from django.utils import timezone

from agencies import access
from agencies.access import Refused
from agencies.models import Agency
from agencies.notifications import notify
from leads import policies
from leads.actions._directory import Directory
from leads.actions._parts import send
from leads.models import Lead

ASK = "askings.ask"


@transaction.atomic
def ask(*, lead, agency, reason, by, now=None):
    """Give an agency a part of a lead for a reason in words; it sees the lead from now on and owes as the others do."""
    now = now or timezone.now()
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=lead.pk)
    access.enforce(policies.ask, by, lead)
    directory = Directory(lead.agency)
    if agency.pk not in directory.members or agency.kind not in Agency.TAKE_PART:
        raise Refused("Choose an agency of this center that investigates or supervises people.", ASK, lead)
    if lead.obligations.filter(agency=agency).exists():
        raise Refused(f"{agency} has a part in this lead already.", ASK, lead)
    if not reason.strip():
        raise Refused("Say why the agency is asked to take part.", ASK, lead)
    access.share(lead, agency)
    told = send(lead, [agency], directory=directory, by=by, now=now, asked=reason.strip())
    notify(told, "lead.asked", lead, by=by, now=now)
    return lead.obligations.get(agency=agency)
