"""What the new tables are filled with from what was there, and the triggers that keep copies, sums and chains."""

from django.db import migrations

COLLECTION = """
create function evidence_collected() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_incident i set collection = 'collected'
   where i.collection <> 'collected'
     and i.id in (select incident_id from fresh where kind in ('casing_group', 'projectile'));
  return null;
end $$;
create trigger exhibit_collected after insert on evidence_exhibit referencing new table as fresh
  for each statement execute function evidence_collected();

create function evidence_collected_anew() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_incident i set collection = n.collection
    from (select h.id, case when exists (select from evidence_exhibit e
                                          where e.incident_id = h.id and e.kind in ('casing_group', 'projectile'))
                            then 'collected'
                            else coalesce((select c.answer from evidence_canvass c where c.incident_id = h.id), '')
                             end as collection
            from evidence_incident h
           where h.id in (old.incident_id, case when tg_op = 'UPDATE' then new.incident_id end)) n
   where i.id = n.id and i.collection <> n.collection;
  return null;
end $$;
create trigger exhibit_changed after update on evidence_exhibit for each row
  when ((old.kind, old.incident_id) is distinct from (new.kind, new.incident_id))
  execute function evidence_collected_anew();
create trigger exhibit_gone after delete on evidence_exhibit for each row execute function evidence_collected_anew();

update evidence_incident i set collection = 'collected'
 where exists (select from evidence_exhibit e where e.incident_id = i.id and e.kind in ('casing_group', 'projectile'));
"""

COLLECTION_BACK = """
drop trigger exhibit_gone on evidence_exhibit;
drop trigger exhibit_changed on evidence_exhibit;
drop function evidence_collected_anew();
drop trigger exhibit_collected on evidence_exhibit;
drop function evidence_collected();
"""

CUSTODY = r"""
-- Version 1 is what the first rows were sealed with. Version 2 is JSON, so that no text can pass for the end of another.
create or replace function evidence_custody_hash(previous text, e evidence_custodyevent) returns text language sql immutable as $$
  select encode(sha256(convert_to(case e.hash_version when 1 then
    concat_ws(E'\x1f', previous, e.exhibit_id::text, e.position::text, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
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

CUSTODY_BACK = r"""
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
  select encode(sha256(convert_to(concat_ws(E'\x1f', previous, e.exhibit_id::text, e.position::text, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
         to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
         e.recorded_by_id::text), 'UTF8')), 'hex')
$$;
"""

CUSTODY_2 = """
update evidence_exhibit e set held_by_id = case when c.purpose = 'received' then c.site_id else e.agency_id end
  from (select distinct on (l.exhibit_id) l.exhibit_id, l.purpose, q.site_id from evidence_custodyevent l
          left join agencies_agency s on s.name = l.to_whom
          left join evidence_acquisition q on q.exhibit_id = l.exhibit_id and q.site_id = s.id
         order by l.exhibit_id, l.position desc) c
 where c.exhibit_id = e.id and (c.purpose in ('collected', 'stored', 'returned') or c.purpose = 'received' and c.site_id is not null);
"""

GUNSHOT_ALERTS = """
create function evidence_sync_detections() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_detection set has_evidence = (new.collection = 'collected') where incident_id = new.id;
  return null;
end $$;
create trigger incident_detections after update on evidence_incident for each row
  when ((old.collection = 'collected') is distinct from (new.collection = 'collected'))
  execute function evidence_sync_detections();
"""

GUNSHOT_ALERTS_BACK = """
drop trigger incident_detections on evidence_incident;
drop function evidence_sync_detections();
"""

FIREARM_SIGHTS = """
create function evidence_firearm_sights(ids bigint[]) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from evidence_firearmsight s where s.content_object_id = any(ids) and not exists (
    select 1 from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
      join evidence_incidentgrant g on g.content_object_id = e.incident_id and g.group_id = s.group_id
     where f.id = s.content_object_id);
  insert into evidence_firearmsight as s (group_id, content_object_id, created_at, key, frame, words)
  select g.group_id, f.id, e.created_at, k.key, case when k.frame <> k.key then k.frame else '' end, array_remove(array[
           'make:' || lower(f.make), 'caliber:' || f.caliber, 'type:' || f.type_code, 'theft:' || f.stolen_status,
           case when f.is_obliterated then 'mark:obliterated' end, case when f.is_privately_made then 'mark:private' end,
           case when f.has_conversion_device then 'mark:conversion' end,
           case when not exists (select 1 from evidence_trace t where t.firearm_id = f.id and t.status not in ('draft', 'cancelled'))
                then 'untraced' end], null)
    from evidence_firearm f
    join evidence_exhibit e on e.id = f.exhibit_id
    join evidence_incidentgrant g on g.content_object_id = e.incident_id
    cross join lateral (select
      case when f.serial_key <> '' then translate(f.serial_key, 'OILBS', '01185')
           when f.serial ~ '[?*]' then translate(regexp_replace(upper(f.serial), '[^A-Z0-9?*]', '', 'g'), 'OILBS', '01185')
           else '' end as key,
      translate(regexp_replace(f.serial_key, '(?<=[0-9])[A-Z]+(?=[0-9])', '', 'g'), 'OILBS', '01185') as frame) k
   where f.id = any(ids)
  on conflict (group_id, content_object_id) do update
     set created_at = excluded.created_at, key = excluded.key, frame = excluded.frame, words = excluded.words
   where (s.created_at, s.key, s.frame, s.words) is distinct from (excluded.created_at, excluded.key, excluded.frame, excluded.words)
$$;

create function evidence_firearm_seen() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'evidence_firearm' then
    perform evidence_firearm_sights(array(select id from touched));
  elsif tg_table_name = 'evidence_trace' then
    perform evidence_firearm_sights(array(select distinct firearm_id from touched));
  else
    perform evidence_firearm_sights(array(select distinct f.id from touched t
      join evidence_exhibit e on e.incident_id = t.content_object_id join evidence_firearm f on f.exhibit_id = e.id));
  end if;
  return null;
end $$;
create function evidence_firearm_gone() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from evidence_firearmsight where content_object_id in (select id from touched);
  return null;
end $$;
create trigger firearm_sight_added after insert on evidence_firearm referencing new table as touched for each statement execute function evidence_firearm_seen();
create trigger firearm_sight_changed after update on evidence_firearm referencing new table as touched for each statement execute function evidence_firearm_seen();
create trigger firearm_sight_gone after delete on evidence_firearm referencing old table as touched for each statement execute function evidence_firearm_gone();
create trigger firearm_sight_granted after insert on evidence_incidentgrant referencing new table as touched for each statement execute function evidence_firearm_seen();
create trigger firearm_sight_withdrawn after delete on evidence_incidentgrant referencing old table as touched for each statement execute function evidence_firearm_seen();
create trigger firearm_sight_traced after insert on evidence_trace referencing new table as touched for each statement execute function evidence_firearm_seen();
create trigger firearm_sight_trace_changed after update on evidence_trace referencing new table as touched for each statement execute function evidence_firearm_seen();

-- Numbers with characters that cannot be read had a key without them.
update evidence_firearm set serial_key = '' where serial ~ '[?*]' and serial_key <> '';
select evidence_firearm_sights(array(select id from evidence_firearm));
"""

FIREARM_SIGHTS_BACK = """
drop trigger firearm_sight_trace_changed on evidence_trace;
drop trigger firearm_sight_traced on evidence_trace;
drop trigger firearm_sight_withdrawn on evidence_incidentgrant;
drop trigger firearm_sight_granted on evidence_incidentgrant;
drop trigger firearm_sight_gone on evidence_firearm;
drop trigger firearm_sight_changed on evidence_firearm;
drop trigger firearm_sight_added on evidence_firearm;
drop function evidence_firearm_gone();
drop function evidence_firearm_seen();
drop function evidence_firearm_sights(bigint[]);
"""

CASING_COUNTS = """
create function evidence_casings_within_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare listed bigint; counted int; sheet bigint;
begin
  if tg_table_name = 'evidence_exhibit' then
    select id into sheet from evidence_casingsheet where exhibit_id = new.id;
  else
    sheet := new.sheet_id;
  end if;
  select coalesce(sum(count), 0) into listed from evidence_casingmark where sheet_id = sheet;
  select e.count into counted from evidence_casingsheet s join evidence_exhibit e on e.id = s.exhibit_id where s.id = sheet;
  if listed > counted then
    raise exception 'the markers of casing sheet % list % casings, its exhibit counts %', sheet, listed, counted
      using errcode = 'check_violation', constraint = 'casing_marks_within_count';
  end if;
  return null;
end $$;
create constraint trigger casing_marks_within_count after insert or update on evidence_casingmark
  deferrable initially deferred for each row execute function evidence_casings_within_count();
create constraint trigger casing_exhibit_within_count after update of count on evidence_exhibit
  deferrable initially deferred for each row when (new.count < old.count) execute function evidence_casings_within_count();

create function evidence_accuracy_goes_with_its_point() returns trigger language plpgsql as $$
begin
  new.accuracy := null;
  return new;
end $$;
create trigger incident_point_moved before update on evidence_incident for each row
  when ((old.lat, old.lng) is distinct from (new.lat, new.lng) and new.accuracy is not distinct from old.accuracy)
  execute function evidence_accuracy_goes_with_its_point();
"""

CASING_COUNTS_BACK = """
drop trigger incident_point_moved on evidence_incident;
drop function evidence_accuracy_goes_with_its_point();
drop trigger casing_exhibit_within_count on evidence_exhibit;
drop trigger casing_marks_within_count on evidence_casingmark;
drop function evidence_casings_within_count();
"""

TRACES = """
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

TRACES_BACK = """
update evidence_trace set status = 'completed_to_dealer' where status = 'completed_to_dealer_only';
update evidence_trace set reason = case reason when 'pmf_no_serial' then 'privately_made'
    when 'records_lost_or_destroyed' then 'records_lost' when 'ffl_no_response' then 'dealer_no_response'
    when 'need_more_info' then 'need_more' else reason end;
"""

UNTRACED_GUNS = """
create function evidence_untraced(guns bigint[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from evidence_untracedgun u where u.firearm_id = any(guns) and exists (
    select 1 from evidence_trace t where t.firearm_id = u.firearm_id and t.status not in ('draft', 'ready', 'cancelled'));
  insert into evidence_untracedgun (firearm_id, agency_id, recovered_at, can_be_traced)
  select f.id, e.agency_id, e.collected_at, not (f.is_privately_made and f.serial_key = '')
    from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
   where f.id = any(guns) and not exists (
     select 1 from evidence_trace t where t.firearm_id = f.id and t.status not in ('draft', 'ready', 'cancelled'))
  on conflict (firearm_id) do update set agency_id = excluded.agency_id, recovered_at = excluded.recovered_at,
    can_be_traced = excluded.can_be_traced;
end $$;

create function evidence_untraced_of_guns() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform evidence_untraced(array(select id from fresh));
  return null;
end $$;
create trigger firearm_untraced after insert on evidence_firearm referencing new table as fresh
  for each statement execute function evidence_untraced_of_guns();

create function evidence_untraced_of_gun() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform evidence_untraced(array[new.id]);
  return null;
end $$;
create trigger firearm_untraced_again after update of is_privately_made, serial_key on evidence_firearm for each row
  when ((old.is_privately_made, old.serial_key) is distinct from (new.is_privately_made, new.serial_key))
  execute function evidence_untraced_of_gun();

create function evidence_untraced_of_traces() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform evidence_untraced(array(select firearm_id from fresh));
  return null;
end $$;
create trigger trace_untraced after insert on evidence_trace referencing new table as fresh
  for each statement execute function evidence_untraced_of_traces();

create function evidence_untraced_of_trace() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform evidence_untraced(array[old.firearm_id]);
  return null;
end $$;
create trigger trace_untraced_again after update of status on evidence_trace for each row
  when (old.status is distinct from new.status) execute function evidence_untraced_of_trace();
create trigger trace_untraced_gone after delete on evidence_trace for each row execute function evidence_untraced_of_trace();

create function evidence_untraced_of_exhibit() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform evidence_untraced(array(select id from evidence_firearm where exhibit_id = new.id));
  return null;
end $$;
create trigger exhibit_untraced after update of collected_at, agency_id on evidence_exhibit for each row
  when ((old.collected_at, old.agency_id) is distinct from (new.collected_at, new.agency_id))
  execute function evidence_untraced_of_exhibit();

select evidence_untraced(array(select id from evidence_firearm));
set constraints all immediate;
"""

UNTRACED_GUNS_BACK = """
drop trigger exhibit_untraced on evidence_exhibit;
drop function evidence_untraced_of_exhibit();
drop trigger trace_untraced_gone on evidence_trace;
drop trigger trace_untraced_again on evidence_trace;
drop function evidence_untraced_of_trace();
drop trigger trace_untraced on evidence_trace;
drop function evidence_untraced_of_traces();
drop trigger firearm_untraced_again on evidence_firearm;
drop function evidence_untraced_of_gun();
drop trigger firearm_untraced on evidence_firearm;
drop function evidence_untraced_of_guns();
drop function evidence_untraced(bigint[]);
delete from evidence_untracedgun;
"""

INVENTORIES_AND_DISPOSAL = """
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

INVENTORIES_AND_DISPOSAL_BACK = """
drop trigger hold_stays on evidence_legalhold;
drop trigger disposal_stays on evidence_disposal;
drop trigger disposal_guard on evidence_disposal;
drop function evidence_disposal_guard();
drop function evidence_disposal_gaps(bigint, text);
"""

FIREARM_READY = """
do $do$ begin
  execute replace(pg_get_functiondef('evidence_firearm_sights(bigint[])'::regprocedure), $a$t.status not in ('draft', 'cancelled')$a$, $a$t.status not in ('draft', 'ready', 'cancelled')$a$);
end $do$;
select evidence_firearm_sights(array(select firearm_id from evidence_trace where status = 'ready'));
set constraints all immediate;
"""

FIREARM_READY_BACK = """
do $do$ begin
  execute replace(pg_get_functiondef('evidence_firearm_sights(bigint[])'::regprocedure), $a$t.status not in ('draft', 'ready', 'cancelled')$a$, $a$t.status not in ('draft', 'cancelled')$a$);
end $do$;
select evidence_firearm_sights(array(select firearm_id from evidence_trace where status = 'ready'));
set constraints all immediate;
"""

LABORATORY = """
update evidence_acquisition set late_code = 'other' where late_reason <> '' and late_code = ''
"""

LABORATORY_2 = """
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

LABORATORY_2_BACK = """
drop trigger acquisition_gone on evidence_acquisition;
drop trigger acquisition_changed on evidence_acquisition;
drop trigger acquisition_added on evidence_acquisition;
drop function evidence_in_nibin();
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0008_evidence_tables")]
    operations = [
        migrations.RunSQL(COLLECTION, COLLECTION_BACK),
        migrations.RunSQL(CUSTODY, CUSTODY_BACK),
        migrations.RunSQL(CUSTODY_2, migrations.RunSQL.noop),
        migrations.RunSQL(GUNSHOT_ALERTS, GUNSHOT_ALERTS_BACK),
        migrations.RunSQL(FIREARM_SIGHTS, FIREARM_SIGHTS_BACK),
        migrations.RunSQL(CASING_COUNTS, CASING_COUNTS_BACK),
        migrations.RunSQL(TRACES, TRACES_BACK),
        migrations.RunSQL(UNTRACED_GUNS, UNTRACED_GUNS_BACK),
        migrations.RunSQL(INVENTORIES_AND_DISPOSAL, INVENTORIES_AND_DISPOSAL_BACK),
        migrations.RunSQL(FIREARM_READY, FIREARM_READY_BACK),
        migrations.RunSQL(LABORATORY, migrations.RunSQL.noop),
        migrations.RunSQL(LABORATORY_2, LABORATORY_2_BACK),
    ]
