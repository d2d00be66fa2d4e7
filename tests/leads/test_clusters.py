"""Leads of one presumed gun: clusters that grow, join and fall apart, each change kept and told."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from agencies.access import Refused
from agencies.models import AuditEvent
from evidence.models import Exhibit
from leads import queries_clusters as found
from leads.actions import clusters, withdrawals
from leads.models import Cluster, ClusterChange, ClusterLead, Lead, LeadPair
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
