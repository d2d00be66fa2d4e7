"""Timing one thing beside its floor: turn about, many times.

Of each the time is taken that a quarter of its runs keep: on a machine that does something else as well, every second
run may lose a few milliseconds, which is more than most of them take.
"""

import statistics
import time

MOST_GROWTH = 2
MOST_KILOBYTES = 150


def side_by_side(ours, floor, runs=60):
    """Milliseconds of two callables, run in turn so that a noisy moment hits both; one warm-up each."""
    ours(), floor()
    times = ([], [])
    for _ in range(runs):
        for call, kept in ((ours, times[0]), (floor, times[1])):
            start = time.perf_counter()
            call()
            kept.append((time.perf_counter() - start) * 1000)
    return statistics.quantiles(times[0])[0], statistics.quantiles(times[1])[0]


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


def above_limit(results):
    """What is worse than its limit, in words, of {size: [row]}."""
    found = []
    for size, rows in results.items():
        for each in rows:
            limits = [("ratio", each["limit"]), ("growth", each.get("most_growth", MOST_GROWTH))]
            limits.append(("kilobytes", MOST_KILOBYTES))
            limits.append(("megabytes", each.get("most_megabytes")))
            limits += [("value", each.get("most_ms")), ("sql_ms", each.get("most_sql_ms"))]
            limits += [(what, each.get(f"most_{what}")) for what in ("scanned", "scanned_large")]
            name = " ".join(filter(None, [each["figure"], each.get("reader")]))
            found += [
                f"{name}, at {int(size):,} leads: {what} {each[what]}, at most {most}"
                for what, most in limits
                if most is not None and (each.get(what) or 0) > most
            ]
    return found
