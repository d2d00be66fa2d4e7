"""The desk before agencies are told, versions of the table of weights, and what scores were."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


SCORES = """
create function leads_keep_score() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.scored_at is not null and (old.score_version, old.score) is distinct from (new.score_version, new.score) then
    insert into leads_leadscore (lead_id, version, score, reasons, inputs, as_of, until)
    values (old.id, old.score_version, old.score, old.reasons, old.score_inputs, old.scored_at, coalesce(new.scored_at, now()));
  end if;
  update leads_deskitem set score = new.score where lead_id = new.id and score <> new.score;
  return null;
end $$;
create trigger lead_score_kept after update on leads_lead for each row
  when ((old.score, old.score_version) is distinct from (new.score, new.score_version)) execute function leads_keep_score();
create trigger lead_score_append_only before update or delete on leads_leadscore for each row execute function agencies_append_only();

create function leads_table_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (old.points, old.version, old.agency_id, old.in_force_from) is distinct from (new.points, new.version, new.agency_id, new.in_force_from) then
    raise exception 'a table of weights that was in force never changes' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger score_table_stays before update on leads_scoretable for each row execute function leads_table_stays();
"""

DESK = """
create function leads_desk_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.state = 'sent' and new.state <> 'sent') then
    raise exception 'a lead that was sent does not come back to the desk' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger desk_stays before update of state or delete on leads_deskitem for each row execute function leads_desk_stays();

create function leads_desk_owes_nothing() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'leads_obligation' then
    if exists (select 1 from leads_deskitem d where d.lead_id = new.lead_id and d.state <> 'sent') then
      raise exception 'nobody owes on a lead before it is sent' using errcode = 'check_violation';
    end if;
  elsif new.state <> 'sent' and exists (select 1 from leads_obligation o where o.lead_id = new.lead_id) then
    raise exception 'a lead on which agencies owe is not on the desk' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger desk_owes_nothing before insert on leads_obligation for each row execute function leads_desk_owes_nothing();
create trigger desk_item_owes_nothing before insert on leads_deskitem for each row execute function leads_desk_owes_nothing();

create function leads_sent_is_owed() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_leadevent e where e.lead_id = new.lead_id and e.agency_id is not null and e.withdrawn_at is null
              and not exists (select 1 from leads_obligation o where o.lead_id = e.lead_id and o.agency_id = e.agency_id)) then
    raise exception 'an agency with an event on a lead that is sent owes on it: give it an obligation' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger sent_is_owed after update of state on leads_deskitem deferrable initially deferred
  for each row when (new.state = 'sent') execute function leads_sent_is_owed();

create function leads_desk_open() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_deskitem d where d.lead_id = new.id and d.state not in ('sent', 'declined'))
     and exists (select 1 from leads_leadevent e where e.lead_id = new.id and e.withdrawn_at is null) then
    raise exception 'a lead on the desk is sent or declined by two before it closes' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger lead_desk_open before update of status on leads_lead for each row when (new.status = 2) execute function leads_desk_open();
"""
OWED = """
create or replace function leads_event_owed() returns trigger language plpgsql as $$
begin
  if exists (select 1 from leads_leadevent e where e.id = new.id and e.agency_id is not null
              and not exists (select 1 from leads_obligation o where o.lead_id = e.lead_id and o.agency_id = e.agency_id)) then
    raise exception 'an agency with an event on a lead owes on it: give it an obligation' using errcode = 'check_violation';
  end if;
  return null;
end $$;
"""
# Of a lead on the desk nobody is told yet.
OWED_ONCE_SENT = OWED.replace(
    " then\n    raise",
    "\n     and not exists (select 1 from leads_deskitem d where d.lead_id = new.lead_id and d.state <> 'sent') then\n    raise",
)
BACK = """
drop trigger lead_desk_open on leads_lead;
drop trigger desk_owes_nothing on leads_obligation;
drop function leads_desk_open(), leads_sent_is_owed(), leads_desk_owes_nothing(), leads_desk_stays() cascade;
drop trigger lead_score_kept on leads_lead;
drop function leads_keep_score(), leads_table_stays() cascade;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('leads', '0011_pauses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='DeskItem',
                fields=[
                    ('lead', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='desk', serialize=False, to='leads.lead')),
                    ('state', models.CharField(choices=[('waiting', 'To triage'), ('accepted', 'Accepted'), ('deferred', 'Deferred'), ('proposed', 'Decline proposed'), ('declined', 'Declined'), ('sent', 'Sent')], default='waiting', max_length=8)),
                    ('score', models.PositiveSmallIntegerField(default=0, help_text="The lead's own; kept by a trigger.")),
                    ('came_at', models.DateTimeField(help_text='When it came here, or came back.')),
                    ('until_on', models.DateField(help_text='The day a deferred lead comes back.', null=True)),
                    ('why', models.CharField(blank=True, choices=[('duplicate', 'Duplicate of another lead'), ('no_agency', 'No agency of this center has jurisdiction'), ('nothing_left', 'Cases closed, nothing left to work'), ('error', 'Notice in error')], max_length=12)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('proposed_at', models.DateTimeField(null=True)),
                    ('reviewed_at', models.DateTimeField(null=True)),
                    ('deferred_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='LeadFlag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('named_person', 'Person named'), ('video', 'Video'), ('lpr', 'License plate reads'), ('gunshot', 'Gunshot detection data'), ('supervision', 'Under supervision'), ('recovered', 'Gun recovered elsewhere')], max_length=14)),
                    ('source', models.CharField(help_text='Who or what says so: report number, agency, system.', max_length=200)),
                    ('set_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='LeadScore',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('score', models.PositiveSmallIntegerField()),
                    ('reasons', models.JSONField()),
                    ('inputs', models.JSONField()),
                    ('as_of', models.DateTimeField()),
                    ('until', models.DateTimeField(help_text='When another one took its place.')),
                ],
            ),
            migrations.CreateModel(
                name='ScoreTable',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('points', models.JSONField(help_text='{key of leads.weights.LINES: points}.')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'In force'), ('superseded', 'Superseded'), ('discarded', 'Discarded')], default='draft', max_length=10)),
                    ('reason', models.CharField(help_text='Why the weights are to change.', max_length=300)),
                    ('drafted_at', models.DateTimeField()),
                    ('agreed_at', models.DateTimeField(null=True)),
                    ('in_force_from', models.DateTimeField(null=True)),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('rescored_at', models.DateTimeField(help_text='When the last open lead was scored by it.', null=True)),
                ],
                options={
                    'ordering': ['-version'],
                },
            ),
            migrations.CreateModel(
                name='TriageRule',
                fields=[
                    ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='agencies.agency')),
                    ('first', models.BooleanField(default=False)),
                    ('changed_at', models.DateTimeField()),
                ],
            ),
            migrations.AddField(
                model_name='lead',
                name='opened_inputs',
                field=models.JSONField(db_default={}, default=dict, help_text='The same as of when the lead was opened.'),
            ),
            migrations.AddField(
                model_name='lead',
                name='score_inputs',
                field=models.JSONField(db_default={}, default=dict, help_text='What was weighed: leads.triage.measure.'),
            ),
            migrations.AddField(
                model_name='lead',
                name='score_version',
                field=models.PositiveSmallIntegerField(db_default=1, default=1),
            ),
            migrations.AlterField(
                model_name='lead',
                name='reasons',
                field=models.JSONField(default=list, help_text='The parts of the score: [points, sentence, letter].'),
            ),
            migrations.AddIndex(
                model_name='lead',
                index=models.Index(condition=models.Q(('status', 2)), fields=['agency', '-closed_at'], name='lead_agency_closed'),
            ),
            migrations.AddIndex(
                model_name='lead',
                index=models.Index(condition=models.Q(('status', 1)), fields=['agency', 'score_version'], name='lead_agency_version'),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='accepted_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='agency',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='deferred_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='proposed_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='reviewed_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='sent_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deskitem',
                name='twin',
                field=models.ForeignKey(help_text='Of which it is a duplicate.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.lead'),
            ),
            migrations.AddField(
                model_name='leadflag',
                name='lead',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='leads.lead'),
            ),
            migrations.AddField(
                model_name='leadflag',
                name='set_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='leadflag',
                name='withdrawn_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='leadscore',
                name='lead',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='leads.lead'),
            ),
            migrations.AddField(
                model_name='scoretable',
                name='agency',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='scoretable',
                name='agreed_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='scoretable',
                name='drafted_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='triagerule',
                name='changed_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddIndex(
                model_name='deskitem',
                index=models.Index(models.F('agency'), models.F('state'), models.OrderBy(models.F('score'), descending=True), models.OrderBy(models.F('lead'), descending=True), name='desk_agency_score'),
            ),
            migrations.AddIndex(
                model_name='deskitem',
                index=models.Index(condition=models.Q(('state', 'deferred')), fields=['until_on'], name='desk_comes_back'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'deferred', 'proposed', 'declined', 'sent'])), name='desk_state_known'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='desk_accepted_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at', None), ('proposed_by', None)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='desk_proposed_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='desk_reviewed_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('deferred_at', None), ('deferred_by', None)), models.Q(('deferred_at__isnull', False), ('deferred_by__isnull', False)), _connector='OR'), name='desk_deferred_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='desk_sent_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('deferred_at__isnull', False), ('state', 'deferred'), ('until_on__isnull', False)), models.Q(models.Q(('state', 'deferred'), _negated=True), ('until_on', None)), _connector='OR'), name='desk_deferred_to_a_day'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'declined']), _negated=True), models.Q(('proposed_at__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='desk_declined_for_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), ('reviewed_at__isnull', False), _connector='OR'), name='desk_declined_by_two'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('proposed_by')), _negated=True), name='desk_reviewed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='desk_sent_when_sent'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'declined']), ('why', 'duplicate'), _negated=True), ('twin__isnull', False), _connector='OR'), name='desk_duplicate_of_something'),
            ),
            migrations.AddConstraint(
                model_name='deskitem',
                constraint=models.CheckConstraint(condition=models.Q(('twin', models.F('lead')), _negated=True), name='desk_twin_is_another'),
            ),
            migrations.AddIndex(
                model_name='leadflag',
                index=models.Index(fields=['lead', 'set_at'], name='lead_flag_lead'),
            ),
            migrations.AddConstraint(
                model_name='leadflag',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('lead', 'kind'), name='lead_flag_once_per_kind'),
            ),
            migrations.AddConstraint(
                model_name='leadflag',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='lead_flag_withdrawn_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='leadflag',
                constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='lead_flag_has_a_source'),
            ),
            migrations.AddIndex(
                model_name='leadscore',
                index=models.Index(fields=['lead', '-as_of'], name='lead_score_lead'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.UniqueConstraint(fields=('agency', 'version'), name='score_table_version_once'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('agency',), name='score_table_one_draft'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'agreed', 'superseded', 'discarded'])), name='score_table_state_known'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(('version__gte', 2)), name='score_table_after_the_built_in'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None), ('in_force_from', None), ('state__in', ['draft', 'discarded'])), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False), ('in_force_from__gte', models.F('agreed_at')), ('state__in', ['agreed', 'superseded'])), _connector='OR'), name='score_table_agreed_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(('agreed_by', models.F('drafted_by')), _negated=True), name='score_table_agreed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_at__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_at', None)), _connector='OR'), name='score_table_superseded_at'),
            ),
            migrations.AddConstraint(
                model_name='scoretable',
                constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='score_table_has_a_reason'),
            ),
        ]),
        migrations.RunSQL([SCORES, DESK, OWED_ONCE_SENT], BACK + OWED),
    ]
