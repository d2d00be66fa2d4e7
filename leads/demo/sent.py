"""What the property room and the laboratory have begun and ended: requests on their way, returned, cancelled; a
hand-over taken back; notices that wait for reviewer 2, and one not released; things that are neither guns nor casings.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

import hashlib
from datetime import timedelta

from django.db import connection

from evidence.imports.notices import Notice, NoticeEvent, as_dict
from evidence.models import CorrelationReview, HandOver, Incident, LabRequest, LabRequestItem
from leads.demo.store import Store
from leads.models import HeldNotice, Lead

# Everything of the request has left the laboratory: it is returned when the last of it was.
RETURNED = """
with back as (
  select q.id, max(c.at) as at, min(q.done_by_id) as by from evidence_labrequest q
    join evidence_labrequestitem t on t.request_id = q.id join evidence_exhibit e on e.id = t.exhibit_id
    join evidence_custodyevent c on c.exhibit_id = e.id and c.purpose = 'returned'
   where q.status = 'done' group by q.id
  having bool_and(e.held_by_id is distinct from q.laboratory_id) and bool_and(c.at >= q.done_at))
update evidence_labrequest q set status = 'returned', returned_at = back.at, returned_by_id = back.by
  from back where back.id = q.id"""
CANCELLED = """
update evidence_labrequest q set status = 'cancelled', reason = 'The case was closed by plea', received_at = null,
       received_by_id = null
 where q.id in (select id from evidence_labrequest where status = 'declined' order by id desc limit 2)"""
# Guns that lay in the property room when agencies began to answer for what they never entered.
LONG_AGO = """
update evidence_exhibit set nibin_eligible = true, not_eligible_reason = ''
 where id in (select id from evidence_exhibit where kind = 'firearm' and not nibin_eligible
                 and collected_at < %s order by collected_at, id limit 6)"""
OTHER = """
update evidence_exhibit e set kind = 'other', caliber = '', count = 1, description = x.words
  from (select id, row_number() over (order by id desc) as n from evidence_exhibit
         where kind = 'magazine' order by id desc limit 3) k
  join unnest(array['Holster, leather', 'Jacket with a hole, right sleeve', 'Video of a door camera, on a stick'])
       with ordinality x(words, n) on x.n = k.n
 where e.id = k.id"""
# Whatever the day, two candidates wait for the second reviewer.
WAIT_FOR_SECOND = """
update evidence_correlationreview r
   set status = 'second', lead_number = '26-' || 9100 + k.n, candidate = 'Case GM26-0' || 300 + k.n || ': exhibit 1'
  from (select id, row_number() over (order by first_at desc, id) as n from evidence_correlationreview
         where status = 'cleared' and first_at < %s order by first_at desc, id limit 2) k
 where r.id = k.id"""
NOT_RELEASED = """
update evidence_correlationreview r
   set status = 'refused', lead_number = 'WCL-2026-09001', candidate = 'Case 26-0118: exhibit 2, one casing',
       second_at = r.first_at + interval '5 hours', note = 'Breech face marks differ',
       second_by_id = (select min(p) from unnest(%s::bigint[]) p where p <> r.first_by_id)
 where r.id = (select id from evidence_correlationreview where status = 'cleared'
                  and first_at < %s order by first_at desc limit 1)"""


class Sent:
    def __init__(self, desks, at):
        self.at, self.store, self.lab, self.center = at, Store(), desks["WCL"], desks["CTR"]
        self.staff = [person.id for person in self.lab.having("examiner", "evidence_technician")]
        self.boss = self.center.having("center_coordinator")[0]

    def write(self):
        with connection.cursor() as cursor:
            cursor.execute(RETURNED)
            cursor.execute(CANCELLED)
            cursor.execute(LONG_AGO, [self.at - timedelta(days=200)])
            cursor.execute(OTHER)
            cursor.execute(WAIT_FOR_SECOND, [self.at - timedelta(hours=2)])
            cursor.execute(NOT_RELEASED, [self.staff, self.at - timedelta(days=1)])
        under_way = HandOver.objects.open().filter(to_agency=self.lab.id).select_related("exhibit")
        for number, offer in enumerate(under_way.order_by("offered_at", "id")):
            self._request(offer, late=not number)
        self._taken_back()
        self._held()
        self.store.close()

    def _request(self, offer, late):
        """What is on its way to the laboratory was asked of it; what was sent first is needed already."""
        is_gun = offer.exhibit.kind == "firearm"
        needed = self.at - timedelta(days=1) if late else offer.at + timedelta(days=10)
        number = self.store.add(
            LabRequest, incident_id=offer.exhibit.incident_id, agency_id=offer.exhibit.agency_id,
            laboratory_id=self.lab.id, asked="test_fire_entry" if is_gun else "entry", priority=1 if late else 2,
            needed_on=needed.date(), requested_at=offer.offered_at, requested_by_id=offer.offered_by_id,
        )  # fmt: skip
        self.store.add(LabRequestItem, request_id=number, exhibit_id=offer.exhibit_id)

    def _held(self):
        """Notices that came before reviewer 2 had looked; one that was let go all the same, one that was declined."""
        waiting = CorrelationReview.objects.exclude(lead_number="").filter(status__in=["second", "refused"])
        for number, review in enumerate(
            waiting.select_related("acquisition__exhibit__incident__agency").order_by("pk")
        ):
            ended, hours = {}, 26 - 5 * number
            if review.status == "refused":
                ended = self._ended("declined", "Reviewer 2 did not release it", hours / 2)
            incident = review.acquisition.exhibit.incident
            others = Incident.objects.exclude(agency=incident.agency).filter(occurred_at__lt=incident.occurred_at)
            other = others.select_related("agency").order_by("-occurred_at", "pk")[number]
            self._notice(f"WCL-{review.lead_number.removeprefix('WCL-')}", [incident, other], hours, **ended)
        went = Lead.objects.filter(site=self.lab.id, opened_at__lt=self.at - timedelta(days=3), reviewer_1="")
        reviewed = CorrelationReview.objects.filter(site=self.lab.id).values("lead_number")
        lead = went.exclude(number__in=reviewed).order_by("-opened_at", "-pk").first()
        events = Incident.objects.filter(lead_events__lead=lead).select_related("agency").order_by("pk")[:2]
        hours = round((self.at - lead.opened_at).total_seconds() / 3600)
        why = "Homicide that night, the second examiner was on leave"
        self._notice(lead.number, events, hours + 2, **self._ended("released", why, hours))

    def _ended(self, status, why, hours):
        decided = {"decided_at": self.at - timedelta(hours=hours), "decided_by_id": self.boss.id}
        return {"status": status, "reason": why} | decided

    def _notice(self, number, incidents, hours, **ended):
        when = self.at - timedelta(hours=hours)
        events = [
            NoticeEvent(
                row, each.case_number, each.case_key, agency=each.agency.name, offense=each.get_kind_display(),
                event_type=each.kind, occurred_at=each.occurred_at, location=each.address,
            )
            for row, each in enumerate(incidents, 2)
        ]  # fmt: skip
        notice = as_dict(Notice(number, number.replace("-", ""), when.date(), "WCL", events))
        self.store.add(
            HeldNotice, agency_id=self.center.id, site_id=self.lab.id, number=number, why="second", notice=notice,
            digest=hashlib.sha256(number.encode()).hexdigest(), held_at=when, held_by_id=self.staff[0], **ended,
        )  # fmt: skip

    def _taken_back(self):
        """Offered again elsewhere, after somebody chose the wrong shelf."""
        offer = HandOver.objects.open().filter(receipt=None).order_by("id").first()
        when = offer.offered_at - timedelta(hours=2)
        self.store.add(
            HandOver, exhibit_id=offer.exhibit_id, purpose=offer.purpose, from_agency_id=offer.from_agency_id,
            from_place_id=offer.from_place_id, to_agency_id=offer.from_agency_id, condition="Sealed", seal=offer.seal,
            status="withdrawn", at=when, offered_at=when, offered_by_id=offer.offered_by_id,
            answered_at=when + timedelta(minutes=6), answered_by_id=offer.offered_by_id, reason="Wrong unit",
        )  # fmt: skip
