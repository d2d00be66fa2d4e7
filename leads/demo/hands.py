"""Many hands: one kind of work done by several processes, its results in order."""

import gc
import multiprocessing
import os
import sys

# Elsewhere a copy of a running process is not safe, and one does it all.
HANDS = os.cpu_count() or 1 if sys.platform == "linux" else 1


def results(work, count, hands=HANDS):
    """`work(0)` to `work(count - 1)`, in this order, made by as many processes as `hands`. Each begins as a copy of
    this one, so `work` may read everything here; what it changes stays there, and it must not use the database.
    """
    hands = min(hands, count)
    if hands < 2:
        yield from map(work, range(count))
        return
    context = multiprocessing.get_context("fork")
    ends, processes = [], []
    try:
        for first in range(hands):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(work, range(first, count, hands), theirs), daemon=True)
            process.start()
            # Held here as well, it would keep this process waiting for one that has died.
            theirs.close()
            ends.append(ours)
            processes.append(process)
        for number in range(count):
            yield ends[number % hands].recv()
    except EOFError as error:
        raise RuntimeError("A process that was making rows has died. What it said last stands above.") from error
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(work, numbers, end):
    # What was there before the copy is left alone by the collector, or each page of it would be copied.
    gc.freeze()
    for number in numbers:
        end.send(work(number))
