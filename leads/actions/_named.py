"""Which arrest, warrant or recovered gun a part is ended with: each is one record, whoever names it."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies import audit
from agencies.access import Refused
from leads import outcomes
from leads.models import Outcome
from leads.queries import outcomes as queries_outcomes


def name(obligation, code, *, by, now, named=None, agency=None, number="", happened_on=None):
    """Which outcome somebody means who ends a part with `code`: one that is known, else the one of this number, which
    is the same whoever says it, else a new one. None for a code that is not counted. Its caller holds the part and has
    asked whether they may end it.
    """
    kind = outcomes.KIND_OF.get(code)
    if kind is None:
        return None
    if named is not None:
        if named.kind != kind or not Outcome.objects.visible_to(by).filter(pk=named.pk).exists():
            raise Refused("Choose one of that kind which is here, or give its number.", "outcomes.named", obligation)
        return named
    agency, key = agency or obligation.agency, outcomes.key_of(number)
    if not queries_outcomes.doers(obligation).filter(pk=agency.pk).exists():
        raise Refused("Choose an agency with a part in this lead.", "outcomes.agency", obligation)
    today = timezone.localdate(now, ZoneInfo(agency.zone))
    values = {"number": number.strip() if key else "", "happened_on": happened_on or today}
    values |= {"recorded_at": now, "recorded_by": by}
    if not key:
        return _recorded(Outcome.objects.create(kind=kind, agency=agency, key="", **values), by)
    found, fresh = Outcome.objects.get_or_create(agency=agency, kind=kind, key=key, defaults=values)
    return _recorded(found, by) if fresh else found


def _recorded(outcome, by):
    audit.record("outcome.recorded", outcome, by=by, agency=outcome.agency, kind=outcome.kind, number=outcome.number)
    return outcome
