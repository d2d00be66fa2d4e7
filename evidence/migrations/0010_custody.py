"""Hand-overs with two parties, and places as a tree; rows of the chain that are here keep the hash they have."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


TRIGGERS = """
-- Version 1 is what the first rows were sealed with. Version 2 is JSON, so that no text can pass for the end of another.
create or replace function evidence_custody_hash(previous text, e evidence_custodyevent) returns text language sql immutable as $$
  select encode(sha256(convert_to(case e.hash_version when 1 then
    concat_ws(E'\\x1f', previous, e.exhibit_id::text, e.position::text, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
         to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
         e.recorded_by_id::text)
  else
    jsonb_build_array(e.hash_version, previous, e.exhibit_id, e.position, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
         to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
         e.recorded_by_id, e.from_person_id, e.to_person_id, e.to_agency_id, e.place_id, e.condition_seen, e.seal_seen, e.paper, e.note,
         e.hand_over_id, e.receipt_id)::text
  end, 'UTF8')), 'hex')
$$;
create or replace function evidence_custody_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last evidence_custodyevent;
begin
  perform 1 from evidence_exhibit where id = new.exhibit_id for update;
  select * into last from evidence_custodyevent where exhibit_id = new.exhibit_id order by position desc limit 1;
  if last.purpose = 'disposed' then
    raise exception 'what was disposed of changes hands no more' using errcode = 'check_violation';
  end if;
  new.hash_version := 2;
  new.position := coalesce(last.position, 0) + 1;
  new.previous_hash := coalesce(last.hash, '');
  new.hash := evidence_custody_hash(new.previous_hash, new);
  return new;
end $$;

-- What a hand-over says stays; only its answer is added, once.
create function evidence_hand_over_kept() returns trigger language plpgsql as $$
begin
  if old.status <> 'offered' or (to_jsonb(new) - array['status', 'answered_at', 'answered_by_id', 'reason'])
                             <> (to_jsonb(old) - array['status', 'answered_at', 'answered_by_id', 'reason']) then
    raise exception 'a hand-over is answered once and not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger hand_over_kept before update on evidence_handover for each row execute function evidence_hand_over_kept();
create trigger hand_over_stays before delete on evidence_handover for each row execute function agencies_append_only();

-- A tree: inside a place of the same agency, never inside itself, at most eight deep. One lock for each agency, because
-- two moves at the same moment could make a circle that neither sees.
create function evidence_place_tree() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare above evidence_place; depth int := 1; below int;
begin
  perform pg_advisory_xact_lock(724010, new.agency_id::int);
  if tg_op = 'UPDATE' and new.agency_id <> old.agency_id then
    raise exception 'a place stays with its agency' using errcode = 'check_violation', constraint = 'place_keeps_its_agency';
  end if;
  above.parent_id := new.parent_id;
  while above.parent_id is not null loop
    select * into above from evidence_place where id = above.parent_id;
    depth := depth + 1;
    if above.id = new.id then
      raise exception 'a place does not lie inside itself' using errcode = 'check_violation', constraint = 'place_not_inside_itself';
    end if;
    if above.agency_id <> new.agency_id then
      raise exception 'a place lies inside places of its agency' using errcode = 'check_violation', constraint = 'place_of_one_agency';
    end if;
    if depth > 30 then exit; end if;
  end loop;
  with recursive t as (select new.id as id, 0 as down union all select p.id, t.down + 1 from evidence_place p join t on p.parent_id = t.id where t.down < 9)
  select max(down) into below from t;
  if depth + below > 8 then
    raise exception 'places lie at most eight deep' using errcode = 'check_violation', constraint = 'place_eight_deep';
  end if;
  return new;
end $$;
create trigger place_tree before insert or update of parent_id, agency_id on evidence_place for each row execute function evidence_place_tree();
"""

UNTRIGGER = """
drop trigger place_tree on evidence_place;
drop function evidence_place_tree();
drop trigger hand_over_stays on evidence_handover;
drop trigger hand_over_kept on evidence_handover;
drop function evidence_hand_over_kept();
create or replace function evidence_custody_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last evidence_custodyevent;
begin
  perform 1 from evidence_exhibit where id = new.exhibit_id for update;
  select * into last from evidence_custodyevent where exhibit_id = new.exhibit_id order by position desc limit 1;
  new.position := coalesce(last.position, 0) + 1;
  new.previous_hash := coalesce(last.hash, '');
  new.hash := evidence_custody_hash(new.previous_hash, new);
  return new;
end $$;
create or replace function evidence_custody_hash(previous text, e evidence_custodyevent) returns text language sql immutable as $$
  select encode(sha256(convert_to(concat_ws(E'\\x1f', previous, e.exhibit_id::text, e.position::text, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
         to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
         e.recorded_by_id::text), 'UTF8')), 'hex')
$$;
"""

# Who has what is here already, as far as the last leg says it for certain.
HOLDERS = """
update evidence_exhibit e set held_by_id = case when c.purpose = 'received' then c.site_id else e.agency_id end
  from (select distinct on (l.exhibit_id) l.exhibit_id, l.purpose, q.site_id from evidence_custodyevent l
          left join agencies_agency s on s.name = l.to_whom
          left join evidence_acquisition q on q.exhibit_id = l.exhibit_id and q.site_id = s.id
         order by l.exhibit_id, l.position desc) c
 where c.exhibit_id = e.id and (c.purpose in ('collected', 'stored', 'returned') or c.purpose = 'received' and c.site_id is not null);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_deeds_on_many'),
        ('evidence', '0008_collection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
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
            ],
            options={
                'verbose_name': 'hand-over',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('building', 'Building'), ('room', 'Room'), ('cabinet', 'Cabinet or safe'), ('shelf', 'Shelf'), ('bin', 'Bin'), ('locker', 'Locker'), ('other', 'Other')], max_length=10)),
                ('code', models.CharField(help_text='What its label says.', max_length=20)),
                ('label', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('check_in', 'Check-in'), ('check_out', 'Check-out')], max_length=10)),
                ('made_at', models.DateTimeField()),
                ('left_out', models.JSONField(default=list, help_text='[what was scanned, why it was not moved]')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='custodyevent',
            name='custody_purpose_known',
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='condition_seen',
            field=models.CharField(blank=True, help_text='By the receiver.', max_length=120),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='from_person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='hash_version',
            field=models.PositiveSmallIntegerField(default=1, editable=False, help_text='Which fields the hash is taken over; the trigger sets the newest.'),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='note',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='paper',
            field=models.CharField(blank=True, help_text='What was signed outside the portal, and by whom.', max_length=120),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='seal_seen',
            field=models.CharField(blank=True, help_text='By the receiver.', max_length=40),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='to_agency',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='to_person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='held_by',
            field=models.ForeignKey(db_index=False, editable=False, help_text='Which agency has it by the last leg of its chain, when that names one of the portal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='holder',
            field=models.ForeignKey(db_index=False, editable=False, help_text='In whose hands it is by the last leg of its chain, when they have an account.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='custodyevent',
            name='purpose',
            field=models.CharField(choices=[('collected', 'Collected'), ('stored', 'Put into storage'), ('to_laboratory', 'Sent to the laboratory'), ('received', 'Received'), ('examined', 'Examined'), ('returned', 'Returned'), ('investigation', 'For investigation'), ('to_court', 'Taken to court'), ('disposed', 'Disposed of'), ('other', 'Other')], max_length=16),
        ),
        migrations.AddField(
            model_name='handover',
            name='answered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='exhibit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='evidence.exhibit'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='handover',
            name='offered_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='hand_over',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leg', to='evidence.handover'),
        ),
        migrations.AddField(
            model_name='place',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='place',
            name='closed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='place',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='place',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inside', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_place',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_place',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='place',
            field=models.ForeignKey(db_index=False, help_text='Where it lies from then.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='exhibit',
            name='place',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='evidence.place'),
        ),
        migrations.AddIndex(
            model_name='exhibit',
            index=models.Index(condition=models.Q(('place__isnull', False)), fields=['place', '-created_at', '-id'], name='exhibit_place_new'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='agency',
            field=models.ForeignKey(help_text='Whose bench it was.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.place'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='to_agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='to_person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='receipt',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='evidence.receipt'),
        ),
        migrations.AddField(
            model_name='custodyevent',
            name='receipt',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='evidence.receipt'),
        ),
        migrations.AddConstraint(
            model_name='custodyevent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['collected', 'stored', 'to_laboratory', 'received', 'examined', 'returned', 'investigation', 'to_court', 'disposed', 'other'])), name='custody_purpose_known'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['parent', 'code'], name='place_parent_code'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(models.F('agency'), django.db.models.functions.text.Upper('code'), name='place_code_once_per_agency'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['building', 'room', 'cabinet', 'shelf', 'bin', 'locker', 'other'])), name='place_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='place_code_plain'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='place_closed_at_and_by'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['agency', '-made_at', '-id'], name='receipt_agency_new'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['check_in', 'check_out'])), name='receipt_kind_known'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('status', 'offered')), fields=['to_agency', 'offered_at', 'id'], name='hand_over_to'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('status', 'offered')), fields=['from_agency', 'offered_at', 'id'], name='hand_over_from'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('status', 'offered')), fields=['offered_by', 'offered_at', 'id'], name='hand_over_given'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('status', 'offered')), fields=['to_person', 'offered_at', 'id'], name='hand_over_named'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'offered')), fields=('exhibit',), name='hand_over_one_open_per_exhibit'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'confirmed', 'refused', 'withdrawn'])), name='hand_over_status_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('status', 'offered')), models.Q(models.Q(('status', 'offered'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='hand_over_answered_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), ('status', 'withdrawn'), models.Q(('answered_by', models.F('offered_by')), _negated=True), _connector='OR'), name='hand_over_has_two_parties'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='hand_over_refused_says_why'),
        ),
        migrations.RunSQL(TRIGGERS, UNTRIGGER),
        migrations.RunSQL(HOLDERS, migrations.RunSQL.noop),
    ]
