"""Cases as lists walk them: the first of each agency that a person sees them for, of those that it referred and of
those before it, along an index for each order. What an office has in all is never read.
"""

from datetime import date

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce

from agencies import access
from agencies.roles import Permission
from evidence.queries.reach import counted
from leads.models import Referral

MOST_COUNTED = 1000
NEVER = date(9999, 12, 31)
SIDES, ANY = ("agency", "office"), (Q(),)
# A day in court that is not known comes last.
COMING = Coalesce("next_on", Value(NEVER), output_field=DateField())


def visible(user):
    """What a person sees cases for: [a condition on those of one agency, as it referred them or they are before it]."""
    return [Q(**{side: each}) for each in access.agencies_with(user, Permission.REFERRAL_VIEW) for side in SIDES]


def first(sources, order, *, among=ANY, after=None, most):
    """Cases in an order, of which the first `most` are the first of those that belong to one of the sources (conditions
    on cases) and are among others (conditions of which each has its index); beyond `after`, the (value, id) of a case.

    order: a field, with - where the last come first.
    """
    column, newest = order.removeprefix("-"), order.startswith("-")
    ordered = (order, "-id" if newest else "id")
    later = beyond(column, after, newest=newest) if after else Q()
    every = Referral.objects.annotate(coming=COMING).order_by(*ordered)
    walks = [every.filter(source & one & later).values("pk")[:most] for source in sources for one in among]
    if not walks:
        return Referral.objects.none()
    found = walks[0].union(*walks[1:], all=True) if len(walks) > 1 else walks[0]
    return Referral.objects.annotate(coming=COMING).filter(pk__in=found).order_by(*ordered)


def beyond(column, after, *, newest=False):
    """What stands after the row of `after`: the index is entered there, and not walked from its beginning."""
    (at, pk), side = after, "lt" if newest else "gt"
    return Q(**{f"{column}__{side}e": at}) & (Q(**{f"{column}__{side}": at}) | Q(**{f"id__{side}": pk}))


# --- how many -------------------------------------------------------------------------------------------------------

REVIEW, COURT = "q.status in ('referred', 'more_asked')", "q.status = 'accepted'"
DUE, NEXT = "q.decision_due_at", f"coalesce(q.next_on, '{NEVER}')"
ENDED = "q.decided_at"
# What is counted: the walks of each, with the order of the index that has its rows.
COUNTED = {
    "review": [(REVIEW, DUE)],
    "court": [(COURT, NEXT)],
    "declined": [("q.status = 'declined'", ENDED)],
    "moved": [("q.status = 'transferred'", ENDED), ("q.status = 'adopted'", ENDED)],
    "late": [(f"{REVIEW} and q.decision_due_at <= %(now)s", DUE)],
}
OPEN = [*COUNTED["review"], *COUNTED["court"]]
# One person is one, in however many cases: by their record, else by name and day of birth, else by worksheet.
PERSON = """case when r.person_id is not null then 'p' || e.standing_id when r.person_key <> '' then r.person_key
                 else 's' || r.screening_id end"""


def _walked(walks, limit):
    """The ids of cases of all agencies (`source`), at most so many of each walk."""
    each = (
        f"(select q.id from leads_referral q where q.{side}_id = s.id and {where} order by {key}, q.id {limit})"
        for where, key in walks
        for side in SIDES
    )
    return f"select distinct x.id from source s cross join lateral ({' union all '.join(each)}) x"


def _persons(cases):
    return f"""select distinct {PERSON} from ({cases}) o join leads_referral r on r.id = o.id
                 left join leads_entity e on e.id = r.person_id"""


def _counts(most):
    """The statement of the counts, each up to `most`."""
    parts = [
        f"(select count(*) from ({_walked(walks, f'limit {most}')} limit {most}) c) as {name}"
        for name, walks in COUNTED.items()
    ]
    # Twice as many cases as are counted mostly settle that there are more persons than that.
    some, every = _walked(OPEN, f"limit {2 * most}"), _walked(OPEN, "")
    return f"""
      with source as materialized (select unnest(%(agencies)s::bigint[]) as id),
      opened as materialized ({some} limit {2 * most}),
      person as materialized ({_persons("select id from opened")})
      select {", ".join(parts)},
             case when (select count(*) from opened) < {2 * most} or (select count(*) from person) >= {most}
                  then least((select count(*) from person), {most})
                  else (select count(*) from ({_persons(every)} limit {most}) p) end as people"""


def counts(user, *, now, most=MOST_COUNTED):
    """{"review", "court", "declined", "moved": how many, "late": reviews past their due time, "people": how many
    persons' cases are open, of which a person before two offices is one}, each exact to `most`.
    """
    agencies = access.agencies_with(user, Permission.REFERRAL_VIEW)
    return counted(_counts(most + 1), {"agencies": agencies, "now": now})
