"""Helpers for tests of imports: a file in, a batch at its end."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import User
from evidence.actions import imports


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
