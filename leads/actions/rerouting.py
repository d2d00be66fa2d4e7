"""A returned lead goes on to the agency it concerns."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads import policies
from leads.actions._leads import Directory, settle
from leads.actions._steps import enter, locked
from leads.models import Obligation


@transaction.atomic
def reroute(*, obligation, to, by, now=None):
    """Give the events of the agency that returned a lead to another one, or send them back to the same agency."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.reroute, by, obligation)
    lead, directory = obligation.lead, Directory(obligation.lead.agency)
    if to.pk not in directory.members:
        raise Refused("Choose an agency of this center.", "rerouting.reroute", obligation)
    if to.pk == obligation.agency_id:
        gone = {"returned_at": None, "returned_by": None, "return_reason": ""}
        enter(obligation, Obligation.State.SENT, now=now, sent_at=now, **gone)
    else:
        lead.events.filter(agency=obligation.agency).update(agency=to, incident=None, matched_at=None, matched_by=None)
        settle(lead, directory=directory, by=by, now=now)
    audit.record("obligation.rerouted", obligation, by=by, lead=lead.number, to=to.code)
    return obligation
