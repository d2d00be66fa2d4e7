from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

# Bits of pg_trigger.tgtype.
ON_DELETE, ON_UPDATE = 8, 16
GUARDED = """
select t.tgrelid::regclass::text, bit_or(t.tgtype) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
 where p.proname = 'agencies_append_only' group by 1"""
# Who owns the schema may drop what is in it, and the owner of a database owns its schema since PostgreSQL 15. A member
# that inherits nothing need only say "set role".
OWNED = """
select what from (
  select 'the database' as what, datdba as owner from pg_database where datname = current_database()
  union all select 'the schema', nspowner from pg_namespace where nspname = 'public'
  union all select 'table ' || relname, relowner from pg_class where relkind in ('r', 'p')
  union all select 'function ' || proname, proowner from pg_proc where pronamespace = 'public'::regnamespace
) owned where pg_has_role(%s, owner, 'member') limit 1"""
# The chain is written by functions of the owner, and the list of migrations by the owner itself.
ONLY_READ = ("agencies_auditlink", "agencies_auditwaiting", "django_migrations")


class Command(BaseCommand):
    help = (
        "Let a role of the database do what the portal does, and nothing more: it owns no table, so it cannot switch a "
        "trigger off, and may not change what is only ever added. Run it as the owner after each migrate."
    )

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument(
            "--password-file", type=Path, help="make the role if there is none, and give it this password"
        )

    @transaction.atomic
    def handle(self, *, name, password_file, **options):
        role = connection.ops.quote_name(name)
        with connection.cursor() as cursor:
            _make(cursor, name, role, password_file)
            _grant(cursor, role)
            cursor.execute(OWNED, [name])
            if owned := cursor.fetchone():
                raise CommandError(f"{name} owns {owned[0]}, or may act as who does: choose a role of its own.")
        self.stdout.write(f"{name} may do what the portal does, and change nothing that is only added.")


def _make(cursor, name, role, password_file):
    cursor.execute("select rolsuper from pg_roles where rolname = %s", [name])
    found = cursor.fetchone()
    if found and found[0]:
        raise CommandError(f"{name} is a superuser, whom nothing holds: choose another role.")
    if password_file is None:
        if not found:
            raise CommandError(f"There is no role {name}: make it, or give --password-file.")
        return
    password = password_file.read_text().strip()
    if not password:
        raise CommandError(f"{password_file} is empty: write a password into it.")
    verb = "alter" if found else "create"
    cursor.execute(
        f"{verb} role {role} login nosuperuser nocreatedb nocreaterole noreplication password %s", [password]
    )


def _grant(cursor, role):
    """Everything anew: what a migration made since is granted, what it guards is taken away."""
    cursor.execute(f"revoke all on all tables in schema public from {role}")
    cursor.execute(f"grant usage on schema public to {role}")
    cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {role}")
    cursor.execute(f"grant usage, select on all sequences in schema public to {role}")
    if connection.pg_version >= 170000:
        cursor.execute(f"grant maintain on all tables in schema public to {role}")  # statistics after an import
    cursor.execute(GUARDED)
    for table, kinds in cursor.fetchall():
        for bit, right in ((ON_DELETE, "delete"), (ON_UPDATE, "update")):
            if kinds & bit:
                cursor.execute(f"revoke {right} on {table} from {role}")
    for table in ONLY_READ:
        cursor.execute(f"revoke insert, update, delete on {table} from {role}")
