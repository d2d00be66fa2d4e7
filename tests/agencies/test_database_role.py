"""The role the portal works as: it does all that the portal does, and the log of it is out of its reach."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from agencies import audit
from agencies.models import AuditEvent, AuditLink
from tests import factories

NAME = "portal_web_of_a_test"


@pytest.fixture
def role(db, tmp_path):
    """Its password and rights are gone with the transaction of the test, as the role itself."""
    secret = tmp_path / "password"
    secret.write_text("three rivers\n")
    call_command("database_role", NAME, password_file=secret)
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {NAME}")
        yield NAME
        cursor.execute("reset role")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_role_works_as_the_portal_does(role, client):
    city = factories.City()
    incident = factories.incident(city.papd)
    client.force_login(city.detective)
    assert client.get(f"/incidents/{incident.pk}/").status_code == 200
    audit.record("tested.once", incident, by=city.detective)
    run("set constraints all immediate")
    assert AuditLink.objects.filter(event=AuditEvent.objects.get(verb="tested.once")).exists()
    assert not audit.broken_links()


BEYOND = [
    "alter table agencies_auditevent disable trigger user",
    "alter table agencies_auditevent disable trigger all",
    "alter table agencies_auditevent owner to current_user",
    "set session_replication_role = replica",
    "truncate agencies_auditevent cascade",
    "update agencies_auditevent set verb = 'forged'",
    "delete from agencies_auditevent",
    "delete from agencies_auditlink",
    "insert into agencies_auditlink (position, event_id, hash) values (99, 99, 'x')",
    "update evidence_custodyevent set exhibit_id = exhibit_id",
    "delete from evidence_custodyevent",
    "create or replace function agencies_append_only() returns trigger language sql as 'select null'",
    "drop trigger audit_append_only on agencies_auditevent",
    "create table public.other (id int)",
    "delete from django_migrations",
    "alter role current_user superuser",
]


@pytest.mark.parametrize("sql", BEYOND)
def test_t33_the_log_is_out_of_the_roles_reach(role, sql):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner|must have"), transaction.atomic():
        run(sql)


def test_a_role_that_owns_the_tables_is_refused(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        me = cursor.fetchone()[0]
    with pytest.raises(CommandError, match=r"superuser|owns"):
        call_command("database_role", me)


OWNERS = [
    "grant {owner} to {name}",
    "alter schema public owner to {name}",
    "alter database {database} owner to {name}",
    "alter function agencies_append_only() owner to {name}",
]


@pytest.mark.parametrize("given", OWNERS)
def test_a_role_that_may_become_an_owner_or_owns_what_holds_the_tables_is_refused(db, given):
    run("create role owner_of_a_test; create role portal_web_of_a_test noinherit")
    run("alter table agencies_agency owner to owner_of_a_test")
    database = connection.settings_dict["NAME"]
    run(given.format(owner="owner_of_a_test", name=NAME, database=connection.ops.quote_name(database)))
    with pytest.raises(CommandError, match=r"owns .* or may act as who does"):
        call_command("database_role", NAME)


def test_a_role_that_does_not_exist_needs_a_password(db, tmp_path):
    with pytest.raises(CommandError, match="no role"):
        call_command("database_role", "nobody_of_a_test")
    empty = tmp_path / "password"
    empty.touch()
    with pytest.raises(CommandError, match="is empty"):
        call_command("database_role", "nobody_of_a_test", password_file=empty)
