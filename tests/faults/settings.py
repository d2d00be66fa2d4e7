"""The test's settings with a scheduler in a hurry: a fault is repaired in seconds instead of a minute."""

from tests.settings import *  # noqa: F403
from tests.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {name: entry | {"schedule": 1.0} for name, entry in CELERY_BEAT_SCHEDULE.items()}
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
