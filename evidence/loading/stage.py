"""The database's half of loading incidents: rows of a file into a stage, grouped, compared and written as sets.

Only the handler of incidents calls this, within the transaction of an action. The tables of the stage are temporary:
another session never sees them, and they are gone with the transaction.
"""

from contextlib import contextmanager

from evidence.imports.incidents import COLUMNS
from evidence.loading.lines import Lines
from evidence.loading.stage_numbers_sql import (
    FORMER,
    GIVE_KEYS,
    HOLD_FORMER,
    MARK_DOUBLES,
    REKEY,
    RENAME,
    SAME_BUT_HYPHENS,
    SET_RULE,
    TAKE_FORMER,
    WRITTEN_OTHERWISE,
)
from evidence.loading.stage_sql import (
    CHANGE_VICTIMS,
    CROWDED,
    DOUBLED,
    ENDS_IN_ZERO,
    GROUP,
    HOLD,
    KEPT,
    LOADED,
    NO_LOCATION,
    PAIR,
    REFUSE_LONG_NUMBERS,
    SAME_NUMBER,
    VICTIMS_CHANGED,
    WIDTHS,
    WRITE_GRANTS,
    WRITE_INCIDENTS,
    WRITE_VICTIMS,
)

TYPES = {
    "row_number": "int",
    "occurred_at": "timestamptz",
    "time_known": "bool",
    "fatal": "bool",
    "lat": "float8",
    "lng": "float8",
    "casings": "int",
    "victims": "int",
    "victim_age": "int",
    "victim_fatal": "bool",
}
TEXTS = tuple(name for name in COLUMNS if name not in TYPES)


def fill(cursor, rows):
    """Make the stage and COPY `rows` (tuples of imports.incidents.IncidentRow) into it."""
    for table in (
        *PAIR,
        "import_stage",
        "import_key",
        "import_former",
        "import_incident",
        "import_written",
        "import_double",
    ):
        cursor.execute(f"drop table if exists pg_temp.{table}")
    cursor.execute("create temp table import_key (id bigint, key text) on commit drop")
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in COLUMNS)
    cursor.execute(f"create temp table import_stage ({columns}) on commit drop")
    # An empty text is empty, not unknown; of the other columns an empty cell is unknown.
    lines = Lines(rows)
    cursor.copy_expert(
        f"copy import_stage from stdin (format csv, force_not_null ({', '.join(TEXTS)}))", lines, 1 << 18
    )
    if lines.problem is not None:
        raise lines.problem
    cursor.execute("analyze import_stage")


@contextmanager
def hashing(cursor):
    """A city's first files fill tables that have no statistics yet: where the planner expects one row it would walk all
    of them for each row of the file. Hashing is never that wrong.
    """
    cursor.execute("set local enable_nestloop = off")
    yield
    cursor.execute("set local enable_nestloop = on")


def has_hyphens(cursor):
    """Whether a key of the file has a hyphen that counts."""
    cursor.execute("select exists (select from import_stage where case_key like '%-%')")
    return cursor.fetchone()[0]


def written_otherwise(cursor, *, agency_id):
    """Numbers that have one key without hyphens: (row or None for a case here, number, key, how much of it is kept)."""
    with hashing(cursor):
        cursor.execute(WRITTEN_OTHERWISE, {"agency": agency_id})
        return cursor.fetchall()


def numbers(cursor):
    """The case numbers of the file as they are written."""
    cursor.execute("select distinct case_number from import_stage")
    return [number for (number,) in cursor.fetchall()]


def give_keys(cursor, keys):
    """Give the rows of the file other keys: {number: key}."""
    with hashing(cursor):
        cursor.execute(GIVE_KEYS, {"numbers": list(keys), "keys": list(keys.values())})


def set_rule(cursor, *, agency_id, batch_id):
    """Let hyphens count for an agency from now on."""
    cursor.execute(SET_RULE, {"agency": agency_id, "batch": batch_id})


def rekey(cursor, keys, *, agency_id, batch_id, write):
    """Compare with incidents as if they had other keys, [(id, key)]; or give them these."""
    ids, texts = zip(*keys, strict=True) if keys else ((), ())
    cursor.execute(REKEY, {"ids": list(ids), "keys": list(texts), "agency": agency_id})
    if write:
        cursor.execute(RENAME, {"batch": batch_id})


def hold(cursor, *, agency_id):
    """Nobody else changes the incidents that the file names until the end of the transaction."""
    with hashing(cursor):
        cursor.execute(HOLD, {"agency": agency_id})


def take_former(cursor, keys, *, agency_id, sha256, zone, hold, limit):
    """Take rows under numbers that incidents had before, [(id, key)], for them where they are plainly the same event.

    Returns (row number, number in the file, number of the incident, "taken" for it, "new" or "kept back"), the first
    `limit`.
    """
    if not keys:
        return []
    ids, texts = zip(*keys, strict=True)
    values = {"ids": list(ids), "keys": list(texts), "agency": agency_id, "sha256": sha256, "zone": zone}
    if hold:
        cursor.execute(HOLD_FORMER, values)
    with hashing(cursor):
        cursor.execute(FORMER, values)
    cursor.execute(TAKE_FORMER, {"limit": limit})
    return cursor.fetchall()


def compare(cursor, *, agency_id, zone, kinds, row_is_victim, has_point):
    """Group the stage into incidents and victims and say of each incident whether it is new, updated or unchanged."""
    values = {"agency": agency_id, "zone": zone, "kinds": list(kinds), "row_is_victim": row_is_victim}
    with hashing(cursor):
        cursor.execute(
            GROUP, values | {"has_point": has_point, "no_location": NO_LOCATION, "ends_in_zero": ENDS_IN_ZERO}
        )
        cursor.execute("analyze import_incident")
        if row_is_victim:
            for table, select in PAIR.items():
                cursor.execute(f"create temp table {table} on commit drop as {select}; analyze {table}")
            cursor.execute(VICTIMS_CHANGED)


def same_but_hyphens(cursor, *, agency_id, limit):
    """Mark new incidents that may be a case whose number differs by having hyphens or none; (row number, number, the
    other's) of the first `limit`.
    """
    with hashing(cursor):
        cursor.execute(SAME_BUT_HYPHENS, {"agency": agency_id})
    cursor.execute(MARK_DOUBLES, {"review": SAME_NUMBER, "limit": limit})
    return cursor.fetchall()


def counts(cursor):
    """{"new", "updated", "unchanged", "held", "victims"}: incidents by state, rows kept back, victims in the rest."""
    cursor.execute("select state, count(*), sum(victims_count) from import_incident group by state")
    found = cursor.fetchall()
    by_state = {state: number for state, number, _victims in found}
    cursor.execute(f"select count(*) from import_stage where key_doubt not in {LOADED}")
    held = cursor.fetchone()[0]
    victims = int(sum(total or 0 for _state, _number, total in found))
    return {state: by_state.get(state, 0) for state in ("new", "updated", "unchanged")} | {
        "held": held,
        "victims": victims,
    }


def refuse_long_numbers(cursor):
    """Take rows out whose case number is longer than a record keeps; (row number, field, text) of each."""
    cursor.execute(REFUSE_LONG_NUMBERS)
    return cursor.fetchall()


def too_wide(cursor, limit):
    """(row number, field, text) of cells that are longer than what the record keeps, the first `limit` of them."""
    wide = " union all ".join(
        f"select row_number, '{name}', {name} from import_stage where length({name}) > {width}"
        for name, width in WIDTHS.items()
    )
    cursor.execute(f"{wide} order by 1 limit {int(limit)}")
    return cursor.fetchall()


def crowded(cursor):
    """(case number, rows, first row) of a case with more rows than any event has people, or None."""
    cursor.execute(CROWDED)
    return cursor.fetchone()


def doubled(cursor, limit):
    """Rows of a case beside its first: [(row number, number, the first's row, whether it says the same)] of the first
    `limit`, and {"twice", "joined"}: how many say the same, how many something else.
    """
    with hashing(cursor):
        cursor.execute(DOUBLED, {"limit": limit})
        found = cursor.fetchall()
    same, every = (found[0][5], found[0][4]) if found else (0, 0)
    return [each[:4] for each in found], {"twice": same, "joined": every - same}


def kept(cursor, limit):
    """(row number, field, what the file says) where a person's correction stands against it, the first `limit`."""
    cursor.execute(KEPT, {"limit": limit})
    return cursor.fetchall()


def write(cursor, *, agency_id, batch_id, by_id, permission_id, group_ids, row_is_victim):
    """Write what `compare` found. Returns (ids of new incidents, ids of updated ones), each ascending."""
    cursor.execute("create temp table import_written (id bigint, case_key text, fresh bool, first int) on commit drop")
    cursor.execute(WRITE_INCIDENTS, {"agency": agency_id, "batch": batch_id, "by": by_id})
    cursor.execute("analyze import_written")
    cursor.execute(WRITE_GRANTS, {"batch": batch_id, "permission": permission_id, "groups": list(group_ids)})
    if row_is_victim:
        cursor.execute(WRITE_VICTIMS, {"batch": batch_id})
        cursor.execute(CHANGE_VICTIMS, {"batch": batch_id})
    cursor.execute("analyze evidence_incident, evidence_incidentgrant, evidence_victim")
    cursor.execute(
        "select coalesce(array_agg(id order by id) filter (where fresh), '{}'),"
        " coalesce(array_agg(id order by id) filter (where not fresh), '{}') from import_written"
    )
    return cursor.fetchone()
