"""The watch over stored files: rounds that end after some time and go on where the last one ended."""

import logging
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.utils import timezone

from agencies.models import User
from agencies.queueing import later
from evidence import queries, vault
from evidence.actions import files
from evidence.models import Picture
from evidence.objects import StoreError

log = logging.getLogger(__name__)
EVERY = timedelta(days=7)
ROUND_SECONDS, SCAN_SECONDS = 300, 40
LOT = 200
LONG_AGO = timedelta(seconds=45)


def queue_photos(task):
    """Queue photos again that should long have been drawn."""
    for picture in Picture.objects.unattended(timezone.now() - LONG_AGO).only("pk")[:LOT]:
        later(task, picture.pk)


def scan(seconds=SCAN_SECONDS):
    """Show files to the scanner that came in before there was one; how many. A silent scanner ends the round."""
    ends, after, done, system = monotonic() + seconds, 0, 0, User.objects.system()
    while settings.CLAMD_ADDRESS and monotonic() < ends and (lot := queries.files_to_scan(after, LOT)):
        for file in lot:
            try:
                files.scan(file=file, by=system)
            except vault.Unscanned:
                return done
            after, done = file.pk, done + 1
            if monotonic() > ends:
                break
    return done


def compare(seconds=ROUND_SECONDS, since=None):
    """Compare files with their hashes that were not compared since then (a week ago):
    (how many were compared, those that are damaged). A store that does not answer ends the round.
    """
    ends, done, damaged, system = monotonic() + seconds, 0, [], User.objects.system()
    since = since or timezone.now() - EVERY
    while monotonic() < ends and (lot := queries.files_to_check(since, LOT)):
        for file in lot:
            try:
                file = files.check(file=file, by=system, found=vault.digest(file.sha256))
            except StoreError as error:
                log.error("The comparison of files stops: %s", error)
                return done, damaged
            done += 1
            damaged += [file] if file.damage else []
            if monotonic() > ends:
                break
    return done, damaged
