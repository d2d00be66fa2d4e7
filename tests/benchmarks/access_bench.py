"""What each kind of reader waits for: the SQL of lists, search and one check beside hand-written SQL, and pages.

The floors are written for the user at hand, with literals where the portal has to decide: one agency is read without a
merge. They return the same rows with the same columns as the portal's statement, and share no word with it.
"""

import gzip
from functools import partial

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from agencies.access import groups_with
from agencies.roles import Permission
from leads.filters import Filters
from leads.lists import leads as listing
from leads.models import Lead
from tests.benchmarks.measuring import row, side_by_side

READERS = ("tiny", "typ", "multi", "big", "wide")
ROWS = """
, owing as (
  select part.lead_id, json_agg(json_build_array(
           part.id, part.agency_id, agency.code, agency.mark, part.state, extract(epoch from part.due_at)::bigint,
           extract(epoch from part.steps[1])::bigint, extract(epoch from part.stage_started_at)::bigint,
           extract(epoch from part.closed_at)::bigint, part.priority)) as parts
    from leads_obligation part join agencies_agency agency on agency.id = part.agency_id
   where part.lead_id in (select id from k)
   group by part.lead_id)
select k.sort_key, lead.id, lead.agency_id, lead.number, lead.caliber, lead.score, lead.line::text, lead.events_count,
       lead.confirmed_count, lead.first_event_at, lead.last_event_at, lead.opened_at, lead.closed_at, lead.notice_on,
       lead.priority, owing.parts
  from k join leads_lead lead on lead.id = k.id left join owing on owing.lead_id = k.id
"""


def figures(_connection):
    found = []
    for name in READERS:
        user = get_user_model().objects.get(email__startswith=f"bench-{name}@")
        groups = groups_with(user, Permission.LEAD_VIEW)
        found += [*_lists(name, user, groups), *_search(name, user, groups), _check(name, user, groups)]
        # As it is served: files are found once, at the start.
        with override_settings(WHITENOISE_AUTOREFRESH=False, STATIC_ROOT=None):
            found += _pages(name, user)
    return found


def _sql(call):
    """The one statement a query function runs, with its parameters in place."""
    with CaptureQueriesContext(connection) as queries:
        call()
    return [query["sql"] for query in queries.captured_queries]


def _run(sql):
    def call():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()

    return call


def _found(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(*row[:-1], sorted(row[-1] or [])) for row in cursor.fetchall()]


def _walk(groups, column, direction, where):
    """The first 51 of the groups in order: one index walk each, merged."""
    one = """select {column} as sort_key, content_object_id as id
               from leads_leadgrant where group_id = {group} and {where}
              order by {column} {direction}, content_object_id {direction} limit 51"""
    parts = [one.format(column=column, group=g, where=where, direction=direction) for g in groups]
    if len(parts) == 1:
        return parts[0]
    return f"""select distinct sort_key, id from ({" union all ".join(f"({part})" for part in parts)}) u
                order by 1 {direction}, 2 {direction} limit 51"""


def _floor(ids, direction):
    return f"with k as ({ids}) {ROWS} order by k.sort_key {direction}, k.id {direction}"


def _lists(name, user, groups):
    now = timezone.now()
    kinds = {
        "urgent inbox": (Filters(), "due_at", "asc", "status = 1"),
        "newest list": (Filters(view="newest"), "opened_at", "desc", "true"),
        "filtered list (closed)": (Filters(view="closed"), "opened_at", "desc", "status = 2"),
    }
    for what, (filters, column, direction, where) in kinds.items():
        ours = _sql(lambda filters=filters: listing.page(user, filters, now=now))[-1]
        floor = _floor(_walk(groups, column, direction, where), direction)
        _agree(ours, floor)
        yield row(what, *side_by_side(_run(ours), _run(floor)), 2, reader=name, rows=len(_found(ours)))


def _agree(ours, floor):
    """A floor is one only if it returns the same: each column of each row, in the same order."""
    assert _found(ours) == _found(floor), "the portal's statement and its floor differ"


def _search(name, user, groups):
    """One common word, one rare one, and a narrowed list, beside whichever of the two possible plans is faster."""
    now = timezone.now()
    number = Lead.objects.visible_to(user).order_by("-opened_at").values_list("number", flat=True)[:1][0]
    narrowed = {
        "search, frequent word": Filters(view="newest", q="shots"),
        "search, one number": Filters(view="newest", q=number),
        "filtered list (caliber, priority)": Filters(view="newest", caliber="9 mm", priority=1),
    }
    for what, filters in narrowed.items():
        statements = _sql(lambda filters=filters: listing.page(user, filters, now=now))
        tokens = " | ".join(f"''§g{group}''" for group in groups)
        query = " & ".join(term.replace("'", "''") for term in filters.terms)
        by_index = f"""select s.opened_at as sort_key, s.lead_id as id from leads_leadsearch s
                        where s.doc @@ '({tokens}) & {query}'::tsquery
                        order by s.opened_at desc, s.lead_id desc limit 51"""
        newest = _walk(groups, "opened_at", "desc", "true").replace("limit 51", "limit 2000")
        by_walk = f"""select w.sort_key, w.id from ({newest}) w
                       join leads_leadsearch s on s.lead_id = w.id and s.doc @@ '{query}'::tsquery
                      order by 1 desc, 2 desc limit 51"""
        floor, found = _faster([_floor(ids, "desc") for ids in (by_index, by_walk)], statements[-1])
        limit = 3 if what.startswith("search") else 2
        yield row(what, *side_by_side(_all(statements), _run(floor)), limit, reader=name, rows=len(found))


def _faster(floors, ours):
    """(the faster of two plans, what it finds), of those that find what the portal's statement does: a walk ends after
    so many leads, whatever it has found by then.
    """
    found = _found(ours)
    index, *walk = [sql for sql in floors if _found(sql) == found]
    if not walk:
        return index, found
    by_index, by_walk = side_by_side(_run(index), _run(walk[0]), runs=10)
    return (index if by_index < by_walk else walk[0]), found


def _all(statements):
    calls = [_run(sql) for sql in statements]

    def call():
        for one in calls:
            one()

    return call


def _check(name, user, groups):
    lead = Lead.objects.visible_to(user).order_by("opened_at").first()
    permission = "leads.view_lead"
    sql = f"select 1 from leads_leadgrant where content_object_id = {lead.pk} and group_id = any(array{groups}) limit 1"
    ours = _run(_sql(lambda: user.has_perm(permission, lead))[-1])
    call, _ = side_by_side(lambda: user.has_perm(permission, lead), _run(sql))
    return row("one-lead check", *side_by_side(ours, _run(sql)), 2, reader=name, has_perm_ms=round(call, 3))


def _pages(name, user):
    """A list of fifty as HTML and as JSON beside the SQL of its page, and its weight on the wire."""
    client = Client()
    client.force_login(user)
    for view in ("urgent", "newest"):
        if len(listing.page(user, Filters(view=view), now=timezone.now()).rows) < listing.PAGE:
            continue
        page = _sql(lambda view=view: listing.page(user, Filters(view=view), now=timezone.now()))[-1]
        for what, address, limit in (("HTML", "/leads/", 7), ("JSON", "/api/v1/leads/", 5)):
            ask = partial(_ask, client, f"{address}?view={view}")
            weight = round(len(gzip.compress(ask().content)) / 1024, 1)
            figure = f"{view} list of 50, {what}"
            yield row(figure, *side_by_side(ask, _run(page)), limit, reader=name, kilobytes=weight)


def _ask(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response
