"""The guides of docs/guides on screen: one's own first, and nothing of the folder's neighbors."""

import re

import pytest

from agencies import guides
from agencies.roles import Role
from tests import factories


def test_a_person_finds_the_guides_of_their_roles_first(client, db):
    agency = factories.agency("PAPD")
    client.force_login(factories.member(agency, Role.DETECTIVE))
    page = client.get("/guides/").content.decode()
    assert page.index(">Detective<") < page.index("For the others") < page.index(">Analyst<")
    assert 'href="/guides/"' in client.get("/notifications/").content.decode()


def test_a_guide_is_drawn_with_its_lists_labels_and_links(client, db):
    client.force_login(factories.member(factories.agency("PAPD"), Role.ANALYST))
    page = client.get("/guides/analyst/").content.decode()
    assert ">Analyst</h1>" in page
    assert "<ol><li><strong>Load incidents.</strong> <strong>Imports</strong>" in page
    assert '<a href="/guides/loading-files/">loading files</a>' in page
    for name in ("settings", "README", "nobody"):
        assert client.get(f"/guides/{name}/").status_code == 404


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_role_has_a_guide(role):
    assert guides.OF_ROLE[role]
    assert set(guides.OF_ROLE[role]) <= set(guides.folder())


@pytest.mark.parametrize("name", sorted(guides.folder()))
def test_every_guide_is_drawn_whole(name):
    drawn = guides.read(name)
    assert drawn["title"]
    assert not re.search(r"\*\*|\]\(", drawn["body"])
    assert name == guides.INDEX or any(name in names for names in guides.OF_ROLE.values())


def test_what_a_guide_quotes_is_no_key_which_phones_hide_and_its_tables_scroll_by_themselves():
    body = guides.read("loading-files")["body"]
    assert '<code class="mono">manage.py import_rows exhibits' in body
    assert "<kbd>" not in body
    assert body.count("<table>") == body.count('aria-label="Table"><table>') == 1
