"""How often a program may ask, counted for each token and minute in the cache.

Without the cache nobody is counted: a broken counter must not keep the agencies from their leads, so it is logged and
the request goes on. What a program may see does not hang on this.
"""

import logging
import time

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

MINUTE = 60
logger = logging.getLogger(__name__)


class PerToken(BaseThrottle):
    def allow_request(self, request, view):
        if not request.user or not request.user.is_authenticated:
            return True
        who = f"token{request.auth.pk}" if request.auth else f"user{request.user.pk}"
        key = f"api:{who}:{int(time.time() // MINUTE)}"
        try:
            return self._counted(key) <= settings.API_REQUESTS_PER_MINUTE
        except (RedisError, OSError):
            logger.warning("Requests of programs are not counted: the cache does not answer.")
            return True

    def _counted(self, key):
        try:
            return cache.incr(key)
        except ValueError:  # the first of its minute, unless another is so at the same moment
            return 1 if cache.add(key, 1, timeout=2 * MINUTE) else cache.incr(key)

    def wait(self):
        return MINUTE - int(time.time()) % MINUTE
