"""Grant rows carry copies of their incident's sort keys; custody rows number, chain and guard themselves."""

from django.db import migrations

FORWARD = """
create function evidence_fill_grant() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from auth_permission where id = new.permission_id and codename = 'view_incident') then
    raise exception 'only sight is granted on one incident: what a person may do comes from their role' using errcode = 'check_violation';
  end if;
  select occurred_at, kind into strict new.occurred_at, new.kind from evidence_incident where id = new.content_object_id for share;
  return new;
end $$;
create trigger incident_grant_fill before insert on evidence_incidentgrant for each row when (new.occurred_at is null) execute function evidence_fill_grant();

create function evidence_sync_grants() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update evidence_incidentgrant set occurred_at = new.occurred_at, kind = new.kind where content_object_id = new.id;
  return null;
end $$;
create trigger incident_grant_sync after update on evidence_incident for each row
  when ((old.occurred_at, old.kind) is distinct from (new.occurred_at, new.kind)) execute function evidence_sync_grants();

create function evidence_custody_hash(previous text, e evidence_custodyevent) returns text language sql immutable as $$
  select encode(sha256(convert_to(concat_ws(E'\\x1f', previous, e.exhibit_id::text, e.position::text, e.purpose, e.from_whom, e.to_whom, e.condition, e.seal,
         to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
         e.recorded_by_id::text), 'UTF8')), 'hex')
$$;
create function evidence_custody_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last evidence_custodyevent;
begin
  perform 1 from evidence_exhibit where id = new.exhibit_id for update;
  select * into last from evidence_custodyevent where exhibit_id = new.exhibit_id order by position desc limit 1;
  new.position := coalesce(last.position, 0) + 1;
  new.previous_hash := coalesce(last.hash, '');
  new.hash := evidence_custody_hash(new.previous_hash, new);
  return new;
end $$;
create trigger custody_chain before insert on evidence_custodyevent for each row execute function evidence_custody_chain();
create trigger custody_append_only before update or delete on evidence_custodyevent for each row execute function agencies_append_only();
create trigger custody_no_truncate before truncate on evidence_custodyevent for each statement execute function agencies_append_only();
"""

BACKWARD = """
drop trigger custody_no_truncate on evidence_custodyevent;
drop trigger custody_append_only on evidence_custodyevent;
drop trigger custody_chain on evidence_custodyevent;
drop function evidence_custody_chain();
drop function evidence_custody_hash(text, evidence_custodyevent);
drop trigger incident_grant_sync on evidence_incident;
drop function evidence_sync_grants();
drop trigger incident_grant_fill on evidence_incidentgrant;
drop function evidence_fill_grant();
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("agencies", "0002_audit_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
