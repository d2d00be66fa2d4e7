"""Referrals of persons to several offices: the events asserted, what offices weigh together, decisions that stay on
record, adoption, work product, tasks asked for by a prosecutor.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce

# Cases from before: their office says which law they are under, each person on a lead has a worksheet, and the decision
# that stands is the first of its history.
FILL = """
update leads_referral r set venue = 'federal' from agencies_agency a where a.id = r.office_id and a.kind = 'us_attorney';
insert into leads_screening (lead_id, defendant, opened_at)
select lead_id, defendant, min(referred_at) from leads_referral group by lead_id, defendant order by 3, 1, 2;
update leads_referral r set screening_id = s.id
  from leads_screening s where s.lead_id = r.lead_id and s.defendant = r.defendant;
insert into leads_referraldecision (referral_id, became, reason, note, summary_before, at, by_id)
select id, status, decline_reason, decision_note, '', decided_at, decided_by_id
  from leads_referral where decided_at is not null order by decided_at, id;
set constraints all immediate;
set constraints all deferred;
"""
KEEP = """
create trigger referral_decision_append_only before update or delete on leads_referraldecision for each row execute function agencies_append_only();
create trigger screening_version_append_only before update or delete on leads_screeningversion for each row execute function agencies_append_only();
create trigger venue_view_append_only before update or delete on leads_venueview for each row execute function agencies_append_only();
create trigger work_note_append_only before update or delete on leads_worknote for each row execute function agencies_append_only();
"""
# The states that the former tables do not know become the nearest one they do.
BACK = """
delete from leads_task where template_id is null;
update leads_referral set status = 'declined', decline_reason = 'other_authorities', adopted_into_id = null
 where status in ('transferred', 'adopted');
set constraints all immediate;
set constraints all deferred;
"""
LET_GO = """
drop trigger referral_decision_append_only on leads_referraldecision;
drop trigger screening_version_append_only on leads_screeningversion;
drop trigger venue_view_append_only on leads_venueview;
drop trigger work_note_append_only on leads_worknote;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0024_overdue_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='ReferralDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('became', models.CharField(choices=[('referred', 'Under review'), ('more_asked', 'More investigation asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('transferred', 'Transferred'), ('adopted', 'Adopted, dismissed here')], help_text='What it was from then on.', max_length=12)),
                    ('reason', models.CharField(blank=True, choices=[('other_authorities', 'To be prosecuted by other authorities'), ('minimal_interest', 'Minimal federal interest or no deterrent value'), ('weak_evidence', 'Weak or insufficient admissible evidence'), ('no_intent', 'Lack of evidence of criminal intent'), ('agency_request', 'Agency request'), ('no_offense', 'No offense evident'), ('no_resources', 'Lack of resources'), ('other_charges', 'Being prosecuted on other charges'), ('office_policy', 'Office policy'), ('victim_unavailable', 'Victim or witness unavailable or refuses'), ('search_problem', 'Search or seizure problem'), ('self_defense', 'Self-defense or justification'), ('civil', 'Civil, administrative or other alternative'), ('instructed', 'Instruction of the Department of Justice'), ('lab_pending', 'Laboratory result pending'), ('diversion', 'Diversion'), ('to_federal', 'Referred to the federal office'), ('to_juvenile', 'Referred to juvenile court'), ('duplicate', 'Duplicate'), ('limitations', 'Statute of limitations'), ('other', 'Other')], max_length=24)),
                    ('note', models.CharField(blank=True, max_length=1000)),
                    ('summary_before', models.CharField(blank=True, help_text='What it said until it was asked anew.', max_length=4000)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='ReferralEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ],
            ),
            migrations.CreateModel(
                name='Screening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('defendant', models.CharField(max_length=120)),
                    ('opened_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='ScreeningVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('federal_offenses', models.CharField(blank=True, max_length=1000)),
                    ('federal_exposure', models.CharField(blank=True, max_length=400)),
                    ('federal_months', models.PositiveSmallIntegerField(null=True)),
                    ('state_offenses', models.CharField(blank=True, max_length=1000)),
                    ('state_exposure', models.CharField(blank=True, max_length=400)),
                    ('state_months', models.PositiveSmallIntegerField(null=True)),
                    ('category', models.CharField(blank=True, choices=[('I', 'I'), ('II', 'II'), ('III', 'III'), ('IV', 'IV'), ('V', 'V'), ('VI', 'VI')], max_length=3)),
                    ('prior_record', models.CharField(blank=True, help_text='In the words of the state.', max_length=400)),
                    ('witnesses', models.PositiveSmallIntegerField(null=True)),
                    ('witness_needs', models.CharField(blank=True, max_length=400)),
                    ('suppression', models.CharField(blank=True, choices=[('none', 'None seen'), ('some', 'Some'), ('serious', 'Serious')], max_length=7)),
                    ('suppression_words', models.CharField(blank=True, max_length=1000)),
                    ('saved_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='VenueView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(max_length=1000)),
                    ('said_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='WorkNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('note', 'Note'), ('giglio', 'Giglio check')], default='note', max_length=6)),
                    ('text', models.CharField(blank=True, max_length=4000)),
                    ('checked_on', models.DateField(null=True)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.RemoveConstraint(
                model_name='referral',
                name='referral_status_known',
            ),
            migrations.RemoveConstraint(
                model_name='referral',
                name='referral_decision_is_signed',
            ),
            migrations.RemoveConstraint(
                model_name='task',
                name='task_ended_at_and_by',
            ),
            migrations.AddField(
                model_name='referral',
                name='adopted_into',
                field=models.ForeignKey(help_text='The federal case it was dismissed for.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adopts', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='referral',
                name='born_on',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='referral',
                name='origin',
                field=models.ForeignKey(help_text='The case it was transferred from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_to', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='referral',
                name='person',
                field=models.ForeignKey(help_text='Their record, where there is one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='leads.entity'),
            ),
            migrations.AddField(
                model_name='referral',
                name='person_key',
                field=models.CharField(blank=True, db_collation='C', help_text='Name and day of birth, where both are known.', max_length=200),
            ),
            migrations.AddField(
                model_name='referral',
                name='venue',
                field=models.CharField(choices=[('state', 'State'), ('federal', 'Federal'), ('juvenile', 'Juvenile'), ('revocation', 'Revocation of supervision')], default='state', max_length=10),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name='task',
                name='came_of_it',
                field=models.CharField(blank=True, help_text='What the prosecutor reads.', max_length=1500),
            ),
            migrations.AddField(
                model_name='task',
                name='referral',
                field=models.ForeignKey(help_text='The case it was asked for.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='leads.referral'),
            ),
            migrations.AlterField(
                model_name='referral',
                name='decline_reason',
                field=models.CharField(blank=True, choices=[('other_authorities', 'To be prosecuted by other authorities'), ('minimal_interest', 'Minimal federal interest or no deterrent value'), ('weak_evidence', 'Weak or insufficient admissible evidence'), ('no_intent', 'Lack of evidence of criminal intent'), ('agency_request', 'Agency request'), ('no_offense', 'No offense evident'), ('no_resources', 'Lack of resources'), ('other_charges', 'Being prosecuted on other charges'), ('office_policy', 'Office policy'), ('victim_unavailable', 'Victim or witness unavailable or refuses'), ('search_problem', 'Search or seizure problem'), ('self_defense', 'Self-defense or justification'), ('civil', 'Civil, administrative or other alternative'), ('instructed', 'Instruction of the Department of Justice'), ('lab_pending', 'Laboratory result pending'), ('diversion', 'Diversion'), ('to_federal', 'Referred to the federal office'), ('to_juvenile', 'Referred to juvenile court'), ('duplicate', 'Duplicate'), ('limitations', 'Statute of limitations'), ('other', 'Other')], max_length=24),
            ),
            migrations.AlterField(
                model_name='referral',
                name='status',
                field=models.CharField(choices=[('referred', 'Under review'), ('more_asked', 'More investigation asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('transferred', 'Transferred'), ('adopted', 'Adopted, dismissed here')], default='referred', max_length=12),
            ),
            migrations.AlterField(
                model_name='task',
                name='template',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.tasktemplate'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity', None), ('dropped_why', ''), ('ended_at', None), ('ended_by', None), ('status', 'open')), models.Q(models.Q(models.Q(('activity__isnull', False), ('template__isnull', False)), models.Q(('activity', None), ('referral__isnull', False)), _connector='OR'), ('dropped_why', ''), ('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'done')), models.Q(('activity', None), ('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'dropped'), models.Q(('dropped_why', ''), _negated=True)), _connector='OR'), name='task_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_of_it', ''), ('referral', None), ('template__isnull', False)), models.Q(('referral__isnull', False), ('template', None)), _connector='OR'), name='task_by_a_list_or_a_prosecutor'),
            ),
            migrations.AddField(
                model_name='referraldecision',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='referraldecision',
                name='other',
                field=models.ForeignKey(help_text='The case that it goes on as.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='referraldecision',
                name='referral',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='referralevent',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asserted', to='leads.leadevent'),
            ),
            migrations.AddField(
                model_name='referralevent',
                name='referral',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='asserted', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='screening',
                name='lead',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='leads.lead'),
            ),
            migrations.AddField(
                model_name='screening',
                name='person',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.entity'),
            ),
            migrations.AddField(
                model_name='referral',
                name='screening',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='leads.screening'),
            ),
            migrations.AddIndex(
                model_name='referral',
                index=models.Index(condition=models.Q(('person_key', ''), _negated=True), fields=['person_key'], name='referral_person_key'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['referred', 'more_asked', 'accepted', 'declined', 'transferred', 'adopted'])), name='referral_status_known'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(('venue__in', ['state', 'federal', 'juvenile', 'revocation'])), name='referral_venue_known'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_into__isnull', False), ('status', 'adopted')), models.Q(models.Q(('status', 'adopted'), _negated=True), ('adopted_into', None)), _connector='OR'), name='referral_adopted_into_a_case'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(('adopted_into', models.F('id')), _negated=True), name='referral_adopted_by_another'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(('origin', models.F('id')), _negated=True), name='referral_moved_from_another'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'declined', 'transferred', 'adopted']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='referral_decision_is_signed'),
            ),
            migrations.AddField(
                model_name='screeningversion',
                name='office',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='screeningversion',
                name='saved_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='screeningversion',
                name='screening',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='leads.screening'),
            ),
            migrations.AddField(
                model_name='venueview',
                name='chosen',
                field=models.ForeignKey(help_text='Which should have it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='venueview',
                name='office',
                field=models.ForeignKey(help_text='Which says so.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='venueview',
                name='said_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='venueview',
                name='screening',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='leads.screening'),
            ),
            migrations.AddField(
                model_name='worknote',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='worknote',
                name='referral',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_notes', to='leads.referral'),
            ),
            migrations.AddConstraint(
                model_name='referraldecision',
                constraint=models.CheckConstraint(condition=models.Q(('became__in', ['referred', 'more_asked', 'accepted', 'declined', 'transferred', 'adopted'])), name='referral_decision_became_known'),
            ),
            migrations.AddConstraint(
                model_name='referraldecision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('became', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='referral_decision_declined_says_why'),
            ),
            migrations.AddConstraint(
                model_name='referraldecision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('became__in', ['transferred', 'adopted']), ('other__isnull', False)), models.Q(models.Q(('became__in', ['transferred', 'adopted']), _negated=True), ('other', None)), _connector='OR'), name='referral_decision_goes_on'),
            ),
            migrations.AddConstraint(
                model_name='referralevent',
                constraint=models.UniqueConstraint(fields=('referral', 'event'), name='referral_event_once'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(('defendant', ''), _negated=True), name='screening_is_of_a_person'),
            ),
            migrations.AddConstraint(
                model_name='screeningversion',
                constraint=models.CheckConstraint(condition=models.Q(('category__in', ['', 'I', 'II', 'III', 'IV', 'V', 'VI'])), name='screening_category_known'),
            ),
            migrations.AddConstraint(
                model_name='screeningversion',
                constraint=models.CheckConstraint(condition=models.Q(('suppression__in', ['', 'none', 'some', 'serious'])), name='screening_risk_known'),
            ),
            migrations.AddConstraint(
                model_name='venueview',
                constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='venue_view_says_why'),
            ),
            migrations.AddConstraint(
                model_name='worknote',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_on', None), ('kind', 'note'), models.Q(('text', ''), _negated=True)), models.Q(('checked_on__isnull', False), ('kind', 'giglio'), ('text', '')), _connector='OR'), name='work_note_or_a_day'),
            ),
        ]),
        migrations.RunSQL(FILL, BACK),
        migrations.RunSQL(KEEP, LET_GO),
        migrations.AlterField(
            model_name='referral',
            name='screening',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='leads.screening'),
        ),
    ]
