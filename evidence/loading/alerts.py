"""The handler of lists of gunshot alerts and calls (see evidence/loading/__init__.py). A check loads and takes all of
it back, so what it says is what loading will do.
"""

from zoneinfo import ZoneInfo

from django.urls import reverse

from evidence.actions import alerts as actions
from evidence.imports import alerts, tables
from evidence.loading import stage_alerts
from evidence.loading.run import Watched, tried
from evidence.models import Detection, GunshotAlert

TARGETS = "alert"
HELD_CODES = ()
LOCK = actions.LOCK
WRITTEN = 50
COLUMNS = (
    "Alert Number", "Source", "Occurred At", "Type", "Rounds", "Address", "Latitude", "Longitude", "Case Number",
)  # fmt: skip


def open_source(file, name):
    return tables.open_table(file, name=name)


def check(run):
    return tried(load, run)


def load(run):
    with run.open_file() as file:
        table = Watched(open_source(file, run.batch.file.name), run.progress)
        rows = alerts.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found)
        counts = actions.load(agency=run.batch.agency, rows=rows, by=run.by, batch=run.batch)
    return {"rows": table.count, "held": 0, **counts}


def read_again(run):
    with run.open_file() as file:
        table = open_source(file, run.batch.file.name)
        for _row in alerts.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found):
            pass


def export(agency, user, most):
    """(GunshotAlert, ids, names of columns, rows) of the alerts that an agency's lists brought."""
    mine = GunshotAlert.objects.visible_to(user).filter(agency=agency).order_by("pk")[:most]
    zone, found = ZoneInfo(agency.zone), list(mine)
    return GunshotAlert, [each.pk for each in found], list(COLUMNS), [_row(each, zone) for each in found]


def _row(alert, zone):
    at = alert.at.astimezone(zone)
    when = at.isoformat(" ") if alert.time_known else at.date().isoformat()
    return [alert.number, alert.source, when, alert.heard, alert.rounds, alert.address, alert.lat, alert.lng,
            alert.case_number]  # fmt: skip


def taken_back(cursor, batch):
    """What the portal found by itself meanwhile of the incidents holds on."""
    stage_alerts.set_right(cursor, batch.pk)


def written(batch, user):
    """Some of the shots that a file told of: [(words, address)]."""
    found = Detection.objects.visible_to(user).filter(alerts__batch=batch).order_by("pk").distinct()
    return [(str(each), reverse("detection", args=[each.pk])) for each in found[:WRITTEN]]
