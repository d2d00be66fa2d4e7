"""The tables of collection, custody, files, laboratory, guns and traces, and what the records that were there get beside."""

import agencies.migrating
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('agencies', '__first__'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('evidence', '0007_hyphen_rules'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.BtreeGinExtension(
        ),
        agencies.migrating.AtOnce(
            operations=[migrations.RemoveConstraint(
                model_name='acquisition',
                name='acquisition_once_per_site',
            ), migrations.RemoveConstraint(
                model_name='acquisition',
                name='acquisition_late_says_why',
            ), migrations.RemoveConstraint(
                model_name='custodyevent',
                name='custody_purpose_known',
            ), migrations.RemoveConstraint(
                model_name='importbatch',
                name='batch_status_known',
            ), migrations.RemoveConstraint(
                model_name='importfinding',
                name='finding_level_known',
            ), migrations.RemoveConstraint(
                model_name='trace',
                name='trace_status_known',
            ), migrations.RemoveConstraint(
                model_name='trace',
                name='trace_incomplete_says_why',
            ), migrations.RemoveConstraint(
                model_name='trace',
                name='trace_completed_at_when_done',
            ), migrations.RemoveIndex(
                model_name='acquisition',
                name='acquisition_waiting',
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('photo', 'Photo'), ('document', 'Document'), ('other', 'Other')], max_length=8)),
                    ('caption', models.CharField(blank=True, max_length=200)),
                    ('taken_at', models.DateTimeField(help_text='When it was taken, as a person says.', null=True)),
                    ('sent_key', models.UUIDField(help_text='Made on the device: what is sent again is no second.', null=True, unique=True)),
                    ('added_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='evidence.exhibit')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='evidence.storedfile')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='evidence.incident')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(models.F('incident'), models.OrderBy(models.F('id'), descending=True), name='attachment_incident_new'), models.Index(models.F('exhibit'), models.OrderBy(models.F('id'), descending=True), name='attachment_exhibit_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'document', 'other'])), name='attachment_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', ''), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='attachment_withdrawn_at_by_and_why')],
                },
            ), migrations.CreateModel(
                name='Canvass',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answer', models.CharField(choices=[('none_found', 'None found'), ('not_searched', 'Not searched')], max_length=12)),
                    ('searched_by', models.CharField(blank=True, help_text='Who canvassed the scene.', max_length=120)),
                    ('searched_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, choices=[('unsafe', 'Scene was not safe'), ('no_scene', 'No scene could be found'), ('reported_later', 'Reported too late'), ('weather', 'Weather'), ('no_officer', 'No officer was free'), ('other_agency', 'Another agency has the scene'), ('other', 'Other')], max_length=16)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('said_at', models.DateTimeField()),
                    ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='canvass', to='evidence.incident')),
                    ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', 'none_found'), ('reason', ''), ('searched_at__isnull', False), models.Q(('searched_by', ''), _negated=True)), models.Q(('answer', 'not_searched'), ('searched_at', None), ('searched_by', ''), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='canvass_says_who_and_when_or_why_not'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='canvass_other_says_what')],
                },
            ), migrations.CreateModel(
                name='CasingSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('headstamp', models.CharField(blank=True, max_length=40)),
                    ('condition', models.CharField(choices=[('good', 'Good'), ('worn', 'Marks worn or faint'), ('damaged', 'Dented or crushed'), ('corroded', 'Corroded'), ('mixed', 'Mixed')], default='good', max_length=8)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('filled_at', models.DateTimeField()),
                    ('exhibit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='casing_sheet', to='evidence.exhibit')),
                    ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('condition__in', ['good', 'worn', 'damaged', 'corroded', 'mixed'])), name='casing_condition_known')],
                },
            ), migrations.CreateModel(
                name='CollectionRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('begins_on', models.DateField()),
                    ('set_at', models.DateTimeField()),
                    ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='collection_rule', to='agencies.agency')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
                ],
            ), migrations.CreateModel(
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
                    ('acquisition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correlation', to='evidence.acquisition')),
                    ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('site', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='correlations', to='agencies.agency')),
                ],
                options={
                    'indexes': [models.Index(fields=['site', 'status', 'due_at', 'id'], name='correlation_queue'), models.Index(condition=models.Q(('lead_number', ''), _negated=True), fields=['lead_number'], name='correlation_lead')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['first', 'second', 'cleared', 'released', 'refused'])), name='correlation_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('first_at', None), ('first_by', None), ('status', 'first')), models.Q(('first_at__isnull', False), ('first_by__isnull', False), models.Q(('status', 'first'), _negated=True)), _connector='OR'), name='correlation_first_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('second_at', None), ('second_by', None), ('status__in', ['first', 'second', 'cleared'])), models.Q(('second_at__isnull', False), ('second_by__isnull', False), ('status__in', ['released', 'refused'])), _connector='OR'), name='correlation_second_at_and_by'), models.CheckConstraint(condition=models.Q(('second_by', None), models.Q(('second_by', models.F('first_by')), _negated=True), _connector='OR'), name='correlation_reviewers_differ'), models.CheckConstraint(condition=models.Q(('status__in', ['first', 'cleared']), models.Q(('lead_number', ''), _negated=True), _connector='OR'), name='correlation_names_its_lead')],
                },
            ), migrations.CreateModel(
                name='Detection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('time_known', models.BooleanField(default=True)),
                    ('lat', models.FloatField(null=True)),
                    ('lng', models.FloatField(null=True)),
                    ('address', models.CharField(blank=True, max_length=200)),
                    ('rounds', models.PositiveSmallIntegerField(null=True)),
                    ('alerts_count', models.PositiveIntegerField(default=1)),
                    ('state', models.CharField(choices=[('open', 'No incident'), ('matched', 'Became an incident'), ('dismissed', 'Not gunfire')], default='open', max_length=10)),
                    ('how', models.CharField(blank=True, choices=[('number', 'By number'), ('place', 'By time and place'), ('person', 'By a person'), ('made', 'Recorded from the alert')], max_length=8)),
                    ('meters', models.PositiveIntegerField(help_text="From the incident's point.", null=True)),
                    ('nearby', models.PositiveSmallIntegerField(default=0, help_text='Incidents it may be, among which a person decides.')),
                    ('has_evidence', models.BooleanField(default=False, help_text='Of its incident; a copy kept by triggers.')),
                    ('dismissal', models.CharField(blank=True, choices=[('fireworks', 'Fireworks'), ('vehicle', 'Vehicle or machine'), ('construction', 'Construction'), ('range', 'Range or training'), ('test', 'Test of the system'), ('duplicate', 'Same shots as another'), ('other', 'Other')], max_length=16)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='detections', to='agencies.agency')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='detections', to='evidence.incident')),
                ],
                options={
                    'indexes': [models.Index(models.F('agency'), models.F('state'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='detection_state_new'), models.Index(models.F('agency'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('has_evidence', False), ('state', 'matched')), name='detection_bare')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'matched', 'dismissed'])), name='detection_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('incident__isnull', False), ('state', 'matched'), models.Q(('how', ''), _negated=True)), models.Q(('how', ''), ('incident', None), ('state__in', ['open', 'dismissed'])), _connector='OR'), name='detection_matched_has_an_incident'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), models.Q(('dismissal', ''), _negated=True)), models.Q(('dismissal', ''), ('state__in', ['open', 'matched'])), _connector='OR'), name='detection_dismissed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='detection_decided_at_and_by'), models.CheckConstraint(condition=models.Q(('state', 'matched'), ('has_evidence', False), _connector='OR'), name='detection_evidence')],
                },
            ), migrations.CreateModel(
                name='Disposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('proposed', 'Proposed'), ('approved', 'Approved'), ('done', 'Disposed of'), ('sent_back', 'Sent back'), ('withdrawn', 'Withdrawn')], default='proposed', max_length=10)),
                    ('method', models.CharField(choices=[('destroy', 'Destroy'), ('return', 'Return to the owner'), ('transfer', 'Transfer to another agency'), ('use', 'Agency use')], max_length=10)),
                    ('reason', models.CharField(max_length=200)),
                    ('proposed_at', models.DateTimeField()),
                    ('approved_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(help_text='Disposed of, sent back or withdrawn.', null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=200)),
                    ('witness', models.CharField(blank=True, max_length=120)),
                    ('gaps', models.CharField(blank=True, max_length=40)),
                    ('waived_at', models.DateTimeField(null=True)),
                    ('waived_because', models.CharField(blank=True, max_length=200)),
                    ('seconded_at', models.DateTimeField(null=True)),
                    ('seconded_because', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('approved_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposals', to='evidence.exhibit')),
                    ('proposed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('seconded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('waived_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', 'status', '-proposed_at', '-id'], name='disposal_agency_status_new')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'done'])), fields=('exhibit',), name='disposal_one_at_a_time'), models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'done', 'sent_back', 'withdrawn'])), name='disposal_status_known'), models.CheckConstraint(condition=models.Q(('method__in', ['destroy', 'return', 'transfer', 'use'])), name='disposal_method_known'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='disposal_approved_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='disposal_ended_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('waived_at', None), ('waived_by', None)), models.Q(('waived_at__isnull', False), ('waived_by__isnull', False)), _connector='OR'), name='disposal_waived_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('seconded_at', None), ('seconded_by', None)), models.Q(('seconded_at__isnull', False), ('seconded_by__isnull', False)), _connector='OR'), name='disposal_seconded_at_and_by'), models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'sent_back', 'withdrawn']), ('approved_at__isnull', False), _connector='OR'), name='disposal_approved_first'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='disposal_approved_by_another'), models.CheckConstraint(condition=models.Q(('seconded_by', None), models.Q(('waived_by__isnull', False), models.Q(('waived_by', models.F('seconded_by')), _negated=True), models.Q(('seconded_because', ''), _negated=True)), _connector='OR'), name='disposal_waived_by_two'), models.CheckConstraint(condition=models.Q(('waived_by', None), models.Q(('waived_because', ''), _negated=True), _connector='OR'), name='disposal_waived_says_why'), models.CheckConstraint(condition=models.Q(('approved_by', None), ('gaps', ''), models.Q(('seconded_by__isnull', False), ('waived_by__isnull', False)), _connector='OR'), name='disposal_gaps_are_waived')],
                },
            ), migrations.CreateModel(
                name='FileAlarm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('changed', 'Changed since it was stored'), ('lost', 'Missing from the store'), ('infected', 'A virus was found')], max_length=8)),
                    ('sha256', models.CharField(max_length=64)),
                    ('detail', models.CharField(blank=True, help_text='What the scanner called it; what is there instead.', max_length=200)),
                    ('raised_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(help_text='When the file was found whole again.', null=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='file_alarms', to='agencies.agency')),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='evidence.storedfile')),
                    ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['agency', '-id'], name='alarm_agency_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['changed', 'lost', 'infected'])), name='alarm_kind_known'), models.CheckConstraint(condition=models.Q(('kind', 'infected'), ('file__isnull', False), _connector='OR'), name='alarm_names_its_file'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('file__isnull', False)), fields=('file', 'kind'), name='alarm_once_while_it_lasts')],
                },
            ), migrations.CreateModel(
                name='FirearmPair',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('suggested', 'May be the same gun'), ('same', 'The same gun'), ('different', 'Not the same'), ('withdrawn', 'No longer alike')], default='suggested', max_length=12)),
                    ('basis', models.CharField(choices=[('serial', 'Same serial number'), ('misread', 'Serial numbers that look alike'), ('frame', 'Same serial number without embedded letters')], max_length=8)),
                    ('suggested_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(help_text='Of the first.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_first', to='evidence.firearm')),
                    ('other_agency', models.ForeignKey(help_text='Of the second.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_second', to='evidence.firearm')),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', 'status', '-suggested_at', '-id'], name='firearm_pair_agency_new'), models.Index(fields=['other_agency', 'status', '-suggested_at', '-id'], name='firearm_pair_other_new')],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='firearm_pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='firearm_pair_in_order'), models.CheckConstraint(condition=models.Q(('status__in', ['suggested', 'same', 'different', 'withdrawn'])), name='firearm_pair_status_known'), models.CheckConstraint(condition=models.Q(('basis__in', ['serial', 'misread', 'frame'])), name='firearm_pair_basis_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status__in', ['suggested', 'withdrawn'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ['same', 'different'])), _connector='OR'), name='firearm_pair_decided_at_and_by')],
                },
            ), migrations.CreateModel(
                name='FirearmSight',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField()),
                    ('key', models.CharField(help_text='guns.serials.misread_key, or the same of a partly readable number with its ? and *.', max_length=40)),
                    ('frame', models.CharField(help_text='The key without embedded letters, where that is another.', max_length=40)),
                    ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='What the list is filtered by.', size=None)),
                    ('content_object', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sights', to='evidence.firearm')),
                    ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.group')),
                ],
                options={
                    'indexes': [models.Index(models.F('group'), models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('content_object'), descending=True), name='firearm_sight_new'), models.Index(fields=['content_object'], name='firearm_sight_object'), models.Index(models.F('group'), django.contrib.postgres.indexes.OpClass(models.F('key'), 'text_pattern_ops'), name='firearm_sight_key'), models.Index(condition=models.Q(('frame', ''), _negated=True), fields=['group', 'frame'], name='firearm_sight_frame'), django.contrib.postgres.indexes.GinIndex(models.F('group'), django.contrib.postgres.indexes.OpClass(models.F('key'), 'gin_trgm_ops'), models.F('words'), name='firearm_sight_find'), models.Index(condition=models.Q(('key__regex', '[?*]')), fields=['group', 'key'], name='firearm_sight_partial')],
                    'constraints': [models.UniqueConstraint(fields=('group', 'content_object'), name='firearm_sight_once')],
                },
            ), migrations.CreateModel(
                name='ImportChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('relation', models.CharField(max_length=63)),
                    ('is_new', models.BooleanField()),
                    ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=63), size=None)),
                    ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('digests', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('rows', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='Of the file, one for each record.', size=None)),
                    ('before', models.JSONField(null=True)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='evidence.importbatch')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('before', None), ('is_new', True)), models.Q(('before__isnull', False), ('is_new', False)), _connector='OR'), name='import_change_has_what_was_before')],
                },
            ), migrations.CreateModel(
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
                    ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='lab_requests', to='agencies.agency')),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_requests', to='evidence.incident')),
                    ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_work', to='agencies.agency')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status__in', ['sent', 'received'])), fields=['agency', 'needed_on', 'id'], name='lab_request_agency_open'), models.Index(condition=models.Q(('status__in', ['sent', 'received'])), fields=['laboratory', 'needed_on', 'id'], name='lab_request_lab_open'), models.Index(fields=['agency', '-requested_at', '-id'], name='lab_request_agency_new'), models.Index(fields=['laboratory', '-requested_at', '-id'], name='lab_request_lab_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['sent', 'received', 'done', 'returned', 'declined', 'cancelled'])), name='lab_request_status_known'), models.CheckConstraint(condition=models.Q(('asked__in', ['entry', 'test_fire_entry', 'test_fire', 'comparison', 'other'])), name='lab_request_asks_for_something'), models.CheckConstraint(condition=models.Q(('priority__gte', 1), ('priority__lte', 3)), name='lab_request_priority_1_to_3'), models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None)), models.Q(('received_at__gte', models.F('requested_at')), ('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='lab_request_received_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__gte', models.F('received_at')), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='lab_request_done_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at', None), ('returned_by', None)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False), ('status', 'returned')), _connector='OR'), name='lab_request_returned_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['declined', 'cancelled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='lab_request_says_why_not'), models.CheckConstraint(condition=models.Q(models.Q(('asked', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='lab_request_other_says_what')],
                },
            ), migrations.CreateModel(
                name='LegalHold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=200)),
                    ('set_at', models.DateTimeField()),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('lifted_because', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(db_index=False, help_text='Whose people set it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='evidence.exhibit')),
                    ('lifted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('lifted_at', None)), fields=['agency', '-set_at', '-id'], name='hold_open_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_at_and_by'), models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('lifted_because', ''), _negated=True), _connector='OR'), name='hold_lifted_says_why')],
                },
            ), migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('waiting', 'Being prepared'), ('ready', 'Ready'), ('failed', 'Cannot be shown')], default='waiting', max_length=8)),
                    ('queued_at', models.DateTimeField()),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('width', models.PositiveIntegerField(null=True)),
                    ('height', models.PositiveIntegerField(null=True)),
                    ('lat', models.FloatField(null=True)),
                    ('lng', models.FloatField(null=True)),
                    ('device', models.CharField(blank=True, max_length=120)),
                    ('clock', models.CharField(blank=True, help_text="When it was taken, by the camera's own clock.", max_length=32)),
                    ('problem', models.CharField(blank=True, max_length=200)),
                    ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='picture', to='evidence.storedfile')),
                    ('shown', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.storedfile')),
                    ('thumbnail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.storedfile')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status', 'waiting')), fields=['queued_at'], name='picture_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'ready', 'failed'])), name='picture_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('shown__isnull', False), ('thumbnail__isnull', False)), _connector='OR'), name='picture_ready_has_copies'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='picture_failed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lng', None)), models.Q(('lat__gte', -90), ('lat__isnull', False), ('lat__lte', 90), ('lng__gte', -180), ('lng__isnull', False), ('lng__lte', 180)), _connector='OR'), name='picture_point_whole_or_absent')],
                },
            ), migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('building', 'Building'), ('room', 'Room'), ('cabinet', 'Cabinet or safe'), ('shelf', 'Shelf'), ('bin', 'Bin'), ('locker', 'Locker'), ('other', 'Other')], max_length=10)),
                    ('code', models.CharField(help_text='What its label says.', max_length=20)),
                    ('label', models.CharField(blank=True, max_length=60)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('closed_at', models.DateTimeField(editable=False, null=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='agencies.agency')),
                    ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inside', to='evidence.place')),
                ],
                options={
                    'ordering': ['code'],
                    'indexes': [models.Index(fields=['parent', 'code'], name='place_parent_code')],
                    'constraints': [models.UniqueConstraint(models.F('agency'), django.db.models.functions.text.Upper('code'), name='place_code_once_per_agency'), models.CheckConstraint(condition=models.Q(('kind__in', ['building', 'room', 'cabinet', 'shelf', 'bin', 'locker', 'other'])), name='place_kind_known'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='place_code_plain'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='place_closed_at_and_by')],
                },
            ), migrations.CreateModel(
                name='RetentionRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('casing_group', 'Cartridge cases'), ('firearm', 'Firearm'), ('projectile', 'Projectile'), ('magazine', 'Magazine'), ('test_fire', 'Test fire'), ('other', 'Other')], max_length=12)),
                    ('months', models.PositiveSmallIntegerField()),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_rules', to='agencies.agency')),
                ],
                options={
                    'ordering': ['kind'],
                    'constraints': [models.UniqueConstraint(fields=('agency', 'kind'), name='retention_rule_once_per_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['casing_group', 'firearm', 'projectile', 'magazine', 'test_fire', 'other'])), name='retention_rule_kind_known'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 1200)), name='retention_rule_months_1_to_1200')],
                },
            ), migrations.CreateModel(
                name='SentForm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(unique=True)),
                    ('sent_at', models.DateTimeField()),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.incident')),
                    ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='TraceLimit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('days', models.PositiveSmallIntegerField(default=14)),
                    ('set_at', models.DateTimeField()),
                    ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trace_limit', to='agencies.agency')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365)), name='trace_limit_is_days')],
                },
            ), migrations.CreateModel(
                name='TracePerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('possessor', 'Possessor'), ('associate', 'Associate')], max_length=10)),
                    ('position', models.PositiveSmallIntegerField(default=0, help_text='0 for the possessor, then 1, 2, 3.')),
                    ('last_name', models.CharField(blank=True, max_length=60)),
                    ('first_name', models.CharField(blank=True, max_length=60)),
                    ('middle_name', models.CharField(blank=True, max_length=60)),
                    ('alias', models.CharField(blank=True, max_length=120)),
                    ('alias_born_on', models.DateField(blank=True, null=True)),
                    ('height', models.CharField(blank=True, max_length=10)),
                    ('weight', models.CharField(blank=True, max_length=10)),
                    ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male'), ('U', 'Unknown')], max_length=1)),
                    ('is_hispanic', models.BooleanField(blank=True, null=True)),
                    ('race', models.CharField(blank=True, help_text='Codes with commas between: one box or more.', max_length=9)),
                    ('route', models.CharField(blank=True, max_length=20)),
                    ('apartment', models.CharField(blank=True, max_length=12)),
                    ('number', models.CharField(blank=True, max_length=12)),
                    ('direction', models.CharField(blank=True, max_length=4)),
                    ('street', models.CharField(blank=True, max_length=120)),
                    ('city', models.CharField(blank=True, max_length=60)),
                    ('county', models.CharField(blank=True, max_length=60)),
                    ('state', models.CharField(blank=True, max_length=2)),
                    ('zip_code', models.CharField(blank=True, max_length=10)),
                    ('country', models.CharField(blank=True, max_length=3)),
                    ('born_on', models.DateField(blank=True, null=True)),
                    ('birthplace', models.CharField(blank=True, max_length=80)),
                    ('id_kind', models.CharField(blank=True, max_length=40)),
                    ('id_number', models.CharField(blank=True, max_length=40)),
                    ('id_state', models.CharField(blank=True, max_length=2)),
                    ('trace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='evidence.trace')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('trace', 'position'), name='trace_person_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'possessor'), ('position', 0)), models.Q(('kind', 'associate'), ('position__gte', 1)), _connector='OR'), name='trace_person_kind_known'), models.CheckConstraint(condition=models.Q(('sex__in', ['', 'F', 'M', 'U'])), name='trace_person_sex_known')],
                },
            ), migrations.CreateModel(
                name='TraceResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dealer_name', models.CharField(blank=True, max_length=120)),
                    ('dealer_license', models.CharField(blank=True, max_length=30)),
                    ('dealer_city', models.CharField(blank=True, max_length=60)),
                    ('dealer_state', models.CharField(blank=True, max_length=2)),
                    ('dealer_key', models.CharField(blank=True, editable=False, max_length=120)),
                    ('purchaser_name', models.CharField(blank=True, max_length=120)),
                    ('purchaser_born_on', models.DateField(blank=True, null=True)),
                    ('purchaser_id_kind', models.CharField(blank=True, max_length=40)),
                    ('purchaser_key', models.CharField(blank=True, editable=False, max_length=120)),
                    ('is_multiple_sale', models.BooleanField(blank=True, null=True)),
                    ('theft', models.CharField(blank=True, choices=[('none', 'No theft record'), ('dealer', 'Lost by or stolen from a dealer'), ('shipment', 'Lost or stolen in shipment'), ('owner', 'Stolen from its owner')], max_length=8)),
                    ('remarks', models.CharField(blank=True, max_length=500)),
                    ('recorded_at', models.DateTimeField()),
                    ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('batch', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('trace', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='evidence.trace')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('dealer_key', ''), _negated=True), fields=['agency', 'dealer_key'], name='trace_result_dealer'), models.Index(condition=models.Q(('purchaser_key', ''), _negated=True), fields=['agency', 'purchaser_key'], name='trace_result_purchaser'), models.Index(fields=['agency', '-id'], include=('dealer_key', 'purchaser_key'), name='trace_result_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('theft__in', ['', 'none', 'dealer', 'shipment', 'owner'])), name='trace_result_theft_known')],
                },
            ), migrations.CreateModel(
                name='TraceRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('row', models.PositiveIntegerField(help_text='As a person counts it in the file.')),
                    ('fingerprint', models.CharField(help_text='Hash of what it says: the same row comes once.', max_length=64)),
                    ('values', models.JSONField(help_text='What was read, by the names of the target fields.')),
                    ('why', models.CharField(max_length=400)),
                    ('status', models.CharField(choices=[('open', 'To review'), ('taken', 'Taken as a result'), ('left', 'Left out')], default='open', max_length=8)),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('batch', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch')),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('trace', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.trace')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['agency', 'id'], name='trace_row_open')],
                    'constraints': [models.UniqueConstraint(fields=('agency', 'fingerprint'), name='trace_row_once'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'taken', 'left'])), name='trace_row_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='trace_row_settled_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'taken'), ('trace__isnull', False)), models.Q(models.Q(('status', 'taken'), _negated=True), ('trace', None)), _connector='OR'), name='trace_row_taken_as')],
                },
            ), migrations.CreateModel(
                name='UntracedGun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recovered_at', models.DateTimeField()),
                    ('can_be_traced', models.BooleanField()),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('firearm', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evidence.firearm')),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', 'can_be_traced', 'recovered_at', 'id'], name='untraced_gun_oldest')],
                },
            ), migrations.CreateModel(
                name='CasingMark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(help_text='1 for the first of the sheet.')),
                    ('marker', models.CharField(help_text='The number or letter on the marker at the scene.', max_length=12)),
                    ('count', models.PositiveSmallIntegerField(default=1)),
                    ('place', models.CharField(blank=True, max_length=120)),
                    ('headstamp', models.CharField(blank=True, help_text='Where it is not that of the group.', max_length=40)),
                    ('is_representative', models.BooleanField(default=False)),
                    ('reason', models.CharField(blank=True, help_text='Why this one goes into NIBIN.', max_length=120)),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='evidence.casingsheet')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('sheet', 'position'), name='casing_mark_position_once'), models.UniqueConstraint(fields=('sheet', 'marker'), name='casing_marker_once'), models.UniqueConstraint(condition=models.Q(('is_representative', True)), fields=('sheet',), name='casing_one_representative'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='casing_mark_counts_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('is_representative', False), ('reason', '')), models.Q(('is_representative', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='casing_representative_says_why')],
                },
            ), migrations.CreateModel(
                name='GunshotAlert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(blank=True, max_length=40)),
                    ('number', models.CharField(blank=True, help_text='As the source writes it.', max_length=60)),
                    ('key', models.CharField(help_text='Its number, or a fingerprint of its time, place and words.', max_length=64)),
                    ('at', models.DateTimeField()),
                    ('time_known', models.BooleanField(default=True)),
                    ('lat', models.FloatField(null=True)),
                    ('lng', models.FloatField(null=True)),
                    ('rounds', models.PositiveSmallIntegerField(null=True)),
                    ('heard', models.CharField(blank=True, help_text='Such as: multiple gunshots.', max_length=120)),
                    ('address', models.CharField(blank=True, max_length=200)),
                    ('case_number', models.CharField(blank=True, help_text='That dispatch gave it.', max_length=40)),
                    ('case_key', models.CharField(blank=True, max_length=40)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch')),
                    ('detection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='evidence.detection')),
                ],
                options={
                    'ordering': ['at', 'id'],
                    'indexes': [models.Index(fields=['agency', 'at'], name='alert_agency_at')],
                    'constraints': [models.UniqueConstraint(fields=('agency', 'source', 'key'), name='alert_once_per_source'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='alert_has_a_key')],
                },
            ), migrations.CreateModel(
                name='Inventory',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('open', 'Under way'), ('finished', 'Finished')], default='open', max_length=10)),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('finished_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inventories', to='evidence.place')),
                    ('started_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'inventories',
                    'indexes': [models.Index(fields=['agency', '-started_at', '-id'], name='inventory_agency_new')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('place',), name='inventory_one_open_per_place'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'finished'])), name='inventory_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('finished_by', None), ('status', 'open')), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False), ('status', 'finished')), _connector='OR'), name='inventory_finished_at_and_by')],
                },
            ), migrations.CreateModel(
                name='LabRequestItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lab_items', to='evidence.exhibit')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='evidence.labrequest')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('request', 'exhibit'), name='lab_request_item_once')],
                },
            ), migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('check_in', 'Check-in'), ('check_out', 'Check-out')], max_length=10)),
                    ('made_at', models.DateTimeField()),
                    ('left_out', models.JSONField(default=list, help_text='[what was scanned, why it was not moved]')),
                    ('agency', models.ForeignKey(help_text='Whose bench it was.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place')),
                    ('to_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('to_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['agency', '-made_at', '-id'], name='receipt_agency_new')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['check_in', 'check_out'])), name='receipt_kind_known')],
                },
            ), migrations.CreateModel(
                name='HandOver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('offered', 'In transit, unconfirmed'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='offered', max_length=10)),
                    ('purpose', models.CharField(max_length=16)),
                    ('condition', models.CharField(blank=True, max_length=120)),
                    ('seal', models.CharField(blank=True, max_length=40)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField(help_text='When it was given.')),
                    ('offered_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, help_text='Why it was refused or withdrawn.', max_length=200)),
                    ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='evidence.exhibit')),
                    ('from_agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('offered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('to_person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
                    ('from_place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place')),
                    ('to_place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place')),
                    ('receipt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='evidence.receipt')),
                ],
                options={
                    'verbose_name': 'hand-over',
                    'indexes': [models.Index(condition=models.Q(('status', 'offered')), fields=['to_agency', 'offered_at', 'id'], name='hand_over_to'), models.Index(condition=models.Q(('status', 'offered')), fields=['from_agency', 'offered_at', 'id'], name='hand_over_from'), models.Index(condition=models.Q(('status', 'offered')), fields=['offered_by', 'offered_at', 'id'], name='hand_over_given'), models.Index(condition=models.Q(('status', 'offered')), fields=['to_person', 'offered_at', 'id'], name='hand_over_named')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'offered')), fields=('exhibit',), name='hand_over_one_open_per_exhibit'), models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'confirmed', 'refused', 'withdrawn'])), name='hand_over_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('status', 'offered')), models.Q(models.Q(('status', 'offered'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='hand_over_answered_at_and_by'), models.CheckConstraint(condition=models.Q(('answered_by', None), ('status', 'withdrawn'), models.Q(('answered_by', models.F('offered_by')), _negated=True), _connector='OR'), name='hand_over_has_two_parties'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='hand_over_refused_says_why')],
                },
            ), migrations.CreateModel(
                name='InventoryLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(blank=True, help_text='What was scanned, when it is no exhibit.', max_length=200)),
                    ('expected', models.BooleanField(default=False)),
                    ('found_at', models.DateTimeField(null=True)),
                    ('settled_at', models.DateTimeField(help_text='When it was taken home, or kept where it was found.', null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('missing', 'Missing'), ('misplaced', 'Belongs elsewhere'), ('unknown', 'Unknown'), ('moved', 'Moved meanwhile'), ('transit', 'In transit'), ('found', 'Found')], help_text='As the inventory ended; while it is under way, nothing.', max_length=10)),
                    ('belongs_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place')),
                    ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.exhibit')),
                    ('found_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('inventory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='evidence.inventory')),
                    ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('inventory', 'exhibit'), name='inventory_line_once_per_exhibit'), models.CheckConstraint(condition=models.Q(('exhibit__isnull', False), models.Q(('expected', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='inventory_line_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('found_at', None), ('found_by', None)), models.Q(('found_at__isnull', False), ('found_by__isnull', False)), _connector='OR'), name='inventory_line_found_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='inventory_line_settled_at_and_by'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'missing', 'misplaced', 'unknown', 'moved', 'transit', 'found'])), name='inventory_line_outcome_known')],
                },
            ), migrations.AddField(
                model_name='acquisition',
                name='late_code',
                field=models.CharField(blank=True, choices=[('backlog', 'Backlog at the site'), ('equipment', 'Equipment down'), ('test_fire', 'Test fire came late'), ('other_exam', 'DNA or prints came first'), ('cleaning', 'Sent back for cleaning'), ('staff', 'Staff absent'), ('other', 'Other')], db_default='', default='', max_length=12),
            ), migrations.AddField(
                model_name='acquisition',
                name='operator',
                field=models.CharField(blank=True, db_default='', default='', help_text='Who imaged it.', max_length=120),
            ), migrations.AddField(
                model_name='acquisition',
                name='rejected_at',
                field=models.DateTimeField(null=True),
            ), migrations.AddField(
                model_name='acquisition',
                name='rejected_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='acquisition',
                name='rejection',
                field=models.CharField(blank=True, choices=[('no_marks', 'No usable marks'), ('damaged', 'Damaged or corroded'), ('not_entered', 'Caliber is not entered here'), ('wrong_item', 'Not what its label says'), ('seal', 'Seal broken'), ('duplicate', 'Same gun is in already'), ('other', 'Other')], db_default='', default='', max_length=12),
            ), migrations.AddField(
                model_name='acquisition',
                name='rejection_note',
                field=models.CharField(blank=True, db_default='', default='', max_length=200),
            ), migrations.AddField(
                model_name='acquisition',
                name='representative',
                field=models.CharField(blank=True, db_default='', default='', help_text='Which piece of the group was imaged.', max_length=200),
            ), migrations.AddField(
                model_name='custodyevent',
                name='condition_seen',
                field=models.CharField(blank=True, help_text='By the receiver.', max_length=120),
            ), migrations.AddField(
                model_name='custodyevent',
                name='from_person',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='custodyevent',
                name='hand_over',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leg', to='evidence.handover'),
            ), migrations.AddField(
                model_name='custodyevent',
                name='hash_version',
                field=models.PositiveSmallIntegerField(default=1, editable=False, help_text='Which fields the hash is taken over; the trigger sets the newest.'),
            ), migrations.AddField(
                model_name='custodyevent',
                name='note',
                field=models.CharField(blank=True, max_length=200),
            ), migrations.AddField(
                model_name='custodyevent',
                name='paper',
                field=models.CharField(blank=True, help_text='What was signed outside the portal, and by whom.', max_length=120),
            ), migrations.AddField(
                model_name='custodyevent',
                name='place',
                field=models.ForeignKey(db_index=False, help_text='Where it lies from then.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
            ), migrations.AddField(
                model_name='custodyevent',
                name='receipt',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='evidence.receipt'),
            ), migrations.AddField(
                model_name='custodyevent',
                name='seal_seen',
                field=models.CharField(blank=True, help_text='By the receiver.', max_length=40),
            ), migrations.AddField(
                model_name='custodyevent',
                name='to_agency',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ), migrations.AddField(
                model_name='custodyevent',
                name='to_person',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='exhibit',
                name='disposed_at',
                field=models.DateTimeField(editable=False, null=True),
            ), migrations.AddField(
                model_name='exhibit',
                name='disposed_by',
                field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='exhibit',
                name='fired_from',
                field=models.ForeignKey(editable=False, help_text='The gun it came from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='test_fires', to='evidence.exhibit'),
            ), migrations.AddField(
                model_name='exhibit',
                name='held_by',
                field=models.ForeignKey(db_index=False, editable=False, help_text='Which agency has it by the last leg of its chain, when that names one of the portal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ), migrations.AddField(
                model_name='exhibit',
                name='holder',
                field=models.ForeignKey(db_index=False, editable=False, help_text='In whose hands it is by the last leg of its chain, when they have an account.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='exhibit',
                name='in_nibin',
                field=models.BooleanField(db_default=False, default=False, editable=False, help_text='It, or a test fire of it; kept by triggers.'),
            ), migrations.AddField(
                model_name='exhibit',
                name='place',
                field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='evidence.place'),
            ), migrations.AddField(
                model_name='exhibit',
                name='review_on',
                field=models.DateField(blank=True, help_text='When somebody looks whether it still has to be kept.', null=True),
            ), migrations.AddField(
                model_name='firearm',
                name='caliber_code',
                field=models.CharField(blank=True, db_default='', default='', help_text='NCIC, such as 9.', max_length=4),
            ), migrations.AddField(
                model_name='firearm',
                name='compared_as',
                field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='As what it was looked for among the others last; another than now: it is looked for again.', max_length=160),
            ), migrations.AddField(
                model_name='firearm',
                name='conversion_kind',
                field=models.CharField(blank=True, choices=[('switch', 'Switch on the slide'), ('auto_sear', 'Auto sear'), ('link', 'Lightning or swift link'), ('other', 'Other device')], db_default='', default='', max_length=12),
            ), migrations.AddField(
                model_name='firearm',
                name='corrected',
                field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='Names of the fields that a person set right, with commas between: no file changes them again.', max_length=300),
            ), migrations.AddField(
                model_name='firearm',
                name='make_code',
                field=models.CharField(blank=True, db_default='', default='', help_text='NCIC, such as GLC.', max_length=4),
            ), migrations.AddField(
                model_name='firearm',
                name='markings',
                field=models.JSONField(blank=True, db_default=[], default=list, help_text='[{where, text}]'),
            ), migrations.AddField(
                model_name='firearm',
                name='restored_by',
                field=models.CharField(blank=True, db_default='', default='', help_text='Who restored it.', max_length=120),
            ), migrations.AddField(
                model_name='firearm',
                name='restored_on',
                field=models.DateField(blank=True, null=True),
            ), migrations.AddField(
                model_name='firearm',
                name='restored_serial',
                field=models.CharField(blank=True, db_default='', default='', max_length=40),
            ), migrations.AddField(
                model_name='firearm',
                name='stolen_checked_at',
                field=models.DateTimeField(editable=False, null=True),
            ), migrations.AddField(
                model_name='firearm',
                name='stolen_checked_by',
                field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='firearm',
                name='stolen_reference',
                field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=60),
            ), migrations.AddField(
                model_name='firearm',
                name='stolen_status',
                field=models.CharField(choices=[('not_checked', 'Not checked'), ('not_stolen', 'Not reported stolen'), ('stolen', 'Reported stolen')], db_default='not_checked', default='not_checked', editable=False, max_length=12),
            ), migrations.AddField(
                model_name='firearm',
                name='typed',
                field=models.JSONField(blank=True, db_default={}, default=dict, editable=False, help_text='{field: {words, confidence, reason, kept}} of what was typed.'),
            ), migrations.AddField(
                model_name='incident',
                name='accuracy',
                field=models.PositiveIntegerField(editable=False, help_text='Within how many meters the device gave the point; empty for a typed one.', null=True),
            ), migrations.AddField(
                model_name='incident',
                name='collection',
                field=models.CharField(blank=True, choices=[('', 'No answer yet'), ('collected', 'Evidence collected'), ('none_found', 'None found'), ('not_searched', 'Not searched')], db_default='', default='', editable=False, help_text='Kept by triggers on exhibits; without evidence, what a person said (Canvass).', max_length=12),
            ), migrations.AddField(
                model_name='incident',
                name='owing_officer',
                field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=120),
            ), migrations.AddField(
                model_name='incident',
                name='owing_unit',
                field=models.ForeignKey(editable=False, help_text="Who owes the answer for the scene; without one, the unit that the agency's rule names.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
            ), migrations.AddField(
                model_name='storedfile',
                name='agency',
                field=models.ForeignKey(help_text='Who is told when it is damaged.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
            ), migrations.AddField(
                model_name='storedfile',
                name='checked_at',
                field=models.DateTimeField(help_text='When its content was last compared with its hash.', null=True),
            ), migrations.AddField(
                model_name='storedfile',
                name='damage',
                field=models.CharField(blank=True, choices=[('', 'Whole'), ('changed', 'Changed since it was stored'), ('lost', 'Missing from the store'), ('infected', 'A virus was found in it')], db_default='', default='', max_length=8),
            ), migrations.AddField(
                model_name='storedfile',
                name='scanned_at',
                field=models.DateTimeField(help_text='When the virus scanner found nothing in it.', null=True),
            ), migrations.AddField(
                model_name='trace',
                name='asked_again',
                field=models.BooleanField(default=False, help_text='A later request has taken its place.'),
            ), migrations.AddField(
                model_name='trace',
                name='atf_agent',
                field=models.CharField(blank=True, max_length=80),
            ), migrations.AddField(
                model_name='trace',
                name='atf_badge',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='atf_case',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='atf_email',
                field=models.CharField(blank=True, max_length=120),
            ), migrations.AddField(
                model_name='trace',
                name='atf_office',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='atf_org',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='atf_phone',
                field=models.CharField(blank=True, max_length=32),
            ), migrations.AddField(
                model_name='trace',
                name='badge',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='barrel_length',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='caliber',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='case_number',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='country',
                field=models.CharField(blank=True, max_length=3),
            ), migrations.AddField(
                model_name='trace',
                name='crime_code',
                field=models.CharField(blank=True, max_length=4),
            ), migrations.AddField(
                model_name='trace',
                name='days_to_crime',
                field=models.PositiveIntegerField(help_text='From the first sale to the recovery.', null=True),
            ), migrations.AddField(
                model_name='trace',
                name='email',
                field=models.CharField(blank=True, max_length=120),
            ), migrations.AddField(
                model_name='trace',
                name='fax',
                field=models.CharField(blank=True, max_length=32),
            ), migrations.AddField(
                model_name='trace',
                name='finish',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='first_use_days',
                field=models.PositiveIntegerField(help_text='To the first event that NIBIN links to it.', null=True),
            ), migrations.AddField(
                model_name='trace',
                name='follows',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='evidence.trace'),
            ), migrations.AddField(
                model_name='trace',
                name='importer',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='instructions',
                field=models.CharField(blank=True, max_length=500),
            ), migrations.AddField(
                model_name='trace',
                name='is_obliterated',
                field=models.BooleanField(default=False),
            ), migrations.AddField(
                model_name='trace',
                name='justification',
                field=models.CharField(blank=True, max_length=500),
            ), migrations.AddField(
                model_name='trace',
                name='mail_address',
                field=models.CharField(blank=True, max_length=200),
            ), migrations.AddField(
                model_name='trace',
                name='make',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='markings',
                field=models.CharField(blank=True, max_length=200),
            ), migrations.AddField(
                model_name='trace',
                name='model',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='obliteration_method',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='officer',
                field=models.CharField(blank=True, max_length=80),
            ), migrations.AddField(
                model_name='trace',
                name='ori',
                field=models.CharField(blank=True, max_length=9),
            ), migrations.AddField(
                model_name='trace',
                name='other_numbers',
                field=models.CharField(blank=True, max_length=200),
            ), migrations.AddField(
                model_name='trace',
                name='partial_serial',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='phone',
                field=models.CharField(blank=True, max_length=32),
            ), migrations.AddField(
                model_name='trace',
                name='priority',
                field=models.CharField(choices=[('routine', 'Routine'), ('urgent', 'Urgent')], default='routine', max_length=8),
            ), migrations.AddField(
                model_name='trace',
                name='project_code',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='project_title',
                field=models.CharField(blank=True, max_length=80),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_apt',
                field=models.CharField(blank=True, max_length=12),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_city',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_county',
                field=models.CharField(blank=True, max_length=60),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_direction',
                field=models.CharField(blank=True, max_length=4),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_more',
                field=models.CharField(blank=True, max_length=500),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_number',
                field=models.CharField(blank=True, max_length=12),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_on',
                field=models.DateField(blank=True, null=True),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_route',
                field=models.CharField(blank=True, max_length=20),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_state',
                field=models.CharField(blank=True, max_length=2),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_street',
                field=models.CharField(blank=True, max_length=120),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_vehicle',
                field=models.CharField(blank=True, max_length=120),
            ), migrations.AddField(
                model_name='trace',
                name='recovered_zip',
                field=models.CharField(blank=True, max_length=10),
            ), migrations.AddField(
                model_name='trace',
                name='serial',
                field=models.CharField(blank=True, max_length=40),
            ), migrations.AddField(
                model_name='trace',
                name='submitted_at',
                field=models.DateTimeField(null=True),
            ), migrations.AddField(
                model_name='trace',
                name='submitted_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='trace',
                name='type_code',
                field=models.CharField(blank=True, max_length=2),
            ), migrations.AddField(
                model_name='trace',
                name='unit',
                field=models.CharField(blank=True, max_length=80),
            ), migrations.AlterField(
                model_name='custodyevent',
                name='purpose',
                field=models.CharField(choices=[('collected', 'Collected'), ('stored', 'Put into storage'), ('to_laboratory', 'Sent to the laboratory'), ('received', 'Received'), ('examined', 'Examined'), ('returned', 'Returned'), ('investigation', 'For investigation'), ('to_court', 'Taken to court'), ('disposed', 'Disposed of'), ('other', 'Other')], max_length=16),
            ), migrations.AlterField(
                model_name='firearm',
                name='serial',
                field=models.CharField(blank=True, help_text='Where not readable: ? one character, * several.', max_length=40),
            ), migrations.AlterField(
                model_name='importbatch',
                name='kind',
                field=models.CharField(choices=[('incidents', 'Incidents'), ('exhibits', 'Exhibits'), ('firearms', 'Firearms'), ('acquisitions', 'NIBIN entries'), ('leads', 'NIBIN lead notices'), ('alerts', 'Gunshot alerts'), ('traces', 'Trace results'), ('agencies', 'Agencies'), ('people', 'People')], max_length=12),
            ), migrations.AlterField(
                model_name='importbatch',
                name='status',
                field=models.CharField(choices=[('uploaded', 'Uploaded'), ('checking', 'Checking'), ('checked', 'Checked'), ('loading', 'Loading'), ('loaded', 'Loaded'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('undoing', 'Undoing'), ('undone', 'Undone')], default='uploaded', max_length=12),
            ), migrations.AlterField(
                model_name='importfinding',
                name='level',
                field=models.CharField(choices=[('error', 'Error'), ('review', 'Review'), ('note', 'Note'), ('undo', 'Built on since')], max_length=8),
            ), migrations.AlterField(
                model_name='trace',
                name='purchased_on',
                field=models.DateField(blank=True, help_text='First retail sale.', null=True),
            ), migrations.AlterField(
                model_name='trace',
                name='reason',
                field=models.CharField(blank=True, choices=[('serial_invalid', 'Serial number invalid'), ('serial_obliterated', 'Serial number obliterated'), ('serial_not_found_mfr', 'Manufacturer has no such serial number'), ('pre_1968', 'Made before 1968'), ('pmf_no_serial', 'Privately made, no serial number'), ('mfr_out_of_business', 'Manufacturer out of business'), ('importer_unknown', 'Importer unknown'), ('records_lost_or_destroyed', "Dealer's records lost or destroyed"), ('records_expired', 'Records older than they are kept'), ('ffl_no_response', 'Dealer did not answer'), ('stolen_from_ffl', 'Stolen from a dealer'), ('stolen_in_shipment', 'Stolen in shipment'), ('sold_to_le_or_gov', 'Sold to law enforcement or government'), ('exported', 'Exported'), ('need_more_info', 'More information needed'), ('duplicate_request', 'Asked for twice')], max_length=28),
            ), migrations.AlterField(
                model_name='trace',
                name='requested_at',
                field=models.DateTimeField(help_text='When the request was begun.'),
            ), migrations.AlterField(
                model_name='trace',
                name='status',
                field=models.CharField(choices=[('draft', 'Draft'), ('ready', 'Ready to send'), ('submitted', 'Submitted'), ('accepted', 'Accepted, trace number given'), ('in_progress', 'In progress'), ('completed_to_purchaser', 'Completed to a purchaser'), ('completed_to_dealer_only', 'Completed to a dealer only'), ('completed_other', 'Completed otherwise'), ('closed_incomplete', 'Closed, incomplete'), ('cancelled', 'Cancelled'), ('rejected', 'Rejected')], default='draft', max_length=24),
            )],
        ),
    ]
