from django.db import migrations

# What was noted of a version when it was sealed is noted when it is taken down: versions that were not sealed yet have
# theirs from here.
TOLD = """
insert into leads_packetevent (version_id, event_id, confirmed)
select v.id, e.id, coalesce(e.confirmed_at <= v.as_of, false)
  from leads_packetversion v
  join leads_packet p on p.id = v.packet_id
  join agencies_agency a on a.id = p.agency_id
  join leads_leadevent e on e.lead_id = p.lead_id or e.lead_id in (
       select n.lead_id from leads_clusterlead m join leads_clusterlead n on n.cluster_id = m.cluster_id
        where m.lead_id = p.lead_id
          and exists (select from leads_leadgrant g where g.content_object_id = n.lead_id and g.group_id = a.group_id))
 where e.added_at <= v.as_of and (e.withdrawn_at is null or e.withdrawn_at > v.as_of)
   and not exists (select from leads_packetevent t where t.version_id = v.id)
 order by v.id, e.id
"""


class Migration(migrations.Migration):
    """A version tells of events from the moment it is taken down."""

    dependencies = [("leads", "0031_steps_of_a_lead")]

    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
