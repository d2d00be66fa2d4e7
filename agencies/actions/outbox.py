"""Mail that waits: taken in small lots by a worker, and settled when the server has answered."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies, queries
from agencies.actions._ready import ready
from agencies.models import Letter, Notification

# What a worker that is killed may send once more.
LOT = 10
DIGEST = 200
ALSO = {Notification: ("user",), Letter: ("person", "invitation__agency", "invitation__invited_by")}


@transaction.atomic
def claim(*, model, by, now=None):
    """Take the oldest rows that nobody has in hand, for as long as a lease; two workers never take the same. Notices
    that their people want later or not at all are put aside.
    """
    access.enforce(policies.send_mail, by)
    now = now or timezone.now()
    free = model.objects.free(now).select_for_update(of=["self"], no_key=True, skip_locked=True)
    free = free.select_related(*ALSO[model]).order_by("id")
    while rows := list(free[:LOT]):
        if rows := ready(rows, now) if model is Notification else rows:
            break
    if digests := {row.user_id for row in rows if getattr(row, "in_digest", False)}:
        rows = _with_rest(rows, free.filter(user__in=digests, mail_after__lte=now), now)
    model.objects.filter(pk__in=[row.pk for row in rows]).update(mail_claimed_at=now)
    return rows


def _with_rest(rows, waiting, now):
    """A day's digest is one mail, however much is in it."""
    taken = {row.pk for row in rows}
    rest = list(waiting.exclude(pk__in=taken)[:DIGEST])
    return rows + [row for row in ready(rest, now) if row.in_digest]


@transaction.atomic
def settle(*, model, rows, done, by, now=None):
    """Write down what became of claimed rows; those the server never saw are free again. True if it takes more."""
    access.enforce(policies.send_mail, by)
    now = now or timezone.now()
    seen = {row.pk for row in (*done.sent, *done.refused, *done.put_off)}
    _mark(model, done.sent, mailed_at=now)
    _mark(model, done.refused, mail_refused_at=now)
    _mark(model, [row for row in rows if row.pk not in seen], mail_claimed_at=None)
    _write_down("mailed", done.sent, by)
    _write_down("not_mailed", done.refused, by)
    return not done.gone


def _mark(model, rows, **values):
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


def _write_down(word, rows, by):
    """Letters one by one, by what they are about; notices together, for the auditors of each recipient's agency."""
    told = defaultdict(list)
    for row in rows:
        if isinstance(row, Notification):
            told[queries.main_agency_id(row.user)].append(row.pk)
        elif row.invitation:
            audit.record(f"invitation.{word}", row.invitation, by=by)
        else:
            audit.record(f"password.link_{word}", row.person, by=by, agency=queries.main_agency_id(row.person))
    for agency, ids in told.items():
        audit.record_many(f"notice.{word}", Notification, ids, by=by, agency=agency)
