"""Every incident with gunfire answers whether evidence was collected at its scene: exhibits that tell of gunfire answer
by themselves, the rest a person says.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A gun seized later says nothing of the search of the scene: casings and projectiles do.
FORWARD = """
create function evidence_collected() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_incident i set collection = 'collected'
   where i.collection <> 'collected'
     and i.id in (select incident_id from fresh where kind in ('casing_group', 'projectile'));
  return null;
end $$;
create trigger exhibit_collected after insert on evidence_exhibit referencing new table as fresh
  for each statement execute function evidence_collected();

create function evidence_collected_anew() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_incident i set collection = n.collection
    from (select h.id, case when exists (select from evidence_exhibit e
                                          where e.incident_id = h.id and e.kind in ('casing_group', 'projectile'))
                            then 'collected'
                            else coalesce((select c.answer from evidence_canvass c where c.incident_id = h.id), '')
                             end as collection
            from evidence_incident h
           where h.id in (old.incident_id, case when tg_op = 'UPDATE' then new.incident_id end)) n
   where i.id = n.id and i.collection <> n.collection;
  return null;
end $$;
create trigger exhibit_changed after update on evidence_exhibit for each row
  when ((old.kind, old.incident_id) is distinct from (new.kind, new.incident_id))
  execute function evidence_collected_anew();
create trigger exhibit_gone after delete on evidence_exhibit for each row execute function evidence_collected_anew();

update evidence_incident i set collection = 'collected'
 where exists (select from evidence_exhibit e where e.incident_id = i.id and e.kind in ('casing_group', 'projectile'));
"""

BACKWARD = """
drop trigger exhibit_gone on evidence_exhibit;
drop trigger exhibit_changed on evidence_exhibit;
drop function evidence_collected_anew();
drop trigger exhibit_collected on evidence_exhibit;
drop function evidence_collected();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('evidence', '0007_hyphen_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Canvass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('none_found', 'None found'), ('not_searched', 'Not searched')], max_length=12)),
                ('searched_by', models.CharField(blank=True, help_text='Who canvassed the scene.', max_length=120)),
                ('searched_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, choices=[('unsafe', 'Scene was not safe'), ('no_scene', 'No scene could be found'), ('reported_later', 'Reported too late'), ('weather', 'Weather'), ('no_officer', 'No officer was free'), ('other_agency', 'Another agency has the scene'), ('other', 'Other')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CollectionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField()),
                ('set_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='incident',
            name='collection',
            field=models.CharField(blank=True, choices=[('', 'No answer yet'), ('collected', 'Evidence collected'), ('none_found', 'None found'), ('not_searched', 'Not searched')], db_default='', default='', editable=False, help_text='Kept by triggers on exhibits; without evidence, what a person said (Canvass).', max_length=12),
        ),
        migrations.AddField(
            model_name='incident',
            name='owing_officer',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='incident',
            name='owing_unit',
            field=models.ForeignKey(editable=False, help_text="Who owes the answer for the scene; without one, the unit that the agency's rule names.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('collection', ''), ('kind__in', ('homicide', 'non_fatal_shooting', 'shots_fired_person', 'shots_fired_property', 'shots_fired_confirmed', 'gds_alert_confirmed', 'officer_involved'))), fields=['agency', 'occurred_at', 'id'], name='incident_unanswered'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('collection', ''), ('kind__in', ('homicide', 'non_fatal_shooting', 'shots_fired_person', 'shots_fired_property', 'shots_fired_confirmed', 'gds_alert_confirmed', 'officer_involved'))), fields=['agency', 'owing_unit', 'occurred_at', 'id'], name='incident_unit_owes'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('collection__in', ['none_found', 'not_searched'])), fields=['agency', 'collection', '-occurred_at', '-id'], name='incident_without_evidence'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('collection__in', ['', 'collected', 'none_found', 'not_searched'])), name='incident_collection_known'),
        ),
        migrations.AddField(
            model_name='canvass',
            name='incident',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='canvass', to='evidence.incident'),
        ),
        migrations.AddField(
            model_name='canvass',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collectionrule',
            name='agency',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='collection_rule', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='collectionrule',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collectionrule',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddConstraint(
            model_name='canvass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'none_found'), ('reason', ''), ('searched_at__isnull', False), models.Q(('searched_by', ''), _negated=True)), models.Q(('answer', 'not_searched'), ('searched_at', None), ('searched_by', ''), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='canvass_says_who_and_when_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='canvass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='canvass_other_says_what'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
