"""The chain is made after everything else that a commit has to wait for: see docs/adr/0002."""

from django.db import migrations

# What a deferred trigger adds to the queue of a commit is done after all that stood in it: so a transaction takes the
# chain's lock when the keys of all its rows are checked, and waits for nobody while it holds it.
LAST = """
create unlogged table agencies_auditwaiting (event_id bigint primary key);
create function agencies_audit_wait() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into agencies_auditwaiting (event_id) values (new.id);
  return null;
end $$;
drop trigger audit_link on agencies_auditevent;
create or replace function agencies_audit_link() returns trigger language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  last agencies_auditlink;
  event agencies_auditevent;
begin
  perform pg_advisory_xact_lock(724001);
  select * into strict event from agencies_auditevent where id = new.event_id;
  select * into last from agencies_auditlink order by position desc limit 1;
  insert into agencies_auditlink (position, event_id, hash)
  values (coalesce(last.position, 0) + 1, event.id, agencies_audit_hash(coalesce(last.hash, ''), event));
  delete from agencies_auditwaiting where event_id = event.id;
  return null;
end $$;
create constraint trigger audit_link after insert on agencies_auditevent deferrable initially deferred
  for each row execute function agencies_audit_wait();
create constraint trigger audit_link_last after insert on agencies_auditwaiting deferrable initially deferred
  for each row execute function agencies_audit_link();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0008_tries_from_inside")]
    operations = [migrations.RunSQL(LAST)]
