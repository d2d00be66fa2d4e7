"""The dashboard's figures of past days are kept; what changes them marks the day."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


# Whatever the first three stages read leaves a mark on the day of its incident: on the day it was on, and is on.
MARKS = """
create function leads_mark_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'evidence_incident' then
    insert into leads_staleday (agency_id, day)
    select distinct t.agency_id, (t.occurred_at at time zone 'UTC')::date from touched t;
  elsif tg_table_name = 'evidence_incidentgrant' then
    insert into leads_staleday (agency_id, day)
    select distinct i.agency_id, (i.occurred_at at time zone 'UTC')::date
      from touched t join evidence_incident i on i.id = t.content_object_id;
  elsif tg_table_name in ('evidence_exhibit', 'leads_leadevent') then
    insert into leads_staleday (agency_id, day)
    select distinct i.agency_id, (i.occurred_at at time zone 'UTC')::date
      from touched t join evidence_incident i on i.id = t.incident_id;
  elsif tg_table_name = 'evidence_acquisition' then
    insert into leads_staleday (agency_id, day)
    select distinct i.agency_id, (i.occurred_at at time zone 'UTC')::date
      from touched t join evidence_exhibit e on e.id = t.exhibit_id join evidence_incident i on i.id = e.incident_id;
  else
    insert into leads_staleday (agency_id, day)
    select distinct i.agency_id, (i.occurred_at at time zone 'UTC')::date
      from touched t join leads_leadevent x on x.lead_id = t.lead_id join evidence_incident i on i.id = x.incident_id
     where t.outcome = 'lead_not_confirmed';
  end if;
  return null;
end $$;
"""
# (table, statements after which it is looked at). An obligation is not sent with an outcome.
MARKED = (
    ("evidence_incident", ("insert", "update", "delete")),
    ("evidence_incidentgrant", ("insert", "delete")),
    ("evidence_exhibit", ("insert", "update", "delete")),
    ("evidence_acquisition", ("insert", "update", "delete")),
    ("leads_leadevent", ("insert", "update", "delete")),
    ("leads_obligation", ("update",)),
)
SIDES = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
NAMES = [
    (f"stage_days_{statement}_{side}", table, statement, side)
    for table, statements in MARKED
    for statement in statements
    for side in SIDES[statement]
]
TRIGGERS = [
    f"""create trigger {name} after {statement} on {table} referencing {side} table as touched
        for each statement execute function leads_mark_days()"""
    for name, table, statement, side in NAMES
]
ALL = """
insert into leads_staleday (agency_id, day)
select distinct agency_id, (occurred_at at time zone 'UTC')::date from evidence_incident
"""
BACK = ";".join(f"drop trigger {name} on {table}" for name, table, _, _ in NAMES) + "; drop function leads_mark_days()"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('evidence', '0013_lists'),
        ('leads', '0008_rest'),
    ]

    operations = [
        migrations.CreateModel(
            name='StageDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.PositiveSmallIntegerField()),
                ('day', models.DateField()),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='All groups that may see them, this one included.', size=None)),
                ('came', models.IntegerField()),
                ('went', models.IntegerField()),
                ('more', models.IntegerField()),
                ('in_time', models.IntegerField()),
                ('late', models.IntegerField()),
                ('hours', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), help_text='How long each took that is done.', size=None)),
                ('waiting', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), help_text='When each will be late that still had time.', size=None)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency')),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.group')),
            ],
            options={
                'indexes': [models.Index(fields=['group', 'stage', 'day'], name='stage_day_group'), models.Index(fields=['agency', 'day'], name='stage_day_agency')],
            },
        ),
        migrations.CreateModel(
            name='StaleDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'agency'], name='stale_day')],
            },
        ),
        migrations.RunSQL(MARKS + ";".join(TRIGGERS), BACK),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
