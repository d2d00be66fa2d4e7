"""What people are told, and have read."""

from django.db import transaction
from django.utils import timezone

from agencies import access, policies
from agencies.models import Notification


@transaction.atomic
def read(*, notification, by):
    """Mark one notice as read."""
    notification = Notification.objects.select_for_update(no_key=True).get(pk=notification.pk)
    access.enforce(policies.own, by, notification)
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])


@transaction.atomic
def read_all(*, by):
    """Mark everything the person was told as read."""
    return Notification.objects.visible_to(by).unread().update(read_at=timezone.now())
