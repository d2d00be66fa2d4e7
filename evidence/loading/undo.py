"""A file is taken back: what it brought is gone, what it changed is as it was before, to the byte.

Nothing is taken back on which something was built since: then every such record is named with its row of the file.
"""

import zlib
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import CASCADE

from agencies import access
from evidence.loading.changes import digest
from evidence.loading.run import handler

LOCK = 724003  # Of loads of records into an agency.
NOT_KEPT = "This file was loaded before the portal kept what was there, so it cannot be undone. Correct its records."
CHANGED = "This {thing} was changed since."
LEANS = "{what} was added to this {thing} since."
RULE = "Case {case} was recorded since, where hyphens count by what this file set."
WORDS = {
    "evidence_custodyevent": "A hand-over",
    "evidence_incidentgrant": "Another agency's sight",
    "leads_leadevent": "A lead",
}
KINDS = """
select relation, is_new, is_gone, columns from evidence_importchange where batch_id = %(batch)s
 group by relation, is_new, is_gone, columns order by min(id)
"""
# The rows of a kind, in a table with statistics: of arrays the planner knows nothing, and joins row by row.
WROTE = """
create temp table {name} on commit drop as
select unnest(ids) as id, unnest(digests) as digest, unnest(rows) as row_number from evidence_importchange
 where batch_id = %(batch)s and relation = %(table)s and is_new = %(is_new)s and not is_gone
   and (%(columns)s::varchar[] is null or columns = %(columns)s::varchar[]);
create index on {name} (id);
analyze {name}
"""
# What the portal itself suggests of two guns and nobody has decided on hangs on either as long as it is here.
OPEN_PAIRS = """
delete from evidence_firearmpair p using (select unnest(ids) as id from evidence_importchange
   where batch_id = %(batch)s and relation = 'evidence_firearm' and is_new) o
 where p.decided_at is null and o.id in (p.first_id, p.second_id)
"""
# What left the house by mail; of the letters themselves nothing is undone.
MAILED = ("agencies_invitation", "agencies_letter")
JOINED = "This invitation was accepted since. End the membership on the person's page."
INVITED = """(select unnest(ids) as id, unnest(rows) as row_number from evidence_importchange
   where batch_id = %(batch)s and relation = 'agencies_invitation')"""
ACCEPTED = f"""
select c.row_number from {INVITED} c join agencies_invitation t on t.id = c.id
 where t.accepted_at is not null order by 1
"""
WITHDRAW = f"""
update agencies_invitation t set withdrawn_at = now(), withdrawn_by_id = %(by)s from {INVITED} c
 where t.id = c.id and t.accepted_at is null and t.withdrawn_at is null
"""
UNDER_RULE = """
select i.case_number from evidence_incident i
 where i.agency_id = %(agency)s and i.case_key like '%%-%%' and i.id not in (
  select unnest(ids) from evidence_importchange where batch_id = %(batch)s and relation = 'evidence_incident')
 order by i.id limit 20
"""
LEANING = """
select c.conrelid::regclass::text, a.attname::text,
       exists (select from pg_attribute i where i.attrelid = c.conrelid and i.attname = 'id' and not i.attisdropped)
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
 where c.contype = 'f' and c.confrelid = %(table)s::regclass order by 1, 2
"""


def why_not(batch):
    """Why a loaded file can never be taken back, or ""."""
    wrote = batch.counts.get("new") or batch.counts.get("updated")
    return NOT_KEPT if wrote and not batch.changes.exists() else ""


def inverse(batch):
    """What takes files of a kind back by a deed of its own, or None."""
    return getattr(handler(batch.kind), "INVERSE", None)


def put_back(cursor, batch, table):
    """Write what changed records of a table were, of those that a file of the batch changed; how many."""
    kinds = [columns for name, is_new, is_gone, columns in _kinds(cursor, batch) if name == table and not is_new]
    return sum(_restore(cursor, batch, table, columns) for columns in kinds)


def _withdraw(cursor, batch, by):
    """A mail that is out is not taken back: its link stops working, and the offer stands as withdrawn."""
    cursor.execute(WITHDRAW, {"batch": batch.pk, "by": by.pk})
    return cursor.rowcount


def built_on(batch, limit):
    """[(row of the file, sentence)] of what keeps a batch from being taken back, the first `limit`."""
    if undoing := inverse(batch):
        return undoing.built_on(batch, limit)
    of_kind, found = handler(batch.kind), []
    with connection.cursor() as cursor:
        # Nothing is loaded into the agency meanwhile that could come to hang on what goes.
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [getattr(of_kind, "LOCK", LOCK), batch.agency_id])
        for table, is_new, is_gone, columns in _kinds(cursor, batch):
            if is_gone:
                continue
            if is_new and table in MAILED:
                found += _accepted(cursor, batch) if table == "agencies_invitation" else []
                continue
            _hold(cursor, batch, table, is_new, columns)
            found += _changed(cursor, batch, table, is_new, columns, limit)
            found += _leaning(cursor, batch, table, columns, limit) if is_new else []
            found += _lives_by(cursor, batch) if table == "evidence_hyphenrule" else []
        found += of_kind.built_on(cursor, batch) if hasattr(of_kind, "built_on") else []
    return sorted(found)[:limit]


def take_back(batch, by, progress=lambda _rows: None):
    """Write what was before. {table: how many records}, of new ones and changed ones alike. progress: called with how
    many rows of the file that is, as of the records taken back so far.
    """
    if undoing := inverse(batch):
        return undoing.take_back(batch=batch, by=by, progress=progress)
    of_kind, taken = handler(batch.kind), {}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_PAIRS, {"batch": batch.pk})
        kinds = _kinds(cursor, batch)
        for at, (table, is_new, is_gone, columns) in enumerate(reversed(kinds)):
            progress((batch.rows_total or 0) * at // len(kinds))
            if is_gone:
                taken[table] = taken.get(table, 0) + _bring_back(cursor, batch, table)
                continue
            if is_new and table in MAILED:
                taken[table] = _withdraw(cursor, batch, by) if table == "agencies_invitation" else 0
                continue
            taken[table] = taken.get(table, 0) + (_delete if is_new else _restore)(cursor, batch, table, columns)
        if hasattr(of_kind, "taken_back"):
            of_kind.taken_back(cursor, batch)
        # What refers to a record that is gone is found here, and not when it is too late to say so.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    return taken


def name(table):
    """What a person calls a record of a table."""
    model = next((each for each in apps.get_models() if each._meta.db_table == table), None)
    return str(model._meta.verbose_name) if model else table


def _one(noun):
    return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun}"


def _called(table):
    """What was added, in words; whether anything was traced is not told to everybody who loads files."""
    held = {each._meta.db_table for each in apps.get_models() if hasattr(each, "data_class")}
    return "A record" if table in held else WORDS.get(table) or _one(name(table))


def _refers(table, column):
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    return next(each.related_model._meta.db_table for each in model._meta.concrete_fields if each.column == column)


def _kinds(cursor, batch):
    cursor.execute(KINDS, {"batch": batch.pk})
    return cursor.fetchall()


def _hold(cursor, batch, table, is_new, columns):
    """Nobody else changes these records until the end of the transaction."""
    ids = f"select id from {_wrote(cursor, batch, table, is_new, columns)}"
    cursor.execute(
        f"select count(*) from (select from {table} t where t.id in ({ids}) order by t.id for no key update) held",
        {"batch": batch.pk},
    )


def _wrote(cursor, batch, table, is_new, columns=None):
    """The name of a table with the (id, digest, row_number) of what a file wrote, of all columns or of some."""
    said = f"{batch.pk}|{table}|{is_new}|{columns}"
    name = f"undone_{zlib.crc32(said.encode()):08x}"
    cursor.execute("select to_regclass(%s)", [f"pg_temp.{name}"])
    if cursor.fetchone()[0] is None:
        values = {"batch": batch.pk, "table": table, "is_new": is_new, "columns": columns}
        cursor.execute(WROTE.format(name=name), values)
    return name


def _changed(cursor, batch, table, is_new, columns, limit):
    cursor.execute(
        "select count(*) from pg_attribute where attrelid = %s::regclass and attname = any(%s) and not attisdropped",
        [table, columns],
    )
    differs = digest("t", columns) if cursor.fetchone()[0] == len(columns) else "null"
    wrote = _wrote(cursor, batch, table, is_new, columns)
    cursor.execute(
        f"""select c.row_number from {wrote} c left join {table} t on t.id = c.id
             where t.id is null or {differs} is distinct from c.digest order by 1 limit {int(limit)}"""
    )
    return [(row, CHANGED.format(thing=name(table))) for (row,) in cursor.fetchall()]


def _leaning(cursor, batch, table, columns, limit):
    """Rows of any table, of whatever app, that refer to a record of this file and did not come with it."""
    found, wrote = [], _wrote(cursor, batch, table, True, columns)
    cursor.execute(LEANING, {"table": table})
    for other, column, has_id in cursor.fetchall():
        if (other, column) in _carried():
            continue
        came = f"select from {_wrote(cursor, batch, other, True)} o where o.id = r.id" if has_id else ""
        ours = f"and not exists ({came})" if came else ""
        ours += " and r.decided_at is not null" if other == "evidence_firearmpair" else ""
        cursor.execute(
            f"""select distinct c.row_number from {wrote} c join {other} r on r.{column} = c.id
                 where true {ours} order by 1 limit {int(limit)}"""
        )
        sentence = LEANS.format(what=_called(other), thing=name(table))
        found += [(row, sentence) for (row,) in cursor.fetchall()]
    return found


def _accepted(cursor, batch):
    cursor.execute(ACCEPTED, {"batch": batch.pk})
    return [(row, JOINED) for (row,) in cursor.fetchall()]


def _lives_by(cursor, batch):
    """Cases that were recorded under the rule that hyphens count since a file set it."""
    cursor.execute(UNDER_RULE, {"batch": batch.pk, "agency": batch.agency_id})
    return [(0, RULE.format(case=case)) for (case,) in cursor.fetchall()]


@cache
def _carried():
    """{(table, column)} of what goes with the record that it is about, as the models say: kept by triggers for lists
    and searches. Sight is not among it: that an agency was granted it is a deed.
    """
    return {
        (model._meta.db_table, each.column)
        for model in apps.get_models()
        for each in model._meta.concrete_fields
        if each.many_to_one or each.one_to_one
        if each.remote_field.on_delete is CASCADE and not issubclass(model, access.Grant)
    }


def _delete(cursor, batch, table, columns):
    for other, column in sorted(_carried()):
        if _refers(other, column) == table:
            ours = _wrote(cursor, batch, table, True, columns)
            cursor.execute(f"delete from {other} r using {ours} c where r.{column} = c.id", {"batch": batch.pk})
    cursor.execute(f"delete from {table} t using {_wrote(cursor, batch, table, True, columns)} c where t.id = c.id")
    return cursor.rowcount


def _restore(cursor, batch, table, columns):
    cursor.execute(
        """select array_agg(distinct k.name) from evidence_importchange c
            cross join lateral jsonb_object_keys(c.before -> 0) k(name)
            where c.batch_id = %s and c.relation = %s and not c.is_new and not c.is_gone and c.columns = %s::varchar[]
              and k.name <> 'id'""",
        [batch.pk, table, columns],
    )
    sets = ", ".join(f'"{column}" = r."{column}"' for column in cursor.fetchone()[0])
    cursor.execute(
        f"""update {table} t set {sets} from evidence_importchange c
             cross join lateral jsonb_populate_recordset(null::{table}, c.before) r
             where c.batch_id = %(batch)s and c.relation = '{table}' and not c.is_new and not c.is_gone
               and c.columns = %(columns)s::varchar[] and t.id = r.id""",
        {"batch": batch.pk, "columns": columns},
    )
    return cursor.rowcount


def _bring_back(cursor, batch, table):
    cursor.execute(
        f"""insert into {table} select r.* from evidence_importchange c
             cross join lateral jsonb_populate_recordset(null::{table}, c.before) r
             where c.batch_id = %(batch)s and c.relation = '{table}' and c.is_gone order by r.id""",
        {"batch": batch.pk},
    )
    return cursor.rowcount
