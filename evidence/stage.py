"""The database's half of loading incidents: rows of a file into a stage, grouped, compared and written as sets.

Only evidence.loading calls this, within the transaction of an action. The tables of the stage are temporary: another
session never sees them, and they are gone with the transaction.
"""

import csv
import io
from itertools import islice

from evidence.imports.incidents import COLUMNS

SLICE = 2000
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
NO_LOCATION = "No location"
ENDS_IN_ZERO = "Case number ends in 0 and was stored as a number: compare it with the report"
# One in ten whole numbers ends in 0 as well, so such a row is loaded and marked; the other doubts are kept back.
LOADED = "('', 'ends_in_zero')"
# Longer texts are cut to what the record keeps, and the cell is named.
WIDTHS = {"offense_code": 8, "offense_text": 200, "address": 200, "district": 40, "victim_wound": 80}

# Of several rows of one case the gravest names the event; `kinds` has them in order, "other" last.
GROUP = f"""
create temp table import_incident on commit drop as
with g as (
  select case_key, min(row_number) as first, min(row_number) filter (where lat is not null) as located,
         min(array_position(%(kinds)s::text[], event_type)) as rank, count(*) as rows, max(victims) as victims,
         bool_and(key_doubt <> '') as doubtful
    from import_stage where key_doubt in {LOADED} group by case_key),
merged as (
  select i.id, g.case_key, g.first, s.case_number,
         case when (%(kinds)s::text[])[g.rank] = 'other' and i.id is not null then i.kind
              else (%(kinds)s::text[])[g.rank] end as kind,
         case when i.time_known and not s.time_known then i.occurred_at else s.occurred_at end as occurred_at,
         s.time_known or coalesce(i.time_known, false) as time_known,
         coalesce(nullif(left(s.offense_code, 8), ''), i.offense_code, '') as offense_code,
         coalesce(nullif(left(s.offense_text, 200), ''), i.offense, '') as offense,
         coalesce(nullif(left(s.address, 200), ''), i.address, '') as address,
         coalesce(nullif(left(s.district, 40), ''), i.district, '') as district,
         case when p.lat is null then i.lat else p.lat end as lat,
         case when p.lat is null then i.lng else p.lng end as lng,
         coalesce(nullif(s.narrative, ''), i.narrative, '') as narrative,
         greatest(coalesce(i.victims_count, 0),
                  least(case when %(row_is_victim)s then g.rows else coalesce(g.victims, 0) end, 32767)
                 ) as victims_count,
         coalesce(i.review, '') as old_review, g.doubtful
    from g
    join import_stage s on s.row_number = g.first
    left join import_stage p on p.row_number = g.located
    left join evidence_incident i on i.agency_id = %(agency)s and i.case_key = g.case_key),
reviewed as (
  select m.*, case when m.doubtful and (m.id is null or m.old_review = %(ends_in_zero)s) then %(ends_in_zero)s
                   when m.lat is null and %(has_point)s and m.old_review in ('', %(ends_in_zero)s) then %(no_location)s
                   when m.old_review = %(ends_in_zero)s
                     or (m.lat is not null and m.old_review = %(no_location)s) then ''
                   else m.old_review end as review
    from merged m)
select r.*, case when i.id is null then 'new'
   when (r.kind, r.occurred_at, r.time_known, r.offense_code, r.offense, r.address, r.district, r.lat, r.lng,
         r.narrative, r.victims_count, r.review)
        is distinct from
        (i.kind, i.occurred_at, i.time_known, i.offense_code, i.offense, i.address, i.district, i.lat, i.lng,
         i.narrative, i.victims_count, i.review)
   then 'updated' else 'unchanged' end as state
  from reviewed r left join evidence_incident i on i.id = r.id
"""

# A person has no number in these files: of one incident, the same sex and age in the same order is the same person, who
# is left on either side is paired in order, and only who is still left is added. Each step is a table of its own with
# its statistics: as one statement the planner, which cannot know what is inside, compares every row with every row.
PAIR = {
    "import_person": f"""
select m.id as incident_id, s.case_key, s.row_number, coalesce(nullif(s.victim_sex, ''), 'U') as sex,
       s.victim_age as age, s.victim_fatal as died, left(s.victim_wound, 80) as wound,
       row_number() over (partition by s.case_key, coalesce(nullif(s.victim_sex, ''), 'U'), s.victim_age
                          order by s.row_number) as nth
  from import_stage s join import_incident m on m.case_key = s.case_key where s.key_doubt in {LOADED}
""",
    "import_here": """
select v.*, row_number() over (partition by v.incident_id, v.sex, v.age order by v.position) as nth
  from evidence_victim v where v.incident_id in (select id from import_incident where id is not null)
""",
    "import_same": """
select n.row_number, h.id as victim_id
  from import_person n
  join import_here h on h.incident_id = n.incident_id and h.sex = n.sex and h.nth = n.nth
   and coalesce(h.age, -1) = coalesce(n.age, -1)
""",
    "import_pair": """
with left_of_file as (
  select n.row_number, n.incident_id, row_number() over (partition by n.incident_id order by n.row_number) as nth
    from import_person n left join import_same s on s.row_number = n.row_number
   where n.incident_id is not null and s.row_number is null),
left_here as (
  select h.id, h.incident_id, row_number() over (partition by h.incident_id order by h.position) as nth
    from import_here h left join import_same s on s.victim_id = h.id where s.victim_id is null)
select row_number, victim_id from import_same
union all
select f.row_number, h.id from left_of_file f join left_here h on h.incident_id = f.incident_id and h.nth = f.nth
""",
    "import_victim": """
select n.incident_id, n.case_key, p.victim_id,
       case when p.victim_id is null then coalesce(last.position, 0)
            + row_number() over (partition by n.case_key, p.victim_id is null order by n.row_number) end as position,
       case when n.sex = 'U' then coalesce(h.sex, 'U') else n.sex end as sex, coalesce(n.age, h.age) as age,
       coalesce(n.died, h.died) as died, coalesce(nullif(n.wound, ''), h.wound, '') as wound
  from import_person n
  left join import_pair p on p.row_number = n.row_number
  left join import_here h on h.id = p.victim_id
  left join (select incident_id, max(position) as position from import_here group by incident_id) last
         on last.incident_id = n.incident_id
""",
}

VICTIMS_CHANGED = """
delete from import_victim v using evidence_victim h
 where h.id = v.victim_id and (h.sex, h.age, h.died, h.wound) is not distinct from (v.sex, v.age, v.died, v.wound);
update import_incident m set state = 'updated'
  from import_victim v where v.case_key = m.case_key and m.state = 'unchanged'
"""

REFUSE_LONG_NUMBERS = """
delete from import_stage where length(case_number) > 40 or length(case_key) > 40
returning row_number, 'case_number', case_number
"""

WRITE_INCIDENTS = """
with w as (
  insert into evidence_incident as i
    (agency_id, case_number, case_key, kind, occurred_at, time_known, offense_code, offense, address, district, lat,
     lng, narrative, victims_count, review, batch_id, created_by_id, created_at, updated_at)
  select %(agency)s, case_number, case_key, kind, occurred_at, time_known, offense_code, offense, address, district,
         lat, lng, narrative, victims_count, review, %(batch)s, %(by)s, now(), now()
    from import_incident where state <> 'unchanged' order by first
  on conflict (agency_id, case_key) do update set
    kind = excluded.kind, occurred_at = excluded.occurred_at, time_known = excluded.time_known,
    offense_code = excluded.offense_code, offense = excluded.offense, address = excluded.address,
    district = excluded.district, lat = excluded.lat, lng = excluded.lng, narrative = excluded.narrative,
    victims_count = greatest(excluded.victims_count, i.victims_count), review = excluded.review, updated_at = now()
  returning i.id, i.case_key, i.xmax = 0 as fresh)
insert into import_written select id, case_key, fresh from w
"""

# The copies are given, so the trigger that would fetch them row by row has nothing to do.
WRITE_GRANTS = """
insert into evidence_incidentgrant (permission_id, group_id, content_object_id, occurred_at, kind)
select %(permission)s, g.id, w.id, m.occurred_at, m.kind
  from import_written w join import_incident m on m.case_key = w.case_key cross join unnest(%(groups)s::int[]) g(id)
 where w.fresh order by w.id
"""

WRITE_VICTIMS = """
insert into evidence_victim (incident_id, position, sex, age, died, wound)
select coalesce(v.incident_id, w.id), v.position, v.sex, v.age, v.died, v.wound
  from import_victim v left join import_written w on w.case_key = v.case_key
 where v.victim_id is null order by 1, 2
"""

CHANGE_VICTIMS = """
update evidence_victim h set sex = v.sex, age = v.age, died = v.died, wound = v.wound
  from import_victim v where h.id = v.victim_id
"""


class Lines:
    """Tuples as the CSV that COPY reads, made while it asks for more.

    What making them raises is kept in `problem` and ends the rows: the driver would turn it into an error of its own.
    """

    def __init__(self, rows):
        self.rows, self.rest, self.problem = iter(rows), "", None

    def read(self, size):
        while len(self.rest) < size and self.problem is None and (more := self._more()):
            self.rest += more
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece

    def _more(self):
        text = io.StringIO()
        try:
            csv.writer(text, lineterminator="\n").writerows(islice(self.rows, SLICE))
        except Exception as problem:
            self.problem = problem
        return text.getvalue()


def fill(cursor, rows):
    """Make the stage and COPY `rows` (tuples of imports.incidents.IncidentRow) into it."""
    for table in ("import_stage", "import_incident", "import_written", *PAIR):
        cursor.execute(f"drop table if exists pg_temp.{table}")
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


def compare(cursor, *, agency_id, kinds, row_is_victim, has_point):
    """Group the stage into incidents and victims and say of each incident whether it is new, updated or unchanged."""
    values = {"agency": agency_id, "kinds": list(kinds), "row_is_victim": row_is_victim}
    # A city's first files fill tables that have no statistics yet: where the planner expects one row it would walk all
    # of them for each row of the file. Hashing is never that wrong.
    cursor.execute("set local enable_nestloop = off")
    cursor.execute(GROUP, values | {"has_point": has_point, "no_location": NO_LOCATION, "ends_in_zero": ENDS_IN_ZERO})
    cursor.execute("analyze import_incident")
    if row_is_victim:
        for table, select in PAIR.items():
            cursor.execute(f"create temp table {table} on commit drop as {select}; analyze {table}")
        cursor.execute(VICTIMS_CHANGED)
    cursor.execute("set local enable_nestloop = on")


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


def write(cursor, *, agency_id, batch_id, by_id, permission_id, group_ids, row_is_victim):
    """Write what `compare` found. Returns (ids of new incidents, ids of updated ones), each ascending."""
    cursor.execute("create temp table import_written (id bigint, case_key text, fresh bool) on commit drop")
    cursor.execute(WRITE_INCIDENTS, {"agency": agency_id, "batch": batch_id, "by": by_id})
    cursor.execute("analyze import_written")
    cursor.execute(WRITE_GRANTS, {"permission": permission_id, "groups": list(group_ids)})
    if row_is_victim:
        cursor.execute(WRITE_VICTIMS)
        cursor.execute(CHANGE_VICTIMS)
    cursor.execute("analyze evidence_incident, evidence_incidentgrant, evidence_victim")
    cursor.execute(
        "select coalesce(array_agg(id order by id) filter (where fresh), '{}'),"
        " coalesce(array_agg(id order by id) filter (where not fresh), '{}') from import_written"
    )
    return cursor.fetchone()
