"""Timing one thing beside its floor: turn about, many times.

Of each the time is taken that a quarter of its runs keep: on a machine that does something else as well, every second
run may lose a few milliseconds, which is more than most of them take.
"""

import statistics
import time

MOST_GROWTH = 2
MOST_KILOBYTES = 150


def side_by_side(*calls, runs=60):
    """Milliseconds of each callable, run in turn so that a noisy moment hits all; one warm-up each."""
    for call in calls:
        call()
    times = [[] for _ in calls]
    for _ in range(runs):
        for call, kept in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            kept.append((time.perf_counter() - start) * 1000)
    return [statistics.quantiles(kept)[0] for kept in times]


def row(figure, ours, floor, limit, unit="ms", **more):
    return {
        "figure": figure,
        "value": round(ours, 3),
        "floor": round(floor, 3),
        "ratio": round(ours / floor, 2) if floor else None,
        "limit": limit,
        "unit": unit,
        **more,
    }


class Recorder:
    """The statements of a piece of work with their milliseconds, for `connection.execute_wrapper`."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements.append(((time.perf_counter() - began) * 1000, sql, params))


def growth(figure, before):
    """How many times slower a figure is than `before`, on the same machine and for each row that it reads.

    machine: what the same sum took at the time; two sizes are measured minutes apart. read: rows that a page reads,
    which may count up to its thousand at one size and have less to count at the other; fewer do not make it faster.
    """
    slower = figure["value"] / before["value"]
    if "machine" in figure:
        slower *= before["machine"] / figure["machine"]
    if figure.get("read") and before.get("read"):
        slower /= max(figure["read"] / before["read"], 1)
    return round(slower, 2)


def above_limit(results):
    """What is worse than its limit, in words, of {size: [row]}."""
    found = []
    for size, rows in results.items():
        for each in rows:
            limits = [("ratio", each["limit"]), ("growth", each.get("most_growth", MOST_GROWTH))]
            limits.append(("kilobytes", MOST_KILOBYTES))
            limits.append(("megabytes", each.get("most_megabytes")))
            limits.append(("page_read" if "page_read" in each else "read", each.get("most_read")))
            limits += [
                ("value", each.get("most_ms")),
                ("value", each.get("most_seconds")),
                ("sql_ms", each.get("most_sql_ms")),
            ]
            limits += [(what, each.get(f"most_{what}")) for what in ("scanned", "scanned_large")]
            name = " ".join(filter(None, [each["figure"], each.get("reader")]))
            found += [
                f"{name}, at {int(size):,} leads: {what} {each[what]}, at most {most}"
                for what, most in limits
                if most is not None and (each.get(what) or 0) > most
            ]
    return found
