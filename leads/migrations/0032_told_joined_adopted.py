import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

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


# Of cases that stand adopted, the charges that went with them: those that ended on that day.
ADOPTED = """
update leads_charge c set adopted_into_id = r.adopted_into_id
  from leads_referral r join agencies_agency o on o.id = r.office_id
 where c.referral_id = r.id and r.status = 'adopted' and c.disposition = 'transferred_federal'
   and c.disposed_on = (r.decided_at at time zone o.zone)::date
"""


class Migration(migrations.Migration):
    """A version tells of events from the moment it is taken down; worksheets of one person that turn out to be of one
    gun become one; a charge says with which adoption it went.
    """

    dependencies = [("leads", "0031_steps_of_a_lead")]

    operations = [
        migrations.AddField(
            model_name="charge",
            name="adopted_into",
            field=models.ForeignKey(
                help_text="The federal case that it went to by adoption.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adopted_charges",
                to="leads.referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=Q(("adopted_into", None)) | Q(("disposition", "transferred_federal")),
                name="charge_adopted_is_transferred",
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="merged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="screening",
            name="merged_into",
            field=models.ForeignKey(
                help_text="The worksheet of the same person that goes on, where both turned out to be of one gun.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="leads.screening",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=Q(("merged_at", None), ("merged_into", None))
                | (Q(("merged_at__isnull", False), ("merged_into__isnull", False)) & ~Q(("merged_into", models.F("id")))),
                name="screening_merged_at_into",
            ),
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(ADOPTED, migrations.RunSQL.noop),
    ]
