"""Lists of bulletins: one statement for each, by an index of its own, and who is not told what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access import Refused
from evidence.queries.reach import fetch
from leads.actions import desk as triage
from leads.models import BulletinRecipient, Cluster, ClusterLead, Lead
from leads.queries import bulletins as queries
from tests.evidence.records_city import loaded, undone
from tests.factories import NOW, incident
from tests.leads.sending import draft, row, send
from tests.leads.test_withdrawn import OPENS
from tests.leads.working import load, notice

INDEXES = {
    "": "recipient_to_acknowledge", "received": "recipient_received", "ours": "bulletin_agency_new",
    "mine": "bulletin_drafter_new", "approve": "bulletin_to_approve", "late": "recipient_source_due",
}  # fmt: skip


@pytest.mark.parametrize("many", [1, 3])
def test_every_list_takes_one_statement_for_one_bulletin_and_for_three(desk, line, many, django_assert_num_queries):
    for _ in range(many):
        send(desk, line)
    for who, shows in ((desk.prosecutor, ("", "received")), (desk.coordinator, ("ours", "approve", "late"))):
        queries.tabs_of(who)
        for show in shows:
            with django_assert_num_queries(1):
                found = queries.bulletins(who, show=show, now=NOW + timedelta(days=9))
            assert len(found) == {"approve": 0, "late": 3 * many}.get(show, many)


@pytest.mark.parametrize("show", INDEXES)
def test_every_list_walks_the_index_made_for_it(desk, line, show):
    send(desk, line)
    with CaptureQueriesContext(connection) as asked:
        queries.bulletins(desk.coordinator, show=show, now=NOW)
    settings = "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off"
    rows = fetch(f"{settings}; explain {asked[-1]['sql']}", {})
    assert INDEXES[show] in "\n".join(str(each["QUERY PLAN"]) for each in rows)


def test_a_recipient_does_not_learn_who_else_got_it(desk, line, seen):
    made = send(desk, line)
    assert [each.agency for each in BulletinRecipient.objects.visible_to(desk.prosecutor)] == [desk.da]
    page = seen(desk.prosecutor, "bulletin", made.pk)
    assert "Recipients" not in page
    assert not BulletinRecipient.objects.visible_to(desk.outsider).exists()
    assert row(made, desk.papd) in BulletinRecipient.objects.visible_to(desk.analyst)


def test_no_agency_is_told_by_a_bulletin_of_a_lead_that_waits_in_triage(desk, line):
    triage.choose(center=desk.center, first=True, by=desk.coordinator, now=NOW)
    load(desk, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="26-077"))
    (waits,) = Lead.objects.exclude(pk=line.pk)
    with pytest.raises(Refused, match="Decide in triage first"):
        draft(desk, waits)
    made = draft(desk, line, whole_cluster=True)
    ClusterLead.objects.create(lead=waits, cluster=Cluster.objects.create(
        agency=desk.center, opened_at=NOW, changed_at=NOW))  # fmt: skip
    ClusterLead.objects.create(lead=line, cluster=Cluster.objects.get())
    assert queries.leads_of(made) == [line]


def test_a_notice_that_is_taken_back_makes_the_bulletin_of_its_lead_stale(city):
    for owner, number in ((city.papd, "26-018844"), (city.gmpd, "26-004417")):
        incident(owner, case_number=number)
    batch = loaded("leads", city.center, OPENS, by=city.analyst)
    made = send(city, Lead.objects.get())
    assert undone(batch, city.analyst).status == "undone"
    made.refresh_from_db()
    assert made.stale_why == "A link that it tells of was taken back or eliminated."
    assert made.recipients.filter(warned_at__isnull=False).count() == 3
