"""Referrals as an office, or the agency that made them, reads them; and everything of one case page."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, DateField, Q, Value
from django.db.models.functions import Coalesce

from agencies import audit, walk
from agencies.models import Agency
from leads.models import Activity, Referral
from leads.queries import court

Status = Referral.Status
NEVER = date(9999, 12, 31)
REVIEW = (Status.REFERRED, Status.MORE_ASKED)
TABS = {
    "review": ("To decide", Q(status__in=REVIEW)),
    "court": ("Accepted", Q(status=Status.ACCEPTED)),
    "declined": ("Declined", Q(status=Status.DECLINED)),
}
# How each list is ordered: by what comes next.
ORDERS = {"review": ("decision_due_at", False), "court": ("coming", False), "declined": ("decided_at", True)}
RELATED = ("lead", "agency", "office", "decided_by", "referred_by")
MOST_ACTIVITIES = 200
MOST_PROCEEDINGS = 200


class Case(NamedTuple):
    """What one case page is drawn from; `beside` are the referrals of the same defendant that the reader may see."""

    events: list
    charges: list
    proceedings: list
    dockets: list
    beside: list
    others: list
    activities: list
    deeds: list


def page(user, tab, *, after=None, limit=walk.PAGE):
    """One page of a tab and the cursor of the next."""
    column, descending = ORDERS[tab]
    found = Referral.objects.visible_to(user).filter(TABS[tab][1]).select_related(*RELATED)
    found = found.annotate(coming=Coalesce("next_on", Value(NEVER), output_field=DateField()))
    if keys := walk.place(after):
        at, side = keys[0].date() if column == "coming" else keys[0], "lt" if descending else "gt"
        found = found.filter(Q(**{f"{column}__{side}": at}) | Q(**{column: at, f"id__{side}": keys[1]}))
    sign = "-" if descending else ""
    rows = list(found.order_by(f"{sign}{column}", f"{sign}id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(getattr(last, column).isoformat(), last.pk) if last else ""


def counts(user, *, now):
    """{tab: how many} and "late": reviews past their due time."""
    parts = {tab: Count("id", filter=which) for tab, (_label, which) in TABS.items()}
    late = Count("id", filter=TABS["review"][1] & Q(decision_due_at__lte=now))
    return Referral.objects.visible_to(user).aggregate(**parts, late=late)


def case(referral, user):
    """The parts of a case page, in a constant number of statements."""
    lead = referral.lead
    mine = Referral.objects.visible_to(user).filter(lead=lead).select_related("office", "decided_by")
    same, others = [], []
    for each in mine.prefetch_related("charges").order_by("id"):
        (same if each.defendant == referral.defendant else others).append(each)
    events = list(lead.events.select_related("agency"))
    return Case(
        events=events,
        charges=next((list(each.charges.all()) for each in same if each.pk == referral.pk), []),
        proceedings=list(referral.proceedings.order_by("on", "starts_at", "id")[:MOST_PROCEEDINGS]),
        dockets=court.dockets(user, [each.incident_id for each in events if each.incident_id]),
        beside=sorted(same, key=lambda each: each.office.kind == Agency.Kind.US_ATTORNEY),
        others=others,
        activities=list(Activity.objects.filter(lead=lead).select_related("by", "agency")[:MOST_ACTIVITIES]),
        deeds=list(audit.history(referral)[:20]),
    )


def offices(lead):
    """The prosecutors' offices to which a lead of this center may be referred."""
    return Agency.objects.filter(parent=lead.agency_id, kind__in=Agency.PROSECUTORS, is_active=True)
