"""The database's half of loading gunshot alerts: rows of a file beside those that are here, in temporary tables.

Only evidence.actions.alerts calls this, within its transaction.
"""

from typing import NamedTuple

from evidence.alerts import Alert, Point
from evidence.loading import changes
from evidence.loading.lines import Lines
from evidence.models import Detection, GunshotAlert

COLUMNS = {
    "row_number": "int", "source": "text", "key": "text", "number": "text", "at": "timestamptz", "time_known": "bool",
    "lat": "float8", "lng": "float8", "rounds": "int", "heard": "text", "address": "text", "case_number": "text",
    "case_key": "text",
}  # fmt: skip
TEXTS = [name for name, kind in COLUMNS.items() if kind == "text"]
SAID = ("number", "at", "time_known", "lat", "lng", "rounds", "heard", "address", "case_number", "case_key")

COMPARE = f"""
create temp table import_seen on commit drop as
select n.row_number, e.id, case when e.id is null then 'new'
         when ({", ".join(f"n.{name}" for name in SAID)}) is distinct from ({", ".join(f"e.{name}" for name in SAID)})
         then 'updated' else 'unchanged' end as state
  from import_alert n
  left join evidence_gunshotalert e on e.agency_id = %(agency)s and e.source = n.source and e.key = n.key
"""
# A row without a number whose list was read in another zone has another fingerprint: what it says tells.
SAME = f"""
update import_seen s set id = e.id, state = 'unchanged'
  from import_alert n join evidence_gunshotalert e on e.agency_id = %(agency)s and e.at = n.at and e.number = ''
 where s.row_number = n.row_number and s.state = 'new' and n.number = '' and e.source = n.source
   and ({", ".join(f"n.{name}" for name in SAID)}) is not distinct from ({", ".join(f"e.{name}" for name in SAID)})
"""
UPDATE = f"""
update evidence_gunshotalert e set {", ".join(f"{name} = n.{name}" for name in SAID)}
  from import_alert n join import_seen s on s.row_number = n.row_number and s.state = 'updated'
 where e.id = s.id returning e.detection_id
"""
FRESH = """
select n.row_number, n.at, n.time_known, n.lat, n.lng, n.case_key
  from import_alert n join import_seen s using (row_number) where s.state = 'new' order by n.row_number
"""
# What is here within two minutes of a new one: it may tell of the same shots.
HERE = """
select e.id, e.at, e.time_known, e.lat, e.lng, e.case_key, e.detection_id, d.decided_at is not null
  from evidence_gunshotalert e join evidence_detection d on d.id = e.detection_id
 where e.agency_id = %(agency)s and e.at >= (select min(at) from import_alert) - %(within)s
   and e.at <= (select max(at) from import_alert) + %(within)s
   and exists (select from import_alert n join import_seen s using (row_number)
                where s.state = 'new' and n.at between e.at - %(within)s and e.at + %(within)s)
"""
NEW_DETECTIONS = """
insert into evidence_detection (id, agency_id, at, time_known, address, alerts_count, state, how, nearby, has_evidence,
                                dismissal, note)
select g.detection, %(agency)s, min(n.at), true, '', 1, 'open', '', 0, false, '', ''
  from unnest(%(rows)s::int[], %(detections)s::bigint[]) g(row_number, detection)
  join import_alert n using (row_number)
 where g.detection = any(%(made)s::bigint[]) group by g.detection order by 1
"""
NEW_ALERTS = f"""
insert into evidence_gunshotalert (agency_id, detection_id, batch_id, source, key, {", ".join(SAID)})
select %(agency)s, g.detection, %(batch)s, n.source, n.key, {", ".join(f"n.{name}" for name in SAID)}
  from unnest(%(rows)s::int[], %(detections)s::bigint[]) g(row_number, detection)
  join import_alert n using (row_number) order by n.row_number
returning id
"""
# The first alert of a group that has a point says where; the most rounds that one of them heard.
SUMMED = """
update evidence_detection d set at = s.at, time_known = s.time_known, lat = s.lat, lng = s.lng, address = s.address,
       rounds = s.rounds, alerts_count = s.alerts
  from (select a.detection_id, count(*) as alerts, min(a.at) as at, max(a.rounds) as rounds,
               (array_agg(a.time_known order by a.at, a.id))[1] as time_known,
               (array_agg(a.lat order by a.lat is null, a.at, a.id))[1] as lat,
               (array_agg(a.lng order by a.lat is null, a.at, a.id))[1] as lng,
               (array_agg(a.address order by a.address = '', a.at, a.id))[1] as address
          from evidence_gunshotalert a where a.detection_id = any(%(detections)s::bigint[]) group by 1) s
 where d.id = s.detection_id
"""
# Of each undecided detection its alerts, as the pure functions take them.
UNDECIDED = """
select d.id, a.id, a.at, a.time_known, a.lat, a.lng, a.case_key from evidence_detection d
  join evidence_gunshotalert a on a.detection_id = d.id
 where d.agency_id = %(agency)s and d.decided_at is null and {which} order by d.id, a.at, a.id
"""
SCENES = """
select distinct on (i.id) i.id, i.occurred_at, i.time_known, i.lat, i.lng, i.case_key
  from evidence_gunshotalert a join evidence_incident i on i.agency_id = a.agency_id
   and (i.occurred_at between a.at - %(within)s and a.at + %(within)s)
 where a.detection_id = any(%(detections)s::bigint[]) and i.kind = any(%(kinds)s)
 union
select i.id, i.occurred_at, i.time_known, i.lat, i.lng, i.case_key from evidence_incident i
 where i.agency_id = %(agency)s and i.case_key = any(%(numbers)s)
"""
MATCHED = """
update evidence_detection d set state = m.state, incident_id = m.incident, how = m.how, meters = m.meters,
       nearby = m.nearby, has_evidence = coalesce(i.collection = 'collected', false)
  from unnest(%(ids)s::bigint[], %(states)s::text[], %(incidents)s::bigint[], %(hows)s::text[], %(meters)s::int[],
              %(nearby)s::int[]) m(id, state, incident, how, meters, nearby)
  left join evidence_incident i on i.id = m.incident
 where d.id = m.id and (d.state, d.incident_id, d.nearby) is distinct from (m.state, m.incident, m.nearby)
returning d.id
"""
# What became an incident that is not there any more, which nobody decided.
LOST = """
update evidence_detection d set state = 'open', incident_id = null, how = '', meters = null, nearby = 0,
       has_evidence = false
  from (select unnest(ids) as id from evidence_importchange
         where batch_id = %(batch)s and relation = 'evidence_detection') c
 where d.id = c.id and d.incident_id is not null
   and not exists (select from evidence_incident i where i.id = d.incident_id)
"""
COPIED = """
update evidence_detection d set has_evidence = (i.collection = 'collected')
  from evidence_incident i, (select unnest(ids) as id from evidence_importchange
         where batch_id = %(batch)s and relation = 'evidence_detection') c
 where d.id = c.id and i.id = d.incident_id and d.has_evidence <> (i.collection = 'collected')
"""


class Known(NamedTuple):
    """An alert that is here: what the pure functions take of it, its detection, and whether a person decided that."""

    alert: Alert
    detection: int
    decided: bool


def fill(cursor, rows, key_of):
    """COPY rows (AlertRow) of a file into the stage; `key_of` gives the key of a case number."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute("drop table if exists pg_temp.import_alert, pg_temp.import_seen")
    cursor.execute(f"create temp table import_alert ({columns}) on commit drop")
    lines = Lines((*row, key_of(row.case_number)) for row in rows)
    cursor.copy_expert(
        f"copy import_alert from stdin (format csv, force_not_null ({', '.join(TEXTS)}))", lines, 1 << 18
    )
    if lines.problem is not None:
        raise lines.problem
    cursor.execute("create unique index on import_alert (row_number); create index on import_alert (at)")
    cursor.execute("analyze import_alert")


def compare(cursor, agency_id):
    """{"new", "updated", "unchanged"} of the rows against what is here."""
    cursor.execute(COMPARE, {"agency": agency_id})
    cursor.execute(SAME, {"agency": agency_id})
    cursor.execute("create unique index on import_seen (row_number); analyze import_seen")
    cursor.execute("select state, count(*) from import_seen group by state")
    found = dict(cursor.fetchall())
    return {state: found.get(state, 0) for state in ("new", "updated", "unchanged")}


def update(cursor):
    """Set anew what a file says otherwise; the detections of these alerts."""
    cursor.execute(UPDATE)
    return {detection for (detection,) in cursor.fetchall()}


def remember_updated(cursor):
    """Keep what the alerts that a file says otherwise are, and what they were summed up to."""
    for model in (GunshotAlert, Detection):
        changes.begin(cursor, model)
    cursor.execute("select e.id, e.detection_id from import_seen s join evidence_gunshotalert e using (id)"
                   " where s.state = 'updated'")  # fmt: skip
    found = cursor.fetchall()
    changes.remember(cursor, GunshotAlert, [pk for pk, _detection in found])
    changes.remember(cursor, Detection, {detection for _pk, detection in found})


def remember(cursor, detections, others):
    """Keep what detections are, and the alerts of those that turned out to be another (`others`)."""
    changes.remember(cursor, Detection, detections)
    cursor.execute("select id from evidence_gunshotalert where detection_id = any(%s::bigint[])", [list(others)])
    changes.remember(cursor, GunshotAlert, [pk for (pk,) in cursor.fetchall()])


def note(cursor, batch, placed, made, others, new):
    """Note what a load wrote: `new` alerts and `made` detections, changed ones, and those that became another."""
    cursor.execute(
        "select a.id, a.detection_id, s.row_number from evidence_gunshotalert a"
        " left join import_seen s on s.id = a.id and s.state = 'updated'"
        " where a.id = any(%s::bigint[]) or s.row_number is not null order by a.id",
        [new],
    )
    # New alerts were written in the order of their rows, so their ids are in it.
    rows, order, found = {}, iter(sorted(placed)), cursor.fetchall()
    fresh = set(new)
    alerts = {pk: next(order) if pk in fresh else row for pk, _detection, row in found}
    for pk, detection, _row in found:
        rows[detection] = min(alerts[pk], rows.get(detection, alerts[pk]))
    rows |= {theirs: rows.get(one, 0) for theirs, one in others.items()}
    cursor.execute("select id, detection_id from was_evidence_gunshotalert where detection_id = any(%s::bigint[])",
                   [list(others)])  # fmt: skip
    alerts = {pk: rows[detection] for pk, detection in cursor.fetchall()} | alerts
    changes.note_since(cursor, batch, Detection, rows, made)
    changes.note_since(cursor, batch, GunshotAlert, alerts, new)


def fresh(cursor):
    """[(row number, Alert)] of the rows that are new."""
    cursor.execute(FRESH)
    return [(row, _alert(f"n{row:010}", *said)) for row, *said in cursor.fetchall()]


def here(cursor, agency_id, within):
    """[Known] of what is here and may tell of the same shots as a new row."""
    cursor.execute(HERE, {"agency": agency_id, "within": within})
    return [Known(_alert(f"e{pk:019}", *said), detection, decided) for pk, *said, detection, decided in cursor]


def numbers(cursor, count):
    """As many free ids of detections."""
    cursor.execute(
        "select nextval(pg_get_serial_sequence('evidence_detection', 'id')) from generate_series(1, %s)", [count]
    )
    return [number for (number,) in cursor.fetchall()]


def write(cursor, agency_id, batch_id, placed, made):
    """Write new alerts, {row number: detection}, and the detections `made` for them; the ids of the alerts."""
    params = {"agency": agency_id, "batch": batch_id, "made": made}
    params |= {"rows": list(placed), "detections": list(placed.values())}
    cursor.execute(NEW_DETECTIONS, params)
    cursor.execute(NEW_ALERTS, params)
    return [pk for (pk,) in cursor.fetchall()]


def join(cursor, others):
    """Undecided detections that turned out to be another, {theirs: the one}, become one with it."""
    if others:
        pairs = [list(others), list(others.values())]
        cursor.execute(
            "update evidence_gunshotalert a set detection_id = j.one"
            " from unnest(%s::bigint[], %s::bigint[]) j(theirs, one) where a.detection_id = j.theirs",
            pairs,
        )
        cursor.execute("delete from evidence_detection where id = any(%s::bigint[])", pairs[:1])


def sum_up(cursor, detections):
    cursor.execute(SUMMED, {"detections": list(detections)})


def undecided(cursor, agency_id, detections=None, since=None):
    """{detection: its alerts} of those no person decided: of `detections`, or of all that are no incident yet."""
    which = "d.id = any(%(detections)s::bigint[])"
    if detections is None:
        which = "d.state = 'open' and (%(since)s::timestamptz is null or d.at >= %(since)s)"
    params = {"agency": agency_id, "detections": list(detections or ()), "since": since}
    cursor.execute(UNDECIDED.format(which=which), params)
    found = {}
    for detection, pk, *said in cursor:
        found.setdefault(detection, []).append(_alert(f"e{pk:019}", *said))
    return found


def scenes(cursor, agency_id, groups, kinds, within):
    """Rows (id, at, time known, lat, lng, key) of the incidents that alerts of these detections may be."""
    keys = sorted({alert.number for group in groups.values() for alert in group if alert.number})
    params = {"agency": agency_id, "detections": list(groups), "numbers": keys, "kinds": list(kinds), "within": within}
    cursor.execute(SCENES, params)
    return cursor.fetchall()


def set_right(cursor, batch_id):
    """After a file was taken back: what detections say of their incident, as that is by now."""
    for statement in (LOST, COPIED):
        cursor.execute(statement, {"batch": batch_id})


def settle(cursor, decided):
    """Write what detections became, [(id, state, incident, how, meters, nearby)]; the ids of those that changed."""
    names = ("ids", "states", "incidents", "hows", "meters", "nearby")
    cursor.execute(MATCHED, dict(zip(names, (list(each) for each in zip(*decided, strict=True)), strict=True)))
    return [pk for (pk,) in cursor.fetchall()]


def point(at, time_known, lat, lng):
    """Where and when; a day without its hour is no time."""
    return Point(at if time_known else None, lat, lng)


def _alert(name, at, time_known, lat, lng, case_key):
    return Alert(name, point(at, time_known, lat, lng), case_key)
