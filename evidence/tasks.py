"""Work in the background: an id in, one action called, harmless when repeated."""

import logging

from celery import shared_task

log = logging.getLogger(__name__)
BROKEN = "The portal could not finish this file, and nothing of it was written. Try again, or tell your administrator."


@shared_task
def check_import(batch_id):
    _read("check", batch_id)


@shared_task
def load_import(batch_id):
    _read("load", batch_id)


@shared_task
def undo_import(batch_id):
    _read("undo", batch_id)


@shared_task
def sweep_imports():
    """Queue again what says that it is being read and may have lost its worker or its place in the queue."""
    from agencies.queueing import later
    from evidence.models import ImportBatch

    works = {"checking": check_import, "loading": load_import, "undoing": undo_import}
    for batch in ImportBatch.objects.unattended():
        later(works[batch.status], batch.pk)


@shared_task
def verify_custody():
    """Each night: rows of custody that were changed behind the portal's back are found, recorded and told."""
    from agencies.models import User
    from evidence.actions import custody

    for _, case_number, number, position, wrong in custody.verify(by=User.objects.system()):
        log.error("Case %s, exhibit %s, custody row %s: %s", case_number, number, position, wrong)


@shared_task
def tell_reviews():
    """Each morning: agencies whose exhibits have come to their day of review are told, of each day once."""
    from django.utils import timezone

    from agencies.models import User
    from evidence import queries
    from evidence.actions import review_calls

    now = timezone.now()
    for agency in queries.agencies_to_tell(now):
        review_calls.tell(agency=agency, by=User.objects.system(), now=now)


@shared_task
def match_alerts():
    """Incidents may come after the alerts of their shots."""
    from datetime import timedelta

    from django.utils import timezone

    from agencies.models import User
    from evidence import queries
    from evidence.actions import alerts

    lately = timezone.now() - timedelta(days=14)
    for agency in queries.agencies_with_open_alerts(lately):
        alerts.match(agency=agency, by=User.objects.system(), since=lately)


@shared_task
def suggest_same_guns():
    """Every five minutes: firearms described since may be guns that were recovered before."""
    from agencies.models import User
    from evidence.actions import same_guns

    while same_guns.suggest(by=User.objects.system()):
        pass


@shared_task
def draw_picture(picture_id):
    """What is shown of one photo: its copies are drawn, and what the camera wrote is kept aside."""
    from agencies.models import User
    from evidence.actions import files
    from evidence.models import Picture

    picture, system = Picture.objects.get(pk=picture_id), User.objects.system()
    if files.attempt(picture=picture, by=system):
        files.draw(picture=picture, by=system)


@shared_task
def sweep_files():
    """Photos whose worker may be lost are queued again; what came in without a scanner is looked at."""
    from evidence import filecheck

    filecheck.queue_photos(draw_picture)
    filecheck.scan()


@shared_task
def check_files():
    """Compare stored files with their hashes, those that waited longest first, for some minutes each hour."""
    from evidence import filecheck, vault

    vault.tidy()
    filecheck.compare()


def _read(step, batch_id):
    from django.db import InterfaceError, OperationalError

    from agencies.access import Refused
    from agencies.models import User
    from evidence.actions import imports, undoings
    from evidence.loading.watching import Stopped
    from evidence.models import ImportBatch
    from evidence.queries_imports import started_by

    batch, system = ImportBatch.objects.get(pk=batch_id), User.objects.system()
    if not imports.attempt(batch=batch, by=system):
        return
    try:
        if step == "undo":
            undoings.undo(batch=batch, by=started_by(batch), watched=True)
        else:
            getattr(imports, step)(batch=batch, by=started_by(batch), watched=True)
    except Stopped:
        log.info("Import %s was stopped", batch_id)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the batch stands as it was, and the sweep queues it again
    except Refused as refused:
        imports.fail(batch=batch, by=system, problem=refused.reason)
    except Exception:
        log.exception("Import %s broke off", batch_id)
        imports.fail(batch=batch, by=system, problem=BROKEN)
