"""Firearms of which no trace was ever sent are kept in a table of their own, by triggers: their list is as long as what
was forgotten, however many guns were traced. A request that is not sent yet, or was cancelled, is none.
"""

from django.db import migrations

FORWARD = """
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

BACKWARD = """
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


class Migration(migrations.Migration):
    dependencies = [("evidence", "0017_traces")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
