"""Somebody else at work at the same time, on a connection of their own."""

import threading
import time

from django.db import connection

WAITING = "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"


class Beside(threading.Thread):
    """A deed that begins at once in a thread; `ended` waits for its end and raises what it raised."""

    def __init__(self, deed):
        super().__init__()
        self.deed, self.error = deed, None
        self.start()

    def run(self):
        try:
            self.deed()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def is_held_up(self, seconds=1):
        """Whether it has not come to its end after a while."""
        self.join(seconds)
        return self.is_alive()

    def ended(self, seconds=60):
        assert not self.is_held_up(seconds), "who works beside us never came to an end"
        if self.error:
            raise self.error


def somebody_waits_for_us():
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    return False
