"""Lists of action items: walks of the index of each center, or of one owner, in the order shown."""

from agencies import access, walk
from agencies.roles import Permission
from evidence.queries.reach import beginning, fetch
from leads.models import ActionItem
from leads.queries.meetings import MOST, centers_of

WHOSE = ("mine", "open", "ended")
# So many rows of a center are walked for one page: who sees less than one in forty has few leads, and what is on these
# is gathered instead.
WALKED = 2000
# Of each row that is come by it is asked whether the reader may see it, as `ActionItem.objects.visible_to` says it: a
# look-up for each. Written as values, since a condition that the database may join by is joined before it is walked.
AT_MEETING = """(a.agency_id = any(%(own)s::bigint[]) or a.center_id = any(%(own)s::bigint[])
        or (select true from leads_invited i where i.meeting_id = a.meeting_id and i.agency_id = any(%(own)s::bigint[])
             limit 1))"""
GRANTED = """(select true from leads_leadgrant g
            where g.content_object_id = a.lead_id and g.group_id = any(%(groups)s::int[]) limit 1)"""
WALK = """
with walked as materialized (
  select x.id, x.at from unnest(%(sources)s::bigint[]) s(id) cross join lateral (
    select a.id, a.at from (
      select a.*, a.{column} as at from leads_actionitem a where a.{source} = s.id and {part} {beyond}
       order by a.{column} {way}, a.id {way} limit %(walked)s) a
     where {granted} and {at_meeting} order by a.at {way}, a.id {way} limit %(limit)s) x
   order by x.at {way}, x.id {way} limit %(limit)s
), gather as materialized (
  select (select count(*) from walked) < %(limit)s and exists (
    select from unnest(%(sources)s::bigint[]) s(id) cross join lateral (
      select from leads_actionitem a where a.{source} = s.id and {part} {beyond}
       order by a.{column} {way}, a.id {way} offset %(walked)s limit 1) x) as all_of_it
)
select id, at from walked where not (select all_of_it from gather)
union
select a.id, a.{column} from leads_leadgrant g join leads_actionitem a on a.lead_id = g.content_object_id
 where (select all_of_it from gather) and g.group_id = any(%(groups)s::int[])
   and a.{source} = any(%(sources)s::bigint[]) and {part} {beyond} and {at_meeting}
 order by 2 {way}, 1 {way} limit %(limit)s"""


def _walked(user, which, limit, begin=None):
    """(id, moment) of the first rows of a list beyond `begin`, (moment, id)."""
    ended = which == "ended"
    words = {
        "column": "ended_at" if ended else "due_at",
        "way": "desc" if ended else "asc",
        "source": "owner_id" if which == "mine" else "center_id",
        "part": "a.ended_at is not null" if ended else "a.status = 'open'",
    }
    beyond = f"and (a.{words['column']}, a.id) {'<' if ended else '>'} (%(at)s, %(id)s)" if begin else ""
    asked = {
        "sources": [user.pk] if which == "mine" else centers_of(user),
        "groups": access.groups_with(user, Permission.LEAD_VIEW),
        "own": access.agencies_with(user, Permission.LEAD_VIEW),
        "walked": WALKED,
        "limit": limit,
    } | beginning(begin)
    return fetch(WALK.format(beyond=beyond, granted=GRANTED, at_meeting=AT_MEETING, **words), asked)


def action_items(user, which, *, after=None, limit=walk.PAGE):
    """(a page of the action items a person may see, the cursor of the next one): "mine" that are open and "open" ones
    of all by due time, "ended" ones the newest first.
    """
    rows = _walked(user, which, limit + 1, walk.place(after))
    shown = rows[:limit]
    seen = ActionItem.objects.visible_to(user).select_related("lead", "owner", "agency", "meeting")
    found = seen.in_bulk([row["id"] for row in shown])
    older = walk.encode(shown[-1]["at"].isoformat(), shown[-1]["id"]) if len(rows) > limit else ""
    return [found[row["id"]] for row in shown if row["id"] in found], older


def own_actions(user, most=5):
    """What a person has to do by the decisions of meetings, the first due on top."""
    return action_items(user, "mine", limit=most)[0]


def count_actions(user, which):
    """How many are open, exact to a thousand and a thousand and one beyond."""
    return len(_walked(user, which, MOST + 1))


def whole_actions(user):
    related = ("lead", "owner", "agency", "meeting__agency", "decision", "given_by", "ended_by", "center")
    return ActionItem.objects.visible_to(user).select_related(*related)
