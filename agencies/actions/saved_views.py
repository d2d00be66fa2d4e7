"""A list's filters, kept under a name by their owner."""

from django.db import transaction

from agencies import access, audit, policies
from agencies.models import SavedView


@transaction.atomic
def save(*, page, name, query, by):
    """Keep the filters of a list under a name; the same name again replaces them."""
    view, _ = SavedView.objects.update_or_create(user=by, page=page, name=name, defaults={"query": query})
    audit.record("saved_view.saved", view, by=by, page=page)
    return view


@transaction.atomic
def remove(*, view, by):
    view = SavedView.objects.select_for_update(no_key=True).get(pk=view.pk)
    access.enforce(policies.own, by, view)
    audit.record("saved_view.removed", view, by=by, page=view.page)
    view.delete()
