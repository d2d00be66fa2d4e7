"""Deadlines of cases, what the clock told of dates, private calendar addresses,
arrests that an office looks through, and whose a case is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ("leads", "0028_releases_and_disclosure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='ArrestRule',
                fields=[
                    ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='arrest_rule', serialize=False, to='agencies.agency')),
                    ('shown', models.BooleanField(default=False)),
                    ('set_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scope', models.CharField(choices=[('mine', 'My cases'), ('agency', 'Every case of my agency')], default='mine', max_length=8)),
                    ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                    ('hint', models.CharField(editable=False, help_text='The last characters, to tell addresses apart.', max_length=8)),
                    ('made_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-made_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='DateReminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('step', models.PositiveSmallIntegerField(help_text='Working days before; 0 is overdue.')),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Deadline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('discovery', 'Discovery'), ('motions', 'Motions'), ('expert_notice', 'Expert notice'), ('speedy_trial', 'Speedy trial')], max_length=16)),
                    ('due_on', models.DateField(help_text="A day of the office's calendar.")),
                    ('basis', models.CharField(blank=True, help_text='The order or the rule it follows, as typed.', max_length=160)),
                    ('status', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                    ('made_at', models.DateTimeField()),
                    ('moved_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_why', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='GunArrest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('came_at', models.DateTimeField()),
                    ('status', models.CharField(choices=[('waiting', 'Waits for an answer'), ('asked', 'Asked the agency'), ('take', 'We would take it'), ('left', 'Left to the state')], default='waiting', max_length=8)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, help_text='Why, or what is asked.', max_length=300)),
                ],
                options={
                    'ordering': ['came_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='ReminderRule',
                fields=[
                    ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='reminder_rule', serialize=False, to='agencies.agency')),
                    ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Falling.', size=5)),
                    ('set_at', models.DateTimeField()),
                ],
            ),
            migrations.AddField(
                model_name='referral',
                name='assigned_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='referral',
                name='assigned_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='referral',
                name='assigned_to',
                field=models.ForeignKey(db_index=False, help_text='The prosecutor whose case it is.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddIndex(
                model_name='referral',
                index=models.Index(condition=models.Q(('status__in', ['referred', 'more_asked', 'accepted'])), fields=['assigned_to', 'referred_at', 'id'], name='referral_assigned_age'),
            ),
            migrations.AddIndex(
                model_name='referral',
                index=models.Index(condition=models.Q(('next_on__isnull', False), ('status', 'accepted')), fields=['assigned_to', 'next_on', 'id'], name='referral_assigned_next'),
            ),
            migrations.AddIndex(
                model_name='referral',
                index=models.Index(condition=models.Q(('next_on__isnull', False), ('status', 'accepted')), fields=['office', 'next_on', 'id'], name='referral_office_next'),
            ),
            migrations.AddIndex(
                model_name='referral',
                index=models.Index(condition=models.Q(('next_on__isnull', False), ('status', 'accepted')), fields=['agency', 'next_on', 'id'], name='referral_agency_next'),
            ),
            migrations.AddConstraint(
                model_name='referral',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('assigned_at', None), ('assigned_by', None), ('assigned_to', None)), models.Q(('assigned_at__isnull', False), ('assigned_by__isnull', False), ('assigned_to__isnull', False)), _connector='OR'), name='referral_assigned_at_and_by'),
            ),
            migrations.AddField(
                model_name='arrestrule',
                name='set_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='calendarfeed',
                name='membership',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
            ),
            migrations.AddField(
                model_name='calendarfeed',
                name='revoked_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='datereminder',
                name='referral',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='ended_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deadline',
                name='made_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deadline',
                name='moved_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deadline',
                name='office',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='deadline',
                name='referral',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='leads.referral'),
            ),
            migrations.AddField(
                model_name='datereminder',
                name='deadline',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.deadline'),
            ),
            migrations.AddField(
                model_name='gunarrest',
                name='answered_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='gunarrest',
                name='office',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ),
            migrations.AddField(
                model_name='gunarrest',
                name='outcome',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gun_arrests', to='leads.outcome'),
            ),
            migrations.AddField(
                model_name='reminderrule',
                name='set_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddIndex(
                model_name='calendarfeed',
                index=models.Index(fields=['membership', '-made_at'], name='calendar_feed_membership'),
            ),
            migrations.AddConstraint(
                model_name='calendarfeed',
                constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('membership',), name='calendar_feed_once'),
            ),
            migrations.AddConstraint(
                model_name='calendarfeed',
                constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['mine', 'agency'])), name='calendar_feed_scope_known'),
            ),
            migrations.AddConstraint(
                model_name='calendarfeed',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='calendar_feed_revoked_at_and_by'),
            ),
            migrations.AddIndex(
                model_name='deadline',
                index=models.Index(condition=models.Q(('status', 'open')), fields=['office', 'due_on', 'id'], name='deadline_office_open'),
            ),
            migrations.AddConstraint(
                model_name='deadline',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'done', 'dropped'])), name='deadline_status_known'),
            ),
            migrations.AddConstraint(
                model_name='deadline',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['discovery', 'motions', 'expert_notice', 'speedy_trial'])), name='deadline_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='deadline',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_at', None), ('moved_by', None)), models.Q(('moved_at__isnull', False), ('moved_by__isnull', False)), _connector='OR'), name='deadline_moved_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='deadline',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('ended_why', ''), ('status', 'open')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'done')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status', 'dropped'), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='deadline_ended_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='datereminder',
                constraint=models.UniqueConstraint(fields=('referral', 'deadline', 'day', 'step'), name='date_reminder_once', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='datereminder',
                constraint=models.CheckConstraint(condition=models.Q(('step__lte', 60)), name='date_reminder_step_known'),
            ),
            migrations.AddIndex(
                model_name='gunarrest',
                index=models.Index(condition=models.Q(('status__in', ['waiting', 'asked'])), fields=['office', 'came_at', 'id'], name='gun_arrest_to_answer'),
            ),
            migrations.AddIndex(
                model_name='gunarrest',
                index=models.Index(fields=['office', '-answered_at', '-id'], name='gun_arrest_answered'),
            ),
            migrations.AddConstraint(
                model_name='gunarrest',
                constraint=models.UniqueConstraint(fields=('office', 'outcome'), name='gun_arrest_once'),
            ),
            migrations.AddConstraint(
                model_name='gunarrest',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'asked', 'take', 'left'])), name='gun_arrest_status_known'),
            ),
            migrations.AddConstraint(
                model_name='gunarrest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('reason', ''), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='gun_arrest_answered_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='reminderrule',
                constraint=models.CheckConstraint(condition=models.Q(('days__len__gte', 1), ('days__len__lte', 5), ('days__contained_by', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60])), name='reminder_rule_days'),
            ),
        ]),
    ]
