"""Helpers for tests of imports: a file in, a batch at its end."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import User
from evidence.actions import imports, incidents
from evidence.loading import stage
from evidence.models import Incident
from tests.beside import Beside

GOOD = """INCIDENT_NO,DATE_,TIME,OFF_DESC,LOC,LAT,LON,RACE
26-018844,6/3/2026,23:10,AGG ASLT - FIREARM,900 BLK QUARRY ST,41.88,-87.63,W
26-018845,6/4/2026,01:20,AGG ASLT - FIREARM,100 BLK LOCK ST,,,B
"""
BAD = (
    GOOD
    + "26-018846,13/26/2026,01:00,X,Y,41.88,-87.63,W\n"
    + ",6/4/2026,01:00,X,Y,41.88,-87.63,W\n"
    + "2600,6/4/2026,01:00,X,Y,41.9,-87.6,W\n"
)


def uploaded(content, name="incidents.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return SimpleUploadedFile(name, data)


def take(agency, content, name="incidents.csv", by=None, columns=None):
    """Upload a file (text, bytes or a path), with its guessed mapping or another."""
    by = by or User.objects.system()
    if isinstance(content, Path):
        content, name = content.read_bytes(), content.name
    batch = imports.upload(agency=agency, kind="incidents", upload=uploaded(content, name), by=by)
    if columns is not None:
        batch = imports.choose_columns(batch=batch, columns=columns, by=by)
    return batch


def checked(agency, content, by=None, **options):
    by = by or User.objects.system()
    batch = take(agency, content, by=by, **options)
    imports.start_check(batch=batch, by=by, queue=False)
    return imports.check(batch=batch, by=by)


def loaded(agency, content, by=None, **options):
    by = by or User.objects.system()
    batch = checked(agency, content, by=by, **options)
    assert batch.status == "checked", batch.problem
    imports.start_load(batch=batch, by=by, queue=False)
    return imports.load(batch=batch, by=by)


def beside_step(monkeypatch, step, deed):
    """Let somebody else act just before a step of a load; [(they, whether they were held up)] when it came to it."""
    real, came = getattr(stage, step), []

    def after(*args, **values):
        if values.get("write", True):
            other = Beside(deed)
            came.append((other, other.is_held_up()))
        return real(*args, **values)

    monkeypatch.setattr(stage, step, after)
    return came


def correct(city, **facts):
    """Somebody of the department sets the only incident there is right."""
    found = Incident.objects.get()
    return incidents.correct(incident=found, by=city.technician, seen=found.updated_at, **facts)


def send(client, city, content=GOOD, name="june.csv"):
    """Upload a file of incidents on its page."""
    data = {"kind": "incidents", "agency": city.papd.pk, "file": uploaded(content, name)}
    return client.post(reverse("import_new"), data)


def columns_of(client, batch):
    """What the columns page has chosen, as the browser would send it back."""
    form = client.get(reverse("import_columns", args=[batch.pk])).context["form"]
    return {name: form[name].initial or "" for name in form.fields if form[name].initial is not False}
