"""Packets in a person's hands that wait for them: retractions to acknowledge, copies whose receipt is not confirmed."""

from typing import NamedTuple

from agencies import access
from agencies.roles import Permission
from evidence.queries.reach import fetch

# Those of one person, along their index: what a person has is few. A copy that was retracted is to be acknowledged and
# no more to be received.
HANDED = """
with had as materialized (
  select r.id, r.version_id, r.source_id, r.office_id, r.released_at, r.due_at
    from leads_packetrelease r
   where r.to_id = %(me)s and r.office_id = any(%(agencies)s::bigint[])
     and (r.due_at is not null or r.received_at is null and r.revoked_at is null and r.state = 'ready'
          and r.ends_at > %(now)s::timestamptz
          and not exists (select from leads_packetretraction t where t.version_id = r.version_id))
), first as (
  (select 'owed' as which, h.*, count(*) over () as many from had h where h.due_at is not null
    order by h.due_at, h.id limit %(most)s)
  union all
  (select 'new', h.*, count(*) over () from had h where h.due_at is null
    order by h.released_at desc, h.id desc limit %(most)s)
)
select f.which, f.many, f.id, f.released_at, f.due_at, p.id as packet_id, p.purpose, v.version, l.number as lead,
       s.code, o.zone
  from first f join leads_packetversion v on v.id = f.version_id join leads_packet p on p.id = v.packet_id
  join leads_lead l on l.id = p.lead_id join agencies_agency s on s.id = f.source_id
  join agencies_agency o on o.id = f.office_id
 order by f.which desc, f.due_at, f.released_at desc, f.id desc"""


class Handed(NamedTuple):
    """The first rows of both sorts, and how many there are of each."""

    owed: list[dict]
    owed_count: int
    new: list[dict]
    new_count: int


def waiting(user, *, now, most=5):
    """What waits for a person (`Handed`): the retraction that is due first on top, and the copy released last."""
    agencies = access.agencies_with(user, Permission.PACKET_VIEW)
    rows = fetch(HANDED, {"me": user.pk, "agencies": agencies, "now": now, "most": most})
    owed, new = ([row for row in rows if row["which"] == which] for which in ("owed", "new"))
    return Handed(owed, owed[0]["many"] if owed else 0, new, new[0]["many"] if new else 0)
