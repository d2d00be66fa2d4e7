"""T2: lists, counts, search, filters, exports, previews and notices, asked by those who see none of it."""

import pytest
from django.test import Client

from agencies.access import has_permission
from agencies.models import Notification, SavedView
from tests.attacks.addresses import EVERY, LISTS_OF_API, PAGES, address, right
from tests.factories import member

# What a filter or a search may be asked, each with the words of the other side's records.
ASKED = [
    {},
    {"view": "newest", "q": "Zanzibarr", "form": "csv", "as": "csv"},
    {"view": "closed", "form": "xlsx", "as": "xlsx", "late": "1", "mine": "1"},
]
SIDEWAYS = ["supervisor", "analyst", "center_coordinator", "examiner", "prosecutor", "evidence_technician", "auditor"]


def asks(person, ours, names, asked):
    client = Client()
    client.force_login(person)
    for name in names:
        if not has_permission(person, right(name)):
            continue
        for query in asked:
            answer = client.get(address(name), query | {"agency": ours.police.pk})
            assert answer.status_code in (200, 302, 400, 404, 405), (name, query)
            shown = ours.shows_in(answer)
            # A search that says again what was typed into it shows nothing of ours.
            assert not shown or "q" in query, (name, query)


NAMES = [name for name in (*PAGES, *LISTS_OF_API) if right(name) and name not in ("lock", "sign_out")]


@pytest.mark.parametrize("role", SIDEWAYS)
def test_t02_no_surface_shows_anything_of_another_center(ours, theirs, role):
    asks(theirs[role], ours, NAMES, ASKED)


@pytest.mark.parametrize("role", ["researcher", "community_liaison"])
def test_t02_the_centers_own_people_without_cases_see_none(ours, role):
    asks(ours[role], ours, NAMES, ASKED[:1])


def test_t02_a_neighbour_in_the_same_center_sees_no_case_that_is_not_shared(ours):
    from_next_door = member(_neighbour(ours), "supervisor")
    asks(from_next_door, ours, NAMES, ASKED[:1])


def _neighbour(ours):
    found = type(ours.police).objects.get(pk=ours.office.pk)
    found.pk, found.code, found.name, found.kind = None, "NEXT", "Next Door PD", "police"
    found.group = type(ours.police.group).objects.create(name="agency:NEXT")
    found.save(force_insert=True)
    return found


def test_t02_the_own_people_find_it_on_each_list(ours):
    """So that the tests above do not pass because nothing is there."""
    for role, names in {
        "detective": [
            "leads",
            "my_leads",
            "incidents",
            "exhibits",
            "firearms",
            "traces",
            "api_leads",
            "api_obligations",
        ],
        "evidence_technician": ["imports", "incidents"],
        "examiner": ["acquisitions"],
        "analyst": ["waiting_events"],
        "agency_administrator": ["people"],
    }.items():
        client = Client()
        client.force_login(ours[role])
        for name in names:
            assert ours.shows_in(client.get(address(name))), (role, name)


@pytest.mark.parametrize("name", ["leads", "incidents", "firearms", "api_leads", "audit", "people"])
def test_t12_searching_for_what_one_may_not_see_is_as_searching_for_nothing(ours, theirs, name):
    """The same page, the same counts, the same statements as for a word that is nowhere."""
    person = next(
        theirs[role] for role in (*SIDEWAYS, "agency_administrator") if has_permission(theirs[role], right(name))
    )
    client = Client()
    client.force_login(person)
    pages = []
    for word in ("Zanzibarr", "Xylophone"):
        content = client.get(address(name), {"q": word, "person": word, "text": word}).content.decode()
        pages.append(content.replace(word, "").replace(word.lower(), ""))
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrf" not in line and "data-now" not in line]


def test_t02_a_notice_about_a_hidden_record_leads_nowhere(ours, theirs):
    stranger = theirs["detective"]
    sent = Notification.objects.create(
        user=stranger, verb="lead.sent", object_type="leads.lead", object_id=ours.lead.pk, label="A lead",
        created_at=ours.now,
    )  # fmt: skip
    client = Client()
    client.force_login(stranger)
    answer = client.get(address("notification", pk=sent.pk), follow=True)
    assert answer.redirect_chain[-1][0] == address("notifications")
    assert not ours.shows_in(answer)


def test_t02_a_saved_view_is_its_owners_alone(ours, theirs):
    assert not SavedView.objects.visible_to(ours["supervisor"]).exists()
    client = Client()
    client.force_login(ours["supervisor"])
    assert "Zanzibarr view" not in client.get(address("leads")).content.decode()


def test_t02_the_pages_for_strangers_show_nothing(ours):
    for name in PAGES:
        if not right(name) and EVERY[name][0]:
            assert not ours.shows_in(Client().get(address(name))), name
