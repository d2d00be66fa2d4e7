"""Guns that are on more than one lead: leads that name an exhibit of an older one; pairs that analysts joined, kept
apart and took back.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from django.db import connection

from agencies.models import User
from evidence.models import Exhibit
from leads.actions._clusters import WHY, links, name_specimens
from leads.actions._leads import refresh
from leads.clusters import connected
from leads.demo.store import Store
from leads.gunline import RECOVERY, group_of
from leads.models import Cluster, ClusterChange, EventName, Lead, LeadEvent, LeadMention, LeadPair

# Each row is one gun: as many leads as it has, the older ones named by the next.
GUNS = (4, 3, 3, 2, 2, 2)
# What was said of leads that share nothing: joined, kept apart, taken back.
SAID = (
    (LeadPair.Status.JOINED, "The laboratory compared both by phone on request: one gun"),
    (LeadPair.Status.APART, "Firing pin marks differ, says the examiner"),
    (LeadPair.Status.TAKEN_BACK, "The note meant another case"),
)
# What notices say by number of leads that share nothing: one takes the place of the other's, one names no lead yet.
NAMED = ((True, "{number}"), (False, "WCL-2026-99999"))
ABSENT = "The laboratory wrote the number of a request, not of a lead"
QUIET_FOR = timedelta(days=45)


class Clustered:
    def __init__(self, at):
        self.at, self.store, self.grown = at, Store(), []
        self.by = User.objects.get(email="analyst@portal.example")

    def write(self):
        leads = list(
            Lead.objects.filter(opened_at__lt=self.at - QUIET_FOR, events__agency__code="PAPD", events_count__gte=4)
            .filter(events__incident__exhibits__kind=Exhibit.Kind.CASING_GROUP)
            .distinct()
            .order_by("-opened_at", "-pk")[: 6 * sum(GUNS)]
        )
        found = [lead for lead in leads if any(group_of(kind) is RECOVERY for _at, kind, *_ in lead.line)]
        rest, changed = [lead for lead in leads if lead not in found], set()
        for many in GUNS:
            gun = sorted(_of_one_gun(rest, found, many), key=lambda lead: lead.opened_at)
            rest, found = ([lead for lead in some if lead not in gun] for some in (rest, found))
            for older, newer in pairwise(gun):
                self._name_again(older, newer)
            changed |= {lead.pk for lead in gun}
        for status, reason in SAID:
            # What is not one gun may be of two calibers.
            pair = _of_one_gun(rest, [], 2) if status == LeadPair.Status.JOINED else rest[:2]
            pair = sorted(pair, key=lambda lead: lead.pk)
            rest = [lead for lead in rest if lead not in pair]
            if len(pair) == 2:
                said = {"status": status, "reason": reason, "decided_at": self.at - timedelta(days=3)}
                one, other = (lead.pk for lead in pair)
                self.store.add(LeadPair, one_id=one, other_id=other, decided_by_id=self.by.pk, **said)
                changed |= {lead.pk for lead in pair}
        pair = _of_one_gun(rest, [], 2)
        # Where too few are left by now, two of the small ones.
        pair = pair if len(pair) == 2 else _of_one_gun(self._small(), [], 2)
        changed |= self._mention(sorted(pair, key=lambda lead: lead.pk))
        self.store.close()
        for lead in self.grown:
            refresh(lead, by=self.by, now=self.at)
        self._run("update leads_lead set updated_at = %s where id = any(%s)", self.at, [lead.pk for lead in self.grown])
        self.store = Store()
        members = self._group(changed)
        self.store.close()
        for lead, cluster in members:
            self._run("insert into leads_clusterlead (lead_id, cluster_id) values (%s, %s)", lead, cluster)

    def _small(self):
        found = Lead.objects.filter(opened_at__lt=self.at - QUIET_FOR, events__agency__code="PAPD", events_count__lt=4)
        found = found.distinct().order_by("-opened_at", "-pk")[: 6 * sum(GUNS)]
        return [lead for lead in found if all(group_of(kind) is not RECOVERY for _at, kind, *_ in lead.line)]

    def _mention(self, pair):
        """The notice of the newer one supersedes that of the older, and names a lead of which no notice came yet."""
        if len(pair) < 2:
            return set()
        older, newer = pair
        said = {"lead_id": newer.pk, "said_at": newer.opened_at, "said_by_id": self.by.pk}
        known = {"named_id": older.pk, "named_at": newer.opened_at, "named_by_id": self.by.pk}
        for supersedes, number in NAMED:
            number = number.format(number=older.number)
            self.store.add(LeadMention, number=number, supersedes=supersedes, **said, **(known if supersedes else {}))
        absent = {"absent_at": newer.opened_at, "absent_by_id": self.by.pk, "absent_why": ABSENT}
        self.store.add(LeadMention, number="WCL-2026-90009", **said, **absent)
        return {lead.pk for lead in pair}

    def _run(self, sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def _group(self, leads):
        """What an action would write, without its rows of the log, which the city has in one chain of its own."""
        name_specimens(leads)
        members = []
        at = self.at - timedelta(days=2)
        centers = dict(Lead.objects.filter(pk__in=leads).values_list("pk", "agency_id"))
        found = links(leads)
        how = {lead: each[2] for each in found for lead in each[:2]}
        for part in connected(leads, (), [link[:2] for link in found]):
            if len(part) > 1:
                cluster = self.store.add(Cluster, agency_id=centers[min(part)], opened_at=at, changed_at=at)
                said = {"cluster_id": cluster, "kind": "joined", "at": at, "told_at": at}
                for lead in sorted(part):
                    members.append((lead, cluster))
                    self.store.add(ClusterChange, lead_id=lead, by_id=self.by.pk, why=WHY[how[lead]], **said)
        return members

    def _name_again(self, older, newer):
        """The notice of a newer lead names an exhibit of an older one's as well."""
        there = set(newer.events.values_list("incident_id", flat=True))
        agencies = newer.obligations.values("agency")
        events = older.events.filter(agency__in=agencies, incident__exhibits__kind=Exhibit.Kind.CASING_GROUP)
        event = events.exclude(incident__in=there).select_related("incident").order_by("pk").first()
        if event is None:
            return
        exhibit = event.incident.exhibits.filter(kind=Exhibit.Kind.CASING_GROUP).order_by("pk").first()
        values = {field.attname: getattr(event, field.attname) for field in LeadEvent._meta.concrete_fields}
        unsaid = {"confirmed_at": None, "confirmed_by_id": None, "report": ""}
        values |= unsaid | {"lead_id": newer.pk, "added_at": newer.opened_at, "exhibit_number": exhibit.number}
        del values["id"]
        again = self.store.add(LeadEvent, **values)
        for pk in (event.pk, again):
            called = {"agency_id": event.agency_id, "agency_text": event.agency_text, "key": event.case_key}
            self.store.add(
                EventName, event_id=pk, case_number=event.case_number, exhibit_number=exhibit.number, **called
            )
        self.grown.append(newer)


def _of_one_gun(rest, found, many):
    """So many leads of the caliber that most of `rest` have, at most one of them (of `found`) with a recovery."""
    (caliber, _many), *_others = Counter(lead.caliber for lead in rest).most_common(1) or [("", 0)]
    ends = [lead for lead in found if lead.caliber == caliber][:1]
    return [lead for lead in rest if lead.caliber == caliber][: many - len(ends)] + ends
