"""Timing one thing beside its floor: turn about, many times, medians."""

import statistics
import time


def side_by_side(ours, floor, runs=60):
    """Median milliseconds of two callables, run in turn so that a noisy moment hits both; one warm-up each."""
    ours(), floor()
    times = ([], [])
    for _ in range(runs):
        for call, kept in ((ours, times[0]), (floor, times[1])):
            start = time.perf_counter()
            call()
            kept.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


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
