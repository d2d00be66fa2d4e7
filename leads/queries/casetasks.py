"""Tasks on parts of leads, the lists they are given by, and questions to the analysts."""

from django.db.models import Count, F, Q

from agencies import access, walk
from agencies.models import Agency
from agencies.roles import Permission
from evidence.queries.reach import beginning, fetch
from leads.models import Question, Referral, Task, TaskTemplate

MOST, MOST_LISTS = 100, 200
# A walk of the index of each center that is asked and of each agency that asks; a row of both is there once.
WALK = """select x.id, x.at from unnest(%(own)s::bigint[]) s(id) cross join lateral (
  (select q.id, q.{column} as at from leads_question q where q.center_id = s.id and {part} {beyond} and {seen}
    order by q.{column} {way}, q.id {way} limit %(limit)s)
  union
  (select q.id, q.{column} as at from leads_question q where q.agency_id = s.id and {part} {beyond} and {seen}
    order by q.{column} {way}, q.id {way} limit %(limit)s)) x
 group by x.id, x.at order by x.at {way}, x.id {way} limit %(limit)s"""
SEEN = """(select true from leads_leadgrant g
            where g.content_object_id = q.lead_id and g.group_id = any(%(groups)s::int[]) limit 1)"""


def tasks_of(obligation, user):
    """The tasks of a part: what is open by due time, then what is over, the newest first. What a prosecutor asked for
    is there for who sees the case.
    """
    cases = Referral.objects.visible_to(user)
    found = obligation.tasks.filter(Q(referral=None) | Q(referral__in=cases))
    found = found.select_related("ended_by", "template", "activity", "referral__office")
    return list(found.order_by(F("ended_at").desc(nulls_first=True), "due_at", "id")[:MOST])


def whole_tasks(user):
    related = ("obligation__lead__agency", "obligation__agency", "activity", "template", "referral__office")
    return Task.objects.visible_to(user).select_related(*related)


def own_tasks(user):
    """What a person has to do on the parts that they have, the first due on top: up to a hundred."""
    mine = Task.objects.visible_to(user).open()
    mine = mine.filter(Q(obligation__due_at__isnull=False) | Q(referral__isnull=False), obligation__investigator=user)
    mine = mine.select_related("obligation__lead", "obligation__agency", "referral__office")
    return list(mine.order_by("due_at", "id")[:MOST])


def lists_for(obligation):
    """The lists by which a part may be given tasks: its agency's and its center's."""
    whose = (obligation.agency_id, obligation.lead.agency_id)
    return TaskTemplate.objects.used().filter(agency__in=whose).order_by("name", "id")


def lists(user):
    """The lists in use that a person sees, each with how many tasks it has."""
    found = TaskTemplate.objects.visible_to(user).used().select_related("agency")
    return list(found.annotate(many=Count("steps")).order_by("agency__name", "name", "id")[:MOST_LISTS])


def keepers(user):
    """The agencies in whose name a person keeps lists."""
    triage = access.agencies_with(user, Permission.LEAD_TRIAGE)
    leads = access.agencies_with(user, Permission.OBLIGATION_ASSIGN)
    center = Agency.Kind.CENTER
    return Agency.objects.filter(Q(pk__in=triage, kind=center) | Q(pk__in=leads) & ~Q(kind=center)).order_by("name")


def questions(user, which, *, after=None, limit=walk.PAGE):
    """(a page of questions, the cursor of the next): "open" ones by due time, "ended" ones the newest first."""
    ended = which == "ended"
    words = {
        "column": "ended_at" if ended else "due_at",
        "way": "desc" if ended else "asc",
        "part": "q.ended_at is not null" if ended else "q.status = 'open'",
    }
    begin = walk.place(after)
    beyond = f"and (q.{words['column']}, q.id) {'<' if ended else '>'} (%(at)s, %(id)s)" if begin else ""
    asked = {
        "own": access.agencies_with(user, Permission.LEAD_VIEW),
        "groups": access.groups_with(user, Permission.LEAD_VIEW),
        "limit": limit + 1,
    } | beginning(begin)
    rows = fetch(WALK.format(beyond=beyond, seen=SEEN, **words), asked)
    shown = rows[:limit]
    found = whole_questions(user).in_bulk([row["id"] for row in shown])
    older = walk.encode(shown[-1]["at"].isoformat(), shown[-1]["id"]) if len(rows) > limit else ""
    return [found[row["id"]] for row in shown if row["id"] in found], older


def whole_questions(user):
    related = ("lead", "agency", "center", "asked_by", "ended_by", "obligation")
    return Question.objects.visible_to(user).select_related(*related)


def asked_before(question, user):
    """Other questions on the same lead that a person sees, the newest first."""
    found = whole_questions(user).filter(lead=question.lead_id).exclude(pk=question.pk)
    return list(found.order_by("-asked_at", "-id")[:20])
