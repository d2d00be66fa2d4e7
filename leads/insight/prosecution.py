"""Referrals as an office, or the agency that made them, reads them; and everything of one case page."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from agencies import access, audit, walk
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import Activity, LeadEvent, Referral, ReferralEvent, WorkNote
from leads.queries import caselists, court
from leads.queries import referrals as near

Status = Referral.Status
REVIEW = Referral.REVIEW
TABS = {"review": "To decide", "court": "Accepted", "declined": "Declined", "moved": "With another office"}
# How each list is ordered, by what comes next, and the conditions of which each has its index.
ORDERS = {
    "review": ("decision_due_at", [Q(status__in=REVIEW)]),
    "court": ("coming", [Q(status=Status.ACCEPTED)]),
    "declined": ("-decided_at", [Q(status=Status.DECLINED)]),
    "moved": ("-decided_at", [Q(status=each) for each in Referral.MOVED]),
}
RELATED = ("lead", "agency", "office", "decided_by", "referred_by")
MOST_ACTIVITIES, MOST_TASKS, MOST_NOTES = 200, 60, 100
MOST_PROCEEDINGS = 200


class Case(NamedTuple):
    """What one case page is drawn from. beside: the cases of the same person that the reader may see; elsewhere: those
    of other offices, of which they learn that there are any; others: further ones they see on this gun.
    """

    events: list
    charges: list
    proceedings: list
    dockets: list
    beside: list
    elsewhere: list
    others: list
    activities: list
    deeds: list
    decisions: list
    tasks: list
    notes: list | None

    @property
    def may_adopt(self):
        """Whether a state office has an open case of this person."""
        cases = [*self.beside, *(each for each, same in self.elsewhere if same)]
        return any(each.office.kind != Agency.Kind.US_ATTORNEY and each.status in Referral.OPEN for each in cases)


def page(user, tab, *, after=None, limit=walk.PAGE):
    """One page of a tab and the cursor of the next."""
    order, among = ORDERS[tab]
    column, keys = order.removeprefix("-"), walk.place(after)
    begin = (keys[0].date() if column == "coming" else keys[0], keys[1]) if keys else None
    found = caselists.first(caselists.visible(user), order, among=among, after=begin, most=limit + 1)
    rows = list(found.visible_to(user).select_related(*RELATED)[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(getattr(last, column).isoformat(), last.pk) if last else ""


def case(referral, user):
    """The parts of a case page, in a constant number of statements."""
    mine = set(access.agencies_with(user, Permission.REFERRAL_VIEW))
    found = near.near_to(referral).exclude(pk=referral.pk).select_related("lead", "person", *RELATED[1:])
    found = [referral, *found.order_by("id")[: near.MOST_BESIDE]]
    seen = [each for each in found if mine & {each.agency_id, each.office_id}]
    prefetch_related_objects(seen, "charges")
    same = [each for each in seen if near.is_same_person(referral, each)]
    decisions = list(referral.decisions.select_related("by", "other__office"))
    events = _events(referral)
    return Case(
        events=events,
        charges=list(referral.charges.all()),
        proceedings=list(referral.proceedings.order_by("on", "starts_at", "id")[:MOST_PROCEEDINGS]),
        dockets=court.dockets(user, [each.incident_id for each in events if each.incident_id]),
        beside=sorted(same, key=lambda each: (each.office.kind == Agency.Kind.US_ATTORNEY, each.pk)),
        elsewhere=_elsewhere(referral, found, seen) if referral.office_id in mine else [],
        others=[each for each in seen if each not in same],
        activities=list(Activity.objects.filter(lead=referral.lead).select_related("by", "agency")[:MOST_ACTIVITIES]),
        deeds=list(audit.history(referral)[:20]),
        decisions=decisions,
        tasks=_tasks(referral) if any(each.became == Status.MORE_ASKED for each in decisions) else [],
        notes=_notes(referral, user),
    )


def _events(referral):
    """The events of the lead, and those of other leads of the gun that are asserted of the person, withdrawn or not."""
    asserted = ReferralEvent.objects.filter(referral=referral)
    standing = LeadEvent.every.order_by().filter(lead=referral.lead_id, withdrawn_at=None).values("pk")
    # By their numbers: one of both asked of an event would be asked of all there are.
    found = LeadEvent.every.filter(pk__in=standing.union(asserted.values("event"), all=True))
    found = found.annotate(is_asserted=Exists(asserted.filter(event=OuterRef("pk"))))
    return list(found.select_related("agency", "lead")[: near.MOST_EVENTS])


def _elsewhere(referral, found, seen):
    """[(case, whether it is of the same person)] of other offices: what is decided of another person is not told."""
    hidden = [(each, near.is_same_person(referral, each)) for each in found if each not in seen]
    return [(each, same) for each, same in hidden if same or each.status in Referral.OPEN]


def _tasks(referral):
    return list(referral.tasks.select_related("ended_by").order_by("due_at", "id")[:MOST_TASKS])


def _notes(referral, user):
    """The office's own notes, None for everybody else."""
    if not access.has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return None
    notes = WorkNote.objects.visible_to(user).filter(referral=referral)
    return list(notes.select_related("by", "struck_by")[:MOST_NOTES])


def offices(lead):
    """The prosecutors' offices to which a lead of this center may be referred."""
    return Agency.objects.filter(parent=lead.agency_id, kind__in=Agency.PROSECUTORS, is_active=True)
