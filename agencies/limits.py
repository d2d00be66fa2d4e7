"""How often somebody may try what costs work, counted in the cache by the clock's periods of so many seconds.

Without the cache nobody is counted: a broken counter must not keep the agencies from their leads, so it is logged and
the request goes on. What somebody may see, and when an account locks, does not hang on this.
"""

import hashlib
import ipaddress
import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

MINUTE = 60
logger = logging.getLogger(__name__)


def take(what, who, *, most, seconds=MINUTE):
    """Count one more try; whether it is still within `most` of this period. True while the cache is away."""
    return count(what, who, seconds=seconds) <= most


def count(what, who, *, seconds=MINUTE):
    """Count one more try: how many there are in this period. 0 while the cache is away."""
    try:
        return _counted(_key(what, who, seconds), seconds)
    except (RedisError, OSError):
        logger.warning("Requests are not counted: the cache does not answer.")
        return 0


def give_back(what, who, *, seconds=MINUTE):
    """Not to count a try that was a right one."""
    try:
        cache.decr(_key(what, who, seconds))
    except (RedisError, OSError, ValueError):
        logger.debug("The period of a right try is over, or the cache away: nothing to give back.")


def rest(seconds=MINUTE):
    """Seconds until the next period begins."""
    return seconds - int(time.time()) % seconds


def network(address):
    """Whom an address counts for: one machine, or with IPv6 the net of one line, which has 2**64 addresses."""
    if address is None:
        return "unknown"
    found = ipaddress.ip_address(address)
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def _key(what, who, seconds):
    # What was typed as an address may be a password: the cache keeps its hash.
    who = hashlib.sha256(str(who).encode(errors="surrogatepass")).hexdigest()[:32]
    return f"{what}:{who}:{int(time.time() // seconds)}"


def _counted(key, seconds):
    try:
        return cache.incr(key)
    except ValueError:  # the first of its period, unless another is so at the same moment
        return 1 if cache.add(key, 1, timeout=2 * seconds) else cache.incr(key)
