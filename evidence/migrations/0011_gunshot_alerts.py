"""Gunshot alerts and the shots that several of them tell of, matched to incidents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FORWARD = """
create function evidence_sync_detections() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_detection set has_evidence = (new.collection = 'collected') where incident_id = new.id;
  return null;
end $$;
create trigger incident_detections after update on evidence_incident for each row
  when ((old.collection = 'collected') is distinct from (new.collection = 'collected'))
  execute function evidence_sync_detections();
"""

BACKWARD = """
drop trigger incident_detections on evidence_incident;
drop function evidence_sync_detections();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ("evidence", "0010_custody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(choices=[('incidents', 'Incidents'), ('leads', 'NIBIN lead notices'), ('alerts', 'Gunshot alerts')], max_length=12),
        ),
        migrations.CreateModel(
            name='Detection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('time_known', models.BooleanField(default=True)),
                ('lat', models.FloatField(null=True)),
                ('lng', models.FloatField(null=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('rounds', models.PositiveSmallIntegerField(null=True)),
                ('alerts_count', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('open', 'No incident'), ('matched', 'Became an incident'), ('dismissed', 'Not gunfire')], default='open', max_length=10)),
                ('how', models.CharField(blank=True, choices=[('number', 'By number'), ('place', 'By time and place'), ('person', 'By a person'), ('made', 'Recorded from the alert')], max_length=8)),
                ('meters', models.PositiveIntegerField(help_text="From the incident's point.", null=True)),
                ('nearby', models.PositiveSmallIntegerField(default=0, help_text='Incidents it may be, among which a person decides.')),
                ('has_evidence', models.BooleanField(default=False, help_text='Of its incident; a copy kept by triggers.')),
                ('dismissal', models.CharField(blank=True, choices=[('fireworks', 'Fireworks'), ('vehicle', 'Vehicle or machine'), ('construction', 'Construction'), ('range', 'Range or training'), ('test', 'Test of the system'), ('duplicate', 'Same shots as another'), ('other', 'Other')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='detections', to='agencies.agency')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='detections', to='evidence.incident')),
            ],
        ),
        migrations.CreateModel(
            name='GunshotAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=40)),
                ('number', models.CharField(blank=True, help_text='As the source writes it.', max_length=60)),
                ('key', models.CharField(help_text='Its number, or a fingerprint of its time, place and words.', max_length=64)),
                ('at', models.DateTimeField()),
                ('time_known', models.BooleanField(default=True)),
                ('lat', models.FloatField(null=True)),
                ('lng', models.FloatField(null=True)),
                ('rounds', models.PositiveSmallIntegerField(null=True)),
                ('heard', models.CharField(blank=True, help_text='Such as: multiple gunshots.', max_length=120)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('case_number', models.CharField(blank=True, help_text='That dispatch gave it.', max_length=40)),
                ('case_key', models.CharField(blank=True, max_length=40)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch')),
                ('detection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='evidence.detection')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='detection',
            index=models.Index(models.F('agency'), models.F('state'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='detection_state_new'),
        ),
        migrations.AddIndex(
            model_name='detection',
            index=models.Index(models.F('agency'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('has_evidence', False), ('state', 'matched')), name='detection_bare'),
        ),
        migrations.AddConstraint(
            model_name='detection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'matched', 'dismissed'])), name='detection_state_known'),
        ),
        migrations.AddConstraint(
            model_name='detection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', False), ('state', 'matched'), models.Q(('how', ''), _negated=True)), models.Q(('how', ''), ('incident', None), ('state__in', ['open', 'dismissed'])), _connector='OR'), name='detection_matched_has_an_incident'),
        ),
        migrations.AddConstraint(
            model_name='detection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), models.Q(('dismissal', ''), _negated=True)), models.Q(('dismissal', ''), ('state__in', ['open', 'matched'])), _connector='OR'), name='detection_dismissed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='detection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='detection_decided_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='detection',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'matched'), ('has_evidence', False), _connector='OR'), name='detection_evidence'),
        ),
        migrations.AddIndex(
            model_name='gunshotalert',
            index=models.Index(fields=['agency', 'at'], name='alert_agency_at'),
        ),
        migrations.AddConstraint(
            model_name='gunshotalert',
            constraint=models.UniqueConstraint(fields=('agency', 'source', 'key'), name='alert_once_per_source'),
        ),
        migrations.AddConstraint(
            model_name='gunshotalert',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='alert_has_a_key'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
