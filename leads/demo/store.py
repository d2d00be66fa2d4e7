"""Rows on their way into the database: collected by model, written by COPY, triggers off meanwhile."""

import contextlib
import io
import itertools
import json

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import NOT_PROVIDED

BATCH = 50_000
PIECE = 1 << 20
# How each index of some tables is dropped and built again. One behind a unique constraint goes with the constraint.
LOOSE_INDEXES = """
select case when u.oid is null then format('drop index %%s', i.indexrelid::regclass)
            else format('alter table %%s drop constraint %%I', i.indrelid::regclass, u.conname) end,
       case when u.oid is null then pg_get_indexdef(i.indexrelid)
            else format('alter table %%s add constraint %%I %%s', i.indrelid::regclass, u.conname,
                        pg_get_constraintdef(u.oid)) end
  from pg_index i left join pg_constraint u on u.conindid = i.indexrelid and u.contype = 'u'
 where i.indrelid::regclass::text = any(%s) and not exists (
   select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype <> 'u')
 order by i.indrelid::regclass::text, i.indexrelid::regclass::text
"""
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


# Values as COPY's text format wants them, by kind of field: asking each value anew what it is costs too much.
def text(value):
    return value if value.isprintable() and "\\" not in value else value.translate(ESCAPES)


def moment_text(value):
    """Of a date or time, or of its text."""
    if value.__class__ is str:
        return value
    return NULL if value is None else value.isoformat()


def number_text(value):
    return NULL if value is None else str(value)


def json_text(value):
    return NULL if value is None else json.dumps(value).replace("\\", "\\\\")


def array_text(value):
    """Of moments, or of plain words."""
    words = (item if item.__class__ is str else item.isoformat() for item in value or ())
    return NULL if value is None else "{" + ",".join(f'"{item}"' for item in words) + "}"


WRITERS = (
    (models.JSONField, json_text),
    (ArrayField, array_text),
    (models.DateField, moment_text),
    ((models.CharField, models.TextField, SearchVectorField), text),
)


def _writer(field):
    return next((write for kind, write in WRITERS if isinstance(field, kind)), number_text)


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

    def rows(self):
        """What was collected since the last time, as COPY reads it."""
        found = "\n".join([*self.lines, ""]).encode()
        self.lines = []
        return found

    def copy(self, cursor, rows):
        """Send `rows`; `cursor` is psycopg2's own."""
        if rows:
            columns = ", ".join(f'"{column}"' for column in self.columns)
            cursor.copy_expert(f'copy "{self.name}" ({columns}) from stdin', io.BytesIO(rows), size=PIECE)


class Sheets:
    """Rows collected by model, under ids counted from `first(model)` on; needs no database."""

    def __init__(self, first):
        self.tables, self.numbers, self.first = {}, {}, first

    def add(self, model, /, **values):
        """Keep one row (values by attname) and return its id."""
        table = self.tables.get(model) or self.table(model)
        number = next(self.numbers[model])
        values[table.key] = number
        table.add(values)
        return number

    def table(self, model):
        if model not in self.tables:
            self.tables[model] = Table(model)
            self.numbers[model] = itertools.count(self.first(model))
        return self.tables[model]

    def rows(self):
        """The rows of each model, as COPY reads them."""
        return {model: table.rows() for model, table in self.tables.items()}


class Store(Sheets):
    """Writes what it collects, under ids of its own; `close` hands the ids back to the sequences."""

    def __init__(self):
        super().__init__(self._free)

    def add(self, model, /, **values):
        number = super().add(model, **values)
        if len(self.tables[model].lines) >= BATCH:
            self.write(model)
        return number

    def write(self, model, rows=None):
        """Send the rows collected for a model, or `rows` that another sheet collected."""
        table = self.table(model)
        with connection.cursor() as cursor:
            table.copy(cursor.cursor, table.rows() if rows is None else rows)

    def close(self):
        for model in self.tables:
            self.write(model)
        with connection.cursor() as cursor:
            for table in self.tables.values():
                cursor.execute("select pg_get_serial_sequence(%s, %s)", [table.name, table.key])
                if sequence := cursor.fetchone()[0]:
                    cursor.execute(f"select setval(%s, (select max({table.key}) from {table.name}))", [sequence])

    def _free(self, model):
        with connection.cursor() as cursor:
            cursor.execute(f'select coalesce(max("{model._meta.pk.column}"), 0) + 1 from "{model._meta.db_table}"')
            return cursor.fetchone()[0]


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
    """Fill tables without indexes but for those that foreign keys need, and build them once at the end: many times
    faster.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local maintenance_work_mem = '512MB'")
        cursor.execute(LOOSE_INDEXES, [list(tables)])
        found = cursor.fetchall()
        for drop, _ in found:
            cursor.execute(drop)
        yield
        # Foreign keys that wait for the end of the transaction have to be looked at before a table may be altered.
        cursor.execute("set constraints all immediate")
        for _, build in found:
            cursor.execute(build)
        cursor.execute("set constraints all deferred")
