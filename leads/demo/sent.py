"""What the property room and the laboratory have begun and ended: requests on their way, returned, cancelled; a
hand-over taken back; a candidate that the second reviewer did not release.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

from datetime import timedelta

from django.db import connection

from evidence.models import HandOver, LabRequest, LabRequestItem
from leads.demo.store import Store

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
NOT_RELEASED = """
update evidence_correlationreview r
   set status = 'refused', lead_number = 'WCL-2026-09001', candidate = 'Case 26-0118: exhibit 2, one casing',
       second_at = r.first_at + interval '5 hours', note = 'Breech face marks differ',
       second_by_id = (select min(p) from unnest(%s::bigint[]) p where p <> r.first_by_id)
 where r.id = (select id from evidence_correlationreview where status = 'cleared'
                  and first_at < %s order by first_at desc limit 1)"""


class Sent:
    def __init__(self, desks, at):
        self.at, self.store, self.lab = at, Store(), desks["WCL"]

    def write(self):
        staff = [person.id for person in self.lab.having("examiner", "evidence_technician")]
        with connection.cursor() as cursor:
            cursor.execute(RETURNED)
            cursor.execute(CANCELLED)
            cursor.execute(NOT_RELEASED, [staff, self.at - timedelta(days=1)])
        under_way = HandOver.objects.open().filter(to_agency=self.lab.id).select_related("exhibit")
        for number, offer in enumerate(under_way.order_by("offered_at", "id")):
            self._request(offer, late=not number)
        self._taken_back()
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
