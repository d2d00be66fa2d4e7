"""The cases of one prosecutor, and what waits for a decision in an office."""

from django.db.models import Q

from agencies import access, walk
from agencies.roles import Permission
from leads.models import Proceeding, Referral
from leads.queries import caselists

MOST_COUNTED = 1000
Status = Referral.Status
RELATED = ("lead", "agency", "office", "decided_by", "referred_by", "assigned_to")


def _mine(user, which):
    found = Referral.objects.visible_to(user).filter(assigned_to=user.pk)
    if which == "next":
        return found.filter(status=Status.ACCEPTED, next_on__isnull=False), "next_on"
    return found.filter(status__in=Referral.OPEN), "referred_at"


def page(user, which, *, after=None, limit=walk.PAGE):
    """(a page of a person's open cases: by "age", the oldest first, or by "next" day in court; the next cursor)."""
    found, column = _mine(user, which)
    if keys := walk.place(after):
        at = keys[0].date() if column == "next_on" else keys[0]
        found = found.filter(caselists.beyond(column, (at, keys[1])))
    rows = list(found.select_related(*RELATED).order_by(column, "id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(getattr(last, column).isoformat(), last.pk) if last else ""


def count(user, which):
    """How many of these there are, exact to a thousand."""
    found, _column = _mine(user, which)
    return found.order_by()[: MOST_COUNTED + 1].count()


def to_decide(user, *, mine=False, most=8):
    """(the first cases due for a decision in a person's offices, how many there are, exact to a thousand). mine: the
    person's own and nobody's, which are everybody's: a case that was just referred waits for somebody to take it.
    """
    offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
    review, whose = Q(status__in=Referral.REVIEW), (Q(assigned_to=user.pk), Q(assigned_to=None))
    among = [review & each for each in whose] if mine else [review]
    sources, order = [Q(office=each) for each in offices], "decision_due_at"
    found = caselists.first(sources, order, among=among, most=most).visible_to(user)
    rows = list(found.select_related(*RELATED)[:most])
    if len(rows) < most:
        return rows, len(rows)
    return rows, caselists.first(sources, order, among=among, most=MOST_COUNTED + 1).order_by().count()


def later_days(cases):
    """{id of a case: its days in court after the next one, the first on top}, in one statement."""
    found, seen = {}, {each.pk: each.next_on for each in cases}
    for each in Proceeding.objects.coming().filter(referral__in=seen):
        if seen[each.referral_id] and each.on > seen[each.referral_id]:
            found.setdefault(each.referral_id, []).append(each)
    return found


def part_of(referral):
    """The part of the lead that the agency which referred has, with who works on it; None where it has none."""
    return referral.lead.obligations.filter(agency=referral.agency).select_related("investigator", "unit").first()
