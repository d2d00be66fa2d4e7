"""What people do on leads, upon a copy of the database with so many leads: the desk, confirmations, meetings, tasks,
persons, the people list, bulletins, questions to others, guns. One INSERT .. SELECT for each table, triggers off.
"""

from django.db import connection, transaction
from django.utils import timezone

from leads.demo.store import LOOSE_INDEXES, triggers_off
from tests.benchmarks.evidence_fill import VACUUMS, at_once, insert
from tests.benchmarks.work_rows import ROWS


def fill(_count):
    write(ROWS)


def write(every, *before):
    """Rows of `every` table, after the callables that go `before` them; indexes are built after the rows."""
    with transaction.atomic(), triggers_off(), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute(LOOSE_INDEXES, [_tables(every)])
        loose = cursor.fetchall()
        for drop, _build in loose:
            cursor.execute(drop)
        for each in before:
            each()
        rows(cursor, every)
    at_once([build for _drop, build in loose])
    with connection.cursor() as cursor:
        cursor.execute(VACUUMS)
        at_once([statement for (statement,) in cursor.fetchall()])


def rows(cursor, every=ROWS, *, analyzed=True):
    """Everything that hangs on the leads there are. What is analyzed stays so, though the rows be taken back."""
    given = {"at": timezone.now().replace(microsecond=0)}
    for each in every:
        if isinstance(each, str):
            cursor.execute(each, given)
            continue
        model, columns, _source = each
        insert(cursor, *each, given)
        table = model._meta.db_table
        if analyzed:
            cursor.execute(f'analyze "{table}"')
        if "id" in columns:
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")


def _tables(every):
    """Those that are filled here alone: their indexes are built after the rows."""
    return sorted({each[0]._meta.db_table for each in every if not isinstance(each, str)})
