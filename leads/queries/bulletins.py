"""Bulletins: what of a lead they may tell, who gets and approves them, and the lists."""

from django.db.models import Case, Q, When

from agencies import access, walk
from agencies.models import Agency
from agencies.roles import Permission, Role, roles_with
from evidence.queries.reach import beginning, fetch, page_of
from leads import queries
from leads.bulletins import Fact, compose
from leads.models import Bulletin, ClusterLead, DeskItem, Lead, LeadEvent
from leads.standing.bulletins import GETS

PAGE = walk.PAGE
OWN = "select a.id from agencies_agency a where a.id = any(%(agencies)s::int[])"
MOST_EVENTS = 60


def leads_of(bulletin):
    """The leads that a bulletin tells of, among those its agency sees: the one, or those of its presumed gun."""
    wanted = Q(pk=bulletin.lead_id)
    if bulletin.whole_cluster:
        among = ClusterLead.objects.filter(cluster__members__lead=bulletin.lead_id)
        wanted |= Q(pk__in=among.values("lead"))
    sent = Q(desk=None) | Q(desk__state=DeskItem.State.SENT)
    return list(Lead.objects.filter(wanted, sent, grants__group=bulletin.agency.group_id).order_by("pk").distinct())


def events_of(leads):
    """The standing events of some leads, in the order of their times, each case once: (event, whether every lead that
    names it has its link confirmed).
    """
    found = LeadEvent.objects.filter(lead__in=leads).select_related("agency", "lead").order_by("occurred_at", "pk")
    cases = {}
    for event in found[:MOST_EVENTS]:
        cases.setdefault((event.agency_id, event.case_key), []).append(event)
    return [(same[0], all(each.confirmed_at for each in same)) for same in cases.values()]


def fact(event, confirmed):
    """An event as plain values."""
    agency = event.agency
    return Fact(
        lead=event.lead.number, at=event.occurred_at.isoformat() if event.occurred_at else "", kind=event.kind,
        what=event.get_kind_display(), code=agency.code if agency else event.agency_text or "Not given",
        mark=agency.mark if agency else 5, case=event.case_number, agency=event.agency_id, confirmed=confirmed,
        address=event.address, caliber=event.caliber, casings=event.casings, lab_number=event.lab_number,
        exhibit_number=event.exhibit_number,
    )  # fmt: skip


def put_together(bulletin):
    """(what it says, [(event, confirmed)]) of the record as it stands now."""
    leads = leads_of(bulletin)
    events = events_of(leads)
    hits = leads[0].hits if len(leads) == 1 else 0
    return compose([fact(*each) for each in events], hits, bulletin.sections), events


def drafting_agencies(user, lead):
    """In whose name a person writes of a lead: the center that keeps it before their other agencies."""
    found = Agency.objects.filter(pk__in=access.agencies_with(user, Permission.BULLETIN_DRAFT))
    return found.order_by(Case(When(pk=lead.agency_id, then=0), default=1), "name")


def choices(agency):
    """The agencies that a bulletin of this one may be sent to: those of its center."""
    center = agency.center
    within = Q(pk=center.pk) | Q(parent=center) if center else Q(pk=None)
    return Agency.objects.filter(within, kind__in=GETS, is_active=True).exclude(pk=agency.pk).order_by("name")


def approvers(agency):
    """Who hears that one waits: supervisors, else commanders and coordinators."""
    found = set(queries.there(agency, Role.SUPERVISOR))
    return found or set(queries.there(agency, Role.COMMANDER, Role.CENTER_COORDINATOR))


def readers(agency):
    """Who hears of a bulletin for an agency: who answers for it, and its analysts; else all who may read it."""
    found = set(queries.holders(agency, Role.SUPERVISOR, Role.ANALYST, Role.CENTER_COORDINATOR, Role.COMMANDER))
    return found or set(queries.holders(agency, *roles_with(Permission.BULLETIN_VIEW)))


def whole(user):
    """Visible bulletins with all that their page shows."""
    return Bulletin.objects.visible_to(user).select_related(
        "agency", "lead", "supersedes", "drafted_by", "submitted_by", "returned_by", "sent_by", "retracted_by"
    )


def recipients(bulletin):
    """Its recipients, by name."""
    found = bulletin.recipients.select_related("agency__calendar", "acknowledged_by", "heeded_by")
    return list(found.order_by("agency__name"))


def own_parts(bulletin, user):
    """The recipient rows of the user's own agencies."""
    own = access.agencies_with(user, Permission.BULLETIN_VIEW)
    return list(bulletin.recipients.filter(agency__in=own, sent_at__isnull=False).select_related("agency"))


def newer(bulletin):
    """The version that takes its place, a draft or sent, or None."""
    return bulletin.versions.first()


def writes(user, bulletin):
    """Whether the user is of the agency that sends it."""
    rights = (Permission.BULLETIN_DRAFT, Permission.BULLETIN_APPROVE)
    return any(access.has_permission(user, right, bulletin.agency_id) for right in rights)


# --- lists ----------------------------------------------------------------------------------------------------------

# A tab: (its table, the column of its agencies, its conditions, its key, whether the newest stand first).
LISTS = {
    "": ("leads_bulletinrecipient", "agency_id", "q.due_at is not null", "due_at", False),
    "received": ("leads_bulletinrecipient", "agency_id", "q.sent_at is not null", "sent_at", True),
    "ours": ("leads_bulletin", "agency_id", "true", "drafted_at", True),
    "mine": ("leads_bulletin", "agency_id", "q.drafted_by_id = %(me)s", "drafted_at", True),
    "approve": ("leads_bulletin", "agency_id", "q.status = 'waiting'", "submitted_at", False),
    "late": ("leads_bulletinrecipient", "source_id", "q.due_at is not null and q.due_at < %(now)s", "due_at", False),
}
# Of the row that a list walks: what is owed, how it is tied to its bulletin, to whom that goes.
OF_RECIPIENT = (
    "r.due_at, r.acknowledged_at, 0 as gets, 0 as heard, 0 as behind",
    "join leads_bulletinrecipient r on r.id = k.id join leads_bulletin b on b.id = r.bulletin_id",
    "r.agency_id",
)
OF_BULLETIN = (
    "null::timestamptz as due_at, null::timestamptz as acknowledged_at, n.gets, n.heard, n.behind",
    """join leads_bulletin b on b.id = k.id cross join lateral (
         select count(*) as gets, count(*) filter (where r.sent_at is not null and r.due_at is null) as heard,
                count(*) filter (where r.due_at < %(now)s) as behind
           from leads_bulletinrecipient r where r.bulletin_id = b.id) n""",
    "null::bigint",
)
OF = {
    "": (Permission.BULLETIN_VIEW,),
    "received": (Permission.BULLETIN_VIEW,),
    "ours": (Permission.BULLETIN_DRAFT, Permission.BULLETIN_APPROVE),
    "mine": (Permission.BULLETIN_DRAFT,),
    "approve": (Permission.BULLETIN_APPROVE,),
    "late": (Permission.BULLETIN_DRAFT, Permission.BULLETIN_APPROVE),
}


def tabs_of(user):
    """The names of the lists that a person has."""
    return [name for name, rights in OF.items() if any(access.has_permission(user, right) for right in rights)]


def bulletins(user, *, show="", now, cursor=None, limit=PAGE):
    """One list of bulletins: "" those to acknowledge, the soonest due first; `received`; `ours`, also drafts; `mine`;
    `approve`; `late`, what other agencies have not acknowledged in time.
    """
    begin = walk.place(cursor)
    table, side, where, key, newest = LISTS[show]
    walks = [f"from {table} q where q.{side} = source.id and {where}"]
    found = page_of(user, walks, f"q.{key}", newest=newest, begin=begin, source=OWN)
    direction = "desc" if newest else "asc"
    owed, tied, to = OF_RECIPIENT if table == "leads_bulletinrecipient" else OF_BULLETIN
    own = {pk for right in OF[show] for pk in access.agencies_with(user, right)}
    return fetch(
        f"""
      with {found}
      select k.id, k.key, b.id as bulletin_id, b.title, b.purpose, b.status, b.stale_at, b.drafted_at, b.sent_at,
             {owed}, a.code, a.mark, a.name as agency, a.zone, t.code as to_code, t.mark as to_mark,
             t.name as to_agency, u.title as by_title, u.name as drafter
        from k {tied}
        join agencies_agency a on a.id = b.agency_id left join agencies_agency t on t.id = {to}
        join agencies_user u on u.id = b.drafted_by_id
       order by k.key {direction}, k.id {direction}""",
        {"agencies": sorted(own), "me": user.pk, "now": now, "limit": limit + 1, **beginning(begin)},
    )
