"""Work in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """What `work()` gives. The library of signatures runs an event loop, which a thread that is in one already refuses:
    that of an asynchronous server, or of whatever drives a browser.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
