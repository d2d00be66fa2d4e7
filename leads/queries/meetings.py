"""What the rules of an agenda find, the lists of meetings and of action items."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from agencies import access, walk
from agencies.models import Agency, Membership
from agencies.roles import Permission, Role, roles_with
from evidence.models import Incident
from leads import queries
from leads.agenda import Found
from leads.models import ActionItem, AgendaItem, ClusterLead, Lead, LeadEvent, Meeting, Obligation, Outcome, Referral

FIRST = timedelta(days=14)
MOST = 1000
RECOVERIES = (Incident.Kind.GUN_RECOVERY, Incident.Kind.FOUND_GUN)
REFERABLE = (Obligation.Outcome.ARREST_MADE, Obligation.Outcome.ARREST_WARRANT, Obligation.Outcome.REFERRED_FEDERAL)
OWED = {
    "sent": "to acknowledge",
    "acknowledged": "to assign",
    "assigned": "to begin",
    "in_progress": "to report",
    "proposed": "to approve",
}
# What is said of an agency's part: whole rows of a thousand for each of very many agencies would be read for nothing.
PART = ("lead_id", "agency_id", "agency__code")
Reason = AgendaItem.Reason


def since_last(meeting, now):
    """From when on what came in is new: the last meeting of the center, or two weeks."""
    last = Meeting.objects.filter(agency=meeting.agency_id, status=Meeting.Status.CLOSED).order_by("-opened_at").first()
    return last.opened_at if last else now - FIRST


def found(meeting, since, now):
    """What each rule finds among the leads of a center as of `now`, in the order in which they are heard, for
    `agenda.build`: by agency what is overdue, and at most a thousand of a rule.
    """
    center, tz = meeting.agency, ZoneInfo(meeting.agency.zone)
    members = Agency.objects.filter(Q(parent=center) | Q(pk=center.pk)).order_by("name")
    owed = Obligation.objects.filter(lead__agency=center).select_related("agency")
    return {
        Reason.CARRIED: _carried(center, now),
        Reason.OVERDUE: [each for agency in members for each in _overdue(owed.filter(agency=agency), now, tz)],
        Reason.UNACKNOWLEDGED: [each for agency in members for each in _unread(owed.filter(agency=agency), since, now)],
        Reason.REFERRAL: _referable(owed, since),
        Reason.GUN: _recovered(center, since, tz),
        Reason.LINE: _long(center, since) + _clusters(center, since),
        Reason.NEW: _new(center, since, tz),
    }


def _day(at, tz):
    wall = at.astimezone(tz)
    return f"{wall.day} {wall:%b}"


def _carried(center, now):
    rows = ActionItem.objects.open().filter(center=center).order_by("due_at", "id")[:MOST]
    rows = list(rows.values_list("lead_id", "due_at"))
    many, late = Counter(pk for pk, _due in rows), Counter(pk for pk, due in rows if due <= now)
    words = {
        pk: f"{count} action item{'s' if count > 1 else ''} not done" + (f", {late[pk]} overdue" if late[pk] else "")
        for pk, count in many.items()
    }
    return [Found(pk, words[pk]) for pk in many]


def _overdue(owed, now, tz):
    rows = owed.filter(due_at__lte=now).order_by("due_at", "id").values_list(*PART, "state", "due_at")[:MOST]
    return [
        Found(lead, f"{code}: {OWED[state]}, due {_day(due, tz)}", agency) for lead, agency, code, state, due in rows
    ]


def _unread(owed, since, now):
    fresh = owed.filter(state=Obligation.State.SENT, sent_at__gte=since, due_at__gt=now)
    rows = fresh.order_by("sent_at", "id").values_list(*PART)[:MOST]
    return [Found(lead, f"{code} has not acknowledged it yet", agency) for lead, agency, code in rows]


def _referable(owed, since):
    """What could go to a prosecutor. An arrest that several leads name is heard once, and not at all where it was
    referred from any of them.
    """
    whole = Coalesce("named_outcome__merged_into", "named_outcome")
    of_lead = Referral.objects.filter(lead=OuterRef("lead"))
    names = Outcome.objects.filter(Q(pk=OuterRef(OuterRef("whole"))) | Q(merged_into=OuterRef(OuterRef("whole"))))
    same = Obligation.objects.filter(named_outcome__in=names.values("pk"))
    elsewhere = same.filter(Exists(Referral.objects.filter(lead=OuterRef("lead"))))
    done = owed.filter(state=Obligation.State.CLOSED, outcome__in=REFERABLE, closed_at__gte=since)
    done = done.annotate(whole=whole).filter(~Exists(of_lead), ~Exists(elsewhere)).order_by("-closed_at", "-id")[:MOST]
    once = {each.whole or -each.pk: each for each in reversed(done)}
    return [
        Found(each.lead_id, f"{each.agency.code}: {each.get_outcome_display().lower()}, not referred yet")
        for each in reversed(once.values())
    ]


def _added(center, since):
    return LeadEvent.objects.filter(added_at__gte=since, lead__agency=center, lead__status=Lead.Status.OPEN)


def _recovered(center, since, tz):
    rows = _added(center, since).filter(kind__in=RECOVERIES).order_by("-added_at", "-id")[:MOST]
    return [
        Found(pk, "A gun was recovered" + (f" on {_day(at, tz)}" if at else ""))
        for pk, at in rows.values_list("lead_id", "occurred_at")
    ]


def _long(center, since):
    rows = _added(center, since).filter(lead__events_count__gte=3).values_list("lead_id", "lead__events_count")
    rows = rows.order_by("-lead__events_count", "-lead_id").distinct()[:MOST]
    return [Found(pk, f"{many} events on one line, grown since the last meeting") for pk, many in rows]


def _clusters(center, since):
    """Of each cluster that changed the lead that matters most. Not how large it is: its other leads may be of agencies
    that do not see this one.
    """
    rows = ClusterLead.objects.filter(
        cluster__agency=center, cluster__merged_into=None, cluster__changed_at__gte=since,
        lead__agency=center, lead__status=Lead.Status.OPEN,
    )  # fmt: skip
    first = {}
    for each in rows.select_related("cluster").order_by("-lead__score", "lead_id")[:MOST]:
        first.setdefault(each.cluster_id, Found(each.lead_id, f"{each.cluster} has grown since the last meeting"))
    return list(first.values())


def _new(center, since, tz):
    fresh = Lead.objects.filter(agency=center, status=Lead.Status.OPEN, opened_at__gte=since)
    rows = fresh.order_by("priority", "-score", "-opened_at", "-id").values_list("pk", "opened_at")[:MOST]
    return [Found(pk, f"New since the last meeting, sent {_day(at, tz)}") for pk, at in rows]


# --- lists ----------------------------------------------------------------------------------------------------------


def centers_of(user):
    """The centers whose meetings a person may be at: told first, so that a list walks an index of theirs."""
    own = access.agencies_with(user, Permission.LEAD_VIEW)
    found = Agency.objects.filter(pk__in=own).values_list("pk", "parent_id")
    return sorted({pk for pair in found for pk in pair if pk})


def meetings(user, *, after=None, limit=walk.PAGE):
    """(a page of the meetings a person may see, the latest first, the cursor of the older ones)."""
    seen = Meeting.objects.visible_to(user).filter(agency_id__in=centers_of(user))
    if keys := walk.place(after):
        seen = seen.filter(Q(held_at__lt=keys[0]) | Q(held_at=keys[0], id__lt=keys[1]))
    rows = list(seen.select_related("agency", "chair").order_by("-held_at", "-id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], walk.encode(last.held_at.isoformat(), last.pk) if last else ""


def items(meeting, user):
    """The standing items of an agenda that a person may see, in order."""
    seen = AgendaItem.objects.visible_to(user).standing().filter(meeting=meeting)
    return list(seen.select_related("lead__agency", "added_by").prefetch_related(*DECIDED))


DECIDED = ("decisions__decided_by", "decisions__actions__owner", "decisions__actions__agency")


def taken_off(meeting, user):
    seen = AgendaItem.objects.visible_to(user).filter(meeting=meeting, removed_at__isnull=False)
    return list(seen.select_related("lead", "removed_by"))


def carried(meeting, user):
    """What earlier meetings of the center gave out and was not done when this one began, as a person may see it."""
    if meeting.opened_at is None:
        earlier = Q(status=ActionItem.Status.OPEN)
    else:
        earlier = Q(given_at__lt=meeting.opened_at) & (Q(ended_at=None) | Q(ended_at__gt=meeting.opened_at))
    found = ActionItem.objects.visible_to(user).filter(earlier, center=meeting.agency_id).exclude(meeting=meeting)
    return list(found.select_related("lead", "owner", "agency", "meeting").order_by("due_at", "id")[: walk.PAGE])


def not_done(item, user):
    """What earlier meetings gave out on the lead of an item and was not done yet."""
    found = ActionItem.objects.visible_to(user).open().filter(lead=item.lead_id, center=item.meeting.agency_id)
    found = found.exclude(meeting=item.meeting_id).select_related("lead", "owner", "agency", "meeting")
    return list(found.order_by("due_at", "id")[: walk.PAGE])


# --- choices --------------------------------------------------------------------------------------------------------


def centers(user):
    """The centers in whose name a person holds meetings."""
    own = access.agencies_with(user, Permission.LEAD_TRIAGE)
    return Agency.objects.filter(pk__in=own, kind=Agency.Kind.CENTER, is_active=True)


def may_be_invited(center):
    """Members of a center whose people see leads."""
    kinds = (Agency.Kind.UNIVERSITY, Agency.Kind.COMMUNITY)
    return Agency.objects.filter(parent=center, is_active=True).exclude(kind__in=kinds).order_by("name")


def may_chair(center):
    held = Membership.objects.active().filter(agency=center, role__in=roles_with(Permission.LEAD_TRIAGE))
    return held.select_related("user").order_by("user__name")


def may_own(lead):
    """Memberships of those who may be given something to do on a lead: of the agencies that see it, whoever's role
    shows leads, each once in an agency.
    """
    sees = Membership.objects.active().filter(
        agency__group__in=lead.grants.values("group_id"), role__in=roles_with(Permission.LEAD_VIEW)
    )
    sees = sees.order_by("agency_id", "user_id", "id").distinct("agency_id", "user_id")
    return (
        Membership.objects.filter(pk__in=sees.values("pk"))
        .select_related("user", "agency")
        .order_by("agency__name", "user__name")
    )


def above(action):
    """Those who answer for an owner: supervisors of the agency, else its commanders, else who keeps the meetings."""
    for roles in ((Role.SUPERVISOR,), (Role.COMMANDER, Role.CENTER_COORDINATOR)):
        if people := list(queries.holders(action.agency, *roles)):
            return people
    return list(queries.holders(action.center, *roles_with(Permission.LEAD_TRIAGE)))


def attending(meeting):
    """Those who are told of a meeting: who keeps it at the center, and of the agencies invited supervisors, commanders
    and prosecutors.
    """
    from_agencies = Membership.objects.active().filter(
        agency__in=meeting.invited.values("agency"), role__in=roles_with(Permission.OBLIGATION_ASSIGN)
    )
    other = roles_with(Permission.REFERRAL_DECIDE)
    offices = Membership.objects.active().filter(agency__in=meeting.invited.values("agency"), role__in=other)
    return [each.user for each in (from_agencies | offices | may_chair(meeting.agency)).select_related("user")]
