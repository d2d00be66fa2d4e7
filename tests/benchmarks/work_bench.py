"""What people do on leads, in a portal of so many: the triage desk, confirmations, meetings and action items, tasks and
questions, outcomes, persons, the people list, bulletins, questions to other agencies, the lead and the board.

The readers are supervisors of the biggest center's smallest and biggest agencies, its coordinator, and one who has two
centers and many agencies. A list has a floor: the same rows walked by SQL written for the reader at hand. A page and a
deed have a bound of time and, since time tells little of a machine at work, of rows read.
"""

import statistics
import time
from datetime import date
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from agencies.models import User
from leads import agenda
from leads.actions import deconfliction, listed_rounds
from leads.models import Meeting
from leads.queries import meetings as queries_meetings
from tests.benchmarks.measuring import row, side_by_side
from tests.benchmarks.serving import READ, add_up, run, served, statements
from tests.benchmarks.work_lists import LISTS, floor

RUNS = 7
READERS = {"small": "supervisor-a024@portal.example", "town": "supervisor-a001@portal.example",
           "center": "coordinator-bluewater@portal.example", "wide": "bench-wide@portal.example"}  # fmt: skip
# Of each row that a walk takes it asks whether the reader sees its lead; the floor asks nothing, and takes a third of a
# millisecond. The meetings of all centers of a reader, a few hundred, are sorted.
MOST_RATIO, MOST_RATIOS = 15, {"meetings": 30}
# Of a machine that does something else as well; what holds whatever it does are the rows of tables and the entries of
# indexes that are read, however much there is.
MOST_SQL_MS = {"small": 200, "town": 200, "center": 250, "wide": 400}
MOST_READ = 120_000
# What adds up all of a scope: a board all that is open in it, of a center a hundred thousand parts; a number of a list
# its rows; pairs those that were reported in the period.
SUMS_MS = {
    "the board": {"small": 400, "town": 2_000, "center": 5_000, "wide": 6_000},
    "obligations, late": {"small": 200, "town": 200, "center": 500, "wide": 600},
    "pairs": {"small": 400, "town": 500, "center": 800, "wide": 1_500},
}
SUMS_READ = 4_000_000
# Of one thing that the reader sees.
OF_ONE = {
    "lead": """select g.content_object_id from leads_leadgrant g join leads_lead l on l.id = g.content_object_id
                where g.group_id = any(%(groups)s) order by g.opened_at desc limit 1""",
    "entity": "select entity_id from leads_assertion where lead_id = %(lead)s order by id limit 1",
    "name": "select split_part(initcap(name), ',', 1) from leads_entity where kind = 'person' and id = %(person)s",
    "whole": "select name from leads_entity where id = %(person)s",
    "part": """select o.id from leads_obligation o join leads_leadgrant g on g.content_object_id = o.lead_id
                where g.group_id = any(%(groups)s) and o.agency_id = any(%(mine)s) and o.due_at is not null
                order by o.agency_id, o.due_at limit 1""",
    "outcome": """select o.named_outcome_id from leads_obligation o
                   where o.agency_id = any(%(mine)s) and o.closed_at is not null and o.named_outcome_id is not null
                   order by o.agency_id, o.closed_at desc limit 1""",
    "meeting": "select max(id) from leads_meeting where agency_id = any(%(centers)s)",
    "item": "select max(i.id) from leads_agendaitem i where i.meeting_id = %(meeting)s",
}
PERSON = """select a.entity_id from leads_leadgrant g join leads_assertion a on a.lead_id = g.content_object_id
              join leads_entity e on e.id = a.entity_id and e.kind = 'person'
             where g.group_id = any(%(groups)s) order by g.opened_at desc limit 1"""
PAGES = {
    "leads": "/leads/", "a lead": "/leads/{lead}/", "a lead on paper": "/leads/{lead}/print/",
    "the board": "/accountability/", "obligations, late": "/obligations/?show=late", "outcomes": "/outcomes/",
    "an outcome": "/outcomes/{outcome}/", "outcomes alike": "/outcomes/{outcome}/merge/",
    "persons, a common name": "/persons/?q=Smith", "persons, a name": "/persons/?q={name}",
    "persons, a whole name": "/persons/?q={whole}", "a person": "/persons/{entity}/",
    "my leads": "/my-leads/", "tasks of a part": "/obligations/{part}/tasks/", "lists of tasks": "/task-lists/",
    "pairs": "/confirmations/pairs/", "a meeting": "/meetings/{meeting}/",
    "its minutes": "/meetings/{meeting}/minutes/",
    "the people list": "/listed/", "people due": "/listed/?show=due", "asking others": "/deconflict/",
}  # fmt: skip
DEEDS_MS = {"building an agenda": 3_000, "asking for a gun": 100, "asking for a person": 100}


def figures(_connection):
    for name, email in READERS.items():
        user = get_user_model().objects.get(email=email)
        client = Client()
        client.force_login(user)
        # As it is served: files are found once, at the start.
        with override_settings(WHITENOISE_AUTOREFRESH=False, STATIC_ROOT=None):
            for each in LISTS:
                if client.get(each.address).status_code == 200:
                    yield listed(name, user, client, each, MOST_SQL_MS[name])
            of_one = _of_one(user)
            for what, address in PAGES.items():
                if client.get(address.format(**of_one)).status_code == 200:
                    most = (SUMS_MS[what][name], SUMS_READ) if what in SUMS_MS else (MOST_SQL_MS[name],)
                    yield paged(name, client, what, address.format(**of_one), *most)
    yield from _deeds()
    yield _round()


def listed(name, user, client, each, most_sql_ms, most_ratio=None):
    """One list: its statement beside its floor, and its page."""
    sql = next(sent for sent in statements(lambda: each.rows(user, timezone.now())) if each.table in sent)
    by_hand, rows = floor(each, each.owners(user), sql), run(sql)
    # A floor is one only if it finds the same: who sees a part of a center's rows has to look for them.
    is_floor = [found[0] for found in rows] == [found[0] for found in run(by_hand)]
    limit = (most_ratio or MOST_RATIOS.get(each.name, MOST_RATIO)) if is_floor else None
    *times, machine = side_by_side(partial(run, sql), partial(run, by_hand), add_up, runs=RUNS)
    page = served(client, each.address) | {"most_sql_ms": most_sql_ms, "most_read": MOST_READ}
    page |= {"page_read": page.pop("read"), "machine": round(machine, 2)}
    return row(each.name, *times, limit, reader=name, rows=len(rows), **page)


def _of_one(user):
    """Ids and names of what the reader sees, by the names in PAGES."""
    mine = list(user.memberships.values_list("agency_id", flat=True))
    found = {"groups": list(user.groups.values_list("pk", flat=True)), "mine": mine}
    found["centers"] = queries_meetings.centers_of(user)
    found["person"] = run(PERSON, found)[0][0]
    for what, sql in OF_ONE.items():
        found[what] = next((each for (each,) in run(sql, found)), 0)
    return found


def paged(name, client, what, address, most_sql_ms, most_read=MOST_READ, **more):
    """One page that is no list alone."""
    page = served(client, address) | {"most_sql_ms": most_sql_ms, "most_read": most_read, **more}
    return row(what, page.pop("page_ms"), page["sql_ms"], None, reader=name, **page)


def _deeds():
    """What is asked of very many rows by one deed, each beside adding up, and taken back."""
    chair = User.objects.get(email=READERS["center"])
    asker = User.objects.get(email=READERS["town"])
    agency, now = asker.memberships.first().agency, timezone.now()
    meeting = Meeting.objects.filter(agency__memberships__user=chair).select_related("agency").order_by("pk").first()
    [(name, born_on)] = run(OTHERS, [agency.parent_id, agency.pk])
    [(serial,)] = run("select serial from evidence_firearm where length(serial_key) > 5 order by id desc limit 1")
    why = {"agency": agency, "case_number": "26-1", "reason": "Shooting", "by": asker}
    deeds = {
        "building an agenda": lambda: agenda.build(queries_meetings.found(meeting, meeting.since, now)),
        "asking for a gun": lambda: deconfliction.ask_gun(serial=serial, **why),
        "asking for a person": lambda: deconfliction.ask_person(name=name, born_on=date.fromisoformat(born_on), **why),
    }
    for what, deed in deeds.items():
        times, read = zip(*(_taken_back(deed) for _ in range(RUNS)), strict=True)
        spent = statistics.quantiles(times)[0]
        yield row(what, spent, spent, None, most_ms=DEEDS_MS[what], read=read[-1], most_read=2 * MOST_READ)


OTHERS = """select e.name, e.born_on::text from leads_assertion a join leads_entity e on e.id = a.entity_id
             where e.agency_id = %s and a.agency_id <> %s and e.kind = 'person' and a.role = 'suspect'
               and e.born_on < '1990-01-01' order by a.id desc limit 1"""


def _round():
    """The nightly round of a list of ten thousand: every entry is measured."""
    [(count,)] = run("select count(*) from leads_listedperson where status not in ('removed', 'purged')")
    system = User.objects.system()

    def deed():
        while listed_rounds.keep(by=system):
            pass

    spent, read = _taken_back(deed)
    more = {"rows_per_second": round(1000 * count / spent), "most_ms": 3 * count, "read": read}
    return row(f"a night of the people list, {count:,}", spent, spent, None, most_read=200 * count, **more)


def _taken_back(deed):
    """(milliseconds, rows read) of a deed that leaves nothing behind."""
    with transaction.atomic():
        [(before,)] = run(READ)
        began = time.perf_counter()
        deed()
        spent = (time.perf_counter() - began) * 1000
        read = int(run(READ)[0][0] - before)
        transaction.set_rollback(True)
    return spent, read
