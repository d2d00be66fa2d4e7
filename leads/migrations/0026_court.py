"""What happens to a case in court: statutes, proceedings, superseded charges, sentences, revocations, and dockets that
files tell of. What is over stays as it was.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce

STAYS = """
create function leads_proceeding_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a proceeding is never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if old.status <> 'set' or (old.referral_id, old.kind, old.recorded_at, old.recorded_by_id)
       is distinct from (new.referral_id, new.kind, new.recorded_at, new.recorded_by_id) then
    raise exception 'a proceeding that is over stays as it was' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger proceeding_stays before update or delete on leads_proceeding for each row execute function leads_proceeding_stays();

create function leads_charge_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a charge that an indictment replaced stays as it was' using errcode = 'integrity_constraint_violation';
end $$;
create trigger charge_stays before update or delete on leads_charge for each row when (old.superseded_in_id is not null)
  execute function leads_charge_stays();

create function leads_docket_move_stays() returns trigger language plpgsql as $$
begin
  raise exception 'what a file said of a docket does not change' using errcode = 'integrity_constraint_violation';
end $$;
create trigger docket_move_stays before update on leads_docketmove for each row execute function leads_docket_move_stays();
"""
STAYS_BACK = """
drop trigger docket_move_stays on leads_docketmove;
drop function leads_docket_move_stays();
drop trigger charge_stays on leads_charge;
drop function leads_charge_stays();
drop trigger proceeding_stays on leads_proceeding;
drop function leads_proceeding_stays();
"""
# Court dates that were recorded before a case had proceedings.
COMING = """
insert into leads_proceeding (referral_id, kind, what, "on", court, number, status, custody, result, recorded_at,
                              recorded_by_id)
select r.id, 'hearing', r.next_what, r.next_on, '', r.court_number, 'set', '', '', r.decided_at, r.decided_by_id
  from leads_referral r where r.next_on is not null and r.decided_at is not null
"""
COMING_BACK = "select 1"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('evidence', '0015_docket_files'),
        ('leads', '0025_referrals_of_persons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Docket',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=60)),
                    ('status_raw', models.CharField(blank=True, max_length=80)),
                    ('court', models.CharField(blank=True, max_length=80)),
                    ('court_level', models.CharField(blank=True, max_length=80)),
                    ('county', models.CharField(blank=True, max_length=60)),
                    ('filed_on', models.DateField(null=True)),
                    ('booking', models.CharField(blank=True, help_text='Offense tracking number: one for all courts.', max_length=40)),
                    ('defendant', models.CharField(blank=True, help_text="The court's reference of the defendant.", max_length=40)),
                ],
                options={
                    'ordering': ['filed_on', 'number'],
                },
            ),
            migrations.CreateModel(
                name='DocketMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status_raw', models.CharField(blank=True, max_length=80)),
                    ('moved_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['moved_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Proceeding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('complaint', 'Complaint'), ('indictment', 'Indictment'), ('information', 'Information'), ('superseding', 'Superseding indictment'), ('bail', 'Detention or bail hearing'), ('arraignment', 'Arraignment'), ('preliminary', 'Preliminary hearing'), ('hearing', 'Hearing'), ('plea', 'Plea hearing'), ('trial', 'Trial'), ('sentencing', 'Sentencing')], max_length=12)),
                    ('what', models.CharField(blank=True, help_text="In the office's own words.", max_length=120)),
                    ('on', models.DateField(help_text='The day it is set for, or was filed.')),
                    ('starts_at', models.TimeField(blank=True, help_text="On the office's clock.", null=True)),
                    ('court', models.CharField(blank=True, help_text='Court, room or judge.', max_length=120)),
                    ('number', models.CharField(blank=True, help_text="The court's number of the case.", max_length=40)),
                    ('status', models.CharField(choices=[('set', 'Set'), ('held', 'Held'), ('continued', 'Put off'), ('off', 'Taken off')], default='set', max_length=10)),
                    ('custody', models.CharField(blank=True, choices=[('detained', 'Detained'), ('bail', 'Bail set'), ('released', 'Released')], max_length=8)),
                    ('result', models.CharField(blank=True, help_text='What was decided, or why it was put off.', max_length=300)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(help_text='When it was said that it was held, put off or taken off.', null=True)),
                ],
                options={
                    'ordering': ['on', 'starts_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Revocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of', models.CharField(choices=[('probation', 'Probation'), ('parole', 'Parole'), ('supervised', 'Supervised release')], max_length=12, verbose_name='supervision')),
                    ('revoked_on', models.DateField()),
                    ('months', models.PositiveSmallIntegerField(help_text='In custody for the revocation.')),
                    ('court', models.CharField(help_text='Court or board.', max_length=120)),
                    ('recorded_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='StatusSpelling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(blank=True, help_text='The spelling as it is folded.', max_length=60)),
                    ('raw', models.CharField(blank=True, help_text='As the first file had it.', max_length=80)),
                    ('meaning', models.CharField(blank=True, choices=[('pending', 'Charged, pending'), ('inactive', 'Inactive'), ('warrant', 'Not located'), ('laboratory', 'Not charged, laboratory result awaited'), ('other_office', 'With another office'), ('juvenile', 'Juvenile case'), ('not_charged', 'Not charged'), ('codefendant', 'Not charged, another defendant charged'), ('adjudicated', 'Adjudicated'), ('closed', 'Closed by the court'), ('guilty_plea', 'Guilty plea'), ('pled_other_charge', 'Pled to another charge'), ('guilty_trial', 'Guilty at trial'), ('not_guilty', 'Not guilty'), ('dismissed', 'Dismissed'), ('no_bill', 'No bill'), ('diverted', 'Diverted'), ('deferred', 'Deferred'), ('transferred_federal', 'Transferred to federal court'), ('abated_death', 'Abated by death'), ('no_status', 'Says nothing of a status')], max_length=20)),
                    ('seen_at', models.DateTimeField()),
                    ('said_at', models.DateTimeField(help_text='Of those of our own table nobody had to.', null=True)),
                ],
                options={
                    'ordering': ['key'],
                },
            ),
            migrations.CreateModel(
                name='Statute',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('citation', models.CharField(max_length=40)),
                    ('key', models.CharField(help_text='The citation apart from how it is written.', max_length=40)),
                    ('title', models.CharField(max_length=160)),
                    ('jurisdiction', models.CharField(choices=[('federal', 'Federal'), ('state', 'State')], max_length=8)),
                    ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, help_text='What has to be shown.', size=None)),
                    ('max_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('min_months', models.PositiveSmallIntegerField(blank=True, help_text='The mandatory minimum.', null=True)),
                    ('consecutive', models.BooleanField(default=False)),
                    ('since_on', models.DateField(blank=True, help_text='The first day of offense it holds for.', null=True)),
                    ('until_on', models.DateField(blank=True, help_text='The first day it does not hold any more.', null=True)),
                    ('source', models.CharField(blank=True, help_text='Where the office read it.', max_length=200)),
                    ('added_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['citation', 'since_on', 'id'],
                },
            ),
            migrations.RemoveConstraint(
                model_name='charge',
                name='charge_sentence_needs_guilt',
            ),
            migrations.AddField(
                model_name='charge',
                name='consecutive',
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name='charge',
                name='consecutive_months',
                field=models.PositiveSmallIntegerField(blank=True, help_text='Of the prison months those that are mandatory and consecutive.', null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='departure',
                field=models.CharField(blank=True, choices=[('within', 'Within the range'), ('above', 'Above the range'), ('assistance', 'Below, for assistance to the government'), ('below', 'Below the range, otherwise')], max_length=10),
            ),
            migrations.AddField(
                model_name='charge',
                name='fine',
                field=models.PositiveIntegerField(blank=True, help_text='Dollars.', null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='forfeits_firearms',
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name='charge',
                name='has_mandatory_minimum',
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name='charge',
                name='in_table',
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name='charge',
                name='is_armed_career',
                field=models.BooleanField(default=False),
            ),
            migrations.AddField(
                model_name='charge',
                name='max_months',
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='min_months',
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='offense_class',
                field=models.CharField(blank=True, help_text='Such as: felony, second degree.', max_length=20),
            ),
            migrations.AddField(
                model_name='charge',
                name='offense_on',
                field=models.DateField(blank=True, help_text='The day of the offense.', null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='range_high',
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='range_low',
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='restitution',
                field=models.PositiveIntegerField(blank=True, help_text='Dollars.', null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='sentenced_by_court',
                field=models.CharField(blank=True, help_text='Judge or court.', max_length=120),
            ),
            migrations.AddField(
                model_name='charge',
                name='sentenced_on',
                field=models.DateField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='special_conditions',
                field=models.CharField(blank=True, max_length=500),
            ),
            migrations.AddField(
                model_name='charge',
                name='supervised_months',
                field=models.PositiveSmallIntegerField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='suspended_months',
                field=models.PositiveSmallIntegerField(blank=True, help_text='Of the prison months.', null=True),
            ),
            migrations.AddField(
                model_name='charge',
                name='to_check',
                field=models.BooleanField(default=False, help_text="The table's line was not read in the code."),
            ),
            migrations.AlterField(
                model_name='charge',
                name='disposition',
                field=models.CharField(choices=[('pending', 'Pending'), ('guilty_plea', 'Guilty plea'), ('pled_other_charge', 'Pled to another charge'), ('guilty_trial', 'Guilty at trial'), ('not_guilty', 'Not guilty'), ('dismissed_by_prosecutor', 'Dismissed by the prosecutor'), ('dismissed_by_court', 'Dismissed by the court'), ('no_bill', 'No bill'), ('diverted', 'Diverted'), ('deferred', 'Deferred'), ('juvenile_adjudicated', 'Adjudicated as a juvenile'), ('transferred_federal', 'Transferred to federal court'), ('abated_death', 'Abated by death')], default='pending', max_length=24),
            ),
            migrations.AddField(
                model_name='docket',
                name='incident',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dockets', to='evidence.incident'),
            ),
            migrations.AddField(
                model_name='docketmove',
                name='batch',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch'),
            ),
            migrations.AddField(
                model_name='docketmove',
                name='docket',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='leads.docket'),
            ),
            migrations.AddField(
                model_name='proceeding',
                name='continued_from',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_as', to='leads.proceeding'),
            ),
            migrations.AddField(
                model_name='proceeding',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='proceeding',
                name='recorded_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='proceeding',
                name='referral',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='charge',
                name='superseded_in',
                field=models.ForeignKey(help_text='Which indictment replaced it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='leads.proceeding'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('disposition__in', ['pending', 'guilty_plea', 'pled_other_charge', 'guilty_trial', 'not_guilty', 'dismissed_by_prosecutor', 'dismissed_by_court', 'no_bill', 'diverted', 'deferred', 'juvenile_adjudicated', 'transferred_federal', 'abated_death'])), name='charge_disposition_known'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('consecutive_months', None), ('departure', ''), ('fine', None), ('forfeits_firearms', False), ('has_mandatory_minimum', False), ('is_armed_career', False), ('prison_months', None), ('probation_months', None), ('range_high', None), ('range_low', None), ('restitution', None), ('sentenced_by_court', ''), ('sentenced_on', None), ('special_conditions', ''), ('supervised_months', None), ('suspended_months', None)), ('disposition__in', ['guilty_plea', 'pled_other_charge', 'guilty_trial', 'juvenile_adjudicated']), _connector='OR'), name='charge_sentence_needs_guilt'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('consecutive_months', None), models.Q(('consecutive_months__lte', models.F('prison_months')), ('prison_months__isnull', False)), _connector='OR'), models.Q(('suspended_months', None), models.Q(('prison_months__isnull', False), ('suspended_months__lte', models.F('prison_months'))), _connector='OR')), name='charge_parts_of_prison'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('range_high', None), ('range_low', None)), models.Q(('range_high__gte', models.F('range_low')), ('range_high__isnull', False), ('range_low__isnull', False)), _connector='OR'), name='charge_range_low_to_high'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('sentenced_on', None), ('sentenced_on__gte', models.F('disposed_on')), _connector='OR'), name='charge_sentenced_after_disposed'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('superseded_in', None), ('disposition', 'pending'), _connector='OR'), name='charge_superseded_has_no_end'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('in_table', True), models.Q(('consecutive', False), ('max_months', None), ('min_months', None), ('to_check', False)), _connector='OR'), name='charge_exposure_from_the_table'),
            ),
            migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('offense_on', None), ('offense_on__lte', models.F('charged_on')), _connector='OR'), name='charge_after_the_offense'),
            ),
            migrations.AddField(
                model_name='revocation',
                name='recorded_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='revocation',
                name='referral',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='statusspelling',
                name='center',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='statusspelling',
                name='said_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='docketmove',
                name='spelling',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.statusspelling'),
            ),
            migrations.AddField(
                model_name='docket',
                name='spelling',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dockets', to='leads.statusspelling'),
            ),
            migrations.AddField(
                model_name='statute',
                name='added_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='statute',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='statute',
                name='office',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='statutes', to='agencies.agency'),
            ),
            migrations.AddIndex(
                model_name='proceeding',
                index=models.Index(fields=['referral', 'on', 'id'], name='proceeding_referral'),
            ),
            migrations.AddIndex(
                model_name='proceeding',
                index=models.Index(condition=models.Q(('status', 'set')), fields=['on', 'id'], name='proceeding_coming'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['set', 'held', 'continued', 'off'])), name='proceeding_status_known'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['complaint', 'indictment', 'information', 'superseding', 'bail', 'arraignment', 'preliminary', 'hearing', 'plea', 'trial', 'sentencing'])), name='proceeding_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('status', 'set')), models.Q(models.Q(('status', 'set'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='proceeding_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['complaint', 'indictment', 'information', 'superseding']), _negated=True), ('status', 'held'), _connector='OR'), name='proceeding_filed_is_done'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['continued', 'off']), _negated=True), models.Q(('result', ''), _negated=True), _connector='OR'), name='proceeding_put_off_says_why'),
            ),
            migrations.AddConstraint(
                model_name='proceeding',
                constraint=models.CheckConstraint(condition=models.Q(('custody', ''), models.Q(('custody__in', ['detained', 'bail', 'released']), ('status', 'held')), _connector='OR'), name='proceeding_custody_when_held'),
            ),
            migrations.AddConstraint(
                model_name='revocation',
                constraint=models.CheckConstraint(condition=models.Q(('of__in', ['probation', 'parole', 'supervised'])), name='revocation_of_known'),
            ),
            migrations.AddConstraint(
                model_name='revocation',
                constraint=models.CheckConstraint(condition=models.Q(('months__lte', 1200)), name='revocation_months_up_to_life'),
            ),
            migrations.AddConstraint(
                model_name='revocation',
                constraint=models.CheckConstraint(condition=models.Q(('court', ''), _negated=True), name='revocation_says_where'),
            ),
            migrations.AddConstraint(
                model_name='statusspelling',
                constraint=models.UniqueConstraint(fields=('center', 'key'), name='status_spelling_once'),
            ),
            migrations.AddConstraint(
                model_name='statusspelling',
                constraint=models.CheckConstraint(condition=models.Q(('meaning__in', ['', 'pending', 'inactive', 'warrant', 'laboratory', 'other_office', 'juvenile', 'not_charged', 'codefendant', 'adjudicated', 'closed', 'guilty_plea', 'pled_other_charge', 'guilty_trial', 'not_guilty', 'dismissed', 'no_bill', 'diverted', 'deferred', 'transferred_federal', 'abated_death', 'no_status'])), name='status_spelling_meaning_known'),
            ),
            migrations.AddConstraint(
                model_name='statusspelling',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_at', None), ('said_by', None)), models.Q(('said_at__isnull', False), ('said_by__isnull', False), models.Q(('meaning', ''), _negated=True)), _connector='OR'), name='status_spelling_said_at_and_by'),
            ),
            migrations.AddIndex(
                model_name='docketmove',
                index=models.Index(fields=['docket', 'moved_at', 'id'], name='docket_move_docket'),
            ),
            migrations.AddConstraint(
                model_name='docket',
                constraint=models.UniqueConstraint(fields=('incident', 'number'), name='docket_once'),
            ),
            migrations.AddConstraint(
                model_name='docket',
                constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='docket_has_a_number'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(('jurisdiction__in', ['federal', 'state'])), name='statute_jurisdiction_known'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='statute_has_a_citation'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(('max_months', None), ('max_months__lte', 1200), _connector='OR'), name='statute_up_to_life'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(('min_months', None), models.Q(('min_months__lte', 1200), models.Q(('max_months', None), ('max_months__gte', models.F('min_months')), _connector='OR')), _connector='OR'), name='statute_minimum_below_maximum'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(('since_on', None), ('until_on', None), ('until_on__gt', models.F('since_on')), _connector='OR'), name='statute_until_after_since'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='statute_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='statute',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('office', 'key', 'since_on'), name='statute_once_from_a_day', nulls_distinct=False),
            ),
        ]),
        migrations.RunSQL(STAYS, STAYS_BACK),
        migrations.RunSQL(COMING, COMING_BACK),
    ]
