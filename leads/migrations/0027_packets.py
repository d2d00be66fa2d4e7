"""Packets, whose versions stay what they were: rows are never deleted, and what was taken down never changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


PACKETS = """
create function leads_packet_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a packet is never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.agency_id, old.lead_id, old.referral_id, old.purpose, old.bates_prefix, old.created_at, old.created_by_id)
     is distinct from (new.agency_id, new.lead_id, new.referral_id, new.purpose, new.bates_prefix, new.created_at, new.created_by_id) then
    raise exception 'of what a packet is and who made it nothing changes' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger packet_stays before update or delete on leads_packet for each row execute function leads_packet_stays();

create function leads_packet_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a version of a packet is never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.packet_id, old.version, old.as_of, old.sections, old.snapshot, old.snapshot_sha256, old.asked_at, old.asked_by_id)
     is distinct from (new.packet_id, new.version, new.as_of, new.sections, new.snapshot, new.snapshot_sha256, new.asked_at, new.asked_by_id) then
    raise exception 'what was on record when a version was asked for does not change' using errcode = 'integrity_constraint_violation';
  end if;
  if old.state = 'built' and (old.state, old.progress, old.failed_why, old.tries, old.begun_at, old.pages, old.pdf_sha256, old.pdf_size, old.built_at)
     is distinct from (new.state, new.progress, new.failed_why, new.tries, new.begun_at, new.pages, new.pdf_sha256, new.pdf_size, new.built_at) then
    raise exception 'the pages of a version that was built do not change: make another version' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger packet_version_stays before update or delete on leads_packetversion for each row execute function leads_packet_version_stays();
"""
NO_PACKETS = """
drop trigger packet_version_stays on leads_packetversion;
drop function leads_packet_version_stays();
drop trigger packet_stays on leads_packet;
drop function leads_packet_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0026_court'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Packet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('screening', 'Screening'), ('charging', 'Charging'), ('discovery', 'Discovery'), ('trial', 'Trial')], max_length=12)),
                    ('title', models.CharField(max_length=120)),
                    ('bates_prefix', models.CharField(help_text='What the number of every page begins with.', max_length=16)),
                    ('summary', models.TextField(blank=True, help_text="The maker's own words.", max_length=4000)),
                    ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), help_text='What the next version is made of.', size=None)),
                    ('created_at', models.DateTimeField()),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('created_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packets', to='leads.lead')),
                    ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packets', to='leads.referral')),
                ],
                options={
                    'ordering': ['-created_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='PacketVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('as_of', models.DateTimeField(help_text='What was on record at this moment.')),
                    ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                    ('snapshot', models.JSONField(help_text='What was on record: leads.packets.snapshot.')),
                    ('snapshot_sha256', models.CharField(help_text='Of its canonical form.', max_length=64)),
                    ('state', models.CharField(choices=[('queued', 'Waiting to be built'), ('building', 'Being built'), ('built', 'Built'), ('failed', 'Not built')], default='queued', max_length=8)),
                    ('progress', models.PositiveSmallIntegerField(default=0, help_text='Percent.')),
                    ('failed_why', models.CharField(blank=True, max_length=300)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('begun_at', models.DateTimeField(help_text='When a worker last took it up.', null=True)),
                    ('pages', models.PositiveIntegerField(null=True)),
                    ('pdf_sha256', models.CharField(blank=True, help_text='Of the pages, as they lie in the vault.', max_length=64)),
                    ('pdf_size', models.PositiveIntegerField(null=True)),
                    ('built_at', models.DateTimeField(null=True)),
                    ('asked_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('packet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='leads.packet')),
                ],
                options={
                    'ordering': ['-version'],
                },
            ),
            migrations.AddIndex(
                model_name='packet',
                index=models.Index(models.F('agency'), models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='packet_agency_new'),
            ),
            migrations.AddConstraint(
                model_name='packet',
                constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['screening', 'charging', 'discovery', 'trial'])), name='packet_purpose_known'),
            ),
            migrations.AddConstraint(
                model_name='packet',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('bates_prefix', ''), _negated=True)), name='packet_says'),
            ),
            migrations.AddConstraint(
                model_name='packet',
                constraint=models.CheckConstraint(condition=models.Q(('sections__len__gt', 0)), name='packet_has_a_section'),
            ),
            migrations.AddIndex(
                model_name='packetversion',
                index=models.Index(condition=models.Q(('state__in', ['queued', 'building'])), fields=['id'], name='packet_to_build'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.UniqueConstraint(fields=('packet', 'version'), name='packet_version_once'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='packet_version_from_one'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'building', 'built', 'failed'])), name='packet_state_known'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='packet_progress_percent'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('built_at__isnull', False), ('pages__gte', 1), ('pdf_size__gte', 1), ('progress', 100), ('state', 'built'), ('pdf_sha256__regex', '^[0-9a-f]{64}$')), models.Q(models.Q(('state', 'built'), _negated=True), ('built_at', None), ('pages', None), ('pdf_sha256', ''), ('pdf_size', None)), _connector='OR'), name='packet_built_has_pages'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failed_why', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failed_why', '')), _connector='OR'), name='packet_failed_says_why'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'queued'), ('begun_at__isnull', False), _connector='OR'), name='packet_begun_before_built'),
            ),
            migrations.AddConstraint(
                model_name='packetversion',
                constraint=models.CheckConstraint(condition=models.Q(('snapshot_sha256__regex', '^[0-9a-f]{64}$')), name='packet_snapshot_has_its_hash'),
            ),
        ]),
        migrations.RunSQL(PACKETS, NO_PACKETS),
    ]
