"""Which claimed notices are mailed now, later or never, as each person chose; asked at the moment of mailing."""

from agencies import kinds_of_notice as kinds
from agencies import queries
from agencies.models import NoticeChoice, Notification


def ready(rows, now):
    """Those of `rows` to be mailed now; the others are put off, or left to the page. What goes with a day's digest has
    `in_digest`, and all that is due of the same person comes with it.
    """
    people = {row.user_id for row in rows}
    chosen = {(each.user_id, each.kind): each.how for each in NoticeChoice.objects.filter(user_id__in=people)}
    calendars = queries.calendars_of(people)
    go, never = [], []
    for row in rows:
        name = kinds.kind_of(row.verb)
        how = chosen.get((row.user_id, name), kinds.KINDS[name].default)
        at = kinds.goes_at(how, row.created_at, now, calendars[row.user_id]) if row.user_id in calendars else now
        row.in_digest = how == kinds.DIGEST
        if at is None:
            never.append(row.pk)
        elif at <= now:
            go.append(row)
        else:
            Notification.objects.filter(pk=row.pk).update(mail_after=at)
    Notification.objects.filter(pk__in=never).update(mail_refused_at=now)
    return go
