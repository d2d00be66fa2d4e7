"""The audit log's chain is made when a transaction commits, in a table of its own: see docs/adr/0002."""

import django.db.models.deletion
from django.db import migrations, models

LINKS = """
insert into agencies_auditlink (position, event_id, hash) select row_number() over (order by id), id, hash from agencies_auditevent order by id;
select setval(pg_get_serial_sequence('agencies_auditevent', 'id'), coalesce((select max(id) from agencies_auditevent), 0) + 1, false);
drop trigger audit_chain on agencies_auditevent;
drop function agencies_audit_chain();
create function agencies_audit_link() returns trigger language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare last agencies_auditlink;
begin
  perform pg_advisory_xact_lock(724001);
  select * into last from agencies_auditlink order by position desc limit 1;
  insert into agencies_auditlink (position, event_id, hash)
  values (coalesce(last.position, 0) + 1, new.id, agencies_audit_hash(coalesce(last.hash, ''), new));
  return null;
end $$;
create constraint trigger audit_link after insert on agencies_auditevent deferrable initially deferred
  for each row execute function agencies_audit_link();
create trigger audit_link_append_only before update or delete on agencies_auditlink for each row execute function agencies_append_only();
create trigger audit_link_no_truncate before truncate on agencies_auditlink for each statement execute function agencies_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_system_user")]
    operations = [
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="agencies.auditevent"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(LINKS),
        migrations.RemoveField("auditevent", "previous_hash"),
        migrations.RemoveField("auditevent", "hash"),
    ]
