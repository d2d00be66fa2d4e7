"""Rows on their way into the database: collected by model, written by COPY, triggers off meanwhile."""

import contextlib
import io
import itertools
import json
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import NOT_PROVIDED

BATCH = 50_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _string(value):
    return value if value.isprintable() and "\\" not in value else value.translate(ESCAPES)


FORMATS = {
    type(None): lambda value: "\\N",
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    date: date.isoformat,
    str: _string,
}


def text(value):
    """One value as COPY's text format wants it."""
    return FORMATS.get(type(value), str)(value)


def json_text(value):
    return json.dumps(value).translate(ESCAPES)


def array_text(value):
    return "\\N" if value is None else "{" + ",".join(f'"{item.isoformat()}"' for item in value) + "}"


def _writer(field):
    if isinstance(field, models.JSONField):
        return json_text
    return array_text if isinstance(field, ArrayField) else text


def _default(field):
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null or field.primary_key else field.get_default()


class Table:
    """The columns of one model and the lines collected for it."""

    def __init__(self, model, generated=()):
        self.name, self.key = model._meta.db_table, model._meta.pk.attname
        self.fields = [field for field in model._meta.concrete_fields if field.attname not in generated]
        self.columns = [field.column for field in self.fields]
        self.blank = [_writer(field)(_default(field)) for field in self.fields]
        self.places = {field.attname: (place, _writer(field)) for place, field in enumerate(self.fields)}
        self.lines = []

    def add(self, values):
        row, places = self.blank[:], self.places
        for name, value in values.items():
            place, write = places[name]
            row[place] = write(value)
        self.lines.append("\t".join(row))

    def flush(self, cursor):
        """Send the collected lines; `cursor` is psycopg2's own."""
        if self.lines:
            columns = ", ".join(f'"{column}"' for column in self.columns)
            rows = io.StringIO("\n".join(self.lines) + "\n")
            cursor.copy_expert(f'copy "{self.name}" ({columns}) from stdin', rows)
            self.lines = []


class Store:
    """Collects rows with ids of its own and writes them; `close` hands the ids back to the sequences."""

    def __init__(self):
        self.tables, self.numbers = {}, {}

    def add(self, model, /, **values):
        """Keep one row (values by attname) and return its id."""
        table = self.tables.get(model) or self._table(model)
        number = next(self.numbers[model])
        values[table.key] = number
        table.add(values)
        if len(table.lines) >= BATCH:
            self._flush(table)
        return number

    def _table(self, model):
        table = self.tables[model] = Table(model)
        with connection.cursor() as cursor:
            cursor.execute(f'select coalesce(max("{table.key}"), 0) + 1 from "{table.name}"')
            self.numbers[model] = itertools.count(cursor.fetchone()[0])
        return table

    def _flush(self, table):
        with connection.cursor() as cursor:
            table.flush(cursor.cursor)

    def close(self):
        for table in self.tables.values():
            self._flush(table)
        with connection.cursor() as cursor:
            for table in self.tables.values():
                cursor.execute(
                    f"select setval(pg_get_serial_sequence(%s, %s), (select max({table.key}) from {table.name}))",
                    [table.name, table.key],
                )


@contextlib.contextmanager
def triggers_off():
    """Run statements without triggers: by the session's role where we may, else table by table."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("set local session_replication_role = replica")
            yield
            cursor.execute("set local session_replication_role = origin")
            return
        # Rows come in the order in which tables fill up, so foreign keys have to wait.
        cursor.execute("set constraints all deferred")
        tables = _tables_with_triggers(cursor)
        for table in tables:
            cursor.execute(f'alter table "{table}" disable trigger user')
        yield
        # Foreign keys that wait for the end of the transaction have to be looked at before a table may be altered.
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f'alter table "{table}" enable trigger user')
        cursor.execute("set constraints all deferred")


def _tables_with_triggers(cursor):
    cursor.execute(
        "select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname = 'public' order by 1"
    )
    return [name for (name,) in cursor.fetchall()]


@contextlib.contextmanager
def without_indexes(*tables):
    """Fill tables without the indexes that hold no promise, and build those once at the end: many times faster."""
    with connection.cursor() as cursor:
        cursor.execute("set local maintenance_work_mem = '512MB'")
        cursor.execute(
            "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
            " where i.indrelid::regclass::text = any(%s)"
            " and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid) order by 1",
            [list(tables)],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"drop index {name}")
        yield
        # Foreign keys that wait for the end of the transaction have to be looked at before a table may be altered.
        cursor.execute("set constraints all immediate")
        for _, definition in found:
            cursor.execute(definition)
        cursor.execute("set constraints all deferred")
