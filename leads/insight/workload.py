"""What each investigator carries: for themselves, and for whoever gives out the next lead."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Value
from django.db.models.functions import Coalesce

from agencies import walk
from agencies.models import Membership, User
from agencies.roles import Permission, Role, roles_with
from leads.models import Obligation
from leads.queries import absence as queries_absence
from leads.queries import told

State = Obligation.State
MOST_PARTNERS = 60
INVESTIGATORS = (Role.DETECTIVE, Role.SUPERVISION_OFFICER)
WHICH = {"due": {}, "new": {"state": State.ASSIGNED}, "closed": {"state": State.CLOSED}}


@dataclass(frozen=True)
class Load:
    """One investigator of an agency: what is open with them, and how much of it is overdue."""

    person: User
    unit_id: int | None
    unit: str
    open: int
    late: int
    investigates: bool
    away: str = ""

    @property
    def words(self):
        many = f"{self.open} open" if self.open else "nothing open"
        late = f", {self.late} overdue" if self.late else ""
        away = f". {self.away[0].upper()}{self.away[1:]}" if self.away else ""
        return f"{self.unit or 'No unit'}: {many}{late}{away}"


def choices(obligation, *, now):
    """The people who may be given a part: those of the agency that owes it, detectives before those who lead or
    analyse, those of its unit first, then by how little they have open; and after them those of partners on the lead.
    """
    own, lent = list(_own(obligation.agency_id, now)), list(_partners(obligation, now))
    away = queries_absence.of_people([each.pk for each in (*own, *lent)], now)
    away = {pk: each.words(obligation.agency.zone, now) for pk, each in away.items()}
    loads = [
        Load(each, each.home, each.home_name, each.open, each.late, each.investigates > 0, away.get(each.pk, ""))
        for each in own
    ]
    unit = obligation.unit_id
    loads.sort(key=lambda load: (not load.investigates, unit is not None and load.unit_id != unit, load.open))
    return loads + [
        Load(each, None, f"Partner, {each.whose}", each.open, each.late, True, away.get(each.pk, "")) for each in lent
    ]


def _own(agency_id, now):
    own = Q(obligations__agency_id=agency_id, obligations__due_at__isnull=False)
    works = Q(memberships__agency_id=agency_id, memberships__ended_at=None)
    return (
        User.objects.filter(works, is_active=True, memberships__role__in=roles_with(Permission.OBLIGATION_WORK))
        .annotate(
            investigates=Count("memberships", filter=works & Q(memberships__role__in=INVESTIGATORS)),
            home=Max("memberships__unit_id", filter=works),
            home_name=Coalesce(Max("memberships__unit__name", filter=works), Value("")),
            open=Count("obligations", filter=own, distinct=True),
            late=Count("obligations", filter=own & Q(obligations__due_at__lte=now), distinct=True),
        )
        .order_by("open", "name", "id")
    )


def _partners(obligation, now):
    """Of agencies with an event on the line and of the center: those first who have the least open for the agency that
    owes this part. What they have for others is not told to it.
    """
    lead = obligation.lead
    events = lead.events.exclude(agency=obligation.agency_id).exclude(agency=None).values("agency")
    works = Q(memberships__role__in=roles_with(Permission.OBLIGATION_WORK), memberships__ended_at=None)
    works &= Q(memberships__agency__in=events) | Q(memberships__agency=lead.agency_id)
    theirs = Q(obligations__agency=obligation.agency_id, obligations__due_at__isnull=False)
    own = Membership.objects.active().filter(agency=obligation.agency_id).values("user")
    return (
        User.objects.filter(works, is_active=True, is_system=False)
        .exclude(pk__in=own)
        .annotate(
            whose=Min("memberships__agency__code", filter=works),
            open=Count("obligations", filter=theirs, distinct=True),
            late=Count("obligations", filter=theirs & Q(obligations__due_at__lte=now), distinct=True),
        )
        .order_by("open", "name", "id")[:MOST_PARTNERS]
    )


def page_of(user, tab, *, after=None, limit=walk.PAGE):
    """One page of an investigator's own obligations and the cursor of the next: open ones by due time ("due"), those
    not taken on yet ("new"), or closed ones, the newest first ("closed").
    """
    column, descending = ("closed_at", True) if tab == "closed" else ("due_at", False)
    mine = Obligation.objects.visible_to(user).filter(investigator=user, **{f"{column}__isnull": False}, **WHICH[tab])
    if keys := walk.place(after):
        (at, pk), side = keys, "lt" if descending else "gt"
        mine = mine.filter(Q(**{f"{column}__{side}": at}) | Q(**{column: at, f"id__{side}": pk}))
    order = [f"-{column}", "-id"] if descending else [column, "id"]
    found = list(
        told.of_obligations(mine)
        .select_related("lead", "agency__calendar")
        .prefetch_related("agency__calendar__holidays", "lead__events", "time_requests")
        .order_by(*order)[: limit + 1]
    )
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], walk.encode(getattr(last, column).isoformat(), last.pk) if last else ""


def counts_of(user, *, now):
    """{"open", "late", "new", "closed"} of one investigator, in one statement."""
    mine = Obligation.objects.visible_to(user).filter(investigator=user)
    return mine.aggregate(
        open=Count("id", filter=Q(due_at__isnull=False)),
        late=Count("id", filter=Q(due_at__lte=now)),
        new=Count("id", filter=Q(state=State.ASSIGNED)),
        closed=Count("id", filter=Q(state=State.CLOSED)),
    )
