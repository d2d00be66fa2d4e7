"""The page of one presumed gun: how far it is confirmed, where it was, and what happened over all agencies."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEvent
from evidence.actions import traces
from evidence.models import Firearm, Incident, Trace
from leads import queries
from leads.actions import clusters, confirmations
from leads.models import Lead, LeadEvent, Specimen
from leads.pages import cluster as clusterpage
from leads.queries import clusters as found
from tests.factories import NOW, exhibit, incident
from tests.leads.working import close, load, notice, part
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")
PAPD, GMPD = "PAPD", "Glenmoor PD"
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "P", "serial": "ZZ 4711"}
PISTOL |= {"serial_key": "ZZ4711"}


@scene
def gun(city):
    """Two leads of three cases of two agencies, joined by an analyst; the last case has no point."""
    days = iter(range(30, 0, -1))
    points = iter([(41.2031, -97.6014), (41.2504, -97.5512), (None, None)])
    for owner, case in ((city.papd, "26-1001"), (city.gmpd, "26-2001"), (city.papd, "26-1002")):
        lat, lng = next(points)
        incident(owner, case_number=case, occurred_at=NOW - timedelta(days=next(days)), lat=lat, lng=lng)
    load(city, notice((PAPD, "26-1001"), (GMPD, "26-2001"), number="WCL-1"))
    load(city, notice((GMPD, "26-2001"), (PAPD, "26-1002"), number="WCL-2"))
    return another(city, "WCL-1", "WCL-2")


def another(city, *numbers):
    one, other = (Lead.objects.get(number=number) for number in numbers)
    clusters.join(lead=one, other=other, reason="One gun", by=city.analyst, now=NOW)
    return found.cluster_of(one)


def said(cluster, user, show=""):
    whole = found.whole_cluster(cluster, user)
    return clusterpage.context(cluster, whole, [], user, queries.reader(user), NOW, show)


class TestStamp:
    def test_a_gun_of_which_some_links_are_confirmed_says_how_many_and_is_not_stamped_confirmed(self, city, gun, seen):
        page = seen(city.analyst, "cluster", gun.pk)
        assert "PARTLY" not in page
        first = found.whole_cluster(gun, city.analyst).leads[0]
        confirmations.confirm(lead=first, events=list(first.events.all()), report="R-1", by=city.examiner, now=NOW)
        page = seen(city.analyst, "cluster", gun.pk)
        assert "PARTLY CONFIRMED, 2 of 5 links" in page
        assert "stampbar--u" in page

    def test_what_a_reader_sees_confirmed_is_confirmed_in_part_while_there_is_more(self, city, gun):
        first, second = found.whole_cluster(gun, city.analyst).leads
        confirmations.confirm(lead=first, events=list(first.events.all()), report="R-1", by=city.examiner, now=NOW)
        second.grants.exclude(group=city.center.group).delete()
        shown = said(gun, city.detective)
        assert shown["link"] == "2 of 2 links you see"
        confirmations.confirm(lead=second, events=list(second.events.all()), report="R-2", by=city.examiner, now=NOW)
        assert said(gun, city.analyst)["link"] == "4 of 5 links", "that both are one gun no examiner has said"
        assert "is presumed" in said(gun, city.analyst)["stamp_words"]
        assert any(node["dashed"] for node in said(gun, city.analyst)["line"]["nodes"]), "the line is not drawn as sure"
        same = exhibit(Incident.objects.get(case_number="26-2001"), number="1")
        for event in LeadEvent.objects.filter(case_number="26-2001"):
            Specimen.objects.create(event=event, exhibit=same, of=same)
        assert said(gun, city.analyst)["link"] is True


class TestMap:
    def test_each_case_is_one_place_and_what_has_no_point_is_named(self, city, gun, seen):
        shown = said(gun, city.analyst)
        assert [(row["event"].case_number, row["place"]) for row in shown["events"]] == [
            ("26-1001", 1), ("26-2001", 2), ("26-2001", 2), ("26-1002", None),
        ]  # fmt: skip
        assert sorted(words for mark in shown["map"]["marks"] for words in [mark["words"]]) == ["1", "2"]
        page = seen(city.analyst, "cluster", gun.pk)
        assert "Not on the map, as no point is recorded: PAPD 26-1002" in page

    def test_who_does_not_see_a_case_gets_the_block_and_no_link_to_it(self, city, gun, seen):
        ours, theirs, *_ = said(gun, city.detective)["events"]
        assert (bool(ours["url"]), ours["near"]) == (True, False)
        assert (theirs["url"], theirs["near"]) == ("", True)
        before = said(gun, city.detective)["map"]["marks"]
        Incident.objects.filter(case_number="26-2001").update(lat=41.2499, lng=-97.5514)
        assert said(gun, city.detective)["map"]["marks"] == before, "a step within the block moves nothing"
        same = exhibit(Incident.objects.get(case_number="26-2001"), number="1")
        Specimen.objects.create(event=LeadEvent.objects.filter(case_number="26-2001")[0], exhibit=same, of=same)
        address = reverse("exhibit", args=[same.pk])
        assert address in seen(city.analyst, "cluster", gun.pk)
        assert address not in seen(city.detective, "cluster", gun.pk)
        assert "A dashed ring is about a block" in seen(city.detective, "cluster", gun.pk)

    def test_without_any_point_there_is_no_map(self, city, gun, seen):
        Incident.objects.update(lat=None, lng=None)
        assert 'id="h-map"' not in seen(city.analyst, "cluster", gun.pk)


def test_t12_the_chart_says_nothing_of_where_unseen_leads_and_cases_lie(city, gun):
    first, second = found.whole_cluster(gun, city.analyst).leads
    case = Incident.objects.get(case_number="26-1002").pk
    clusters.arrange(
        cluster=gun, layout={f"l{each.pk}": [1, 2] for each in (first, second)} | {f"c{case}": [3, 4]}, by=city.analyst
    )
    gun.refresh_from_db()
    assert said(gun, city.analyst)["chart"]["layout"].keys() == {f"l{first.pk}", f"l{second.pk}", f"c{case}"}
    second.grants.exclude(group=city.center.group).delete()
    assert said(gun, city.detective)["chart"]["layout"].keys() == {f"l{first.pk}"}


class TestTimeline:
    def test_all_agencies_stand_in_one_order_and_one_kind_may_be_chosen(self, city, gun, seen):
        first = found.whole_cluster(gun, city.analyst).leads[0]
        close(part(first, city.papd), city.detective, city.supervisor)
        confirmations.confirm(lead=first, events=list(first.events.all()), report="R-1", by=city.examiner, now=NOW)
        feed = said(gun, city.gm_detective)["feed"]
        assert [each["at"] for each in feed] == sorted((each["at"] for each in feed), reverse=True)
        texts = " | ".join(f"{each['who']} {each['text']}" for each in feed)
        for words in (
            "PAPD 26-1001",
            "WCL-2 came in",
            "Confirmed: ",
            "Read the file",
            "closed its part of WCL-1",
            "Lead WCL-1 joined",
        ):
            assert words in texts
        for show, words in (("events", "26-1001"), ("notices", "came in"), ("results", "report R-1"),
                            ("work", "Read the file"), ("outcomes", "Arrest made"), ("links", "joined")):  # fmt: skip
            only = said(gun, city.gm_detective, show)["feed"]
            assert only
            assert len(only) < len(feed)
            assert any(words in f"{each['who']} {each['text']}" for each in only)
        assert "Read the file" not in seen(city.gm_detective, "cluster", gun.pk, show="events")

    def test_a_kind_without_entries_says_so(self, city, gun, seen):
        assert "Nothing of this kind yet" in seen(city.analyst, "cluster", gun.pk, show="outcomes")


def test_more_leads_cost_no_more_statements(city, gun, client):
    client.force_login(city.detective)

    def statements():
        client.get(gun.get_absolute_url())
        with CaptureQueriesContext(connection) as sent:
            assert client.get(gun.get_absolute_url()).status_code == 200
        return len(sent)

    before = statements()
    load(city, notice((GMPD, "26-2001"), (PAPD, "26-1001"), number="WCL-3"))
    another(city, "WCL-2", "WCL-3")
    assert before == statements()


class TestTrace:
    @pytest.fixture
    def recovered(self, city, gun):
        """The gun itself, recovered in a case of Port Alder alone, and traced."""
        same = exhibit(Incident.objects.get(case_number="26-1001"), number="9", kind="firearm")
        pistol = Firearm.objects.create(exhibit=same, **PISTOL)
        event = LeadEvent.objects.get(case_number="26-1001")
        Specimen.objects.create(event=event, exhibit=same, of=same)
        return pistol

    def test_who_may_see_traces_and_the_gun_reads_how_far_its_trace_came_and_each_look_is_on_record(
        self, city, gun, recovered, seen
    ):
        page = seen(city.detective, "cluster", gun.pk)
        assert "No trace was asked for yet" in page
        made = traces.request(firearm=recovered, by=city.analyst, trace_number="T2026-1")
        page = seen(city.detective, "cluster", gun.pk)
        assert "Trace of the gun" in page
        assert f'href="{reverse("trace", args=[made.pk])}">T2026-1</a>' in page
        assert AuditEvent.objects.filter(verb="trace.seen", by=city.detective).count() == 1
        assert "data-print" in page, "the page is its own print"

    def test_nobody_else_learns_whether_there_is_one(self, city, gun, recovered, seen):
        traces.request(firearm=recovered, by=city.analyst, trace_number="T2026-1")
        for person in (city.examiner, city.gm_detective):
            page = seen(person, "cluster", gun.pk)
            assert "T2026-1" not in page
            assert "Its trace is for those who may see traces" in page
        assert not AuditEvent.objects.filter(verb="trace.seen").exists()

    def test_many_traces_are_read_in_as_many_statements_as_one(self, city, gun, recovered, client):
        client.force_login(city.detective)

        def statements():
            client.get(gun.get_absolute_url())
            with CaptureQueriesContext(connection) as sent:
                assert client.get(gun.get_absolute_url()).status_code == 200
            return len(sent)

        traces.request(firearm=recovered, by=city.analyst, trace_number="T2026-1")
        one = statements()
        for number in (2, 3):
            traces.cancel(trace=Trace.objects.latest("pk"), by=city.analyst)
            traces.request(firearm=recovered, by=city.analyst, trace_number=f"T2026-{number}")
        assert statements() == one
