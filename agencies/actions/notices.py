"""What people are told, and have read."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies, queries
from agencies.models import NoticeChoice, Notification


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


@transaction.atomic
def choose(*, person, chosen, by, now=None):
    """How a person is mailed from now on: `chosen` is {kind: how}. What waits already goes by it too."""
    now = now or timezone.now()
    for kind, how in chosen.items():
        access.enforce(policies.choose_notice, by, person, kind, how)
    before = queries.notice_choices(person)
    changed = {kind: how for kind, how in chosen.items() if before.get(kind) != how}
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=person, kind=kind, how=how, chosen_at=now) for kind, how in changed.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["how", "chosen_at"],
    )
    Notification.objects.to_mail().filter(user=person, mail_after__isnull=False).update(mail_after=None)
    if changed:
        words = {kind: [before.get(kind, ""), how] for kind, how in changed.items()}
        audit.record("notices.chosen", person, by=by, agency=queries.main_agency_id(person), changes=words)
    return changed
