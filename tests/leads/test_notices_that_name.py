"""A notice names other leads by their numbers: they are of one gun as long as the notice stands."""

import pytest
from django.core.management import call_command

from evidence.imports.notices import NamedLead
from leads.actions import notices
from leads.models import ClusterLead, HeldNotice, Lead, LeadMention
from leads.queries import clusters as found
from tests.evidence.imports.wordfile import event, letter
from tests.evidence.records_city import undone
from tests.leads.test_notices_import import run
from tests.leads.working import load, notice

pytestmark = pytest.mark.usefixtures("promises")
HEAD = "Lead Number,Notice Date,Site,Agency,Case Number,Exhibit,Offense,Date,Existing Lead Numbers,Supersedes\n"


def rows(number, *cases, names="", supersedes=""):
    lines = [f"{number},07/14/2026,WCL,{of},{case},1,Shots fired,07/03/2026,{names},{supersedes}" for of, case in cases]
    return HEAD + "\n".join(lines) + "\n"


def two(*, number, **named):
    return rows(number, ("Port Alder PD", f"{number}1"), ("Glenmoor PD", f"{number}2"), **named)


def members():
    return {lead.number for lead in Lead.objects.filter(in_cluster__isnull=False)}


def test_rows_that_name_a_lead_join_its_cluster_and_undoing_the_file_parts_them(city, seen):
    run(city.center, two(number="26-071"), city.analyst)
    assert not ClusterLead.objects.exists()
    batch = run(city.center, two(number="26-077", names="26-071; n/a"), city.analyst)
    assert members() == {"WCL-26-071", "WCL-26-077"}
    old, new = Lead.objects.get(number="WCL-26-071"), Lead.objects.get(number="WCL-26-077")
    assert "names <a" in seen(city.detective, "lead", new.pk)
    assert f'The notice of <a href="{new.get_absolute_url()}">' in seen(city.detective, "lead", old.pk)
    assert "Named in notices" in seen(city.detective, "cluster", found.cluster_of(old).pk)
    call_command("verify_clusters")
    run(city.center, two(number="26-077", names="26-071"), city.analyst)
    assert LeadMention.objects.count() == 1, "the same file again names nothing new"
    assert undone(batch, city.analyst).status == "undone"
    assert not ClusterLead.objects.exists()
    assert LeadMention.objects.get().withdrawn_at
    call_command("verify_clusters")


def test_a_lead_whose_own_notice_is_taken_back_ties_nothing_until_it_comes_again(city):
    first = run(city.center, two(number="26-071"), city.analyst)
    run(city.center, two(number="26-077", names="26-071"), city.analyst)
    assert undone(first, city.analyst).status == "undone"
    assert not ClusterLead.objects.exists()
    call_command("verify_clusters")
    run(city.center, two(number="26-071"), city.analyst)
    assert members() == {"WCL-26-071", "WCL-26-077"}
    call_command("verify_clusters")


def test_a_superseded_lead_says_so_and_by_which_to_who_sees_that(city, seen):
    run(city.center, two(number="26-071"), city.analyst)
    run(city.center, two(number="26-077", supersedes="WCL-26-071"), city.analyst)
    old, new = Lead.objects.get(number="WCL-26-071"), Lead.objects.get(number="WCL-26-077")
    assert f'Superseded by <a href="{new.get_absolute_url()}">WCL-26-077</a>' in seen(city.detective, "lead", old.pk)
    assert "Superseded by <a" in seen(city.detective, "lead_print", old.pk)
    new.grants.exclude(group=city.center.group).delete()
    page = seen(city.detective, "lead", old.pk)
    assert "Superseded by a later notice that your agency does not see" in page
    assert "WCL-26-077" not in page


def test_a_letter_names_leads_in_its_head_and_beside_its_events(city):
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="WCL-17-070"))
    load(city, notice(("PAPD", "26-3"), ("GMPD", "26-4"), number="WCL-17-071"))
    content = letter(event(1, Existing_Lead_Numbers="17-070"), event(2, Supersedes_Lead_No="17-071"))
    run(city.lab, content, city.examiner, name="letter.docx")
    assert set(LeadMention.objects.values_list("named__number", "supersedes")) == {
        ("WCL-17-070", False),
        ("WCL-17-071", True),
    }
    assert members() == {"WCL-17-070", "WCL-17-071", "WCL-17-077"}


class TestUnknown:
    def test_a_number_of_no_lead_is_a_finding_with_what_is_near_it(self, city):
        run(city.center, two(number="26-071"), city.analyst)
        batch = run(city.center, two(number="26-077", names="WCL-26-079"), city.analyst)
        finding = batch.findings.get(code="unknown_lead")
        assert (finding.level, finding.value) == ("review", "WCL-26-079")
        assert "Near it: WCL-26-071" in finding.message
        assert not ClusterLead.objects.exists()

    def test_the_lead_that_comes_in_later_is_joined_by_itself(self, city):
        run(city.center, two(number="26-077", names="26-071"), city.analyst)
        assert LeadMention.objects.get().named is None
        run(city.center, two(number="26-071"), city.analyst)
        assert LeadMention.objects.get().named.number == "WCL-26-071"
        assert members() == {"WCL-26-071", "WCL-26-077"}

    def test_a_lead_that_the_loader_does_not_see_is_as_one_that_is_not_there(self, city):
        load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="HID-26-071", site=""))
        Lead.objects.get(number="HID-26-071").grants.exclude(group=city.center.group).delete()
        said = {}
        for named in ("HID-26-071", "HID-26-099"):
            batch = run(city.lab, two(number=f"26-0{named[-2:]}", names=named), city.examiner)
            said[named] = batch.findings.get(code="unknown_lead").message
            assert "Near it" not in said[named]
        assert len(set(said.values())) == 1
        assert not ClusterLead.objects.exists()


def test_what_a_held_notice_names_is_kept_until_it_is_let_go(city):
    load(city, notice(("PAPD", "26-1"), ("GMPD", "26-2"), number="WCL-1-1"))
    held = notice(("PAPD", "26-3"), ("GMPD", "26-4"), number="WCL-1-2", reviewer_1="R. Roe", reviewer_2="r. roe")
    held.named = [NamedLead(2, "WCL-1-1", False)]
    load(city, held)
    notices.release(held=HeldNotice.objects.get(), by=city.coordinator, reason="Reviewed by phone")
    assert members() == {"WCL-1-1", "WCL-1-2"}
