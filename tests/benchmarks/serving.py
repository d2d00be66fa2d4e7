"""Asking as a reader does: statements as they were sent, pages as they are served."""

import html
import re
import statistics
import time

from django.db import connection, transaction

from tests.benchmarks.measuring import Recorder

PAGE_RUNS = 5
# Rows of tables and entries of indexes that a transaction has read so far.
READ = """select coalesce(sum(pg_stat_get_xact_tuples_returned(oid)), 0) from pg_class
           where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace"""
NEXT = re.compile(r'href="([^"]*[?;]after=[^"]+)"')


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def add_up():
    """A sum that is the same in every database: what it takes tells how fast the machine is at the moment."""
    run("select count(distinct i * i % 9973) from generate_series(1, 20000) i")


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
    times, sums, slowest, sum_times, read = [], [], [], [], 0
    for _ in range(1 + PAGE_RUNS):
        began = time.perf_counter()
        add_up()
        sum_times.append((time.perf_counter() - began) * 1000)
        recorded = Recorder()
        with transaction.atomic(), connection.execute_wrapper(recorded):
            [(before,)] = run(READ)
            recorded.statements.clear()
            began = time.perf_counter()
            response = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            read = run(READ)[0][0] - before
            transaction.set_rollback(True)
        assert response.status_code in statuses, (address, response.status_code)
        sent = recorded.statements[:-1]
        sums.append(sum(each[0] for each in sent))
        slowest.append(max((each[0] for each in sent), default=0))
    shown = {
        "page_ms": round(statistics.quantiles(times[1:])[0], 1),
        "sql_ms": round(statistics.quantiles(sums[1:])[0], 1),
        "slowest_ms": round(statistics.quantiles(slowest[1:])[0], 1),
        "statements": len(sent),
        "read": int(read),
        "machine": round(statistics.quantiles(sum_times[1:])[0], 2),
    }
    return shown, response.content.decode()
