"""The database with all tables and no rows that the workers of one run copy theirs from."""

import os
import time

import psycopg2
from psycopg2 import sql

PATIENCE = 120


def make():
    """Run as a program of its own: DATABASE_URL names where to make it, TESTS_TEMPLATE what it is called when whole."""
    import django  # noqa: PLC0415 (the settings are read in that program only)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    making, name = os.environ["DATABASE_URL"].rpartition("/")[2], os.environ["TESTS_TEMPLATE"]
    _on_server("create database {}", making)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    connection.close()
    _on_server("alter database {} rename to {}", making, name)


def whole():
    """The name of the template, once it is there; that of an empty one in a run that has none."""
    name, end = os.environ.get("TESTS_TEMPLATE"), time.monotonic() + PATIENCE
    while name and not _on_server("select 1 from pg_database where datname = %s", values=[name]):
        assert time.monotonic() < end, "The tables could not be made: run one test without -n to see why."
        time.sleep(0.2)
    return name or "template1"


def _on_server(statement, *names, values=()):
    head = os.environ["DATABASE_URL"].rpartition("/")[0]
    connection = psycopg2.connect(f"{head}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), values or None)
        found = cursor.fetchall() if cursor.description else None
    connection.close()
    return found
