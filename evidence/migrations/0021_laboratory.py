"""Requests to laboratories, test fires, who operated, what was rejected, late entries by code, and two reviewers of what
NIBIN correlates.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What was typed so far stays as the text beside the code.
LATE = "update evidence_acquisition set late_code = 'other' where late_reason <> '' and late_code = ''"

FORWARD = """
create function evidence_in_nibin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_exhibit e set in_nibin = n.entered
    from (select x.id, exists (select from evidence_acquisition a where a.exhibit_id = x.id and a.entered_at is not null)
                    or exists (select from evidence_exhibit t join evidence_acquisition a on a.exhibit_id = t.id
                                where t.fired_from_id = x.id and a.entered_at is not null) as entered
            from evidence_exhibit x
           where x.id in (select c.exhibit_id from changed c
                          union select t.fired_from_id from changed c join evidence_exhibit t on t.id = c.exhibit_id
                                 where t.fired_from_id is not null)) n
   where e.id = n.id and e.in_nibin <> n.entered;
  return null;
end $$;
create trigger acquisition_added after insert on evidence_acquisition referencing new table as changed
  for each statement execute function evidence_in_nibin();
create trigger acquisition_changed after update on evidence_acquisition referencing new table as changed
  for each statement execute function evidence_in_nibin();
create trigger acquisition_gone after delete on evidence_acquisition referencing old table as changed
  for each statement execute function evidence_in_nibin();

update evidence_exhibit e set in_nibin = true
 where exists (select from evidence_acquisition a where a.exhibit_id = e.id and a.entered_at is not null);
"""

BACKWARD = """
drop trigger acquisition_gone on evidence_acquisition;
drop trigger acquisition_changed on evidence_acquisition;
drop trigger acquisition_added on evidence_acquisition;
drop function evidence_in_nibin();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('evidence', '0020_firearm_ready'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrelationReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('first', 'Waits for reviewer 1'), ('second', 'Waits for reviewer 2'), ('cleared', 'No candidate'), ('released', 'Lead released'), ('refused', 'Not released')], default='first', max_length=10)),
                ('due_at', models.DateTimeField(help_text="End of the second business day after the entry, by the site's calendar.")),
                ('lead_number', models.CharField(blank=True, max_length=40)),
                ('candidate', models.CharField(blank=True, help_text='What it may match: case and exhibit.', max_length=200)),
                ('first_at', models.DateTimeField(null=True)),
                ('second_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='LabRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked', models.CharField(choices=[('entry', 'NIBIN entry'), ('test_fire_entry', 'Test fire and NIBIN entry'), ('test_fire', 'Test fire'), ('comparison', 'Comparison under the microscope'), ('other', 'Other examination')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Urgent'), (2, 'Soon'), (3, 'Routine')], default=3)),
                ('needed_on', models.DateField()),
                ('status', models.CharField(choices=[('sent', 'Sent'), ('received', 'At the laboratory'), ('done', 'Done, to be returned'), ('returned', 'Returned'), ('declined', 'Declined'), ('cancelled', 'Cancelled')], default='sent', max_length=10)),
                ('requested_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('result', models.CharField(blank=True, help_text="In words, with the report's number.", max_length=300)),
                ('returned_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, help_text='Why it was declined or cancelled.', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='LabRequestItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='acquisition',
            name='acquisition_once_per_site',
        ),
        migrations.RemoveConstraint(
            model_name='acquisition',
            name='acquisition_late_says_why',
        ),
        migrations.RemoveIndex(
            model_name='acquisition',
            name='acquisition_waiting',
        ),
        migrations.AddField(
            model_name='acquisition',
            name='late_code',
            field=models.CharField(blank=True, choices=[('backlog', 'Backlog at the site'), ('equipment', 'Equipment down'), ('test_fire', 'Test fire came late'), ('other_exam', 'DNA or prints came first'), ('cleaning', 'Sent back for cleaning'), ('staff', 'Staff absent'), ('other', 'Other')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='operator',
            field=models.CharField(blank=True, db_default='', default='', help_text='Who imaged it.', max_length=120),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='rejected_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='rejected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='rejection',
            field=models.CharField(blank=True, choices=[('no_marks', 'No usable marks'), ('damaged', 'Damaged or corroded'), ('not_entered', 'Caliber is not entered here'), ('wrong_item', 'Not what its label says'), ('seal', 'Seal broken'), ('duplicate', 'Same gun is in already'), ('other', 'Other')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='rejection_note',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='acquisition',
            name='representative',
            field=models.CharField(blank=True, db_default='', default='', help_text='Which piece of the group was imaged.', max_length=200),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='fired_from',
            field=models.ForeignKey(editable=False, help_text='The gun it came from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='test_fires', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='in_nibin',
            field=models.BooleanField(db_default=False, default=False, editable=False, help_text='It, or a test fire of it; kept by triggers.'),
        ),
        migrations.AddIndex(
            model_name='acquisition',
            index=models.Index(condition=models.Q(('entered_at', None), ('rejected_at', None)), fields=['site', 'due_at', 'id'], name='acquisition_waits'),
        ),
        migrations.AddIndex(
            model_name='acquisition',
            index=models.Index(fields=['site', 'entered_at'], name='acquisition_site_entered'),
        ),
        migrations.AddIndex(
            model_name='exhibit',
            index=models.Index(condition=models.Q(('in_nibin', False), ('kind__in', ['casing_group', 'firearm']), ('nibin_eligible', True)), fields=['agency', 'collected_at', 'id'], name='exhibit_not_in_nibin'),
        ),
        migrations.RunSQL(LATE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='acquisition',
            constraint=models.UniqueConstraint(condition=models.Q(('rejected_at', None)), fields=('exhibit', 'site'), name='acquisition_once_per_site'),
        ),
        migrations.AddConstraint(
            model_name='acquisition',
            constraint=models.CheckConstraint(condition=models.Q(('entered_at', None), ('entered_at__lte', models.F('due_at')), models.Q(('late_code', ''), _negated=True), _connector='OR'), name='acquisition_late_says_why'),
        ),
        migrations.AddConstraint(
            model_name='acquisition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('late_code', 'other'), _negated=True), models.Q(('late_reason', ''), _negated=True), _connector='OR'), name='acquisition_late_other_says_what'),
        ),
        migrations.AddConstraint(
            model_name='acquisition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rejected_at', None), ('rejected_by', None), ('rejection', '')), models.Q(('entered_at', None), ('rejected_at__isnull', False), ('rejected_by__isnull', False), models.Q(('rejection', ''), _negated=True)), _connector='OR'), name='acquisition_rejected_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='exhibit',
            constraint=models.CheckConstraint(condition=models.Q(('fired_from', None), ('kind', 'test_fire'), _connector='OR'), name='exhibit_fired_from_a_gun_is_a_test_fire'),
        ),
        migrations.AddField(
            model_name='correlationreview',
            name='acquisition',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correlation', to='evidence.acquisition'),
        ),
        migrations.AddField(
            model_name='correlationreview',
            name='first_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correlationreview',
            name='second_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correlationreview',
            name='site',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='correlations', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='lab_requests', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='done_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='incident',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_requests', to='evidence.incident'),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='laboratory',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_work', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='received_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='returned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labrequestitem',
            name='exhibit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_items', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='labrequestitem',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='evidence.labrequest'),
        ),
        migrations.AddIndex(
            model_name='correlationreview',
            index=models.Index(fields=['site', 'status', 'due_at', 'id'], name='correlation_queue'),
        ),
        migrations.AddIndex(
            model_name='correlationreview',
            index=models.Index(condition=models.Q(('lead_number', ''), _negated=True), fields=['lead_number'], name='correlation_lead'),
        ),
        migrations.AddConstraint(
            model_name='correlationreview',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['first', 'second', 'cleared', 'released', 'refused'])), name='correlation_status_known'),
        ),
        migrations.AddConstraint(
            model_name='correlationreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_at', None), ('first_by', None), ('status', 'first')), models.Q(('first_at__isnull', False), ('first_by__isnull', False), models.Q(('status', 'first'), _negated=True)), _connector='OR'), name='correlation_first_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='correlationreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('second_at', None), ('second_by', None), ('status__in', ['first', 'second', 'cleared'])), models.Q(('second_at__isnull', False), ('second_by__isnull', False), ('status__in', ['released', 'refused'])), _connector='OR'), name='correlation_second_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='correlationreview',
            constraint=models.CheckConstraint(condition=models.Q(('second_by', None), models.Q(('second_by', models.F('first_by')), _negated=True), _connector='OR'), name='correlation_reviewers_differ'),
        ),
        migrations.AddConstraint(
            model_name='correlationreview',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['first', 'cleared']), models.Q(('lead_number', ''), _negated=True), _connector='OR'), name='correlation_names_its_lead'),
        ),
        migrations.AddIndex(
            model_name='labrequest',
            index=models.Index(condition=models.Q(('status__in', ['sent', 'received'])), fields=['agency', 'needed_on', 'id'], name='lab_request_agency_open'),
        ),
        migrations.AddIndex(
            model_name='labrequest',
            index=models.Index(condition=models.Q(('status__in', ['sent', 'received'])), fields=['laboratory', 'needed_on', 'id'], name='lab_request_lab_open'),
        ),
        migrations.AddIndex(
            model_name='labrequest',
            index=models.Index(fields=['agency', '-requested_at', '-id'], name='lab_request_agency_new'),
        ),
        migrations.AddIndex(
            model_name='labrequest',
            index=models.Index(fields=['laboratory', '-requested_at', '-id'], name='lab_request_lab_new'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['sent', 'received', 'done', 'returned', 'declined', 'cancelled'])), name='lab_request_status_known'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked__in', ['entry', 'test_fire_entry', 'test_fire', 'comparison', 'other'])), name='lab_request_asks_for_something'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(('priority__gte', 1), ('priority__lte', 3)), name='lab_request_priority_1_to_3'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None)), models.Q(('received_at__gte', models.F('requested_at')), ('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='lab_request_received_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__gte', models.F('received_at')), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='lab_request_done_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at', None), ('returned_by', None)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False), ('status', 'returned')), _connector='OR'), name='lab_request_returned_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['declined', 'cancelled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='lab_request_says_why_not'),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='lab_request_other_says_what'),
        ),
        migrations.AddConstraint(
            model_name='labrequestitem',
            constraint=models.UniqueConstraint(fields=('request', 'exhibit'), name='lab_request_item_once'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
