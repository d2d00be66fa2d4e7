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


def text(value):
    """One value as COPY's text format wants it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


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
        self.model, self.name = model, model._meta.db_table
        self.fields = [field for field in model._meta.concrete_fields if field.attname not in generated]
        self.columns = [field.column for field in self.fields]
        self.spec = [(field.attname, _default(field), _writer(field)) for field in self.fields]
        self.known = {field.attname for field in self.fields}
        self.lines = io.StringIO()
        self.size = 0

    def add(self, values):
        if not values.keys() <= self.known:
            raise KeyError(f"{self.name} has no {values.keys() - self.known}")
        get = values.get
        self.lines.write("\t".join([write(get(name, default)) for name, default, write in self.spec]) + "\n")
        self.size += 1

    def flush(self, cursor):
        if not self.size:
            return
        self.lines.seek(0)
        columns = ", ".join(f'"{column}"' for column in self.columns)
        cursor.copy_expert(f'copy "{self.name}" ({columns}) from stdin', self.lines)
        self.lines, self.size = io.StringIO(), 0


class Store:
    """Collects rows with ids of its own and writes them; `close` hands the ids back to the sequences."""

    def __init__(self):
        self.tables, self.numbers = {}, {}

    def add(self, model, /, **values):
        """Keep one row (values by attname) and return its id."""
        table = self._table(model)
        number = next(self.numbers[model])
        values[model._meta.pk.attname] = number
        table.add(values)
        if table.size >= BATCH:
            self.flush()
        return number

    def _table(self, model):
        if model not in self.tables:
            with connection.cursor() as cursor:
                cursor.execute(f'select coalesce(max("{model._meta.pk.column}"), 0) + 1 from "{model._meta.db_table}"')
                self.numbers[model] = itertools.count(cursor.fetchone()[0])
            self.tables[model] = Table(model)
        return self.tables[model]

    def flush(self):
        with connection.cursor() as cursor:
            for table in self.tables.values():
                table.flush(cursor.cursor)

    def close(self):
        self.flush()
        with connection.cursor() as cursor:
            for model, table in self.tables.items():
                column = model._meta.pk.column
                cursor.execute(
                    f"select setval(pg_get_serial_sequence(%s, %s), (select max({column}) from {table.name}))",
                    [table.name, column],
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
        tables = _tables_with_triggers(cursor)
        for table in tables:
            cursor.execute(f'alter table "{table}" disable trigger user')
        yield
        # Deferred foreign keys have to be looked at before a table may be altered again.
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f'alter table "{table}" enable trigger user')


def _tables_with_triggers(cursor):
    cursor.execute(
        "select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname = 'public' order by 1"
    )
    return [name for (name,) in cursor.fetchall()]
