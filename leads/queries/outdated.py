"""What was given away and holds no longer, or does not hold all: bulletins and versions of packets of some leads."""

from django.db import connection

from evidence.queries.reach import fetch
from leads.models import PacketRelease

WHY = {
    1: "A link that it tells of was taken back or eliminated.",
    2: "A link that it tells of as confirmed is not confirmed any more.",
    3: "The leads it tells of are not of one gun any more.",
}
# Of a told event `t`, which is `e` now, in what was made of lead {lead}: the first reason not to rely on it.
REASON = """case when e.withdrawn_at is not null then 1 when t.confirmed and e.confirmed_at is null then 2
      when e.lead_id <> {lead} and not exists (
             select from leads_clusterlead m join leads_clusterlead n on n.cluster_id = m.cluster_id
              where m.lead_id = e.lead_id and n.lead_id = {lead}) then 3 end"""
BULLETINS = f"""
select id, min(why) from (
  select b.id, {REASON.format(lead="b.lead_id")} as why
    from leads_bulletin b join leads_bulletinevent t on t.bulletin_id = b.id join leads_leadevent e on e.id = t.event_id
   where b.status = 'sent' and b.stale_at is null
     and b.id in (select o.bulletin_id from leads_bulletinevent o join leads_leadevent f on f.id = o.event_id
                   where f.lead_id = any(%(leads)s::bigint[]))) k
 where why is not null group by id order by id"""
TOLD = f"""
  select v.id, {REASON.format(lead="p.lead_id")} as why
    from leads_packetversion v join leads_packet p on p.id = v.packet_id
    join leads_packetevent t on t.version_id = v.id join leads_leadevent e on e.id = t.event_id"""
# Versions that somebody has and nobody retracted.
VERSIONS = f"""
select id, min(why) from ({TOLD}
   where v.id in (select o.version_id from leads_packetevent o join leads_leadevent f on f.id = o.event_id
                   where f.lead_id = any(%(leads)s::bigint[]))
     and exists (select from leads_packetrelease r where r.version_id = v.id)
     and not exists (select from leads_packetretraction x where x.version_id = v.id)) k
 where why is not null group by id order by id"""
# Events of the gun of a packet `p` that its agency sees and a version `v` does not tell of. A lead that waits for
# triage is known to nobody yet.
MORE = """exists (
  select from (select p.lead_id as id union all
               select n.lead_id from leads_clusterlead m join leads_clusterlead n on n.cluster_id = m.cluster_id
                where m.lead_id = p.lead_id) o
    join leads_leadevent e on e.lead_id = o.id
   where e.withdrawn_at is null
     and exists (select from leads_leadgrant g join agencies_agency a on a.group_id = g.group_id
                  where g.content_object_id = e.lead_id and a.id = p.agency_id)
     and not exists (select from leads_deskitem d where d.lead_id = e.lead_id and d.state <> 'sent')
     and not exists (select from leads_packetevent t where t.version_id = v.id and t.event_id = e.id))"""
SINCE = f"""
select (select min(why) from ({TOLD} where v.id = %(version)s) k) as why, {MORE} as more
  from leads_packetversion v join leads_packet p on p.id = v.packet_id where v.id = %(version)s"""
# Of each person the newest version they have of a packet.
OUTGROWN = f"""
select distinct on (r.to_id, p.id) r.id, {MORE} as outgrown
  from leads_packet p join leads_packetversion v on v.packet_id = p.id join leads_packetrelease r on r.version_id = v.id
 where p.lead_id in (select unnest(%(leads)s::bigint[]) union
                     select n.lead_id from leads_clusterlead m join leads_clusterlead n on n.cluster_id = m.cluster_id
                      where m.lead_id = any(%(leads)s::bigint[]))
   and r.revoked_at is null and r.ends_at > %(now)s and r.state <> 'failed'
   and not exists (select from leads_packetretraction x where x.version_id = v.id)
 order by r.to_id, p.id, v.version desc"""


def bulletins(leads):
    """[(id, why)] of the bulletins that stand and tell of some leads (ids) what holds no longer."""
    return _told(BULLETINS, leads)


def versions(leads):
    """[(id, why)] of the versions of packets in somebody's hands that tell of some leads (ids) what holds no longer."""
    return _told(VERSIONS, leads)


def _told(sql, leads):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"leads": list(leads)})
        return [(pk, WHY[why]) for pk, why in cursor.fetchall()]


def since(version):
    """(why a version tells what holds no longer, "" where it does not; whether more is known of its gun than it tells,
    that its agency sees).
    """
    (found,) = fetch(SINCE, {"version": version.pk})
    return WHY.get(found["why"], ""), found["more"]


def outgrown(leads, now):
    """Releases whose people have no version that tells all that is known of the gun of some leads (ids)."""
    found = [row["id"] for row in fetch(OUTGROWN, {"leads": list(leads), "now": now}) if row["outgrown"]]
    rows = PacketRelease.objects.filter(pk__in=found).order_by("pk")
    return rows.select_related("to", "released_by", "version__packet__agency", "version__asked_by")
