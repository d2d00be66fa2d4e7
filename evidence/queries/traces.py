"""Pages of traces, for those whom the law lets see them."""

from django.db.models import Q

from agencies import walk
from agencies.models import Agency
from agencies.roles import Permission
from evidence import timetocrime, tracing
from evidence.models import Trace, TraceLimit, TraceRow
from evidence.queries.reach import GRANTED, MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached

SEEN = GRANTED.format(incident="e.incident_id")
# The lists of traces: which rows, and by which column of an index they are walked. The conditions are those of the
# indexes, word for word, or the planner does not see that one fits.
ON_ITS_WAY = "t.status in ('submitted', 'accepted', 'in_progress')"
LATE = f"""{ON_ITS_WAY} and t.submitted_at < %(now)s - make_interval(days => coalesce(
    (select days from evidence_tracelimit d where d.agency_id = source.id), {TraceLimit.DAYS}))"""
TO_ADD = (
    "t.status in ('closed_incomplete', 'rejected') and not t.asked_again and t.reason in ("
    + ", ".join(f"'{reason}'" for reason in tracing.ADDABLE)
    + ")"
)
SHORT = f"t.days_to_crime < {timetocrime.SHORT_DAYS}"
LISTS = {
    "": ("true", "requested_at", True),
    "short": (SHORT, "requested_at", True),
    "overdue": (LATE, "submitted_at", False),
    "to_add": (TO_ADD, "completed_at", False),
    **{status: (f"t.status = '{status}'", "requested_at", True) for status in Trace.Status.values},
}
GUN = """evidence_trace t join evidence_firearm f on f.id = t.firearm_id
            join evidence_exhibit e on e.id = f.exhibit_id"""


def traces(user, *, which="", cursor=None, now, limit=PAGE):
    """One list of the traces whose data the user may see; `which` is a key of LISTS."""
    condition, key, newest = LISTS[which]
    begin, direction = walk.place(cursor), "desc" if newest else "asc"
    walks = [f"from {GUN} where t.agency_id = source.id and {condition} and {SEEN}"]
    return fetch(
        f"""
      with {page_of(user, walks, f"t.{key}", newest=newest, begin=begin)}
      select t.id, k.key, t.trace_number, t.status, t.reason, t.requested_at, t.submitted_at, t.completed_at,
             t.days_to_crime, f.make, f.model, f.caliber, f.serial, e.id as exhibit_id, e.number, i.case_number,
             a.code, a.mark, a.name as agency, a.zone
        from k join {GUN.replace("evidence_trace t", "evidence_trace t on t.id = k.id", 1)}
        join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = t.agency_id
       order by k.key {direction}, k.id {direction}""",
        {**reached(user, Permission.TRACE_VIEW), "now": now, **beginning(begin), "limit": limit + 1},
    )


def desk_counts(user, now):
    """How much each list of the desk holds, exact to a thousand and one more beyond, in one statement: untraced,
    overdue, to_add, ready, and rows of files to review.
    """
    counts = {f"{which}": _counted(which) for which in ("overdue", "to_add", "ready")}
    counts["untraced"] = f"""select u.id from evidence_untracedgun u join evidence_firearm f on f.id = u.firearm_id
          join evidence_exhibit e on e.id = f.exhibit_id
         where u.agency_id = source.id and u.can_be_traced and {SEEN}
         order by u.recovered_at, u.id limit {MOST + 1}"""
    each = ", ".join(
        f"(select count(*) from (select 1 from source cross join lateral ({one}) x limit {MOST + 1}) c) as {which}"
        for which, one in counts.items()
    )
    edits = reached(user, Permission.TRACE_EDIT)["agencies"]
    return counted(
        f"""
      with source as ({OVERSEEN}), editing as ({OVERSEEN.replace("%(agencies)s", "%(edits)s")})
      select {each}, (select count(*) from (select 1 from editing cross join lateral (
        select r.id from evidence_tracerow r where r.agency_id = editing.id and r.status = 'open'
         limit {MOST + 1}) x limit {MOST + 1}) c) as rows""",
        {**reached(user, Permission.TRACE_VIEW), "edits": edits, "now": now},
    )


def _counted(which):
    condition, key, newest = LISTS[which]
    direction = "desc" if newest else "asc"
    return f"""select t.id from {GUN} where t.agency_id = source.id and {condition} and {SEEN}
         order by t.{key} {direction}, t.id {direction} limit {MOST + 1}"""


def untraced(user, *, can_be_traced=True, cursor=None, limit=PAGE):
    """Recovered firearms of which no trace was ever sent, the oldest first."""
    begin = walk.place(cursor)
    walks = [
        f"""from evidence_untracedgun u
                 join evidence_firearm f on f.id = u.firearm_id join evidence_exhibit e on e.id = f.exhibit_id
                where u.agency_id = source.id and u.can_be_traced = %(can)s and {SEEN}"""
    ]
    return fetch(
        f"""
      with {page_of(user, walks, "u.recovered_at", begin=begin)}
      select k.id, k.key as recovered_at, f.id as firearm_id, f.make, f.model, f.caliber, f.serial, f.type_code,
             f.is_obliterated, f.is_privately_made, e.id as exhibit_id, e.number, i.case_number,
             a.code, a.mark, a.name as agency, a.zone, d.id as draft_id
        from k join evidence_untracedgun u on u.id = k.id join evidence_firearm f on f.id = u.firearm_id
        join evidence_exhibit e on e.id = f.exhibit_id
        join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
        left join lateral (select t.id from evidence_trace t where t.firearm_id = f.id
                            and t.status in ('draft', 'ready') order by t.id limit 1) d on true
       order by k.key, k.id""",
        {
            **reached(user, Permission.TRACE_VIEW),
            "can": can_be_traced,
            **beginning(begin),
            "limit": limit + 1,
        },
    )


def traces_of(user, firearm):
    """The traces of one firearm that the user may see, newest first."""
    visible = Trace.objects.visible_to(user).filter(firearm=firearm)
    return visible.select_related("requested_by").order_by("-requested_at", "-pk")


def traces_of_guns(user, guns):
    """The traces of some exhibits that are guns, those that the user may see, the newest of each gun first."""
    visible = Trace.objects.visible_to(user).filter(firearm__exhibit__in=guns)
    related = ("agency", "firearm__exhibit__incident", "firearm__exhibit__agency", "requested_by")
    return visible.select_related(*related).order_by("firearm__exhibit", "-requested_at", "-pk")


def traces_of_firearms(user, firearms, most):
    """The traces of some firearms (ids) that the user may see, with what came back, in the order of asking."""
    visible = Trace.objects.visible_to(user).filter(firearm__in=firearms)
    return visible.select_related("result").order_by("requested_at", "pk")[:most]


def trace_numbered(user, typed):
    """The id of a trace with this number that the user may see, or None."""
    if not any(each.isdigit() for each in typed):
        return None
    found = Trace.objects.visible_to(user).filter(trace_number__in={typed, typed.upper()})
    return found.order_by("-pk").values_list("pk", flat=True).first()


def whole_traces(user):
    """Visible traces with everything their page shows."""
    return (
        Trace.objects.visible_to(user)
        .select_related(
            "firearm__exhibit__incident", "firearm__exhibit__agency", "agency", "requested_by", "submitted_by",
            "result__recorded_by", "follows",
        )
        .prefetch_related("people", "followed_by")
    )  # fmt: skip


def trace_days(agency):
    """In how many days an agency expects an answer."""
    return TraceLimit.objects.filter(agency=agency).values_list("days", flat=True).first() or TraceLimit.DAYS


def rows_to_review(user, *, after=0, limit=PAGE):
    """(rows of files of results that wait for a person, in the order in which they came, the id to go on from)."""
    found = TraceRow.objects.visible_to(user).filter(status=TraceRow.Status.OPEN, pk__gt=after)
    page = list(found.select_related("agency", "batch__file").order_by("pk")[: limit + 1])
    return page[:limit], page[limit - 1].pk if len(page) > limit else 0


def agencies_that_trace(kept):
    """Of the agencies that a person keeps, and those of their center, the ones that recover guns."""
    mine = Agency.objects.filter(Q(pk__in=kept) | Q(parent__in=kept), is_active=True, kind__in=Agency.INVESTIGATORS)
    return mine.select_related("trace_limit").order_by("name")
