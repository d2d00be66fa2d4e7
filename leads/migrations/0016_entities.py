"""Persons, vehicles, phones and addresses, what sources say of them, and which of them are the same."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce

STANDS = """
create function leads_entity_stands() returns trigger language plpgsql as $$
declare
  of text;
begin
  if tg_op = 'DELETE' then
    raise exception 'an entity stays on record' using errcode = 'integrity_constraint_violation';
  end if;
  new.standing_id := coalesce(new.standing_id, new.id);
  if tg_op = 'UPDATE' and (old.id, old.agency_id, old.kind, old.name, old.region, old.born_on, old.recorded_at, old.recorded_by_id)
                          is distinct from (new.id, new.agency_id, new.kind, new.name, new.region, new.born_on, new.recorded_at, new.recorded_by_id) then
    raise exception 'what an entity is does not change' using errcode = 'integrity_constraint_violation';
  end if;
  if new.standing_id <> new.id then
    select e.kind into of from leads_entity e where e.id = new.standing_id;
    if of is distinct from new.kind then
      raise exception 'only entities of one kind are the same' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger entity_stands before insert or update or delete on leads_entity for each row execute function leads_entity_stands();
"""

# A row of what was said changes once: when it is withdrawn.
SAID = """
create function leads_said_stays() returns trigger language plpgsql as $$
declare
  was jsonb;
  now_ jsonb;
begin
  if tg_op = 'DELETE' then
    raise exception 'what was said stays on record' using errcode = 'integrity_constraint_violation';
  end if;
  was := to_jsonb(old) - array['withdrawn_at', 'withdrawn_by_id', 'withdrawn_why', 'taken_back_at', 'taken_back_by_id', 'taken_back_why'];
  now_ := to_jsonb(new) - array['withdrawn_at', 'withdrawn_by_id', 'withdrawn_why', 'taken_back_at', 'taken_back_by_id', 'taken_back_why'];
  if was is distinct from now_ or coalesce(to_jsonb(old) ->> 'withdrawn_at', to_jsonb(old) ->> 'taken_back_at') is not null then
    raise exception 'what was said is withdrawn, once, and never rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger assertion_stays before update or delete on leads_assertion for each row execute function leads_said_stays();
create trigger particular_stays before update or delete on leads_particular for each row execute function leads_said_stays();
create trigger sameness_stays before update or delete on leads_sameness for each row execute function leads_said_stays();

create function leads_said_fits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of text;
begin
  if tg_table_name = 'leads_sameness' then
    if (select count(distinct e.kind) from leads_entity e where e.id in (new.one_id, new.other_id)) <> 1 then
      raise exception 'only entities of one kind are the same' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select e.kind into of from leads_entity e where e.id = new.entity_id;
  if tg_table_name = 'leads_particular' then
    if (new.kind in ('make', 'color') and of <> 'vehicle') or (new.kind not in ('make', 'color') and of <> 'person') then
      raise exception 'this is not said of a %', of using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.role <> 'named' and of <> 'person' then
    raise exception 'only a person has this part in an event' using errcode = 'check_violation';
  end if;
  if new.event_id is not null and not exists (select from leads_leadevent v where v.id = new.event_id and v.lead_id = new.lead_id) then
    raise exception 'the event is not one of the lead' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger assertion_fits before insert on leads_assertion for each row execute function leads_said_fits();
create trigger particular_fits before insert on leads_particular for each row execute function leads_said_fits();
create trigger sameness_fits before insert on leads_sameness for each row execute function leads_said_fits();
"""
BACK = """
drop trigger entity_stands on leads_entity; drop function leads_entity_stands();
drop trigger assertion_stays on leads_assertion; drop trigger particular_stays on leads_particular;
drop trigger sameness_stays on leads_sameness; drop function leads_said_stays();
drop trigger assertion_fits on leads_assertion; drop trigger particular_fits on leads_particular;
drop trigger sameness_fits on leads_sameness; drop function leads_said_fits();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0015_paused_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Entity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('person', 'Person'), ('vehicle', 'Vehicle'), ('phone', 'Phone'), ('address', 'Address')], default='person', max_length=8)),
                    ('name', models.CharField(help_text="A person's name, a plate, a phone number, an address.", max_length=160)),
                    ('region', models.CharField(blank=True, help_text='The state of a plate.', max_length=2)),
                    ('born_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('agency', models.ForeignKey(help_text='The center of the lead it was first named on.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('standing', models.ForeignKey(help_text='The first of those that are the same; kept by a trigger.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.entity')),
                ],
            ),
            migrations.CreateModel(
                name='Assertion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('suspect', 'Suspect'), ('possessor', 'Possessor'), ('witness', 'Witness'), ('victim', 'Victim'), ('named', 'Named')], max_length=9)),
                    ('source_kind', models.CharField(choices=[('report', 'Police report'), ('statement', 'Statement'), ('video', 'Video or photo'), ('lpr', 'License plate reader'), ('phone', 'Phone records'), ('social', 'Social media'), ('forensic', 'DNA or fingerprint'), ('supervision', 'Supervision record'), ('source_number', 'Confidential source, by number'), ('other', 'Other')], max_length=13)),
                    ('source', models.CharField(help_text='Report number, system and day: where it can be read again.', max_length=200)),
                    ('reliability', models.CharField(choices=[('A', 'A - reliable'), ('B', 'B - usually reliable'), ('C', 'C - fairly reliable'), ('D', 'D - not usually reliable'), ('E', 'E - unreliable'), ('F', 'F - cannot be judged')], max_length=1)),
                    ('validity', models.PositiveSmallIntegerField(choices=[(1, '1 - confirmed by other sources'), (2, '2 - probably true'), (3, '3 - possibly true'), (4, '4 - doubtful'), (5, '5 - improbable'), (6, '6 - cannot be judged')])),
                    ('said_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_why', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(help_text='For whom it was said.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assertions', to='leads.leadevent')),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assertions', to='leads.lead')),
                    ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assertions', to='leads.entity')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                ],
                options={
                    'proxy': True,
                    'indexes': [],
                    'constraints': [],
                },
                bases=('leads.entity',),
            ),
            migrations.CreateModel(
                name='Particular',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('other_name', 'Other name'), ('state_number', 'State number'), ('fbi_number', 'FBI number'), ('local_number', 'Local number'), ('make', 'Make and model'), ('color', 'Color')], max_length=12)),
                    ('value', models.CharField(max_length=120)),
                    ('added_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='particulars', to='leads.entity')),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.lead')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='EntityKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(db_collation='C', max_length=200)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='leads.entity')),
                    ('particular', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.particular')),
                ],
            ),
            migrations.CreateModel(
                name='Sameness',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verdict', models.CharField(choices=[('same', 'The same'), ('apart', 'Not the same')], max_length=5)),
                    ('reason', models.CharField(max_length=200)),
                    ('decided_at', models.DateTimeField()),
                    ('taken_back_at', models.DateTimeField(null=True)),
                    ('taken_back_why', models.CharField(blank=True, max_length=200)),
                    ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.entity')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.entity')),
                    ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'vehicle', 'phone', 'address'])), name='entity_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='entity_has_a_name'),
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.CheckConstraint(condition=models.Q(('kind', 'vehicle'), ('region', ''), _connector='OR'), name='entity_plate_has_a_state'),
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.CheckConstraint(condition=models.Q(('kind', 'person'), ('born_on', None), _connector='OR'), name='entity_person_was_born'),
            ),
            migrations.AddConstraint(
                model_name='entity',
                constraint=models.CheckConstraint(condition=models.Q(('standing__lte', models.F('id'))), name='entity_stands_by_the_first'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['suspect', 'possessor', 'witness', 'victim', 'named'])), name='assertion_role_known'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(('role', 'named'), ('event__isnull', False), _connector='OR'), name='assertion_role_is_in_an_event'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='assertion_has_a_source'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F'])), name='assertion_reliability_known'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(('validity__gte', 1), ('validity__lte', 6)), name='assertion_validity_known'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='assertion_withdrawn_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='assertion',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('entity', 'lead', 'event', 'role', 'source_kind', 'source'), name='assertion_once_by_a_source', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='particular',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['other_name', 'state_number', 'fbi_number', 'local_number', 'make', 'color'])), name='particular_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='particular',
                constraint=models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='particular_says_something'),
            ),
            migrations.AddConstraint(
                model_name='particular',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='particular_withdrawn_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='particular',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('entity', 'lead', 'kind', 'value'), name='particular_once_from_a_lead'),
            ),
            migrations.AddConstraint(
                model_name='entitykey',
                constraint=models.UniqueConstraint(fields=('key', 'entity', 'particular'), name='entity_key_once', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='sameness',
                constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'apart'])), name='sameness_verdict_known'),
            ),
            migrations.AddConstraint(
                model_name='sameness',
                constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='sameness_in_order'),
            ),
            migrations.AddConstraint(
                model_name='sameness',
                constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sameness_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='sameness',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('taken_back_why', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='sameness_taken_back_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='sameness',
                constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('one', 'other'), name='sameness_once_at_a_time'),
            ),
        ]),
        migrations.RunSQL([STANDS, SAID], BACK),
    ]
