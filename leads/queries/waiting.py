"""Which incident an event of a notice may mean, for one that none was found for: by its number, then by its time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from agencies.moments import is_a_day
from evidence.imports import casenumbers
from evidence.models import Incident

NEAR = timedelta(days=3)
SHOWN = 8
AT_ONCE, DAY = timedelta(hours=1), timedelta(days=1)


def candidates(event, user, most=400):
    """Visible incidents that an event of a notice may mean: [(incident, likeness 0..1, reason)], best first.

    Looked for among the cases of the agency named (or of the whole center): first those whose number is alike, then the
    nearest in time of those within three days of the event.
    """
    center = event.lead.agency_id
    whose = Q(agency=event.agency_id) if event.agency_id else Q(agency=center) | Q(agency__parent=center)
    among = Incident.objects.visible_to(user).filter(whose).select_related("agency")
    alike = _alike(among, event, most)
    known = {each.pk for each, _likeness, _reason in alike}
    near = [(each, 0.5, reason) for each, reason in _near(among, event) if each.pk not in known]
    return alike + near[: max(0, SHOWN - len(alike))]


def _alike(among, event, most):
    if not event.case_key:
        return []
    numbers = Q(case_key__endswith=event.case_key[-4:]) | Q(case_key__startswith=event.case_key[:5])
    found = {}
    for incident in among.filter(numbers).order_by("-occurred_at")[:most]:
        found.setdefault(incident.case_key, []).append(incident)
    named = casenumbers.similar(event.case_key, list(found), limit=SHOWN)
    return [(each, likeness, reason) for key, likeness, reason in named for each in found[key]]


def _near(among, event):
    """[(incident, how far apart)], the nearest first. Of an event with a day and no time each of that day is near."""
    if event.occurred_at is None:
        return []
    at, zone = event.occurred_at, event.lead.agency.zone
    until = at + DAY if is_a_day(at, zone) else at
    apart = Greatest(Value(at) - F("occurred_at"), F("occurred_at") - Value(until), Value(timedelta()))
    found = among.filter(occurred_at__range=(at - NEAR, until + NEAR)).order_by(apart, "occurred_at", "pk")
    return [(each, _how_far(each.occurred_at, at, until, zone)) for each in found[: 2 * SHOWN]]


def _how_far(when, at, until, zone):
    if at == until and abs(when - at) <= AT_ONCE:
        return "the same hour"
    tz = ZoneInfo(zone)
    days = abs((when.astimezone(tz).date() - at.astimezone(tz).date()).days)
    return "the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
