"""Lead reviews with their agendas, decisions and action items, and feedback; what is over stays as it is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


CLOSED = """
create function leads_meeting_stands() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  meeting bigint;
  how text;
begin
  if tg_table_name = 'leads_meeting' then
    if old.status in ('closed', 'canceled') then
      raise exception 'a meeting that is over does not change' using errcode = 'check_violation';
    end if;
  else
    if tg_table_name = 'leads_decision' then
      if tg_op <> 'INSERT' then
        raise exception 'a decision is written once' using errcode = 'check_violation';
      end if;
      select i.meeting_id into meeting from leads_agendaitem i where i.id = new.item_id;
    elsif tg_op = 'DELETE' then
      meeting := old.meeting_id;
    else
      meeting := new.meeting_id;
    end if;
    -- Whoever closes it waits for this, and this for whoever closes it.
    select m.status into how from leads_meeting m where m.id = meeting for share;
    if how in ('closed', 'canceled') then
      raise exception 'a meeting that is over takes nothing more' using errcode = 'check_violation';
    end if;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger meeting_stands before update or delete on leads_meeting for each row execute function leads_meeting_stands();
create trigger invited_stands before insert or update or delete on leads_invited for each row execute function leads_meeting_stands();
create trigger agenda_stands before insert or update or delete on leads_agendaitem for each row execute function leads_meeting_stands();
create trigger decision_stands before insert or update or delete on leads_decision for each row execute function leads_meeting_stands();
create trigger action_of_meeting before insert on leads_actionitem for each row execute function leads_meeting_stands();
"""
BACK = """
drop trigger meeting_stands on leads_meeting; drop trigger invited_stands on leads_invited;
drop trigger agenda_stands on leads_agendaitem; drop trigger decision_stands on leads_decision;
drop trigger action_of_meeting on leads_actionitem; drop function leads_meeting_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('agencies', '__first__'),
        ('leads', '0012_triage'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agency', models.ForeignKey(db_index=False, help_text='The center.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('held_at', models.DateTimeField()),
                    ('where', models.CharField(blank=True, max_length=120)),
                    ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('closed', 'Closed'), ('canceled', 'Canceled')], default='planned', max_length=8)),
                    ('since', models.DateTimeField(help_text='From when on what came in was new, as the agenda was built.', null=True)),
                    ('left_out', models.JSONField(default=dict, help_text='By rule, how many leads did not fit on the agenda.')),
                    ('summary', models.CharField(blank=True, help_text="The chair's words at the end.", max_length=2000)),
                    ('planned_at', models.DateTimeField()),
                    ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', '-held_at', '-id'], name='meeting_agency_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'open', 'closed', 'canceled'])), name='meeting_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_by', None), ('status__in', ['planned', 'canceled'])), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False), ('status__in', ['open', 'closed'])), _connector='OR'), name='meeting_opened_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('status__in', ['planned', 'open'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status__in', ['closed', 'canceled'])), _connector='OR'), name='meeting_ended_at_and_by'), models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('agency',), name='meeting_one_is_open')],
                },
            ),
            migrations.CreateModel(
                name='Invited',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='invited', to='leads.meeting')),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ],
                options={
                    'verbose_name_plural': 'invited',
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'agency'), name='invited_once')],
                    'indexes': [],
                },
            ),
            migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='leads.meeting')),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='leads.lead')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('reasons', models.JSONField(help_text='Why it is there: [rule, words].')),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('removed_at', models.DateTimeField(null=True)),
                    ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('removed_why', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'ordering': ['place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'lead'), name='agenda_lead_once'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None), ('removed_why', '')), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removed_why', ''), _negated=True)), _connector='OR'), name='agenda_removed_at_and_by'), models.CheckConstraint(condition=models.Q(('reasons', []), _negated=True), name='agenda_item_says_why')],
                    'indexes': [],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='leads.agendaitem')),
                    ('text', models.CharField(max_length=500)),
                    ('decided_at', models.DateTimeField()),
                    ('decided_by', models.ForeignKey(help_text='Who wrote it down.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='decision_says_what')],
                    'indexes': [],
                },
            ),
            migrations.CreateModel(
                name='ActionItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='leads.meeting')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='leads.decision')),
                    ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='leads.lead')),
                    ('center', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('agency', models.ForeignKey(db_index=False, help_text="The owner's.", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('what', models.CharField(max_length=300)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                    ('given_at', models.DateTimeField()),
                    ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('soon_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('level', models.PositiveSmallIntegerField(default=0, help_text='Told of: 1 due soon, 2 overdue.')),
                    ('next_step_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('result', models.CharField(blank=True, max_length=500)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['owner', 'due_at', 'id'], name='action_owner_due'), models.Index(condition=models.Q(('status', 'open')), fields=['agency', 'due_at', 'id'], name='action_agency_due'), models.Index(condition=models.Q(('status', 'open')), fields=['center', 'due_at', 'id'], name='action_center_due'), models.Index(fields=['owner', '-ended_at', '-id'], name='action_owner_ended'), models.Index(fields=['agency', '-ended_at', '-id'], name='action_agency_ended'), models.Index(fields=['center', '-ended_at', '-id'], name='action_center_ended'), models.Index(condition=models.Q(('next_step_at__isnull', False)), fields=['next_step_at'], name='action_next_step')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['open', 'done', 'dropped'])), name='action_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('result', ''), ('status', 'open')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('next_step_at', None), ('status__in', ['done', 'dropped']), models.Q(('result', ''), _negated=True)), _connector='OR'), name='action_ended_at_and_by'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='action_says_what'), models.CheckConstraint(condition=models.Q(('soon_at__lt', models.F('due_at'))), name='action_due_soon_before_due'), models.CheckConstraint(condition=models.Q(('level__lte', 2)), name='action_level_to_2')],
                },
            ),
            migrations.CreateModel(
                name='Yield',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='yields', to='leads.lead')),
                    ('kind', models.CharField(choices=[('arrest', 'Arrest made'), ('warrant', 'Arrest warrant issued'), ('gun', 'Firearm recovered'), ('charge', 'Charge filed'), ('conviction', 'Conviction')], max_length=10)),
                    ('at', models.DateTimeField(help_text='When it was found that the lead had yielded.')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('lead', 'kind'), name='yield_once')],
                    'indexes': [],
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('gave', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='leads.yield')),
                    ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
                    ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('collected', 'Collected'), ('entered', 'Entered in NIBIN'), ('reviewed', 'Reviewed'), ('analyzed', 'Analyzed')], max_length=10), help_text='What the person did for it.', size=None)),
                    ('told_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name_plural': 'feedback',
                    'indexes': [models.Index(fields=['person', '-told_at', '-id'], name='feedback_person'), models.Index(fields=['agency', '-told_at', '-id'], name='feedback_agency')],
                    'constraints': [models.UniqueConstraint(fields=('gave', 'person'), name='feedback_once')],
                },
            ),
            migrations.AddIndex(
                model_name='leadevent',
                index=models.Index(fields=['added_at'], name='lead_event_added'),
            ),
            migrations.AddIndex(
                model_name='obligation',
                index=models.Index(condition=models.Q(('outcome__in', ['arrest_made', 'arrest_warrant', 'firearm_recovered']), ('state', 'closed')), fields=['closed_at'], name='obligation_yielded'),
            ),
        ]),
        migrations.RunSQL(CLOSED, BACK),
    ]
