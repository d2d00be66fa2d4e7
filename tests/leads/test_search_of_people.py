"""Search at the top and programs reach whom and what was named on leads: by a whole key, and never by a masked name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import LeadGrant
from tests.apiclient import Program
from tests.leads import pages, recorded
from tests.leads.test_lead_api import description, fits
from tests.scenery import scene

__all__ = ["description"]


@scene
def one(city):
    """A lead of both departments with a suspect, a plate, and a victim of an event of Port Alder that it says."""
    made = pages.lead(city, "WCL-2026-00412")
    said = {"said": {"agency": city.papd}}
    recorded.entity(made, "Doran, Pat", born_on=date(1990, 5, 4), **said)
    recorded.entity(made, "ABC1234", kind="vehicle", region="MN", **said)
    mine = made.events.get(agency=city.papd)
    recorded.entity(made, "Vale, Kit", role="victim", event=mine, born_on=date(1991, 1, 2), **said)
    return made


def top(client, q):
    return client.get("/search/", {"q": q})["Location"]


def test_the_search_at_the_top_leads_to_a_person_a_plate_or_the_list_of_several(client, city, one):
    client.force_login(city.gm_detective)
    assert "plate" in client.get("/leads/").content.decode().partition('role="search"')[2][:400]
    assert top(client, "Pat Doran").startswith("/persons/")
    assert top(client, "abc-1234").startswith("/persons/")
    assert top(client, "doran").startswith("/leads/"), "a word alone tells nobody from others"
    recorded.entity(one, "Doran, Pat", born_on=date(1970, 5, 4), said={"agency": city.papd})
    assert top(client, "Pat Doran").endswith("?q=Pat+Doran")


def test_nobody_is_found_by_a_masked_name_who_may_not_have_it_unmasked_nor_by_who_sees_no_lead(client, city, one):
    client.force_login(city.detective)
    assert not top(client, "Kit Vale").startswith("/leads/"), "the department of that event"
    for person in (city.gm_detective, city.examiner, city.outsider):
        client.force_login(person)
        assert top(client, "Kit Vale").startswith("/leads/"), person
    LeadGrant.objects.filter(group=city.gmpd.group).delete()
    client.force_login(city.gm_detective)
    assert top(client, "Pat Doran").startswith("/leads/")


def test_programs_find_by_whole_keys_and_read_no_masked_name(city, one, description):
    program = Program(city.detective)
    made = program.get("entities/", q="doran, pat").json()
    assert fits(description, "EntityRow", made[0])
    assert [(row["name"], row["leads"]) for row in made] == [("Doran, Pat", [one.number])]
    (masked,) = program.get("entities/", q="Kit Vale").json()
    assert (masked["name"], masked["born_on"], masked["masked"]) == ("", None, "victim")
    assert Program(city.gm_detective).get("entities/", q="Kit Vale").json() == []
    assert program.get("entities/", q="dor").json() == []
    assert program.get("entities/").status_code == 400


@pytest.mark.parametrize("many", [1, 3])
def test_more_people_cost_no_more_statements(city, one, client, many):
    for n in range(1, many):
        recorded.entity(one, "Doran, Pat", born_on=date(1970 + n, 5, 4), said={"agency": city.papd})
    program = Program(city.detective)
    program.get("entities/", q="Pat Doran")
    with CaptureQueriesContext(connection) as asked:
        assert len(program.get("entities/", q="Pat Doran").json()) == many
    assert len(asked) == 9
