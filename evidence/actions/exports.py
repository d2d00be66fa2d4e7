from django.db import transaction

from agencies import access, audit
from evidence import policies
from evidence.loading import exports


@transaction.atomic
def note(*, model, ids, form, by):
    """Put on record which rows a person took out of the portal, and as what kind of file."""
    audit.record_many(f"{model._meta.model_name}.exported", model, list(ids), by=by, form=form)


@transaction.atomic
def take(*, kind, agency, by):
    """The records of an agency that a person sees, as the file that brings them: (names of columns, rows)."""
    access.enforce(policies.take_records, by, agency, kind)
    model, ids, columns, rows = exports.take(kind, agency, by)
    audit.record_many(f"{model._meta.model_name}.exported", model, ids, by=by, agency=agency, form="xlsx")
    return columns, rows
