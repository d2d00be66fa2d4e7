"""Counts of places, and how exhibits leave: dates of review, legal holds, disposal by two people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FORWARD = """
-- What stands against the disposal of an exhibit. A test fire that does not say its gun counts for the guns of its case;
-- a gun that is in NIBIN was fired.
create function evidence_disposal_gaps(exhibit bigint, method text) returns text language sql stable as $$
  select concat_ws(',',
    case when g.is_gun and not g.entered and not exists (
      select 1 from evidence_exhibit t where t.incident_id = g.incident_id and t.kind = 'test_fire'
         and coalesce(to_jsonb(t)->>'fired_from_id', g.id::text) = g.id::text) then 'test_fire' end,
    case when g.is_gun and not g.entered and not exists (
      select 1 from evidence_exhibit t join evidence_acquisition q on q.exhibit_id = t.id and q.entered_at is not null
       where t.incident_id = g.incident_id and t.kind = 'test_fire'
         and coalesce(to_jsonb(t)->>'fired_from_id', g.id::text) = g.id::text) then 'nibin' end,
    case when g.is_gun and not exists (
      select 1 from evidence_firearm f join evidence_trace t on t.firearm_id = f.id
       where f.exhibit_id = g.id and t.status not in ('draft', 'cancelled')) then 'trace' end,
    case when exists (select 1 from evidence_legalhold h where h.exhibit_id = g.id and h.lifted_at is null) then 'hold' end)
  from (select e.id, e.incident_id, e.kind = 'firearm' and evidence_disposal_gaps.method = 'destroy' as is_gun,
               exists (select 1 from evidence_acquisition q where q.exhibit_id = e.id and q.entered_at is not null) as entered
          from evidence_exhibit e where e.id = evidence_disposal_gaps.exhibit) g
$$;
-- Approved is only what nothing stands against, or what two people let go in spite of it; what is written down of it is
-- what the database finds itself.
create function evidence_disposal_guard() returns trigger language plpgsql as $$
declare found text;
begin
  if tg_op = 'UPDATE' and (old.exhibit_id, old.proposed_by_id) is distinct from (new.exhibit_id, new.proposed_by_id) then
    raise exception 'a disposal stays with its exhibit and with who proposed it' using errcode = 'check_violation';
  end if;
  if new.status = 'approved' and (tg_op = 'INSERT' or old.status <> 'approved') then
    perform 1 from evidence_exhibit where id = new.exhibit_id for update;
    found := evidence_disposal_gaps(new.exhibit_id, new.method);
    new.gaps := found;
  end if;
  if new.status = 'done' and (tg_op = 'INSERT' or old.status <> 'approved') then
    raise exception 'only what was approved is disposed of' using errcode = 'check_violation';
  end if;
  if new.status = 'done' and 'hold' = any(string_to_array(evidence_disposal_gaps(new.exhibit_id, new.method), ','))
     and not 'hold' = any(string_to_array(new.gaps, ',')) then
    raise exception 'a legal hold was set since the approval' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger disposal_guard before insert or update on evidence_disposal for each row execute function evidence_disposal_guard();
create trigger disposal_stays before delete on evidence_disposal for each row execute function agencies_append_only();
create trigger hold_stays before delete on evidence_legalhold for each row execute function agencies_append_only();
"""

BACKWARD = """
drop trigger hold_stays on evidence_legalhold;
drop trigger disposal_stays on evidence_disposal;
drop trigger disposal_guard on evidence_disposal;
drop function evidence_disposal_guard();
drop function evidence_disposal_gaps(bigint, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('evidence', '0019_imports_of_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
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
            ],
        ),
        migrations.CreateModel(
            name='Inventory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('open', 'Under way'), ('finished', 'Finished')], default='open', max_length=10)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'inventories',
            },
        ),
        migrations.CreateModel(
            name='InventoryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(blank=True, help_text='What was scanned, when it is no exhibit.', max_length=200)),
                ('expected', models.BooleanField(default=False)),
                ('found_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(help_text='When it was taken home, or kept where it was found.', null=True)),
                ('outcome', models.CharField(blank=True, choices=[('missing', 'Missing'), ('misplaced', 'Belongs elsewhere'), ('unknown', 'Unknown'), ('moved', 'Moved meanwhile'), ('transit', 'In transit'), ('found', 'Found')], help_text='As the inventory ended; while it is under way, nothing.', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_because', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('casing_group', 'Cartridge cases'), ('firearm', 'Firearm'), ('projectile', 'Projectile'), ('magazine', 'Magazine'), ('test_fire', 'Test fire'), ('other', 'Other')], max_length=12)),
                ('months', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['kind'],
            },
        ),
        migrations.AddField(
            model_name='exhibit',
            name='disposed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='disposed_by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='review_on',
            field=models.DateField(blank=True, help_text='When somebody looks whether it still has to be kept.', null=True),
        ),
        migrations.AddIndex(
            model_name='exhibit',
            index=models.Index(condition=models.Q(('disposed_at', None), ('review_on__isnull', False)), fields=['agency', 'review_on', 'id'], name='exhibit_to_review'),
        ),
        migrations.AddConstraint(
            model_name='exhibit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disposed_at', None), ('disposed_by', None)), models.Q(('disposed_at__isnull', False), ('disposed_by__isnull', False)), _connector='OR'), name='exhibit_disposed_at_and_by'),
        ),
        migrations.AddField(
            model_name='disposal',
            name='agency',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='disposal',
            name='approved_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disposal',
            name='ended_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disposal',
            name='exhibit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposals', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='disposal',
            name='proposed_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disposal',
            name='seconded_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disposal',
            name='waived_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inventory',
            name='agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='inventory',
            name='finished_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inventory',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inventories', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='inventory',
            name='started_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inventoryline',
            name='belongs_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='inventoryline',
            name='exhibit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='inventoryline',
            name='found_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inventoryline',
            name='inventory',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='evidence.inventory'),
        ),
        migrations.AddField(
            model_name='inventoryline',
            name='settled_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='agency',
            field=models.ForeignKey(db_index=False, help_text='Whose people set it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='exhibit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='lifted_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='set_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionrule',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_rules', to='agencies.agency'),
        ),
        migrations.AddIndex(
            model_name='disposal',
            index=models.Index(fields=['agency', 'status', '-proposed_at', '-id'], name='disposal_agency_status_new'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'done'])), fields=('exhibit',), name='disposal_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'done', 'sent_back', 'withdrawn'])), name='disposal_status_known'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['destroy', 'return', 'transfer', 'use'])), name='disposal_method_known'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='disposal_approved_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='disposal_ended_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('waived_at', None), ('waived_by', None)), models.Q(('waived_at__isnull', False), ('waived_by__isnull', False)), _connector='OR'), name='disposal_waived_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seconded_at', None), ('seconded_by', None)), models.Q(('seconded_at__isnull', False), ('seconded_by__isnull', False)), _connector='OR'), name='disposal_seconded_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'sent_back', 'withdrawn']), ('approved_at__isnull', False), _connector='OR'), name='disposal_approved_first'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='disposal_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('seconded_by', None), models.Q(('waived_by__isnull', False), models.Q(('waived_by', models.F('seconded_by')), _negated=True), models.Q(('seconded_because', ''), _negated=True)), _connector='OR'), name='disposal_waived_by_two'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('waived_by', None), models.Q(('waived_because', ''), _negated=True), _connector='OR'), name='disposal_waived_says_why'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('gaps', ''), models.Q(('seconded_by__isnull', False), ('waived_by__isnull', False)), _connector='OR'), name='disposal_gaps_are_waived'),
        ),
        migrations.AddIndex(
            model_name='inventory',
            index=models.Index(fields=['agency', '-started_at', '-id'], name='inventory_agency_new'),
        ),
        migrations.AddConstraint(
            model_name='inventory',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('place',), name='inventory_one_open_per_place'),
        ),
        migrations.AddConstraint(
            model_name='inventory',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'finished'])), name='inventory_status_known'),
        ),
        migrations.AddConstraint(
            model_name='inventory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('finished_by', None), ('status', 'open')), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False), ('status', 'finished')), _connector='OR'), name='inventory_finished_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='inventoryline',
            constraint=models.UniqueConstraint(fields=('inventory', 'exhibit'), name='inventory_line_once_per_exhibit'),
        ),
        migrations.AddConstraint(
            model_name='inventoryline',
            constraint=models.CheckConstraint(condition=models.Q(('exhibit__isnull', False), models.Q(('expected', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='inventory_line_of_something'),
        ),
        migrations.AddConstraint(
            model_name='inventoryline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found_at', None), ('found_by', None)), models.Q(('found_at__isnull', False), ('found_by__isnull', False)), _connector='OR'), name='inventory_line_found_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='inventoryline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='inventory_line_settled_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='inventoryline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'missing', 'misplaced', 'unknown', 'moved', 'transit', 'found'])), name='inventory_line_outcome_known'),
        ),
        migrations.AddIndex(
            model_name='legalhold',
            index=models.Index(condition=models.Q(('lifted_at', None)), fields=['agency', '-set_at', '-id'], name='hold_open_new'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_says_why'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('lifted_because', ''), _negated=True), _connector='OR'), name='hold_lifted_says_why'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.UniqueConstraint(fields=('agency', 'kind'), name='retention_rule_once_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['casing_group', 'firearm', 'projectile', 'magazine', 'test_fire', 'other'])), name='retention_rule_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 1200)), name='retention_rule_months_1_to_1200'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
