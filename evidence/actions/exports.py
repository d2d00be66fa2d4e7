from django.db import transaction

from agencies import audit


@transaction.atomic
def note(*, model, ids, form, by):
    """Put on record which rows a person took out of the portal, and as what kind of file."""
    audit.record_many(f"{model._meta.model_name}.exported", model, list(ids), by=by, form=form)
