"""Text typed into the search: what it finds, for whom, and that it is never more than words."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.navigation import searches
from agencies.roles import Permission
from leads import filters
from leads.lists import leads as listing
from leads.models import LeadSearch
from tests.factories import incident
from tests.leads.pages import lead
from tests.leads.working import close_all
from tests.scenery import scene


@scene
def two(city):
    return [lead(city, "WCL-2026-00412"), lead(city, "WCL-2026-00418", kinds=("carjacking", "robbery_gun"))]


def found(user, q, **asked):
    page = listing.page(user, filters.read({"q": q, **asked}), now=timezone.now())
    return sorted(row["number"] for row in page.rows)


def test_search_at_the_top_of_each_page_is_the_lead_list_for_who_sees_leads(city):
    assert searches(city.analyst)[0].name == "leads"
    assert searches(city.detective)[0].name == "leads"


def test_search_at_the_top_finds_closed_leads_and_leads_on_to_the_incidents(client, city, two):
    client.force_login(city.analyst)
    assert client.get("/search/?q=00412")["Location"] == "/leads/?q=00412"
    close_all(city, two[0], timezone.now())
    assert client.get("/search/?q=00412")["Location"] == "/leads/?view=newest&q=00412"
    page = client.get("/search/?q=99-1", follow=True).content.decode()
    assert "No lead matches" in page
    assert 'href="/incidents/?q=99-1"' in page


@pytest.mark.parametrize("q", ["WCL-2026-00412", "wcl 2026 00412", "00412", "wcl-2026-0041", "412", "quarry", "9 mm"])
def test_a_lead_is_found_by_its_number_place_and_caliber(city, two, q):
    hits = found(city.analyst, q)
    assert "WCL-2026-00412" in hits or q == "412"


def test_all_words_have_to_match_and_the_last_may_be_a_beginning(city, two):
    assert found(city.analyst, "quarry homi") == ["WCL-2026-00412"]
    assert found(city.analyst, "homi quarry") == []
    assert found(city.analyst, "carjacking") == ["WCL-2026-00418"]


def test_a_case_number_is_found_with_and_without_its_hyphen(city, two):
    case = two[0].line[0][4]
    assert found(city.analyst, case) == ["WCL-2026-00412"]
    assert found(city.analyst, case.replace("-", "")) == ["WCL-2026-00412"]


def test_t4_nobody_finds_what_they_do_not_see(city, two):
    assert found(city.outsider, "WCL-2026-00412") == []
    assert found(city.outsider, "00412", view="newest") == []
    assert found(city.prosecutor, "quarry") == []


@pytest.mark.parametrize(
    "q",
    [
        "§g1",
        "§s1 | §s2",
        "' | 'x",
        "a' & !'b",
        "!!!",
        "\\",
        "\\'",
        "&|!():*<->",
        "x:*",
        "a" * 500,
        "é ñ 弾",
        "%' or 1=1 --",
        "\x00412",
        "'):*",
        "' ",
    ],
)
def test_t21_text_is_words_and_nothing_else(client, city, two, q):
    client.force_login(city.analyst)
    assert client.get(reverse("leads"), {"q": q}).status_code == 200
    assert found(city.outsider, q) == []


def test_tokens_cannot_be_typed(city, two):
    group = city.center.group_id
    assert LeadSearch.objects.count() == 2
    assert found(city.analyst, f"§g{group}") == []
    assert not filters.words("§§ ' !")
    assert found(city.analyst, "§§ ' !") == []


def test_the_index_finds_the_same_leads_as_the_walk(city, two, monkeypatch):
    case = two[1].line[0][4]
    asked = [
        {"q": "quarry"},
        {"q": case},
        {"kind": "homicide"},
        {"view": "newest", "q": "wcl"},
        {"view": "overdue", "q": "wcl"},
    ]
    answers = []
    for plan in ("few", "frequent", "rare", "handful"):
        monkeypatch.setattr(listing, "_plan", lambda *_, plan=plan: plan)
        answers.append([found(city.analyst, **{"q": "", **each}) for each in asked])
    assert all(each == answers[0] for each in answers)
    assert answers[0][0]
    assert found(city.outsider, "quarry") == []


def test_pages_of_a_search_follow_each_other_by_the_walk_and_by_the_index(city, monkeypatch):
    made = [lead(city, f"WCL-2026-0050{n}") for n in range(4)]
    for view in ("urgent", "newest"):
        for plan in ("few", "frequent", "rare", "handful"):
            monkeypatch.setattr(listing, "_plan", lambda *_, plan=plan: plan)
            asked, hits, cursor = filters.read({"q": "quarry", "view": view}), [], None
            while True:
                page = listing.page(city.analyst, asked, now=timezone.now(), cursor=cursor, limit=3)
                hits += [row["id"] for row in page.rows]
                cursor = page.older
                if not cursor:
                    break
            assert sorted(hits) == sorted(each.pk for each in made), (view, plan)


@pytest.mark.parametrize("plan", ["", "few", "frequent", "rare", "handful"])
@pytest.mark.parametrize("view", ["urgent", "newest", "closed"])
def test_a_search_counts_what_the_person_sees_however_it_was_looked_for(city, two, plan, view):
    asked, now = filters.read({"q": "quarry", "view": view}), timezone.now()
    for person in (city.analyst, city.outsider):
        rows = len(listing.page(person, asked, now=now).rows)
        assert listing.counts(person, asked, now=now, plan=plan).matching == rows


def test_how_to_look_follows_from_what_is_visible_and_from_the_statistics(city, two, monkeypatch):
    groups, asked = access.groups_with(city.analyst, Permission.LEAD_VIEW), filters.read({"q": "quarry"})
    assert listing._plan(groups, asked) == "few"
    monkeypatch.setattr(listing, "FEW", 0)
    assert listing._plan(groups, asked) in ("frequent", "rare", "handful")


@pytest.mark.parametrize(
    ("expected", "leads", "advised"),
    [
        (300_000, 1_000_000, "frequent"),  # a page is full after 167 leads
        (24_000, 1_000_000, "rare"),  # a probe of 2,000 would not fill one
        (499, 1_000_000, "handful"),
        (0, 1_000_000, "handful"),
        (600, 10_000, "rare"),  # the walk would try 833 leads, the index reads 600
        (900, 10_000, "frequent"),
        (350, 10_000, "handful"),
        (10, 10, "handful"),
        (20, 10, "handful"),
        (100, 100, "frequent"),
    ],
)
def test_the_statistics_advise_whichever_reads_less(expected, leads, advised):
    assert listing._advised(expected, leads) == advised


def test_a_search_says_what_it_looked_for_and_how_to_widen_it(client, city, two):
    client.force_login(city.analyst)
    page = client.get(reverse("leads"), {"q": "nothing of the kind"}).content.decode()
    assert "No lead matches" in page
    assert "Text <b>nothing of the kind</b>" in page


def test_text_of_a_person_is_escaped_on_the_page(client, city, two):
    client.force_login(city.analyst)
    page = client.get(reverse("leads"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_a_withdrawn_sight_leaves_the_search_as_well(city, two):
    incident(city.gmpd)
    two[0].grants.filter(group_id=city.gmpd.group_id).delete()
    assert found(city.gm_supervisor, "00412") == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from leads_leadsearch where doc @@ %s::tsquery", [f"'§g{city.gmpd.group_id}'"])
        assert cursor.fetchone()[0] == 1
