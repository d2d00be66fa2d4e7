"""A sheet lists no more casings than its exhibit counts; how exact a place is goes with the place."""

from django.db import migrations

SUMS = """
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
BACK = """
drop trigger incident_point_moved on evidence_incident;
drop function evidence_accuracy_goes_with_its_point();
drop trigger casing_exhibit_within_count on evidence_exhibit;
drop trigger casing_marks_within_count on evidence_casingmark;
drop function evidence_casings_within_count();
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0013_files")]
    operations = [migrations.RunSQL(SUMS, BACK)]
