"""A number that a notice names and no lead has waits for an analyst: it means a lead that is here, or there is none."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import mentions
from leads.models import ClusterLead, Lead, LeadMention
from tests.apiclient import Program
from tests.leads.test_lead_api import description, fits
from tests.leads.test_notices_import import run
from tests.leads.test_notices_that_name import two
from tests.scenery import scene

__all__ = ["description"]
pytestmark = pytest.mark.usefixtures("promises")


@scene
def waiting(city):
    """Two leads; the notice of the second names a lead of which no notice came, by a number written wrongly."""
    run(city.center, two(number="26-071"), city.analyst)
    run(city.center, two(number="26-077", names="26-0071"), city.analyst)
    return LeadMention.objects.get()


def again(mention):
    return LeadMention.objects.get(pk=mention.pk)


def test_an_analyst_says_which_lead_is_meant_and_may_take_it_back(city, waiting, client):
    client.force_login(city.analyst)
    page = client.get(reverse("unknown_numbers")).content.decode()
    assert ("26-0071" in page, "1 named in a notice" in page) == (True, True)
    path = reverse("mention", args=[waiting.pk])
    assert f'href="{path}"' in client.get(waiting.lead.get_absolute_url()).content.decode()
    for given, said in (
        ({}, "Say whether it means a lead"),
        ({"verdict": "is"}, "Give the number of the lead"),
        ({"verdict": "is", "lead": "WCL-1"}, "You see no lead with this number"),
        ({"verdict": "none"}, "Say how it is known"),
    ):
        assert said in client.post(path, given).content.decode()
    assert client.post(path, {"verdict": "is", "lead": "wcl-26-071"}).url == reverse("unknown_numbers")
    assert again(waiting).named.number == "WCL-26-071"
    assert ClusterLead.objects.count() == 2
    assert client.post(path, {"verdict": "none", "why": "Typed"}).status_code == 403
    assert "No number waits" in client.get(reverse("unknown_numbers")).content.decode()
    client.post(reverse("mention_take_back", args=[waiting.pk]))
    assert not ClusterLead.objects.exists()
    assert client.post(reverse("mention_take_back", args=[waiting.pk])).status_code == 403
    verbs = AuditEvent.objects.filter(verb__startswith="lead.mention_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["lead.mention_settled", "lead.mention_reopened"]


def test_that_there_is_none_holds_until_its_notice_comes(city, waiting, client):
    client.force_login(city.analyst)
    client.post(reverse("mention", args=[waiting.pk]), {"verdict": "none", "why": "The laboratory mistyped it"})
    found = again(waiting)
    assert (found.absent_why, found.absent_by) == ("The laboratory mistyped it", city.analyst)
    assert "No number waits" in client.get(reverse("unknown_numbers")).content.decode()
    assert "there is no such lead" in client.get(found.lead.get_absolute_url()).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadMention.objects.filter(pk=found.pk).update(absent_why="")
    run(city.center, two(number="26-0071"), city.analyst)
    found = again(waiting)
    assert (found.named.number, found.absent_at) == ("WCL-26-0071", None)
    assert ClusterLead.objects.count() == 2


def test_only_the_center_settles_and_only_with_a_lead_it_sees(city, waiting, client):
    other = Lead.objects.get(number="WCL-26-071")
    with pytest.raises(Refused, match="Only the center's analysts"):
        mentions.name(mention=waiting, lead=other, by=city.supervisor)
    with pytest.raises(Refused, match="Choose another lead"):
        mentions.name(mention=waiting, lead=waiting.lead, by=city.analyst)
    client.force_login(city.supervisor)
    assert client.get(reverse("unknown_numbers")).status_code == 403
    assert "settle</a>" not in client.get(waiting.lead.get_absolute_url()).content.decode()


def test_the_list_asks_as_much_for_three_numbers_as_for_one(city, waiting, client):
    client.force_login(city.analyst)
    for many in (1, 3):
        said = {"lead": waiting.lead, "said_at": waiting.said_at, "said_by": city.analyst}
        missing = range(LeadMention.objects.count(), many)
        LeadMention.objects.bulk_create(LeadMention(number=f"26-9{n}", **said) for n in missing)
        client.get(reverse("unknown_numbers"))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("unknown_numbers")).content.decode()
        assert page.count("Settle<") == many
        assert len(asked) == 6, [each["sql"][:60] for each in asked]


def test_programs_and_exports_carry_what_notices_name(city, waiting, client, description):
    old, new = Lead.objects.get(number="WCL-26-071"), waiting.lead
    made = Program(city.detective).get(f"leads/{new.pk}/").json()
    assert fits(description, "LeadDetail", made)
    assert made["names"] == [{"number": "26-0071", "supersedes": False, "absent": False, "lead": None}]
    mentions.name(mention=waiting, lead=old, by=city.analyst)
    program = Program(city.detective)
    assert program.get(f"leads/{new.pk}/").json()["names"][0]["lead"] == {"id": old.pk, "number": old.number}
    by = program.get(f"leads/{old.pk}/").json()["named_by"]
    assert by == [{"supersedes": False, "lead": {"id": new.pk, "number": new.number}}]
    new.grants.filter(group=city.papd.group).delete()
    assert program.get(f"leads/{old.pk}/").json()["named_by"] == [{"supersedes": False, "lead": None}]
    client.force_login(city.analyst)
    lines = client.get(reverse("lead_export"), {"form": "csv", "view": "newest"}).content.decode().splitlines()
    assert lines[0].endswith("Leads named in its notice")
    assert [line.rpartition(",")[2] for line in lines if line.startswith(new.number)] == ["26-0071"]
