"""Every page of the demo city that somebody can reach; `test_every_page_of_police` has those of the police."""

import pytest
from django.urls import get_resolver, reverse

from tests import factories
from tests.flows.crawl import ALONE, LINK, MENU, NO_PAGE, ROLES, heft, person
from tests.flows.sweep import QUICK
from tests.flows.test_every_page_of_police import POLICE
from tests.installation import Visitor


@pytest.mark.parametrize("mail", [mail for mail in (*ROLES, *ALONE) if mail not in POLICE])
def test_every_page_a_role_reaches_is_readable_by_everyone(demo, visits, walk, mail):
    walk(mail, visits[mail])


def test_every_address_is_a_page_that_was_seen_or_is_none(demo, demo_template):
    """An address nobody is led to is one nobody needs, or the walk above has a hole."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and not NO_PAGE.search(name)}
    signed_out = {"sign_in", "password_reset", "password_reset_done", "password_reset_complete", "lock"}
    by_secret = {"password_reset_confirm", "invitation_accept", "notice_off"}
    missing = sorted(names - set(demo_template[2]["seen"]) - signed_out - by_secret)
    analyst = Visitor(demo.url, person("analyst"))
    pages = [name for name in missing if analyst.get(an_address(name))[0] != 405]
    assert " ".join(pages) == ""


def an_address(name):
    parameters = get_resolver().reverse_dict[name][0][0][1]
    return reverse(name, args=[1] * len(parameters))


# The colors of an empty list are those of a filled one.
EMPTY = ((390, "light", {}),)
FRESH = (
    ("police", ("analyst", "evidence_technician", "detective", "commander", "agency_administrator")),
    ("center", ("center_coordinator", "auditor")),
    ("laboratory", ("examiner",)),
    ("district_attorney", ("prosecutor",)),
)


def test_a_fresh_agency_finds_pages_that_say_what_to_do(demo, walk):
    """Each page of the menu once, by the first kind of agency that has it: an empty list is the same for all."""
    seen = set()
    for kind, roles in FRESH:
        made = factories.agency(f"F{kind[:3].upper()}", kind)
        for role in roles:
            somebody = factories.member(made, role)
            page = Visitor(demo.url, somebody).get(first_page(demo, somebody))[2].decode()
            menu = set(LINK.findall("".join(MENU.findall(page))))
            walk(somebody, sorted(menu - seen), looks=EMPTY)
            seen |= menu


def first_page(demo, somebody):
    status, headers, _ = Visitor(demo.url, somebody).get("/")
    assert status == 302
    return headers["Location"]


def test_pages_without_a_session_and_pages_that_are_not_there(demo, walk):
    secret = "a-link-that-was-never-sent"
    walk(None, ["/", *map(reverse, ("sign_in", "password_reset", "password_reset_done", "password_reset_complete"))])
    walk(None, [reverse("invitation_accept", args=[secret]), "/no/such/page/"], fine=False, looks=QUICK)
    walk(None, [reverse("password_reset_confirm", args=["MQ", secret])])
    walk("detective", [reverse("lock")], locked=True)
    walk("detective", ["/leads/999999999/", "/audit/", "/incidents/?kind=%00"], fine=False, looks=QUICK)


def test_no_page_weighs_more_than_150_kb(demo, visits, hefts):
    """As it travels: page, styles and scripts, each compressed; fonts, icons and the map are kept by the browser."""
    weights, files = {}, {}
    for mail, paths in visits.items():
        visitor = Visitor(demo.url, person(mail))
        for path in paths:
            size, parts = hefts.get(path) or heft(visitor.get(path)[2])
            files.update((part, weight(visitor, part)) for part in set(parts) - files.keys())
            weights[path] = size + sum(files[part] for part in parts)
    heavy = {path: size for path, size in weights.items() if size > 150 * 1024}
    assert weights
    assert not heavy


def weight(visitor, file):
    """Bytes of a static file as it is sent to a browser that takes gzip; scripts count with what they import."""
    status, headers, body = visitor.get(file, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip"), file
    return len(body)
