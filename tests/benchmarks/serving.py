"""Asking as a reader does: statements as they were sent, pages as they are served."""

import html
import re
import statistics
import time

from django.db import connection, transaction

from tests.benchmarks.measuring import Recorder

PAGE_RUNS = 3
NEXT = re.compile(r'href="([^"]*[?;]after=[^"]+)"')


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def statements(call):
    """What a piece of work sends, its parameters in place."""
    recorded = Recorder()
    with connection.execute_wrapper(recorded):
        call()
    with connection.cursor() as cursor:
        return [cursor.cursor.mogrify(*each[1:]).decode() for each in recorded.statements]


def served(client, address, statuses=(200,)):
    """The dearest of the first page and the next: milliseconds of the whole and of its SQL, how many statements."""
    first, body = _asked(client, address, statuses)
    following = NEXT.search(body)
    pages = [first]
    if following:
        path = html.unescape(following[1])
        path = path if path.startswith("/") else address.partition("?")[0] + path
        pages.append(_asked(client, path, statuses)[0])
    return max(pages, key=lambda page: page["sql_ms"])


def _asked(client, address, statuses):
    """What some requests take that leave nothing behind, the first one not counted."""
    times, sums, slowest = [], [], []
    for _ in range(1 + PAGE_RUNS):
        recorded = Recorder()
        with transaction.atomic(), connection.execute_wrapper(recorded):
            began = time.perf_counter()
            response = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            transaction.set_rollback(True)
        assert response.status_code in statuses, (address, response.status_code)
        sums.append(sum(each[0] for each in recorded.statements))
        slowest.append(max((each[0] for each in recorded.statements), default=0))
    shown = {
        "page_ms": round(statistics.quantiles(times[1:])[0], 1),
        "sql_ms": round(statistics.quantiles(sums[1:])[0], 1),
        "slowest_ms": round(statistics.quantiles(slowest[1:])[0], 1),
        "statements": len(recorded.statements),
    }
    return shown, response.content.decode()
