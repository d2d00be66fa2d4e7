"""What the sections of a packet are gathered from: the leads of one presumed gun and the cases behind them, as far as
both the maker and the agency in whose name it is made may see them.
"""

from typing import NamedTuple

from django.db.models import Q

from evidence.models import Exhibit, Incident
from leads.clusters import CONFIRMED, confidence, connected
from leads.models import ClusterLead, Lead, LeadEvent, Specimen
from leads.packets.unsaid import Readers

MOST_LEADS, MOST_EVENTS, MOST_EXHIBITS = 200, 1000, 1000


class Scene(NamedTuple):
    """`every` event of the leads, also those withdrawn; `hidden` leads of the gun are not seen here; the `cluster` is
    there from two leads on; `incidents` are ids of the cases that may be read; `left_out` says by section what did not
    fit. A lead that waits for triage is told of to nobody and is not counted.
    """

    user: object
    agency: object
    lead: object
    cluster: object
    leads: list
    hidden: int
    every: list
    specimens: list
    incidents: set
    exhibits: list
    left_out: dict
    unmasked: frozenset = frozenset()

    @property
    def readers(self):
        return Readers(self.leads, self.user, self.agency, self.unmasked)

    @property
    def events(self):
        return [event for event in self.every if event.withdrawn_at is None]


def read(lead, user, agency):
    """The scene of a lead, in a number of statements that does not depend on how much there is."""
    member = ClusterLead.objects.filter(lead=lead).select_related("cluster").first()
    leads, hidden = _leads(lead, member, user, agency)
    every = LeadEvent.every.filter(lead__in=leads).select_related("agency", "incident", "lead", "confirmed_by")
    every = list(every.order_by("occurred_at", "pk")[: MOST_EVENTS + 1])
    named = {event.incident_id for event in every} - {None}
    seen = Incident.objects.visible_to(user).filter(grants__group=agency.group_id, pk__in=named)
    incidents = set(seen.values_list("pk", flat=True))
    exhibits = Exhibit.objects.filter(incident__in=incidents).select_related("incident__agency", "firearm")
    exhibits = list(exhibits.order_by("incident__occurred_at", "incident_id", "number", "pk")[: MOST_EXHIBITS + 1])
    specimens = Specimen.objects.filter(event__lead__in=leads, event__withdrawn_at=None)
    cluster = member.cluster if member and len(leads) + hidden > 1 else None
    return Scene(
        user, agency, lead, cluster, leads, hidden, every[:MOST_EVENTS],
        list(specimens.values_list("event__lead_id", "of_id", "exhibit_id")), incidents, exhibits[:MOST_EXHIBITS],
        _left_out(hidden, every, exhibits),
    )  # fmt: skip


def readers(lead, user, agency, unmasked):
    """For whom a packet of a lead is made, without what it says."""
    member = ClusterLead.objects.filter(lead=lead).first()
    return Readers(_leads(lead, member, user, agency)[0], user, agency, unmasked)


def _leads(lead, member, user, agency):
    wanted, many = Q(pk=lead.pk), 1
    if member:
        others = ClusterLead.objects.out().filter(cluster=member.cluster_id).exclude(lead=lead)
        wanted |= Q(pk__in=others.values("lead"))
        many += others.count()
    seen = Lead.objects.visible_to(user).filter(wanted, grants__group=agency.group_id).select_related("agency", "site")
    leads = list(seen.order_by("first_event_at", "pk").distinct()[:MOST_LEADS])
    return leads, max(many - len(leads), 0)


def _left_out(hidden, every, exhibits):
    said = {}
    if hidden:
        many = "1 more lead" if hidden == 1 else f"{hidden} more leads"
        said["links"] = f"The presumed gun has {many} that the agency which makes this packet does not see."
    if len(every) > MOST_EVENTS:
        said["events"] = f"There are more events than the {MOST_EVENTS:,} that are listed."
    if len(exhibits) > MOST_EXHIBITS:
        said["exhibits"] = f"There are more exhibits than the {MOST_EXHIBITS:,} that are listed."
    return said


def stamp(scene):
    """(what the stamp says of all leads together: True, False or how far, the same as words). Leads that nothing but
    a person or a notice ties, and leads not seen here, leave it unconfirmed.
    """
    if len(scene.leads) == 1 and not scene.hidden:
        link = scene.leads[0].link
    else:
        named = [(lead, of) for lead, of, _exhibit in scene.specimens]
        parts = connected([lead.pk for lead in scene.leads], named, ())
        done = sum(event.confirmed_at is not None for event in scene.events)
        many = len(scene.events) + max(len(parts) - 1, 0)
        sure = confidence(many, done)
        whole = sure == CONFIRMED and not scene.hidden
        link = whole or (f"{done} of {many} links" if done else False)
    word = "CONFIRMED" if link is True else f"PARTLY CONFIRMED, {link}" if link else "UNCONFIRMED"
    return link, word
