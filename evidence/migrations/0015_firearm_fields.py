"""What is known of a firearm beside what was typed, who may see it under which key, and which may be one gun twice."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('evidence', '0011_gunshot_alerts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Both are trusted extensions: whoever may create objects in the database may create them.
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.CreateModel(
            name='FirearmPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('suggested', 'May be the same gun'), ('same', 'The same gun'), ('different', 'Not the same'), ('withdrawn', 'No longer alike')], default='suggested', max_length=12)),
                ('basis', models.CharField(choices=[('serial', 'Same serial number'), ('misread', 'Serial numbers that look alike'), ('frame', 'Same serial number without embedded letters')], max_length=8)),
                ('suggested_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='FirearmSight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('key', models.CharField(help_text='guns.serials.misread_key, or the same of a partly readable number with its ? and *.', max_length=40)),
                ('frame', models.CharField(help_text='The key without embedded letters, where that is another.', max_length=40)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='What the list is filtered by.', size=None)),
            ],
        ),
        migrations.AddField(
            model_name='firearm',
            name='caliber_code',
            field=models.CharField(blank=True, db_default='', default='', help_text='NCIC, such as 9.', max_length=4),
        ),
        migrations.AddField(
            model_name='firearm',
            name='compared_as',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='As what it was looked for among the others last; another than now: it is looked for again.', max_length=160),
        ),
        migrations.AddField(
            model_name='firearm',
            name='conversion_kind',
            field=models.CharField(blank=True, choices=[('switch', 'Switch on the slide'), ('auto_sear', 'Auto sear'), ('link', 'Lightning or swift link'), ('other', 'Other device')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='firearm',
            name='corrected',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='Names of the fields that a person set right, with commas between: no file changes them again.', max_length=300),
        ),
        migrations.AddField(
            model_name='firearm',
            name='make_code',
            field=models.CharField(blank=True, db_default='', default='', help_text='NCIC, such as GLC.', max_length=4),
        ),
        migrations.AddField(
            model_name='firearm',
            name='markings',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='[{where, text}]'),
        ),
        migrations.AddField(
            model_name='firearm',
            name='restored_by',
            field=models.CharField(blank=True, db_default='', default='', help_text='Who restored it.', max_length=120),
        ),
        migrations.AddField(
            model_name='firearm',
            name='restored_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='firearm',
            name='restored_serial',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='firearm',
            name='stolen_checked_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='firearm',
            name='stolen_checked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firearm',
            name='stolen_reference',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name='firearm',
            name='stolen_status',
            field=models.CharField(choices=[('not_checked', 'Not checked'), ('not_stolen', 'Not reported stolen'), ('stolen', 'Reported stolen')], db_default='not_checked', default='not_checked', editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='firearm',
            name='typed',
            field=models.JSONField(blank=True, db_default={}, default=dict, editable=False, help_text='{field: {words, confidence, reason, kept}} of what was typed.'),
        ),
        migrations.AlterField(
            model_name='firearm',
            name='serial',
            field=models.CharField(blank=True, help_text='Where not readable: ? one character, * several.', max_length=40),
        ),
        migrations.AddConstraint(
            model_name='firearm',
            constraint=models.CheckConstraint(condition=models.Q(('conversion_kind__in', ['', 'switch', 'auto_sear', 'link', 'other'])), name='firearm_conversion_known'),
        ),
        migrations.AddConstraint(
            model_name='firearm',
            constraint=models.CheckConstraint(condition=models.Q(('conversion_kind', ''), ('has_conversion_device', True), _connector='OR'), name='firearm_conversion_is_there'),
        ),
        migrations.AddConstraint(
            model_name='firearm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restored_by', ''), ('restored_on', None), ('restored_serial', '')), models.Q(models.Q(('restored_serial', ''), _negated=True), models.Q(('restored_by', ''), _negated=True), ('is_obliterated', True)), _connector='OR'), name='firearm_restored_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='firearm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stolen_checked_at', None), ('stolen_checked_by', None), ('stolen_status', 'not_checked')), models.Q(('stolen_checked_at__isnull', False), ('stolen_checked_by__isnull', False), ('stolen_status__in', ['not_stolen', 'stolen'])), _connector='OR'), name='firearm_stolen_checked_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='firearm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stolen_status', 'stolen'), _negated=True), models.Q(('stolen_reference', ''), _negated=True), _connector='OR'), name='firearm_stolen_has_a_reference'),
        ),
        migrations.AddField(
            model_name='firearmpair',
            name='agency',
            field=models.ForeignKey(help_text='Of the first.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='firearmpair',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firearmpair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_first', to='evidence.firearm'),
        ),
        migrations.AddField(
            model_name='firearmpair',
            name='other_agency',
            field=models.ForeignKey(help_text='Of the second.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='firearmpair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_second', to='evidence.firearm'),
        ),
        migrations.AddField(
            model_name='firearmsight',
            name='content_object',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sights', to='evidence.firearm'),
        ),
        migrations.AddField(
            model_name='firearmsight',
            name='group',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.group'),
        ),
        migrations.AddIndex(
            model_name='firearmpair',
            index=models.Index(fields=['agency', 'status', '-suggested_at', '-id'], name='firearm_pair_agency_new'),
        ),
        migrations.AddIndex(
            model_name='firearmpair',
            index=models.Index(fields=['other_agency', 'status', '-suggested_at', '-id'], name='firearm_pair_other_new'),
        ),
        migrations.AddConstraint(
            model_name='firearmpair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='firearm_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='firearmpair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='firearm_pair_in_order'),
        ),
        migrations.AddConstraint(
            model_name='firearmpair',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['suggested', 'same', 'different', 'withdrawn'])), name='firearm_pair_status_known'),
        ),
        migrations.AddConstraint(
            model_name='firearmpair',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['serial', 'misread', 'frame'])), name='firearm_pair_basis_known'),
        ),
        migrations.AddConstraint(
            model_name='firearmpair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status__in', ['suggested', 'withdrawn'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ['same', 'different'])), _connector='OR'), name='firearm_pair_decided_at_and_by'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=models.Index(models.F('group'), models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('content_object'), descending=True), name='firearm_sight_new'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=models.Index(fields=['content_object'], name='firearm_sight_object'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=models.Index(models.F('group'), django.contrib.postgres.indexes.OpClass(models.F('key'), 'text_pattern_ops'), name='firearm_sight_key'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=models.Index(condition=models.Q(('frame', ''), _negated=True), fields=['group', 'frame'], name='firearm_sight_frame'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=models.Index(condition=models.Q(('key__regex', '[?*]')), fields=['group'], name='firearm_sight_partial'),
        ),
        migrations.AddIndex(
            model_name='firearmsight',
            index=django.contrib.postgres.indexes.GinIndex(models.F('group'), django.contrib.postgres.indexes.OpClass(models.F('key'), 'gin_trgm_ops'), models.F('words'), name='firearm_sight_find'),
        ),
        migrations.AddConstraint(
            model_name='firearmsight',
            constraint=models.UniqueConstraint(fields=('group', 'content_object'), name='firearm_sight_once'),
        ),
        migrations.AddIndex(
            model_name='firearm',
            index=models.Index(condition=models.Q(('compared_as', django.db.models.functions.text.Left(django.db.models.functions.text.Concat('serial_key', models.Value('|'), 'make', models.Value('|'), 'caliber', models.Value('|'), django.db.models.functions.comparison.Cast('is_privately_made', models.CharField()), django.db.models.functions.comparison.Cast('is_obliterated', models.CharField())), 160)), _negated=True), fields=['id'], name='firearm_to_compare'),
        ),
    ]
