"""Who may see which firearm, with the key the serial search looks for: kept by triggers on firearms, grants and traces."""

from django.db import migrations

FORWARD = r"""
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

BACKWARD = """
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


class Migration(migrations.Migration):
    dependencies = [("evidence", "0015_firearm_fields")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
