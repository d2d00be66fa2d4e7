"""Guns that are on more than one lead: leads that name an exhibit of an older one; pairs that analysts joined, kept
apart and took back.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import timedelta
from itertools import pairwise

from agencies.models import User
from evidence.models import Exhibit
from leads.actions._clusters import regroup
from leads.actions._leads import refresh
from leads.gunline import RECOVERY, group_of
from leads.models import ClusterChange, EventName, Lead, LeadEvent, LeadPair

# Each row is one gun: as many leads as it has, the older ones named by the next.
GUNS = (4, 3, 3, 2, 2, 2)
# What was said of leads that share nothing: joined, kept apart, taken back.
SAID = (
    (LeadPair.Status.JOINED, "The laboratory compared both by phone on request: one gun"),
    (LeadPair.Status.APART, "Firing pin marks differ, says the examiner"),
    (LeadPair.Status.TAKEN_BACK, "The note meant another case"),
)
QUIET_FOR = timedelta(days=45)


class Clustered:
    def __init__(self, at):
        self.at = at
        self.by = User.objects.get(email="analyst@portal.example")

    def write(self):
        leads = list(
            Lead.objects.filter(opened_at__lt=self.at - QUIET_FOR, events__agency__code="PAPD")
            .filter(events__incident__exhibits__kind=Exhibit.Kind.CASING_GROUP)
            .distinct()
            .order_by("-opened_at", "-pk")[: 3 * sum(GUNS)]
        )
        found = [lead for lead in leads if any(group_of(kind) is RECOVERY for _at, kind, *_ in lead.line)]
        rest, changed = [lead for lead in leads if lead not in found], set()
        for many in GUNS:
            # At most one of them tells of a recovery: it is one gun.
            gun = sorted(rest[: many - bool(found)] + found[:1], key=lambda lead: lead.opened_at)
            rest, found = rest[many - bool(found) :], found[1:]
            for older, newer in pairwise(gun):
                self._name_again(older, newer)
            changed |= {lead.pk for lead in gun}
        for status, reason in SAID:
            pair, rest = sorted(rest[:2], key=lambda lead: lead.pk), rest[2:]
            if len(pair) == 2:
                said = {"status": status, "reason": reason, "decided_at": self.at - timedelta(days=3)}
                LeadPair.objects.create(one=pair[0], other=pair[1], decided_by=self.by, **said)
                changed |= {lead.pk for lead in pair}
        regroup(changed, by=self.by, now=self.at - timedelta(days=2))
        ClusterChange.objects.update(told_at=self.at - timedelta(days=2))

    def _name_again(self, older, newer):
        """The notice of a newer lead names an exhibit of an older one's as well."""
        there = set(newer.events.values_list("incident_id", flat=True))
        agencies = newer.obligations.values("agency")
        events = older.events.filter(agency__in=agencies, incident__exhibits__kind=Exhibit.Kind.CASING_GROUP)
        event = events.exclude(incident__in=there).select_related("incident").order_by("pk").first()
        if event is None:
            return
        exhibit = event.incident.exhibits.filter(kind=Exhibit.Kind.CASING_GROUP).order_by("pk").first()
        self._call(event, exhibit)
        event.pk, event.lead, event.added_at = None, newer, newer.opened_at
        event.confirmed_at, event.confirmed_by, event.report = None, None, ""
        event._state.adding = True
        event.save(force_insert=True)
        self._call(event, exhibit)
        refresh(newer, by=self.by, now=self.at)

    def _call(self, event, exhibit):
        name = {"agency_id": event.agency_id, "agency_text": event.agency_text, "case_number": event.case_number}
        EventName.objects.get_or_create(
            event_id=event.pk, key=event.case_key, exhibit_number=exhibit.number, defaults=name
        )
        LeadEvent.objects.filter(pk=event.pk).update(exhibit_number=exhibit.number)
