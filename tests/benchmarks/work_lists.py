"""The lists of work on leads that are measured: their address, the query of their rows, and what the floor walks."""

from typing import NamedTuple

from django.utils import timezone

from agencies.access import agencies_with
from agencies.models import Agency
from agencies.roles import Permission
from leads.lists import confirmation as confirmationlist
from leads.queries import actionitems as queries_actionitems
from leads.queries import bulletins as queries_bulletins
from leads.queries import casetasks as queries_tasks
from leads.queries import deconfliction as queries_deconfliction
from leads.queries import desk as queries_desk
from leads.queries import meetings as queries_meetings
from tests.benchmarks.lists_bench import shown

OPEN = "t.status in ('asked', 'received', 'assigned')"
ASKED, TOLD, ITEM = "leads_confirmationrequest", "leads_bulletinrecipient", "leads_actionitem"
WRITES = (Permission.BULLETIN_DRAFT, Permission.BULLETIN_APPROVE)


def own(*permissions):
    return lambda user: sorted({pk for each in permissions for pk in agencies_with(user, each)})


def overseen(permission):
    def found(user):
        mine = agencies_with(user, permission)
        members = Agency.objects.filter(parent_id__in=mine).values_list("pk", flat=True)
        return sorted({*mine, *members})

    return found


def me(user):
    return [user.pk]


class List(NamedTuple):
    """`rows(user, now)` is the portal's query; the others say what SQL by hand walks: a table, its condition, the key
    and whether the last stand first, who owns a row and by which columns. seen: only rows of leads that are seen.
    whole: the floor of a statement that is no walk has its columns as well, as they are selected and joined.
    """

    name: str
    address: str
    rows: object
    table: str
    where: str
    key: str
    newest: bool
    owners: object
    sides: tuple = ("agency_id",)
    pk: str = "id"
    whole: bool = False


def _desk(state):
    return lambda user, _now: queries_desk.page(user, state)


def _asked(show):
    return lambda user, now: confirmationlist.requests(user, show=show, today=timezone.localdate(now))


def _items(which):
    return lambda user, _now: queries_actionitems.action_items(user, which)


def _questions(which):
    return lambda user, _now: queries_tasks.questions(user, which)


def _bulletins(show):
    return lambda user, now: queries_bulletins.bulletins(user, show=show, now=now)


def _inquiries(show):
    return lambda user, _now: queries_deconfliction.inquiries(user, show=show)


def _on_desk(name, state):
    return List(f"desk, {name}", f"/leads/desk/?state={state}", _desk(state), "leads_deskitem", f"t.state = '{state}'",
                "score", True, own(Permission.LEAD_TRIAGE), pk="lead_id")  # fmt: skip


BOTH = ("agency_id", "laboratory_id")
SEES, READS = overseen(Permission.LEAD_VIEW), own(Permission.LEAD_VIEW)
LISTS = (
    _on_desk("to triage", "waiting"),
    _on_desk("declined", "declined"),
    List("confirmations", "/confirmations/", _asked(""), ASKED, OPEN, "needed_on", False, SEES, BOTH),
    List("confirmations, late", "/confirmations/?show=late", _asked("late"), ASKED,
         f"{OPEN} and t.needed_on < current_date", "needed_on", False, SEES, BOTH),
    List("confirmations, reported", "/confirmations/?show=reported", _asked("reported"), ASKED,
         "t.status = 'reported'", "requested_at", True, SEES, BOTH),
    List("confirmations, mine", "/confirmations/?show=mine", _asked("mine"), ASKED, "true", "requested_at", True, me,
         ("requested_by_id", "examiner_id")),
    List("meetings", "/meetings/", lambda user, _now: queries_meetings.meetings(user), "leads_meeting", "true",
         "held_at", True, queries_meetings.centers_of),
    List("action items, mine", "/action-items/?tab=mine", _items("mine"), ITEM, "t.status = 'open'", "due_at", False,
         me, ("owner_id",)),
    List("action items, open", "/action-items/?tab=open", _items("open"), ITEM, "t.status = 'open'", "due_at", False,
         queries_meetings.centers_of, ("center_id",)),
    List("action items, done", "/action-items/?tab=ended", _items("ended"), ITEM, "t.ended_at is not null", "ended_at",
         True, queries_meetings.centers_of, ("center_id",)),
    List("questions", "/questions/", _questions("open"), "leads_question", "t.status = 'open'", "due_at", False, READS,
         ("center_id", "agency_id")),
    List("questions, answered", "/questions/?tab=ended", _questions("ended"), "leads_question",
         "t.ended_at is not null", "ended_at", True, READS, ("center_id", "agency_id")),
    List("bulletins, to acknowledge", "/bulletins/", _bulletins(""), TOLD, "t.due_at is not null", "due_at", False,
         own(Permission.BULLETIN_VIEW)),
    List("bulletins, received", "/bulletins/?show=received", _bulletins("received"), TOLD, "t.sent_at is not null",
         "sent_at", True, own(Permission.BULLETIN_VIEW)),
    List("bulletins, ours", "/bulletins/?show=ours", _bulletins("ours"), "leads_bulletin", "true", "drafted_at", True,
         own(*WRITES)),
    List("bulletins, to approve", "/bulletins/?show=approve", _bulletins("approve"), "leads_bulletin",
         "t.status = 'waiting'", "submitted_at", False, own(Permission.BULLETIN_APPROVE)),
    List("bulletins, late", "/bulletins/?show=late", _bulletins("late"), TOLD,
         "t.due_at is not null and t.due_at < now()", "due_at", False, own(*WRITES), ("source_id",)),
    List("inquiries", "/deconflict/review/", _inquiries(""), "leads_inquiry", "t.reviewed_at is null", "asked_at",
         False, overseen(Permission.DECONFLICT_REVIEW)),
    List("inquiries, answered", "/deconflict/review/?show=hits", _inquiries("hits"), "leads_inquiry",
         "t.answers_count > 0", "asked_at", True, overseen(Permission.DECONFLICT_REVIEW)),
    List("inquiries, held here", "/deconflict/held/", lambda user, _now: queries_deconfliction.asked_of_us(user),
         "leads_inquiryanswer", "true", "answered_at", True, overseen(Permission.DECONFLICT_REVIEW), ("holder_id",)),
)  # fmt: skip


def floor(each, owners, sql):
    """The first fifty-one of each owner in the order of the list, a branch with literals for each, with the columns of
    the portal's statement where it shows more than ids.
    """
    way, walk = "desc" if each.newest else "asc", " k as (" in sql and not each.whole
    pk, key = (each.pk, "key" if "k.key" in sql else each.key) if walk else ("id", "at")
    ordered = each.key if "(" in each.key else f"t.{each.key}"
    branches = " union all ".join(
        f"""(select t.{each.pk} as {pk}, {ordered} as {key} from {each.table} t where t.{side} = {owner}
              and {each.where} order by {ordered} {way}, t.{each.pk} {way} limit 51)"""
        for owner in owners
        for side in each.sides
    )
    found = f"select distinct {pk}, {key} from ({branches}) u order by {key} {way}, {pk} {way} limit 51"
    if each.whole:
        columns, ordered = sql.partition(" WHERE ")[0], ordered.replace("t.", f"{each.table}.")
        return f"""{columns} where {each.table}.id in (select id from ({found}) f)
                    order by {ordered} {way}, {each.table}.id {way}"""
    return f"with k as ({found}) {shown(sql)}" if walk else found
