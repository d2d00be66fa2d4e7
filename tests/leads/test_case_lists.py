"""The lists of cases are walks along an index each, with the rows of all of them sorted; counts have a bound."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Membership
from agencies.roles import Role
from leads.insight import prosecution
from leads.models import PacketRelease, Referral
from leads.queries import (
    casefiles,
    caselists,
    caseloads,
    handed,
    outdated,
    packets,
    releases,
    undisclosed,
)
from leads.queries import referrals as near
from tests.factories import NOW, member
from tests.leads import packing
from tests.leads.pages import lead
from tests.scenery import scene

Status = Referral.Status
DAY = timedelta(days=1)
KEYS = {
    "review": lambda each: (each.decision_due_at, each.pk),
    "court": lambda each: (each.next_on or caselists.NEVER, each.pk),
    "declined": lambda each: (each.decided_at, each.pk),
    "moved": lambda each: (each.decided_at, each.pk),
}
AMONG = {
    "review": Referral.REVIEW, "court": [Status.ACCEPTED], "declined": [Status.DECLINED], "moved": Referral.MOVED,
}  # fmt: skip


@scene
def found(city):
    return lead(city, "WCL-2026-00001")


@scene
def cases(city, found):
    """Forty cases of two agencies before two offices, in every state, two and two of the same moment."""
    given = {"lead": found, "venue": "state", "summary": "Gun.", "referred_by": city.detective}
    sheets = near.Screening.objects.bulk_create(
        near.Screening(lead=found, defendant=f"Pat {n}", opened_at=NOW) for n in range(7)
    )
    made = []
    for n in range(40):
        status = list(Status)[n // 4 % len(Status)]
        at = NOW - (n % 9) * DAY
        decided = {"decided_at": at, "decided_by": city.prosecutor} if status != Status.REFERRED else {}
        made.append(Referral(
            **given, **decided, status=status, agency=(city.papd, city.gmpd)[n % 2],
            office=(city.da, city.usao)[n % 3 % 2],
            defendant=f"Pat {n}", screening=sheets[n % 7], person_key=f"n:{n % 5}" if n % 4 else "",
            referred_at=at, decision_due_at=at + 3 * DAY, assigned_to=city.prosecutor, assigned_at=at,
            assigned_by=city.prosecutor, next_on=at.date() if status == Status.ACCEPTED and n % 4 else None,
            decline_reason="other" if status == Status.DECLINED else "",
            adopted_into=made[0] if status == Status.ADOPTED else None,
        ))  # fmt: skip
        made[-1].save(force_insert=True)
    return made


@pytest.fixture
def readers(city):
    """Of an office, of an agency, and of an agency and an office that both have a case."""
    both = member(city.papd, Role.SUPERVISOR)
    Membership.objects.create(user=both, agency=city.da, role=Role.PROSECUTOR, started_at=NOW)
    return city.prosecutor, city.detective, both


def walked(page, **asked):
    seen, after = [], ""
    while after is not None:
        rows, later = page(after=after, limit=3, **asked)
        seen += [each.pk for each in rows]
        after = later or None
    return seen


def every(user):
    return list(Referral.objects.visible_to(user).select_related("person"))


def test_each_tab_has_all_cases_that_are_seen_in_its_order_and_each_once(cases, readers):
    for user in readers:
        for tab, key in KEYS.items():
            newest = tab in ("declined", "moved")
            wanted = sorted((each for each in every(user) if each.status in AMONG[tab]), key=key, reverse=newest)
            seen = walked(lambda tab=tab, user=user, **asked: prosecution.page(user, tab, **asked))
            assert seen == [each.pk for each in wanted], tab
            assert wanted, tab


@pytest.mark.parametrize("most", [1, 2, 5, 1000])
def test_what_is_counted_is_exact_to_a_bound(cases, readers, most):
    now = timezone.now() if most == 2 else NOW - 2 * DAY
    for user in readers:
        rows = every(user)
        true = {tab: sum(each.status in among for each in rows) for tab, among in AMONG.items()}
        true["late"] = sum(each.status in Referral.REVIEW and each.decision_due_at <= now for each in rows)
        true["people"] = len({each.person_key or each.screening_id for each in rows if each.status in Referral.OPEN})
        counted = caselists.counts(user, now=now, most=most)
        assert counted == {name: min(number, most + 1) for name, number in true.items()}


def test_a_number_that_is_not_exact_says_so(client, city, cases, monkeypatch):
    many = dict.fromkeys(("review", "court", "declined", "moved", "late", "people"), 1001)
    monkeypatch.setattr(caselists, "counts", lambda user, now: many)
    client.force_login(city.prosecutor)
    page = client.get(reverse("referrals")).content.decode()
    for words in ("1,000+ past the day of decision", "1,000+ persons in open cases"):
        assert words in page
    assert "1001" not in page


def test_the_file_and_what_is_to_decide_are_the_first_of_all_that_are_seen(cases, readers):
    for user in readers:
        for tab in (None, *prosecution.TABS):
            which = prosecution.ORDERS[tab][1] if tab else None
            rows = [each for each in every(user) if tab is None or each.status in AMONG[tab]]
            wanted = sorted(rows, key=lambda each: (each.referred_at, each.pk), reverse=True)
            took = casefiles.cases(user, which, most=5)
            if user is not readers[1]:
                assert [each.pk for each in took] == [each.pk for each in wanted][:5]
                assert casefiles.count(user) == len(every(user))
    office = readers[0]
    waiting = sorted((each for each in every(office) if each.status in Referral.REVIEW), key=KEYS["review"])
    for mine in (False, True):
        rows, many = caseloads.to_decide(office, mine=mine, most=4)
        assert ([each.pk for each in rows], many) == ([each.pk for each in waiting[:4]], len(waiting))


# --- plans ----------------------------------------------------------------------------------------------------------

ALONG = "set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off"
BY_NUMBER = "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off"


def plan(settings, call, table):
    """How the statement of a call that reads a table is carried out, among very many rows of others."""
    with CaptureQueriesContext(connection) as asked:
        call()
    sql = next(each["sql"] for each in asked.captured_queries if f"{table}" in each["sql"]).rpartition("; ")[2]
    with connection.cursor() as cursor:
        cursor.execute(settings)
        cursor.execute(f"explain {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("tab", "index"), [("review", "due"), ("court", "court"), ("declined", "ended"), ("moved", "ended")]
)
def test_each_tab_is_walked_along_its_index_on_both_sides_and_entered_where_the_page_begins(city, cases, tab, index):
    _rows, later = prosecution.page(city.prosecutor, tab, limit=2)
    for after in ("", later):
        said = plan(ALONG, lambda after=after: prosecution.page(city.prosecutor, tab, after=after), "leads_referral")
        for side in ("agency", "office"):
            assert f"referral_{side}_{index}" in said, said
        begins = {"review": "decision_due_at >=", "court": ">= "}.get(tab, "decided_at <=")
        assert not after or any(begins in line for line in said.splitlines() if "Index Cond" in line), said


def test_counts_are_walks_of_the_same_indexes(city, cases):
    said = plan(ALONG, lambda: caselists.counts(city.prosecutor, now=NOW), "leads_referral")
    for name in ("due", "court", "ended"):
        assert f"referral_agency_{name}" in said, said
        assert f"referral_office_{name}" in said, said


def test_the_file_begins_with_the_newest_of_an_office(city, cases):
    said = plan(ALONG, lambda: casefiles.cases(city.prosecutor, None, most=5), "leads_referral")
    assert "referral_office_new" in said, said


def test_what_hangs_on_one_gun_is_found_by_its_numbers(city, cases, found):
    """The events of a case, of a worksheet and of a packet: none is looked at of all that there are."""
    version = packing.version(packing.make(city, found))
    calls = (
        lambda: prosecution.case(cases[0], city.prosecutor),
        lambda: near.weighed(cases[0].screening, city.prosecutor),
        lambda: outdated.since(version),
    )
    for call in calls:
        said = plan(BY_NUMBER, call, "leads_leadevent")
        looks = [line for line in said.splitlines() if "leads_leadevent" in line]
        assert looks, said
        assert not [line for line in looks if "Seq Scan" in line], said
        assert "hashed SubPlan" not in said, said


def test_the_cases_of_a_page_of_items_are_found_by_their_numbers(city, cases, found):
    assert set(undisclosed.cases(city.prosecutor, [found.pk])) == {found.pk}
    said = plan(BY_NUMBER, lambda: undisclosed.cases(city.prosecutor, [found.pk]), "leads_referralevent")
    assert "leads_referralevent_event_id" in said, said


def test_lists_of_packets_are_walked_along_an_index_each(city, cases):
    walks = {
        lambda: packets.packets(city.detective, show="trial"): "packet_agency_purpose",
        lambda: releases.releases(city.prosecutor): "packet_release_to_at",
        lambda: releases.releases(city.prosecutor, show="owed"): "packet_release_to_owed",
        lambda: releases.releases(city.detective, show="waiting"): "packet_release_source_owed",
        lambda: handed.waiting(city.prosecutor, now=NOW): "packet_release_to_",
        lambda: list(PacketRelease.objects.filter(version=1)): "packet_release_version",
    }
    for call, index in walks.items():
        said = plan(ALONG, call, "leads_packet")
        assert f"using {index}" in said, said
