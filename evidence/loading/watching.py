"""A worker at one file: alone, and telling how far it is."""

from django.db import connection, connections

LOCK = 724002


class Stopped(Exception):  # noqa: N818 - a person's wish, no error
    """Somebody stopped the batch, or another worker finished it, while this one was reading."""


def alone(batch):
    """Whether nobody else is at work on a batch, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, batch.pk])
        return cursor.fetchone()[0]


class Watch:
    """Moves the progress bar while the transaction is open, through a connection of its own; also hears of a stop."""

    def __init__(self, batch, status, watched):
        self.batch, self.status = batch, status
        self.other = connections.create_connection("default") if watched else None

    def __enter__(self):
        return self

    def __call__(self, rows):
        if self.other is None:
            return
        with self.other.cursor() as cursor:
            cursor.execute(
                "update evidence_importbatch set rows_done = %s where id = %s and status = %s",
                [rows, self.batch.pk, self.status],
            )
            if not cursor.rowcount:
                raise Stopped

    def __exit__(self, *_error):
        if self.other is not None:
            self.other.close()
