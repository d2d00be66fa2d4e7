"""What people do on leads, upon a copy of the database with so many leads: the desk, confirmations, meetings, tasks,
persons, the people list, bulletins, questions to others, guns. One INSERT .. SELECT for each table, triggers off.
"""

from django.db import connection, transaction
from django.utils import timezone

from leads.demo.store import LOOSE_INDEXES, triggers_off
from leads.models import Entity
from tests.benchmarks.evidence_fill import VACUUMS, at_once, insert
from tests.benchmarks.work_rows import ROWS


def fill(_count):
    with transaction.atomic(), triggers_off(), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute(LOOSE_INDEXES, [_tables()])
        loose = cursor.fetchall()
        for drop, _build in loose:
            cursor.execute(drop)
        rows(cursor)
    at_once([build for _drop, build in loose])
    with connection.cursor() as cursor:
        cursor.execute(VACUUMS)
        at_once([statement for (statement,) in cursor.fetchall()])


def rows(cursor, *, analyzed=True):
    """Everything that hangs on the leads there are. What is analyzed stays so, though the rows be taken back."""
    given = {"at": timezone.now().replace(microsecond=0)}
    for each in ROWS:
        if isinstance(each, str):
            cursor.execute(each, given)
        else:
            insert(cursor, *each, given)
            if analyzed:
                cursor.execute(f'analyze "{each[0]._meta.db_table}"')
    table = Entity._meta.db_table
    cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")


def _tables():
    """Those that are filled here alone: their indexes are built after the rows."""
    return sorted({each[0]._meta.db_table for each in ROWS if not isinstance(each, str)})
