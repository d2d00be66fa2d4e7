"""The watch over stored files: rounds that end after some time and go on where the last one ended."""

import logging
from datetime import timedelta
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from agencies.models import User
from agencies.queueing import later
from evidence import queries, scanner, vault
from evidence.actions import files
from evidence.models import Picture
from evidence.objects import StoreError

log = logging.getLogger(__name__)
EVERY = timedelta(days=7)
ROUND_SECONDS, SCAN_SECONDS = 300, 40
LOT, MOST_UNREAD = 200, 3
LONG_AGO = timedelta(seconds=45)


class Round(NamedTuple):
    """How many files were compared, those that are damaged, how often the store gave none."""

    done: int
    damaged: list
    unread: int


def queue_photos(task):
    """Queue photos again that should long have been drawn."""
    for picture in Picture.objects.unattended(timezone.now() - LONG_AGO).only("pk")[:LOT]:
        later(task, picture.pk)


def scan(seconds=SCAN_SECONDS):
    """Show files to the scanner that came in before there was one; how many it looked at. A scanner that is away ends
    the round; one file that it does not look through does not.
    """
    ends, after, done, system = monotonic() + seconds, 0, 0, User.objects.system()
    while settings.CLAMD_ADDRESS and monotonic() < ends and (lot := queries.files_to_scan(after, LOT)):
        for file in lot:
            try:
                files.scan(file=file, by=system)
            except vault.Unscanned:
                if not scanner.is_there(settings.CLAMD_ADDRESS):
                    return done
            else:
                done += 1
            after = file.pk
            if monotonic() > ends:
                break
    return done


def compare(seconds=ROUND_SECONDS, since=None):
    """Compare files with their hashes that were not compared since then (a week ago). One file that the store does not
    give does not hold up the others; several of them in a row end the round.
    """
    ends, done, damaged, unread, row, system = monotonic() + seconds, 0, [], 0, 0, User.objects.system()
    since = since or timezone.now() - EVERY
    while monotonic() < ends and (lot := queries.files_to_check(since, LOT)):
        for file in lot:
            try:
                file = files.check(file=file, by=system, found=vault.digest(file.sha256))
            except StoreError as error:
                log.error("A file was not compared: %s", error)
                unread, row = unread + 1, row + 1
            else:
                done, row = done + 1, 0
                damaged += [file] if file.damage else []
            if row == MOST_UNREAD or monotonic() > ends:
                return Round(done, damaged, unread)
    return Round(done, damaged, unread)
