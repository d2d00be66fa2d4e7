"""Leads of one presumed gun: clusters that grow, join and fall apart, each change kept and told."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence.models import Exhibit
from leads.actions import _clusters, clusters, withdrawals
from leads.models import Cluster, ClusterChange, ClusterLead, Lead, LeadPair, Specimen
from leads.queries import clusters as found
from tests.factories import NOW, exhibit, incident
from tests.leads.working import LATER, close_all, load, notice, part, system, told
from tests.scenery import scene

pytestmark = pytest.mark.usefixtures("promises")
PAPD, GMPD = "PAPD", "Glenmoor PD"


@scene
def scenes(city):
    """Five shootings with casings, exhibit 1 of each; the gun of the last was recovered and test-fired."""
    cases = {}
    for number, (of, case) in enumerate([(city.papd, "26-1001"), (city.gmpd, "26-2001"), (city.papd, "26-1002"),
                                         (city.gmpd, "26-2002"), (city.papd, "26-1003")]):  # fmt: skip
        made = incident(of, case_number=case, occurred_at=NOW - timedelta(days=30 - number))
        cases[case] = (made, exhibit(made, number="1"))
    gun = exhibit(cases["26-1003"][0], number="2", kind=Exhibit.Kind.FIREARM)
    exhibit(cases["26-1003"][0], number="3", kind=Exhibit.Kind.TEST_FIRE, fired_from=gun)
    exhibit(cases["26-1003"][0], number="4", kind=Exhibit.Kind.TEST_FIRE, fired_from=gun)
    return cases


def named(number, *events, now=NOW, city):
    rows = [(of, case, {"exhibit": each}) for of, case, each in events]
    load(city, notice(*rows, number=number), now=now)
    return Lead.objects.get(number=number)


def first(city, number="WCL-2026-1"):
    return named(number, (PAPD, "26-1001", "1"), (GMPD, "26-2001", "1"), city=city)


def second(city, number="WCL-2026-2", now=NOW):
    return named(number, (GMPD, "26-2001", "# 1"), (PAPD, "26-1002", "1"), now=now, city=city)


def members(cluster):
    return set(ClusterLead.objects.filter(cluster=cluster).values_list("lead__number", flat=True))


def tell_all():
    while clusters.tell(by=system(), now=LATER):
        pass


class TestTogether:
    def test_two_leads_that_name_one_exhibit_are_one_cluster_and_one_alone_is_none(self, city, scenes):
        one = first(city)
        assert found.cluster_of(one) is None
        other = second(city)
        cluster = found.cluster_of(one)
        assert cluster == found.cluster_of(other)
        assert members(cluster) == {one.number, other.number}
        assert set(cluster.changes.values_list("kind", "lead__number")) == {
            ("joined", one.number),
            ("joined", other.number),
        }
        assert AuditEvent.objects.get(verb="cluster.joined", agency=city.center).data["ids"] == [one.pk, other.pk]

    def test_two_exhibits_of_one_scene_may_be_of_two_guns(self, city, scenes):
        exhibit(scenes["26-2001"][0], number="7")
        one = first(city)
        other = named("WCL-2026-2", (GMPD, "26-2001", "7"), (PAPD, "26-1002", "1"), city=city)
        assert found.cluster_of(one) is found.cluster_of(other) is None
        assert found.suggested(one, city.analyst) == []

    def test_test_fires_of_one_gun_are_one_specimen(self, city, scenes):
        one = named("WCL-2026-1", (PAPD, "26-1003", "3"), (GMPD, "26-2001", "1"), city=city)
        other = named("WCL-2026-2", (PAPD, "26-1003", "4"), (GMPD, "26-2002", "1"), city=city)
        assert found.cluster_of(one) == found.cluster_of(other) is not None

    def test_a_lead_that_names_exhibits_of_two_clusters_makes_one_of_them_and_the_old_number_leads_there(
        self, city, scenes
    ):
        first(city), second(city)
        three = named("WCL-2026-3", (GMPD, "26-2002", "1"), (PAPD, "26-1003", "3"), city=city)
        four = named("WCL-2026-4", (PAPD, "26-1003", "4"), (GMPD, "26-2002", "1"), city=city)
        smaller = found.cluster_of(four)
        assert smaller == found.cluster_of(three)
        five = named("WCL-2026-5", (PAPD, "26-1002", "1"), (GMPD, "26-2002", "1"), city=city)
        cluster, smaller = found.cluster_of(five), Cluster.objects.get(pk=smaller.pk)
        assert len(members(cluster)) == 5
        assert smaller.merged_into == cluster
        assert set(smaller.changes.filter(kind="merged").values_list("lead", flat=True)) == {three.pk, four.pk}

    def test_an_exhibit_recorded_after_the_notice_is_found_by_the_clock(self, city, scenes):
        one = named("WCL-2026-1", (PAPD, "26-1001", "9-A"), (GMPD, "26-2001", "1"), city=city)
        other = named("WCL-2026-2", (PAPD, "26-1001", "9A"), (GMPD, "26-2002", "1"), city=city)
        assert found.cluster_of(one) is None
        assert clusters.look_again(by=system()) is None
        exhibit(scenes["26-1001"][0], number="9a")
        assert clusters.look_again(by=system(), limit=1) is not None
        assert clusters.look_again(by=system()) is None
        assert found.cluster_of(one) == found.cluster_of(other) is not None


class TestByPeople:
    def test_a_case_without_its_exhibit_is_suggested_joined_taken_back_and_said_to_be_apart(self, city, scenes):
        one = first(city)
        other = named("WCL-2026-2", (GMPD, "26-2001", ""), (PAPD, "26-1002", ""), city=city)
        assert found.suggested(one, city.analyst) == [(other, ["26-2001"])]
        with pytest.raises(Refused, match="Only the center's analysts"):
            clusters.join(lead=one, other=other, reason="The laboratory says so", by=city.detective)
        pair = clusters.join(lead=other, other=one, reason="The laboratory says so", by=city.analyst)
        assert members(found.cluster_of(one)) == {one.number, other.number}
        assert found.suggested(one, city.analyst) == []
        old = found.cluster_of(one)
        with pytest.raises(Refused, match="Take that back first"):
            clusters.keep_apart(lead=one, other=other, reason="No", by=city.analyst)
        clusters.take_back(pair=pair, reason="It meant another case", by=city.analyst)
        assert found.cluster_of(one) is found.cluster_of(other) is None
        assert set(old.changes.filter(kind="left").values_list("lead", flat=True)) == {one.pk, other.pk}
        assert Cluster.objects.visible_to(city.detective).filter(pk=old.pk).exists(), (
            "an old number says what became of it"
        )
        clusters.keep_apart(lead=one, other=other, reason="Other calibers", by=city.analyst)
        assert found.suggested(one, city.analyst) == []
        assert LeadPair.objects.get().status == LeadPair.Status.APART

    def test_taking_back_the_one_link_between_two_clusters_gives_the_second_a_number_of_its_own(self, city, scenes):
        one, two = first(city), second(city)
        three = named("WCL-2026-3", (GMPD, "26-2002", "1"), (PAPD, "26-1003", "3"), city=city)
        four = named("WCL-2026-4", (PAPD, "26-1003", "4"), (GMPD, "26-2002", "1"), city=city)
        pair = clusters.join(lead=two, other=three, reason="One gun by its trace", by=city.analyst)
        assert len(members(found.cluster_of(one))) == 4
        clusters.take_back(pair=pair, reason="The trace was another gun's", by=city.analyst)
        assert members(found.cluster_of(one)) == {one.number, two.number}
        assert members(found.cluster_of(three)) == {three.number, four.number}
        assert found.cluster_of(one) != found.cluster_of(three)
        call_command("verify_clusters")

    def test_nobody_reads_of_a_lead_they_do_not_see(self, city, scenes):
        one, other = first(city), second(city)
        cluster = found.cluster_of(one)
        assert not Cluster.objects.visible_to(city.outsider).exists()
        whole = found.whole_cluster(cluster, city.detective)
        assert {lead.number for lead in whole.leads} == {one.number, other.number}
        other.grants.exclude(group=city.center.group).delete()
        whole = found.whole_cluster(cluster, city.detective)
        assert ([lead.number for lead in whole.leads], whole.hidden) == ([one.number], 1)
        assert {each.lead for each in whole.events} == {one}
        assert {each.lead for each in whole.changes} == {one}


class TestTold:
    def test_all_on_either_lead_hear_once_and_what_was_closed_begins_anew(self, city, scenes):
        one = first(city)
        close_all(city, one)
        other = second(city, now=LATER)
        tell_all()
        one.refresh_from_db()
        assert one.status == Lead.Status.OPEN
        assert part(one, city.gmpd).state == "sent"
        assert told(city.detective, "cluster.joined") == 1
        assert told(city.gm_supervisor, "cluster.joined") >= 1
        assert not ClusterChange.objects.filter(told_at=None).exists()
        count = told(city.gm_supervisor, "cluster.joined")
        tell_all()
        assert told(city.gm_supervisor, "cluster.joined") == count
        assert other.status == Lead.Status.OPEN

    def test_a_notice_that_is_taken_back_parts_them_and_tells(self, city, scenes, monkeypatch):
        one, other = first(city), second(city)
        tell_all()
        event = other.events.get(case_number="26-2001")
        monkeypatch.setattr(withdrawals, "UNDONE", withdrawals.UNDONE)
        other.events.filter(pk=event.pk).update(withdrawn_at=LATER, withdrawn_by=system())
        withdrawals.regroup([other.pk], by=system(), now=LATER, lost=True)
        assert found.cluster_of(one) is found.cluster_of(other) is None
        tell_all()
        assert told(city.gm_supervisor, "cluster.parted") >= 1
        other.events(manager="every").filter(pk=event.pk).update(withdrawn_at=None, withdrawn_by=None)


def test_what_does_not_hold_is_named_with_its_leads(city, scenes, capsys):
    one, other = first(city), second(city)
    call_command("verify_clusters")
    assert "2 leads in 1 cluster" in capsys.readouterr().out
    ClusterLead.objects.filter(lead=other).delete()
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("verify_clusters")
    assert other.number in capsys.readouterr().out
    ClusterLead.objects.create(lead=other, cluster=found.cluster_of(one))


STEPS = some.lists(
    some.tuples(some.sampled_from(["name", "withdraw", "join", "take_back"]), some.integers(0, 5), some.integers(0, 5)),
    min_size=4,
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_whatever_comes_and_goes_clusters_are_those_of_all_links_and_every_change_is_told(city, scenes, steps):
    with transaction.atomic():
        exhibits = [made for _case, made in scenes.values()]
        leads = [
            Lead.objects.create(number=f"R-{n}", agency=city.center, notice_on=NOW, due_at=NOW, opened_at=NOW,
                                created_by=system())
            for n in range(6)
        ]  # fmt: skip
        for what, one, other in steps:
            _step(what, leads[one], leads[other], exhibits[other % len(exhibits)])
            call_command("verify_clusters", stdout=StringIO())
            alone = ClusterLead.objects.values("cluster").annotate(many=Count("pk")).filter(many__lt=2)
            assert not alone.exists()
        for lead in leads:
            joined = lead.cluster_changes.filter(kind="joined").count()
            gone = lead.cluster_changes.exclude(kind="joined").count()
            assert joined - gone == ClusterLead.objects.filter(lead=lead).count(), "each change is written once"
        transaction.set_rollback(True)


def _step(what, one, other, exhibit):
    by, lost = system(), what in ("withdraw", "take_back")
    if what == "name":
        if one.events.filter(incident=exhibit.incident).exists():
            return
        key = {"case_key": str(one.events(manager="every").count()), "added_at": NOW}
        matched = {"incident": exhibit.incident, "agency": exhibit.agency, "matched_at": NOW, "matched_by": by}
        event = one.events(manager="every").create(**key, **matched)
        Specimen.objects.create(event=event, exhibit=exhibit, of=exhibit)
    elif what == "withdraw":
        one.events.update(withdrawn_at=NOW, withdrawn_by=by)
    elif one.pk != other.pk:
        first, second = sorted((one.pk, other.pk))
        status = LeadPair.Status.JOINED if what == "join" else LeadPair.Status.TAKEN_BACK
        said = {"status": status, "reason": "said", "decided_at": NOW, "decided_by": by}
        LeadPair.objects.update_or_create(one_id=first, other_id=second, defaults=said)
    _clusters.regroup([one.pk, other.pk], by=by, now=NOW, lost=lost)


class TestPages:
    def test_one_gun_on_one_page_with_its_stamp_its_leads_and_what_is_hidden(self, city, scenes, seen):
        one, other = first(city), second(city)
        cluster = found.cluster_of(one)
        page = seen(city.analyst, "cluster", cluster.pk)
        assert "UNCONFIRMED" in page
        assert "ties these leads together" in page
        assert all(each in page for each in (one.number, other.number, "One presumed gun, not one shooter"))
        assert cluster.number in seen(city.detective, "lead", one.pk)
        other.grants.exclude(group=city.center.group).delete()
        page = seen(city.detective, "cluster", cluster.pk)
        assert other.number not in page
        assert "This gun is on 1 more lead" in page

    def test_an_analyst_joins_by_number_reads_why_not_and_takes_back(self, city, scenes, client):
        one = first(city)
        other = named("WCL-2026-2", (GMPD, "26-2002", "1"), (PAPD, "26-1002", "1"), city=city)
        client.force_login(city.analyst)
        address = reverse("lead_pair", args=[one.pk])
        said = {"verdict": "joined", "reason": "By phone"}
        assert "You see no lead with this number" in client.post(address, said | {"other": "NO-1"}).content.decode()
        assert "cannot be joined to itself" in client.post(address, said | {"other": one.number}).content.decode()
        answer = client.post(address, said | {"other": other.number.lower()})
        assert answer.url == found.cluster_of(one).get_absolute_url()
        assert "Take that back first" in client.post(address, said | {"other": other.number}).content.decode()
        layout = {f"l{one.pk}": [1, 2.26]}
        chart = reverse("cluster_arrange", args=[found.cluster_of(one).pk])
        assert client.post(chart, layout, content_type="application/json").status_code == 204
        assert found.cluster_of(one).layout == {f"l{one.pk}": [1.0, 2.3]}
        for bad in ([1], {"l1": "x"}, {"l" * 30: [1, 2]}, {"l1": [1, "x"]}):
            assert client.post(chart, json.dumps(bad), content_type="application/json").status_code == 400
        back = reverse("pair_take_back", args=[LeadPair.objects.get().pk])
        assert client.post(back, {"reason": "Misheard"}).status_code == 302
        assert found.cluster_of(one) is None
