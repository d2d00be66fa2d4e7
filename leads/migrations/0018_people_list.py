"""A list of people under 28 CFR Part 23: its entries, what counts for them, who got what, who may read it."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0011_notice_choices'),
        ('leads', '0017_enrichment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='ListedPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('candidate', 'Candidate'), ('active', 'Active'), ('custody', 'In custody'), ('referred', 'Referred to services'), ('monitored', 'Monitored'), ('removed', 'Removed'), ('purged', 'Purged')], default='candidate', max_length=9)),
                    ('criminal_predicate', models.CharField(blank=True, max_length=1000)),
                    ('reasonable_suspicion_basis', models.CharField(blank=True, max_length=1000)),
                    ('source_reliability', models.CharField(choices=[('reliable', 'Reliable'), ('usually', 'Usually reliable'), ('unreliable', 'Unreliable'), ('unknown', 'Unknown')], max_length=10)),
                    ('content_validity', models.CharField(choices=[('confirmed', 'Confirmed'), ('probable', 'Probable'), ('doubtful', 'Doubtful'), ('unjudged', 'Cannot be judged')], max_length=10)),
                    ('sensitivity', models.CharField(choices=[('sensitive', 'Law enforcement sensitive: found by those who name the person'), ('restricted', 'Restricted: given by the center alone')], default='sensitive', max_length=10)),
                    ('noncriminal', models.CharField(blank=True, help_text='Non-criminal identifying information: people who are suspected of nothing.', max_length=500)),
                    ('entered_on', models.DateField()),
                    ('reviewed_on', models.DateField(help_text='The last review, or the day it was entered.')),
                    ('validated_on', models.DateField(help_text='When its grounds were last validated, or the day it was entered.')),
                    ('review_due', models.DateField()),
                    ('purge_on', models.DateField()),
                    ('due_told_at', models.DateTimeField(help_text='When the center was told that the review is due.', null=True)),
                    ('proposed_at', models.DateTimeField()),
                    ('approved_at', models.DateTimeField(null=True)),
                    ('removed_at', models.DateTimeField(null=True)),
                    ('removal', models.CharField(blank=True, choices=[('not_approved', 'Not approved'), ('not_reviewed', 'Not reviewed in time'), ('predicate', 'Nothing on record counts any more'), ('unfounded', 'Misleading, obsolete or unreliable'), ('desisted', 'No further gun violence'), ('deceased', 'Deceased'), ('court', 'Order of a court')], max_length=12)),
                    ('note', models.CharField(blank=True, help_text='What the last review or step says.', max_length=300)),
                    ('held_at', models.DateTimeField(null=True)),
                    ('hold', models.CharField(blank=True, help_text='The order of a court that keeps it from purging.', max_length=200)),
                    ('purged_at', models.DateTimeField(null=True)),
                    ('rule', models.CharField(blank=True, choices=[('retention', 'Five years without validation, 28 CFR 23.20(h)'), ('removed', '30 days after removal, 28 CFR 23.20(h)')], help_text='By which rule it was purged.', max_length=9)),
                    ('score', models.PositiveIntegerField(default=0, help_text='Tenths of a point, as last measured.')),
                    ('score_version', models.PositiveSmallIntegerField(default=0)),
                    ('score_inputs', models.JSONField(default=dict, help_text='What was measured: counted, and left out with why.')),
                    ('score_as_of', models.DateField(null=True)),
                    ('agency', models.ForeignKey(db_index=False, help_text='The center.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='leads.person')),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('submitter', models.ForeignKey(db_index=False, help_text='The agency that submitted it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ],
                options={
                    'verbose_name_plural': 'listed people',
                },
            ),
            migrations.CreateModel(
                name='ListedFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('factor', models.CharField(choices=[('shooting', 'Arrested for or charged with a shooting'), ('possession', 'Possession of a crime gun'), ('supervision', 'Released under supervision with a weapon condition'), ('purchase', 'Bought a gun that was traced within a year')], max_length=11)),
                    ('on', models.DateField()),
                    ('source', models.CharField(help_text='Report, docket or trace number: where it can be read again.', max_length=200)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('listed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='leads.listedperson')),
                ],
                options={
                    'ordering': ['on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Dissemination',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('how', models.CharField(choices=[('opened', 'Opened'), ('printed', 'Printed'), ('given', 'Given by the center')], max_length=7)),
                    ('right', models.CharField(choices=[('investigation', 'Criminal investigation'), ('safety', 'Imminent danger to life or property'), ('prosecution', 'Prosecution'), ('supervision', 'Supervision'), ('review', 'Review of the list')], help_text='The right to know.', max_length=13)),
                    ('reason', models.CharField(help_text='The need to know.', max_length=200)),
                    ('at', models.DateTimeField()),
                    ('agency', models.ForeignKey(help_text='Of whoever got it, when they got it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('by', models.ForeignKey(help_text='Who gave it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(help_text='Who got it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('listed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disseminations', to='leads.listedperson')),
                ],
                options={
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='ListRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('juvenile_law', models.CharField(blank=True, help_text='The provision that allows it.', max_length=200)),
                    ('set_at', models.DateTimeField()),
                    ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('completed_on', models.DateField()),
                    ('expires_at', models.DateTimeField(help_text='The end of its last day where the agency is.')),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-expires_at', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='certificate_ended_at_and_by'), models.CheckConstraint(condition=models.Q(('recorded_by', models.F('user')), _negated=True), name='certificate_recorded_by_another'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'agency'), name='certificate_once_at_a_time')],
                },
            ),
            migrations.AddIndex(
                model_name='listedperson',
                index=models.Index(fields=['agency', 'status', 'review_due', 'id'], name='listed_agency_review'),
            ),
            migrations.AddIndex(
                model_name='listedperson',
                index=models.Index(condition=models.Q(('status__in', ['active', 'custody', 'referred', 'monitored'])), fields=['agency', 'review_due', 'id'], name='listed_agency_due'),
            ),
            migrations.AddIndex(
                model_name='listedperson',
                index=models.Index(condition=models.Q(('status', 'purged'), _negated=True), fields=['agency', 'purge_on'], name='listed_agency_purge'),
            ),
            migrations.AddIndex(
                model_name='listedperson',
                index=models.Index(condition=models.Q(('status__in', ['candidate', 'active', 'custody', 'referred', 'monitored'])), fields=['agency', 'score_as_of'], name='listed_agency_measured'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['candidate', 'active', 'custody', 'referred', 'monitored', 'removed', 'purged'])), name='listed_status_known'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='listed_approved_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('approved_by', models.F('proposed_by')), _negated=True), name='listed_approved_by_another'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', ['candidate', 'removed', 'purged']), ('approved_at__isnull', False), _connector='OR'), name='listed_after_approval'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('removal', ''), ('removed_at', None), ('removed_by', None), models.Q(('status', 'removed'), _negated=True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), ('status__in', ['removed', 'purged']), models.Q(('removal', ''), _negated=True)), _connector='OR'), name='listed_removed_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at', None), ('held_by', None), ('hold', '')), models.Q(('held_at__isnull', False), ('held_by__isnull', False), models.Q(('hold', ''), _negated=True), models.Q(('status', 'purged'), _negated=True)), _connector='OR'), name='listed_held_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('purged_at', None), ('rule', ''), models.Q(('status', 'purged'), _negated=True), models.Q(('criminal_predicate', ''), _negated=True), models.Q(('reasonable_suspicion_basis', ''), _negated=True)), models.Q(('criminal_predicate', ''), ('noncriminal', ''), ('note', ''), ('person', None), ('purged_at__isnull', False), ('reasonable_suspicion_basis', ''), ('score', 0), ('score_as_of', None), ('score_inputs', {}), ('status', 'purged'), models.Q(('rule', ''), _negated=True)), _connector='OR'), name='listed_purged_is_empty'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('purge_on__lte', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('validated_on'), '+', models.Value(datetime.timedelta(days=1826))), models.DateField()))), name='listed_five_years_at_most'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('review_due__lte', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('reviewed_on'), '+', models.Value(datetime.timedelta(days=365))), models.DateField()))), name='listed_review_within_a_year'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.CheckConstraint(condition=models.Q(('reviewed_on__gte', models.F('entered_on')), ('validated_on__gte', models.F('entered_on'))), name='listed_reviewed_after_entry'),
            ),
            migrations.AddConstraint(
                model_name='listedperson',
                constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['candidate', 'active', 'custody', 'referred', 'monitored'])), fields=('agency', 'person'), name='listed_once'),
            ),
            migrations.AddConstraint(
                model_name='listedfact',
                constraint=models.CheckConstraint(condition=models.Q(('factor__in', ['shooting', 'possession', 'supervision', 'purchase'])), name='listed_fact_counts'),
            ),
            migrations.AddConstraint(
                model_name='listedfact',
                constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='listed_fact_has_a_source'),
            ),
            migrations.AddConstraint(
                model_name='listedfact',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='listed_fact_withdrawn_at_and_by'),
            ),
            migrations.AddConstraint(
                model_name='listedfact',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('listed', 'factor', 'on', 'source'), name='listed_fact_once'),
            ),
            migrations.AddIndex(
                model_name='dissemination',
                index=models.Index(fields=['listed', '-at', '-id'], name='dissemination_listed'),
            ),
            migrations.AddConstraint(
                model_name='dissemination',
                constraint=models.CheckConstraint(condition=models.Q(('how__in', ['opened', 'printed', 'given'])), name='dissemination_how_known'),
            ),
        ]),
    ]
