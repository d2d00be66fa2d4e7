"""What a load writes, kept so that it can be taken back: ids, rows of the file, digests, and what was there before, in
the statement that writes it.

A source is a temporary table of one load: `id` (of a record that is here, or the one that a new record gets), `fresh`,
`changed`, `row_number`, and a column for each column of the record.
"""

import json

from django.db import connection
from django.db.models import NOT_PROVIDED, JSONField

from evidence.loading.lines import Lines

AT_ONCE = 1000
SLICE = 1 << 18
# What the portal itself notes in a record after it came: nothing that a person did to it.
BY_ITSELF = {
    "evidence_exhibit": ("review_told_on",),
    "evidence_firearm": ("compared_as",),
    "evidence_incident": ("collection",),
    "evidence_detection": ("state", "incident_id", "how", "meters", "nearby", "has_evidence"),
}
NOTE = """
insert into evidence_importchange (batch_id, relation, is_new, is_gone, columns, ids, digests, rows, before)
select %(batch)s, '{table}', {is_new}, {is_gone}, '{columns}'::varchar[], array_agg(n.id order by n.id),
       array_agg(n.digest order by n.id), array_agg(n.row_number order by n.id), {before}
  from (select d.*, (row_number() over (order by d.id) - 1) / {at_once} as chunk from d) n group by chunk order by chunk
"""


def digest(alias, columns):
    """SQL of a number that tells whether any of these columns of a row is another than it was."""
    row = ", ".join(f'{alias}."{name}"' for name in columns)
    return f"('x' || left(md5(row({row})::text), 16))::bit(64)::bigint"


def every(model):
    """All columns of a table, in order, but those that the portal fills by itself."""
    beside = BY_ITSELF.get(model._meta.db_table, ())
    return [field.column for field in model._meta.concrete_fields if field.column not in beside]


def plain(model):
    """All columns of a table but its id."""
    return [field.column for field in model._meta.concrete_fields if field.column != "id"]


def image(alias, columns):
    """SQL of these columns of a row, and its id, as JSON that makes the very same values of them again."""
    pairs = ", ".join(f"'{name}', {alias}.\"{name}\"" for name in ("id", *columns))
    return f"jsonb_build_object({pairs})"


def note(table, columns, is_new=False, is_gone=False):
    """SQL at the end of a statement that wrote records of a table, and has the rows `d` (id, row_number, digest, and of
    changed ones was) of them.
    """
    before = "null::jsonb" if is_new else "jsonb_agg(n.was order by n.id)"
    names = "{" + ",".join(columns) + "}"
    kind = {"is_new": str(is_new).lower(), "is_gone": str(is_gone).lower()}
    return NOTE.format(table=table, columns=names, before=before, at_once=AT_ONCE, **kind)


def insert(cursor, batch, model, source, columns):
    """Write the new records of a source; of its other columns a record gets what the model says."""
    table, given = model._meta.db_table, dict.fromkeys(columns)
    others = {name: value for name, value in defaults(model).items() if name not in given}
    now = [name for name in _noted(model, "auto_now", "auto_now_add") if name not in given]
    names = ", ".join(f'"{name}"' for name in ("id", *given, *others, *now))
    values = [*(f'x."{name}"' for name in ("id", *given)), *(f"%({name})s" for name in others), *("now()" for _ in now)]
    values = ", ".join(values)
    statement = f"""
with w as (insert into {table} ({names}) select {values} from {source} x where x.fresh order by x.id returning *),
d as (select w.id, x.row_number, {digest("w", every(model))} as digest from w join {source} x on x.id = w.id)
{note(table, every(model), is_new=True)}"""
    cursor.execute(statement, others | {"batch": batch.pk})


def update(cursor, batch, model, source, columns):
    """Write the changed records of a source; what time it is goes where the model notes it."""
    # Most files change nothing: what is planned for many rows takes long to find none.
    if not columns or not _has_changed(cursor, source):
        return
    table = model._meta.db_table
    noted = _noted(model, "auto_now")
    whole = [*columns, *noted]
    sets = ", ".join([*(f'"{name}" = x."{name}"' for name in columns), *(f'"{name}" = now()' for name in noted)])
    statement = f"""
with o as (select t.* from {table} t join {source} x on x.id = t.id where x.changed),
w as (update {table} t set {sets} from {source} x where x.changed and x.id = t.id returning t.*, x.row_number),
d as (select w.id, w.row_number, {digest("w", whole)} as digest, {image("o", whole)} as was
        from w join o on o.id = w.id)
{note(table, whole)}"""
    cursor.execute(statement, {"batch": batch.pk})


def _has_changed(cursor, source):
    cursor.execute(f"select exists (select from {source} where changed)")
    return cursor.fetchone()[0]


def begin(cursor, model):
    """Begin to keep what rows of a table were, of a load that changes them in several steps."""
    table = model._meta.db_table
    cursor.execute(f"drop table if exists pg_temp.was_{table}")
    cursor.execute(f"create temp table was_{table} on commit drop as select * from {table} with no data")
    cursor.execute(f"create unique index on was_{table} (id)")


def remember(cursor, model, ids):
    """Keep rows as they are now, before the load changes them; what was kept of one first holds."""
    table = model._meta.db_table
    cursor.execute(
        f"insert into was_{table} select * from {table} where id = any(%s::bigint[]) on conflict do nothing",
        [list(ids)],
    )


def note_since(cursor, batch, model, rows, new=()):
    """Note what became of the rows kept of a table: changed ones and those that are gone, and `new` ones (ids) beside.
    rows: {id: row of the file that brought, changed or took it}.
    """
    table, watched = model._meta.db_table, every(model)
    whole = plain(model)
    source = "(select * from unnest(%(ids)s::bigint[], %(rows)s::int[]) x(id, row_number)) x"
    values = {"batch": batch.pk, "ids": list(rows), "rows": list(rows.values()), "new": list(new)}
    row = "coalesce(x.row_number, 0) as row_number"
    cursor.execute(
        f"""with d as (select t.id, {row}, {digest("t", watched)} as digest
             from {table} t left join {source} on x.id = t.id where t.id = any(%(new)s::bigint[]))
            {note(table, watched, is_new=True)}""",
        values,
    )
    cursor.execute(
        f"""with d as (select t.id, {row}, {digest("t", watched)} as digest, {image("o", whole)} as was
             from was_{table} o join {table} t on t.id = o.id left join {source} on x.id = t.id
            where row({", ".join(f't."{name}"' for name in whole)})
                  is distinct from row({", ".join(f'o."{name}"' for name in whole)}))
            {note(table, watched)}""",
        values,
    )
    cursor.execute(
        f"""with d as (select o.id, {row}, 0::bigint as digest, {image("o", whole)} as was
             from was_{table} o left join {source} on x.id = o.id
            where not exists (select from {table} t where t.id = o.id))
            {note(table, whole, is_gone=True)}""",
        values,
    )


def stage(cursor, model, name, columns, records):
    """A source, called `name`, of records of a model that are not written yet: [(row of the file, record)]. One without
    an id is new and gets one.
    """
    table, fields = model._meta.db_table, [model._meta.get_field(column.removesuffix("_id")) for column in columns]
    fresh = [record for _row, record in records if record.pk is None]
    sequence = f"select nextval(pg_get_serial_sequence('{table}', 'id')) from generate_series(1, %s)"
    cursor.execute(sequence, [len(fresh)])
    for record, (pk,) in zip(fresh, cursor.fetchall(), strict=True):
        record.pk = pk
    new = {id(record) for record in fresh}
    cursor.execute(f"drop table if exists pg_temp.{name}")
    named = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"create temp table {name} on commit drop as"
        f" select id, true as fresh, true as changed, 0 as row_number, {named} from {table} with no data"
    )
    rows = (
        (record.pk, id(record) in new, id(record) not in new, row, *(_cell(field, record) for field in fields))
        for row, record in records
    )
    texts = ", ".join(f'"{field.column}"' for field in fields if not field.null)
    lines = Lines(rows)
    cursor.copy_expert(f"copy {name} from stdin (format csv, force_not_null ({texts}))", lines, SLICE)
    if lines.problem is not None:
        raise lines.problem
    cursor.execute(f"analyze {name} (id)")


def _cell(field, record):
    value = getattr(record, field.attname)
    return json.dumps(value) if isinstance(field, JSONField) else value


def defaults(model, every=False):
    """{column: value} of a record of which nothing is said; without `every` those that the database does not fill."""
    return {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.null or field.generated)
        and (every or field.db_default is NOT_PROVIDED)
        and (field.has_default() or field.empty_strings_allowed)
    }


def _noted(model, *ways):
    return [field.column for field in model._meta.concrete_fields if any(getattr(field, way, False) for way in ways)]
