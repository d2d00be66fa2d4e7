"""Handing work to the background without depending on it."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def later(task, *args):
    """Queue a task once the transaction is committed.

    A queue that is gone must not break the page that asked: the row it wrote is what counts, and a sweep finds it.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task, args):
    try:
        task.delay(*args)
    except OperationalError as error:
        log.warning("The queue did not take %s: %s", task.name, error)
