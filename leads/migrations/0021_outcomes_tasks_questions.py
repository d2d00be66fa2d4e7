"""Outcomes that are one record each, lists of tasks, questions to the analyst. A part that was closed by an arrest, a
warrant or a gun names it from now on: of those that stand each has one of its own.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


# What nobody named is one of its own: the row that counts is there whoever writes the part, and only of its kind.
NAMED = """
create function leads_name_outcome() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_kind text := case new.outcome when 'arrest_made' then 'arrest' when 'arrest_warrant' then 'warrant'
                                      when 'firearm_recovered' then 'gun' end;
begin
  if found_kind is null or new.state not in ('proposed', 'closed') then
    new.named_outcome_id := null;
    return new;
  end if;
  if tg_op = 'UPDATE' and new.outcome <> old.outcome and new.named_outcome_id = old.named_outcome_id then
    new.named_outcome_id := null;
  end if;
  if new.named_outcome_id is null and new.state = 'closed' then
    insert into leads_outcome (kind, agency_id, number, key, happened_on, recorded_at, recorded_by_id, merged_why)
    select found_kind, a.id, '', '', (new.closed_at at time zone a.zone)::date, new.closed_at, new.closed_by_id, ''
      from agencies_agency a where a.id = new.agency_id returning id into new.named_outcome_id;
  elsif not exists (select from leads_outcome where id = new.named_outcome_id and kind = found_kind)
    and new.named_outcome_id is not null then
    raise exception 'a part names an outcome of the kind it was closed with' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger obligation_names_outcome before insert or update of state, outcome, named_outcome_id
  on leads_obligation for each row
  when (new.named_outcome_id is not null
        or new.state = 'closed' and new.outcome in ('arrest_made', 'arrest_warrant', 'firearm_recovered'))
  execute function leads_name_outcome();

create function leads_outcome_stands() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an outcome is never deleted' using errcode = 'check_violation';
  end if;
  if (new.kind, new.agency_id, new.number, new.key, new.happened_on, new.recorded_at, new.recorded_by_id)
     is distinct from (old.kind, old.agency_id, old.number, old.key, old.happened_on, old.recorded_at, old.recorded_by_id) then
    raise exception 'what is on record of an outcome does not change' using errcode = 'check_violation';
  end if;
  if new.merged_into_id is not null and (
       exists (select from leads_outcome o where o.id = new.merged_into_id
                  and (o.merged_into_id is not null or o.kind <> new.kind))
       or exists (select from leads_outcome o where o.merged_into_id = new.id)) then
    raise exception 'an outcome is one with another of its kind, one step deep' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger outcome_stands before update or delete on leads_outcome for each row execute function leads_outcome_stands();

update leads_obligation set outcome = outcome
 where state = 'closed' and outcome in ('arrest_made', 'arrest_warrant', 'firearm_recovered');
set constraints all immediate;
set constraints all deferred;
"""
BACK = """
drop trigger obligation_names_outcome on leads_obligation;
drop function leads_name_outcome();
drop trigger outcome_stands on leads_outcome;
drop function leads_outcome_stands();
update leads_obligation set named_outcome_id = null where named_outcome_id is not null;
delete from leads_outcome where merged_into_id is not null;
delete from leads_outcome;
set constraints all immediate;
set constraints all deferred;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0020_bulletins_and_deconfliction'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=1000)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                    ('asked_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(help_text="In the center's working time.")),
                    ('answer', models.CharField(blank=True, max_length=2000)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('interview', 'Interview'), ('video', 'Video'), ('canvass', 'Canvass'), ('records', 'Records check'), ('plate_reader', 'Plate reader'), ('phone', 'Phone data'), ('search_warrant', 'Search warrant'), ('arrest', 'Arrest'), ('laboratory', 'Laboratory'), ('note', 'Note')], max_length=16)),
                    ('what', models.CharField(max_length=200)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                    ('given_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('dropped_why', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'ordering': ['due_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='TaskStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(choices=[('interview', 'Interview'), ('video', 'Video'), ('canvass', 'Canvass'), ('records', 'Records check'), ('plate_reader', 'Plate reader'), ('phone', 'Phone data'), ('search_warrant', 'Search warrant'), ('arrest', 'Arrest'), ('laboratory', 'Laboratory'), ('note', 'Note')], max_length=16)),
                    ('what', models.CharField(max_length=200)),
                    ('days', models.PositiveSmallIntegerField(help_text='Working days until it is due.')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='TaskTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('made_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['name', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('arrest', 'Arrest'), ('warrant', 'Arrest warrant'), ('gun', 'Recovered gun')], max_length=8)),
                    ('number', models.CharField(blank=True, help_text="That agency's number of the arrest or property.", max_length=40)),
                    ('key', models.CharField(blank=True, help_text='The number apart from blanks, hyphens and case.', max_length=40)),
                    ('happened_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('merged_at', models.DateTimeField(null=True)),
                    ('merged_why', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(help_text='Which did it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('merged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='leads.outcome')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.AddField(
                model_name='obligation',
                name='named_outcome',
                field=models.ForeignKey(help_text='Which arrest, which gun.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='leads.outcome'),
            ),
            migrations.AddField(
                model_name='obligation',
                name='partner',
                field=models.ForeignKey(help_text='Whose person the investigator is, if of another agency on the lead.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partner_obligations', to='agencies.agency'),
            ),
            migrations.AddConstraint(
                model_name='obligation',
                constraint=models.CheckConstraint(condition=models.Q(('partner', None), models.Q(('investigator__isnull', False), models.Q(('partner', models.F('agency')), _negated=True)), _connector='OR'), name='obligation_partner_lends_somebody'),
            ),
        ]),
        migrations.RunSQL(NAMED, BACK),
        AtOnce([
            migrations.AddConstraint(
                model_name='obligation',
                constraint=models.CheckConstraint(condition=models.Q(('named_outcome', None), models.Q(('outcome__in', ['arrest_made', 'arrest_warrant', 'firearm_recovered']), ('state__in', ['proposed', 'closed'])), _connector='OR'), name='obligation_names_an_outcome_at_its_end'),
            ),
            migrations.AddConstraint(
                model_name='obligation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['arrest_made', 'arrest_warrant', 'firearm_recovered']), ('state', 'closed'), _negated=True), ('named_outcome__isnull', False), _connector='OR'), name='obligation_yields_by_name'),
            ),
            migrations.AddField(
                model_name='question',
                name='agency',
                field=models.ForeignKey(db_index=False, help_text='Which asks.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='question',
                name='asked_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='question',
                name='center',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='question',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='question',
                name='lead',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='leads.lead'),
            ),
            migrations.AddField(
                model_name='question',
                name='obligation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='leads.obligation'),
            ),
            migrations.AddField(
                model_name='task',
                name='activity',
                field=models.OneToOneField(help_text='What was done.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='task', to='leads.activity'),
            ),
            migrations.AddField(
                model_name='task',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='task',
                name='given_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='task',
                name='obligation',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='leads.obligation'),
            ),
            migrations.AddField(
                model_name='tasktemplate',
                name='agency',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='tasktemplate',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='tasktemplate',
                name='made_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='taskstep',
                name='template',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='leads.tasktemplate'),
            ),
            migrations.AddField(
                model_name='task',
                name='template',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.tasktemplate'),
            ),
            migrations.AddIndex(
                model_name='outcome',
                index=models.Index(fields=['agency', 'kind', '-happened_on', '-id'], name='outcome_agency_new'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['arrest', 'warrant', 'gun'])), name='outcome_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), ('number', '')), models.Q(models.Q(('number', ''), _negated=True), models.Q(('key', ''), _negated=True)), _connector='OR'), name='outcome_number_and_key'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('agency', 'kind', 'key'), name='outcome_once_per_number'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_at', None), ('merged_by', None), ('merged_into', None), ('merged_why', '')), models.Q(('merged_at__isnull', False), ('merged_by__isnull', False), ('merged_into__isnull', False), models.Q(('merged_why', ''), _negated=True)), _connector='OR'), name='outcome_merged_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='outcome_merged_into_another'),
            ),
            migrations.AddIndex(
                model_name='question',
                index=models.Index(condition=models.Q(('status', 'open')), fields=['center', 'due_at', 'id'], name='question_center_due'),
            ),
            migrations.AddIndex(
                model_name='question',
                index=models.Index(condition=models.Q(('status', 'open')), fields=['agency', 'due_at', 'id'], name='question_agency_due'),
            ),
            migrations.AddIndex(
                model_name='question',
                index=models.Index(fields=['center', '-ended_at', '-id'], name='question_center_ended'),
            ),
            migrations.AddIndex(
                model_name='question',
                index=models.Index(fields=['agency', '-ended_at', '-id'], name='question_agency_ended'),
            ),
            migrations.AddConstraint(
                model_name='question',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'answered', 'withdrawn'])), name='question_status_known'),
            ),
            migrations.AddConstraint(
                model_name='question',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('ended_at', None), ('ended_by', None), ('status', 'open')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'answered'), models.Q(('answer', ''), _negated=True)), models.Q(('answer', ''), ('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'withdrawn')), _connector='OR'), name='question_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='question',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='question_says_something'),
            ),
            migrations.AddConstraint(
                model_name='tasktemplate',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agency', 'name'), name='task_template_name_once'),
            ),
            migrations.AddConstraint(
                model_name='tasktemplate',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='task_template_has_a_name'),
            ),
            migrations.AddConstraint(
                model_name='tasktemplate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='task_template_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='taskstep',
                constraint=models.UniqueConstraint(fields=('template', 'place'), name='task_step_place_once'),
            ),
            migrations.AddConstraint(
                model_name='taskstep',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='task_step_says_what'),
            ),
            migrations.AddConstraint(
                model_name='taskstep',
                constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 60)), name='task_step_days_1_to_60'),
            ),
            migrations.AddIndex(
                model_name='task',
                index=models.Index(fields=['obligation', 'due_at', 'id'], name='task_obligation_due'),
            ),
            migrations.AddIndex(
                model_name='task',
                index=models.Index(condition=models.Q(('status', 'open')), fields=['obligation', 'due_at', 'id'], name='task_open_due'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'done', 'dropped'])), name='task_status_known'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity', None), ('dropped_why', ''), ('ended_at', None), ('ended_by', None), ('status', 'open')), models.Q(('activity__isnull', False), ('dropped_why', ''), ('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'done')), models.Q(('activity', None), ('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'dropped'), models.Q(('dropped_why', ''), _negated=True)), _connector='OR'), name='task_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='task_says_what'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('given_at'))), name='task_due_after_it_was_given'),
            ),
        ]),
    ]
