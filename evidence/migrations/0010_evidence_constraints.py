"""What the database promises of the records that were there, now that their rows are filled."""

import agencies.migrating
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0009_evidence_keepers'),
    ]

    operations = [
        agencies.migrating.AtOnce(
            operations=[migrations.AddIndex(
                model_name='acquisition',
                index=models.Index(condition=models.Q(('entered_at', None), ('rejected_at', None)), fields=['site', 'due_at', 'id'], name='acquisition_waits'),
            ), migrations.AddIndex(
                model_name='acquisition',
                index=models.Index(fields=['site', 'entered_at'], name='acquisition_site_entered'),
            ), migrations.AddIndex(
                model_name='exhibit',
                index=models.Index(condition=models.Q(('place__isnull', False)), fields=['place', '-created_at', '-id'], name='exhibit_place_new'),
            ), migrations.AddIndex(
                model_name='exhibit',
                index=models.Index(condition=models.Q(('disposed_at', None), ('review_on__isnull', False)), fields=['agency', 'review_on', 'id'], name='exhibit_to_review'),
            ), migrations.AddIndex(
                model_name='exhibit',
                index=models.Index(condition=models.Q(('in_nibin', False), ('kind__in', ['casing_group', 'firearm']), ('nibin_eligible', True)), fields=['agency', 'collected_at', 'id'], name='exhibit_not_in_nibin'),
            ), migrations.AddIndex(
                model_name='firearm',
                index=models.Index(condition=models.Q(('compared_as', django.db.models.functions.text.Left(django.db.models.functions.text.Concat('serial_key', models.Value('|'), 'make', models.Value('|'), 'caliber', models.Value('|'), django.db.models.functions.comparison.Cast('is_privately_made', models.CharField()), django.db.models.functions.comparison.Cast('is_obliterated', models.CharField())), 160)), _negated=True), fields=['id'], name='firearm_to_compare'),
            ), migrations.AddIndex(
                model_name='incident',
                index=models.Index(condition=models.Q(('collection', ''), ('kind__in', ('homicide', 'non_fatal_shooting', 'shots_fired_person', 'shots_fired_property', 'shots_fired_confirmed', 'gds_alert_confirmed', 'officer_involved'))), fields=['agency', 'occurred_at', 'id'], name='incident_unanswered'),
            ), migrations.AddIndex(
                model_name='incident',
                index=models.Index(condition=models.Q(('collection', ''), ('kind__in', ('homicide', 'non_fatal_shooting', 'shots_fired_person', 'shots_fired_property', 'shots_fired_confirmed', 'gds_alert_confirmed', 'officer_involved'))), fields=['agency', 'owing_unit', 'occurred_at', 'id'], name='incident_unit_owes'),
            ), migrations.AddIndex(
                model_name='incident',
                index=models.Index(condition=models.Q(('collection__in', ['none_found', 'not_searched'])), fields=['agency', 'collection', '-occurred_at', '-id'], name='incident_without_evidence'),
            ), migrations.AddIndex(
                model_name='storedfile',
                index=models.Index(models.OrderBy(models.F('checked_at'), nulls_first=True), models.F('id'), name='file_to_check'),
            ), migrations.AddIndex(
                model_name='storedfile',
                index=models.Index(condition=models.Q(('scanned_at', None)), fields=['id'], name='file_to_scan'),
            ), migrations.AddIndex(
                model_name='trace',
                index=models.Index(condition=models.Q(('status__in', ['submitted', 'accepted', 'in_progress'])), fields=['agency', 'submitted_at', 'id'], name='trace_on_its_way'),
            ), migrations.AddIndex(
                model_name='trace',
                index=models.Index(condition=models.Q(('asked_again', False), ('reason__in', ['serial_invalid', 'serial_obliterated', 'serial_not_found_mfr', 'importer_unknown', 'ffl_no_response', 'need_more_info']), ('status__in', ['closed_incomplete', 'rejected'])), fields=['agency', 'completed_at', 'id'], name='trace_to_add'),
            ), migrations.AddIndex(
                model_name='trace',
                index=models.Index(condition=models.Q(('days_to_crime__lt', 1095)), fields=['agency', '-requested_at', '-id'], name='trace_short_time'),
            ), migrations.AddConstraint(
                model_name='acquisition',
                constraint=models.UniqueConstraint(condition=models.Q(('rejected_at', None)), fields=('exhibit', 'site'), name='acquisition_once_per_site'),
            ), migrations.AddConstraint(
                model_name='acquisition',
                constraint=models.CheckConstraint(condition=models.Q(('entered_at', None), ('entered_at__lte', models.F('due_at')), models.Q(('late_code', ''), _negated=True), _connector='OR'), name='acquisition_late_says_why'),
            ), migrations.AddConstraint(
                model_name='acquisition',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('late_code', 'other'), _negated=True), models.Q(('late_reason', ''), _negated=True), _connector='OR'), name='acquisition_late_other_says_what'),
            ), migrations.AddConstraint(
                model_name='acquisition',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('rejected_at', None), ('rejected_by', None), ('rejection', '')), models.Q(('entered_at', None), ('rejected_at__isnull', False), ('rejected_by__isnull', False), models.Q(('rejection', ''), _negated=True)), _connector='OR'), name='acquisition_rejected_at_and_by'),
            ), migrations.AddConstraint(
                model_name='custodyevent',
                constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['collected', 'stored', 'to_laboratory', 'received', 'examined', 'returned', 'investigation', 'to_court', 'disposed', 'other'])), name='custody_purpose_known'),
            ), migrations.AddConstraint(
                model_name='exhibit',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('disposed_at', None), ('disposed_by', None)), models.Q(('disposed_at__isnull', False), ('disposed_by__isnull', False)), _connector='OR'), name='exhibit_disposed_at_and_by'),
            ), migrations.AddConstraint(
                model_name='exhibit',
                constraint=models.CheckConstraint(condition=models.Q(('fired_from', None), ('kind', 'test_fire'), _connector='OR'), name='exhibit_fired_from_a_gun_is_a_test_fire'),
            ), migrations.AddConstraint(
                model_name='firearm',
                constraint=models.CheckConstraint(condition=models.Q(('conversion_kind__in', ['', 'switch', 'auto_sear', 'link', 'other'])), name='firearm_conversion_known'),
            ), migrations.AddConstraint(
                model_name='firearm',
                constraint=models.CheckConstraint(condition=models.Q(('conversion_kind', ''), ('has_conversion_device', True), _connector='OR'), name='firearm_conversion_is_there'),
            ), migrations.AddConstraint(
                model_name='firearm',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('restored_by', ''), ('restored_on', None), ('restored_serial', '')), models.Q(models.Q(('restored_serial', ''), _negated=True), models.Q(('restored_by', ''), _negated=True), ('is_obliterated', True)), _connector='OR'), name='firearm_restored_says_by_whom'),
            ), migrations.AddConstraint(
                model_name='firearm',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stolen_checked_at', None), ('stolen_checked_by', None), ('stolen_status', 'not_checked')), models.Q(('stolen_checked_at__isnull', False), ('stolen_checked_by__isnull', False), ('stolen_status__in', ['not_stolen', 'stolen'])), _connector='OR'), name='firearm_stolen_checked_at_and_by'),
            ), migrations.AddConstraint(
                model_name='firearm',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stolen_status', 'stolen'), _negated=True), models.Q(('stolen_reference', ''), _negated=True), _connector='OR'), name='firearm_stolen_has_a_reference'),
            ), migrations.AddConstraint(
                model_name='importbatch',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['uploaded', 'checking', 'checked', 'loading', 'loaded', 'failed', 'cancelled', 'undoing', 'undone'])), name='batch_status_known'),
            ), migrations.AddConstraint(
                model_name='importfinding',
                constraint=models.CheckConstraint(condition=models.Q(('level__in', ['error', 'review', 'note', 'undo'])), name='finding_level_known'),
            ), migrations.AddConstraint(
                model_name='incident',
                constraint=models.CheckConstraint(condition=models.Q(('collection__in', ['', 'collected', 'none_found', 'not_searched'])), name='incident_collection_known'),
            ), migrations.AddConstraint(
                model_name='storedfile',
                constraint=models.CheckConstraint(condition=models.Q(('damage__in', ['', 'changed', 'lost', 'infected'])), name='file_damage_known'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'ready', 'submitted', 'accepted', 'in_progress', 'completed_to_purchaser', 'completed_to_dealer_only', 'completed_other', 'closed_incomplete', 'cancelled', 'rejected'])), name='trace_status_known'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['routine', 'urgent'])), name='trace_priority_known'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['completed_other', 'closed_incomplete', 'rejected']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='trace_incomplete_says_why'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', False), ('status__in', ['completed_to_purchaser', 'completed_to_dealer_only', 'completed_other', 'closed_incomplete', 'rejected'])), models.Q(('completed_at', None), ('status__in', ['draft', 'ready', 'submitted', 'accepted', 'in_progress', 'cancelled'])), _connector='OR'), name='trace_completed_at_when_done'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['draft', 'ready', 'cancelled']), ('submitted_at', None), ('submitted_by', None)), models.Q(models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), models.Q(('status__in', ['draft', 'ready']), _negated=True)), _connector='OR'), name='trace_submitted_at_and_by'),
            ), migrations.AddConstraint(
                model_name='trace',
                constraint=models.UniqueConstraint(condition=models.Q(('trace_number', ''), _negated=True), fields=('agency', 'trace_number'), name='trace_number_once'),
            )],
        ),
    ]
