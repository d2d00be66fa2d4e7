"""T1: every address with a number, asked by somebody whose role opens it and whose agency does not."""

import pytest
from django.test import Client

from tests.attacks.addresses import EVERY, RECORD, UNKNOWN, WITH_ID, address, holders, methods

GONE = (404, 405)


def test_t01_every_address_with_a_number_is_on_the_list():
    """A page that is added is added to `addresses.RECORD` as well: then it is attacked here."""
    assert set() == UNKNOWN
    assert set(RECORD) <= set(EVERY)


@pytest.mark.parametrize("name", WITH_ID)
def test_t01_a_record_of_another_agency_is_not_there(ours, theirs, name):
    """404 and never 403, and no word of the record in the answer; the same as for a number that nobody has."""
    for method in methods(name):
        asked = holders(theirs, name, method, most=2)
        assert asked, f"nobody has the right that {name} asks for"
        for person in asked:
            client = Client()
            client.force_login(person)
            answer = getattr(client, method)(address(name, ours))
            nobody = getattr(client, method)(address(name, pk=2**40))
            assert answer.status_code == nobody.status_code, (method, person)
            assert answer.status_code in GONE, (method, person)
            assert not ours.shows_in(answer)


def test_t01_no_other_method_opens_it(ours, theirs):
    client = Client()
    client.force_login(theirs["center_coordinator"])
    for name in (name for name in WITH_ID if EVERY[name][0].startswith("api/")):
        for method in ("put", "delete", "options", "head"):
            answer = getattr(client, method)(address(name, ours), content_type="application/json")
            assert answer.status_code in (*GONE, 403), (name, method)
            assert not ours.shows_in(answer)


def test_t01_the_own_people_do_reach_each_record(ours):
    """So that the tests above do not pass because nothing answers."""
    for name in WITH_ID:
        found = set()
        for person in holders(ours, name, methods(name)[0], most=9):
            client = Client()
            client.force_login(person)
            answer = client.get(address(name, ours))
            b"".join(answer)  # what is streamed is read to its end
            found.add(answer.status_code)
            if found - {404}:
                break
        assert found - {404}, name
