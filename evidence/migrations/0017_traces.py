"""Traces as ATF Form 3312.1 has them: what was asked, who had the gun, what came back, and what was never asked for.

Statuses and reasons get the names of the full list; requests that were recorded so far are filled in from their gun.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What there is moves to the new names; a number that two traces of an agency have stays readable and is told apart.
MOVE = """
update evidence_trace set status = 'completed_to_dealer_only' where status = 'completed_to_dealer';
update evidence_trace set reason = case reason when 'privately_made' then 'pmf_no_serial'
    when 'records_lost' then 'records_lost_or_destroyed' when 'dealer_no_response' then 'ffl_no_response'
    when 'need_more' then 'need_more_info' else reason end;
update evidence_trace set submitted_at = requested_at, submitted_by_id = requested_by_id where status <> 'draft';
update evidence_trace t set serial = f.serial, is_obliterated = f.is_obliterated, make = f.make, model = f.model,
    type_code = f.type_code, caliber = f.caliber, country = f.country, importer = f.importer,
    case_number = i.case_number, recovered_on = (e.collected_at at time zone a.zone)::date,
    days_to_crime = greatest(0, (e.collected_at at time zone a.zone)::date - t.purchased_on)
  from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
  join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
 where f.id = t.firearm_id;
update evidence_trace t set trace_number = left(t.trace_number, 12) || '-' || t.id
 where t.trace_number <> '' and exists (select from evidence_trace o
   where o.agency_id = t.agency_id and o.trace_number = t.trace_number and o.id < t.id);
set constraints all immediate;
"""
BACK = """
update evidence_trace set status = 'completed_to_dealer' where status = 'completed_to_dealer_only';
update evidence_trace set reason = case reason when 'pmf_no_serial' then 'privately_made'
    when 'records_lost_or_destroyed' then 'records_lost' when 'ffl_no_response' then 'dealer_no_response'
    when 'need_more_info' then 'need_more' else reason end;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('evidence', '0014_casing_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TraceLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(default=14)),
                ('set_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
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
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
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
            ],
        ),
        migrations.CreateModel(
            name='TraceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(help_text='As a person counts it in the file.')),
                ('fingerprint', models.CharField(help_text='Hash of what it says: the same row comes once.', max_length=64)),
                ('values', models.JSONField(help_text='What was read, by the names of the target fields.')),
                ('why', models.CharField(max_length=400)),
                ('status', models.CharField(choices=[('open', 'To review'), ('taken', 'Taken as a result'), ('left', 'Left out')], default='open', max_length=8)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='UntracedGun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recovered_at', models.DateTimeField()),
                ('can_be_traced', models.BooleanField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='trace',
            name='trace_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='trace',
            name='trace_incomplete_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='trace',
            name='trace_completed_at_when_done',
        ),
        migrations.AddField(
            model_name='trace',
            name='asked_again',
            field=models.BooleanField(default=False, help_text='A later request has taken its place.'),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_agent',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_badge',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_case',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_email',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_office',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_org',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='atf_phone',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='trace',
            name='badge',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='barrel_length',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='caliber',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='case_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='country',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='trace',
            name='crime_code',
            field=models.CharField(blank=True, max_length=4),
        ),
        migrations.AddField(
            model_name='trace',
            name='days_to_crime',
            field=models.PositiveIntegerField(help_text='From the first sale to the recovery.', null=True),
        ),
        migrations.AddField(
            model_name='trace',
            name='email',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='trace',
            name='fax',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='trace',
            name='finish',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='first_use_days',
            field=models.PositiveIntegerField(help_text='To the first event that NIBIN links to it.', null=True),
        ),
        migrations.AddField(
            model_name='trace',
            name='follows',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='evidence.trace'),
        ),
        migrations.AddField(
            model_name='trace',
            name='importer',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='instructions',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='trace',
            name='is_obliterated',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='trace',
            name='justification',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='trace',
            name='mail_address',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='trace',
            name='make',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='markings',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='trace',
            name='model',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='obliteration_method',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='officer',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='trace',
            name='ori',
            field=models.CharField(blank=True, max_length=9),
        ),
        migrations.AddField(
            model_name='trace',
            name='other_numbers',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='trace',
            name='partial_serial',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='phone',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='trace',
            name='priority',
            field=models.CharField(choices=[('routine', 'Routine'), ('urgent', 'Urgent')], default='routine', max_length=8),
        ),
        migrations.AddField(
            model_name='trace',
            name='project_code',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='project_title',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_apt',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_city',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_county',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_direction',
            field=models.CharField(blank=True, max_length=4),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_more',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_number',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_route',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_state',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_street',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_vehicle',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='trace',
            name='recovered_zip',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='trace',
            name='serial',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='trace',
            name='submitted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='trace',
            name='submitted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trace',
            name='type_code',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='trace',
            name='unit',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(choices=[('incidents', 'Incidents'), ("leads", "NIBIN lead notices"), ("alerts", "Gunshot alerts"), ('traces', 'Trace results')], max_length=12),
        ),
        migrations.AlterField(
            model_name='trace',
            name='purchased_on',
            field=models.DateField(blank=True, help_text='First retail sale.', null=True),
        ),
        migrations.AlterField(
            model_name='trace',
            name='reason',
            field=models.CharField(blank=True, choices=[('serial_invalid', 'Serial number invalid'), ('serial_obliterated', 'Serial number obliterated'), ('serial_not_found_mfr', 'Manufacturer has no such serial number'), ('pre_1968', 'Made before 1968'), ('pmf_no_serial', 'Privately made, no serial number'), ('mfr_out_of_business', 'Manufacturer out of business'), ('importer_unknown', 'Importer unknown'), ('records_lost_or_destroyed', "Dealer's records lost or destroyed"), ('records_expired', 'Records older than they are kept'), ('ffl_no_response', 'Dealer did not answer'), ('stolen_from_ffl', 'Stolen from a dealer'), ('stolen_in_shipment', 'Stolen in shipment'), ('sold_to_le_or_gov', 'Sold to law enforcement or government'), ('exported', 'Exported'), ('need_more_info', 'More information needed'), ('duplicate_request', 'Asked for twice')], max_length=28),
        ),
        migrations.AlterField(
            model_name='trace',
            name='requested_at',
            field=models.DateTimeField(help_text='When the request was begun.'),
        ),
        migrations.AlterField(
            model_name='trace',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('ready', 'Ready to send'), ('submitted', 'Submitted'), ('accepted', 'Accepted, trace number given'), ('in_progress', 'In progress'), ('completed_to_purchaser', 'Completed to a purchaser'), ('completed_to_dealer_only', 'Completed to a dealer only'), ('completed_other', 'Completed otherwise'), ('closed_incomplete', 'Closed, incomplete'), ('cancelled', 'Cancelled'), ('rejected', 'Rejected')], default='draft', max_length=24),
        ),
        migrations.RunSQL(MOVE, BACK),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'accepted', 'in_progress'])), fields=['agency', 'submitted_at', 'id'], name='trace_on_its_way'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('asked_again', False), ('reason__in', ['serial_invalid', 'serial_obliterated', 'serial_not_found_mfr', 'importer_unknown', 'ffl_no_response', 'need_more_info']), ('status__in', ['closed_incomplete', 'rejected'])), fields=['agency', 'completed_at', 'id'], name='trace_to_add'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('days_to_crime__lt', 1095)), fields=['agency', '-requested_at', '-id'], name='trace_short_time'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'ready', 'submitted', 'accepted', 'in_progress', 'completed_to_purchaser', 'completed_to_dealer_only', 'completed_other', 'closed_incomplete', 'cancelled', 'rejected'])), name='trace_status_known'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['routine', 'urgent'])), name='trace_priority_known'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['completed_other', 'closed_incomplete', 'rejected']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='trace_incomplete_says_why'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', False), ('status__in', ['completed_to_purchaser', 'completed_to_dealer_only', 'completed_other', 'closed_incomplete', 'rejected'])), models.Q(('completed_at', None), ('status__in', ['draft', 'ready', 'submitted', 'accepted', 'in_progress', 'cancelled'])), _connector='OR'), name='trace_completed_at_when_done'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['draft', 'ready', 'cancelled']), ('submitted_at', None), ('submitted_by', None)), models.Q(models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), models.Q(('status__in', ['draft', 'ready']), _negated=True)), _connector='OR'), name='trace_submitted_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.UniqueConstraint(condition=models.Q(('trace_number', ''), _negated=True), fields=('agency', 'trace_number'), name='trace_number_once'),
        ),
        migrations.AddField(
            model_name='tracelimit',
            name='agency',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trace_limit', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='tracelimit',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='traceperson',
            name='trace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='evidence.trace'),
        ),
        migrations.AddField(
            model_name='traceresult',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='traceresult',
            name='batch',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch'),
        ),
        migrations.AddField(
            model_name='traceresult',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='traceresult',
            name='trace',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='evidence.trace'),
        ),
        migrations.AddField(
            model_name='tracerow',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='tracerow',
            name='batch',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.importbatch'),
        ),
        migrations.AddField(
            model_name='tracerow',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tracerow',
            name='trace',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.trace'),
        ),
        migrations.AddField(
            model_name='untracedgun',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='untracedgun',
            name='firearm',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evidence.firearm'),
        ),
        migrations.AddConstraint(
            model_name='tracelimit',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365)), name='trace_limit_is_days'),
        ),
        migrations.AddConstraint(
            model_name='traceperson',
            constraint=models.UniqueConstraint(fields=('trace', 'position'), name='trace_person_position_once'),
        ),
        migrations.AddConstraint(
            model_name='traceperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'possessor'), ('position', 0)), models.Q(('kind', 'associate'), ('position__gte', 1)), _connector='OR'), name='trace_person_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='traceperson',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['', 'F', 'M', 'U'])), name='trace_person_sex_known'),
        ),
        migrations.AddIndex(
            model_name='traceresult',
            index=models.Index(condition=models.Q(('dealer_key', ''), _negated=True), fields=['agency', 'dealer_key'], name='trace_result_dealer'),
        ),
        migrations.AddIndex(
            model_name='traceresult',
            index=models.Index(condition=models.Q(('purchaser_key', ''), _negated=True), fields=['agency', 'purchaser_key'], name='trace_result_purchaser'),
        ),
        migrations.AddConstraint(
            model_name='traceresult',
            constraint=models.CheckConstraint(condition=models.Q(('theft__in', ['', 'none', 'dealer', 'shipment', 'owner'])), name='trace_result_theft_known'),
        ),
        migrations.AddIndex(
            model_name='tracerow',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['agency', 'id'], name='trace_row_open'),
        ),
        migrations.AddConstraint(
            model_name='tracerow',
            constraint=models.UniqueConstraint(fields=('agency', 'fingerprint'), name='trace_row_once'),
        ),
        migrations.AddConstraint(
            model_name='tracerow',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'taken', 'left'])), name='trace_row_status_known'),
        ),
        migrations.AddConstraint(
            model_name='tracerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='trace_row_settled_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='tracerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'taken'), ('trace__isnull', False)), models.Q(models.Q(('status', 'taken'), _negated=True), ('trace', None)), _connector='OR'), name='trace_row_taken_as'),
        ),
        migrations.AddIndex(
            model_name='untracedgun',
            index=models.Index(fields=['agency', 'can_be_traced', 'recovered_at', 'id'], name='untraced_gun_oldest'),
        ),
    ]
