"""A portal full of evidence: as many firearms as asked for, and about as many of everything that lists show of them.

Agencies and people are the demo city's crowd; all else is one INSERT .. SELECT for each table, triggers off, with what
triggers would have kept. What becomes of a row follows from its id.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.contrib.auth.models import Group
from django.db import NotSupportedError, connection, transaction

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from evidence.models import FirearmSight
from leads.actions import stagedays
from leads.demo import derived
from leads.demo.crowd import INCIDENTS_AT_LEAST, INCIDENTS_PER_LEAD, Crowd
from leads.demo.store import LOOSE_INDEXES, triggers_off
from tests.benchmarks.evidence_rows import ROWS

AT = datetime(2026, 7, 16, 14, 0, tzinfo=UTC)
STEP, DAYS = 20_000, 10_000
READERS = ("small", "town", "center", "all")
# Their indexes are built after the rows: many times faster. Emptied first, so that the log need not have the rows.
FILLED = (
    "evidence_incident", "evidence_incidentgrant", "evidence_exhibit", "evidence_firearm", "evidence_custodyevent",
    "evidence_handover", "evidence_acquisition", "evidence_correlationreview", "evidence_labrequest",
    "evidence_labrequestitem", "evidence_detection", "evidence_gunshotalert", "evidence_trace", "evidence_traceresult",
    "evidence_untracedgun", "evidence_disposal", "evidence_legalhold", "evidence_inventoryline", "evidence_storedfile",
    "evidence_attachment", "evidence_canvass", "evidence_firearmpair", "agencies_auditevent",
)  # fmt: skip
VACUUMS = """
select format('vacuum analyze %s', oid::regclass) from pg_class
 where relkind = 'r' and relnamespace = 'public'::regnamespace order by relpages desc
"""
# Two things at once: what is measured later is not the filling.
HANDS = 2


def fill(count):
    """As many firearms, two on each incident of the crowd's agencies, and the rest around them."""
    with transaction.atomic(), triggers_off(), connection.cursor() as cursor:
        builds = _bare(cursor)
        crowd = Crowd(count, 1, AT)
        crowd.people()
        crowd.store.close()
        readers(crowd)
        _rows(cursor, crowd, count)
        derived.incident_grants()
        derived.stale_days()
    at_once(builds)
    with connection.cursor() as cursor:
        cursor.execute("analyze evidence_incidentgrant, evidence_exhibit, evidence_firearm, evidence_trace")
        _sights(cursor)
        while stagedays.keep(by=User.objects.system(), limit=DAYS):
            pass
        cursor.execute(VACUUMS)
        at_once([statement for (statement,) in cursor.fetchall()])


def _bare(cursor):
    """Empty tables without indexes but for those that foreign keys need; the statements that build them again."""
    cursor.execute(LOOSE_INDEXES, [list(FILLED)])
    found = cursor.fetchall()
    for drop, _ in found:
        cursor.execute(drop)
    cursor.execute(f"truncate {', '.join(FILLED)} cascade")
    return [build for _, build in found]


def _rows(cursor, crowd, count):
    towns = [town for center in crowd.centers for town in center.members]
    scenes = [max(INCIDENTS_AT_LEAST, round(count * INCIDENTS_PER_LEAD * town.share)) for town in towns]
    cursor.execute("set local work_mem = '256MB'")
    # Enough to choose a plan by; the tables are looked at closely when all is written.
    cursor.execute("set local default_statistics_target = 10")
    share = "create temporary table share on commit drop as select unnest(%s) as agency_id, unnest(%s) as scenes"
    cursor.execute(share, [[town.id for town in towns], scenes])
    for place, each in enumerate(ROWS):
        if isinstance(each, str):
            cursor.execute(each)
            continue
        insert(cursor, *each, {"count": count, "at": AT})
        table = each[0]._meta.db_table
        if any(table in (later if isinstance(later, str) else later[2]) for later in ROWS[place + 1 :]):
            cursor.execute(f'analyze "{table}"')


def at_once(statements):
    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute("set maintenance_work_mem = '512MB'")
            cursor.execute(statement)
        connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(run, statements))


def insert(cursor, model, columns, source, params):
    """One INSERT .. SELECT: `columns` as SQL over `source`; what it does not name is what the model says."""
    values = dict(columns)
    for field in model._meta.concrete_fields:
        if field.column in values or field.primary_key or field.null or field.has_db_default():
            continue
        if not field.has_default() and not field.empty_strings_allowed:
            raise NotSupportedError(f"{model.__name__}.{field.name} has to be said")
        values[field.column] = _literal(field)
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f'insert into "{model._meta.db_table}" ({names}) select {", ".join(values.values())} {source}', params
    )


def _literal(field):
    default = field.get_default()
    if isinstance(default, list | dict):
        return "'[]'" if isinstance(default, list) else "'{}'"
    return str(default).lower() if isinstance(default, bool | int) else f"'{default}'"


def readers(crowd):
    """A laboratory in each center; the people who read: of the smallest agency and the biggest, of the biggest center,
    and of all of them.
    """
    towns = sorted((town for center in crowd.centers for town in center.members), key=lambda town: town.share)
    for number, center in enumerate(crowd.centers, 1):
        laboratory = Agency.objects.create(
            name=f"Laboratory {number}", code=f"L{number:03d}", kind=Agency.Kind.LABORATORY, parent_id=center.id,
            zone="America/New_York", calendar_id=crowd.calendar_id,
             group=Group.objects.create(name=f"agency:L{number:03d}"),
            mark=1, phone="555-0100",
        )  # fmt: skip
        technician = User.objects.create(email=f"technician-l{number:03d}@portal.example", name=f"Technician {number}")
        Membership.objects.create(user=technician, agency=laboratory, role=Role.EVIDENCE_TECHNICIAN)
        technician.groups.add(laboratory.group)
    every = {"small": towns[:1], "town": towns[-1:], "center": crowd.centers[:1], "all": crowd.centers}
    for name, agencies in every.items():
        user = User.objects.create(email=f"lists-{name}@portal.example", name=f"Reader {name}", password=crowd.secret)
        for each in agencies:
            first = Role.CENTER_COORDINATOR if each.members else Role.SUPERVISOR
            for role in (first, Role.EVIDENCE_TECHNICIAN, Role.AGENCY_ADMINISTRATOR):
                Membership.objects.create(user=user, agency_id=each.id, role=role)
            user.groups.add(each.group)


def _sights(cursor):
    """Who may see which firearm, and what its number is found by."""
    # Its unique constraint stays: the function that fills the table asks for it.
    with connection.schema_editor() as schema:
        for index in FirearmSight._meta.indexes:
            schema.remove_index(FirearmSight, index)
        builds = [str(index.create_sql(FirearmSight, schema)) for index in FirearmSight._meta.indexes]
    cursor.execute("select max(id) from evidence_firearm")
    sights = """set session_replication_role = replica;
        select evidence_firearm_sights(array(select id from evidence_firearm where id > {} and id <= {}))"""
    at_once([sights.format(first, first + STEP) for first in range(0, cursor.fetchone()[0], STEP)])
    at_once(builds)
