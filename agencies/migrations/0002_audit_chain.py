"""The audit log numbers, chains and guards itself: see agencies/audit.py."""

from django.db import migrations

CHAIN = """
create function agencies_audit_hash(previous text, e agencies_auditevent) returns text language sql immutable as $$
  select encode(sha256(convert_to(concat_ws(E'\\x1f', previous, e.id::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.verb,
         e.by_id::text, coalesce(e.agency_id::text, '-'), e.object_type, coalesce(e.object_id::text, '-'), e.data::text), 'UTF8')), 'hex')
$$;
create function agencies_audit_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last agencies_auditevent;
begin
  perform pg_advisory_xact_lock(724001);
  select * into last from agencies_auditevent order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous_hash := coalesce(last.hash, '');
  new.hash := agencies_audit_hash(new.previous_hash, new);
  return new;
end $$;
create trigger audit_chain before insert on agencies_auditevent for each row execute function agencies_audit_chain();

create function agencies_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_append_only before update or delete on agencies_auditevent for each row execute function agencies_append_only();
create trigger audit_no_truncate before truncate on agencies_auditevent for each statement execute function agencies_append_only();
"""

UNCHAIN = """
drop trigger audit_no_truncate on agencies_auditevent;
drop trigger audit_append_only on agencies_auditevent;
drop trigger audit_chain on agencies_auditevent;
drop function agencies_append_only();
drop function agencies_audit_chain();
drop function agencies_audit_hash(text, agencies_auditevent);
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
