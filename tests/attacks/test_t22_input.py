"""T22, T24: characters and sizes that nobody types, in every parameter and every field: an answer, never an error."""

import json

import pytest
from django.db import connection, transaction
from django.test import Client

from agencies import walk
from tests.attacks.addresses import EVERY, LISTS_OF_API, PAGES, PUBLIC, WITH_ID, address, holders, methods, right

PARAMETERS = (
    "q", "text", "after", "before", "cursor", "view", "agency", "caliber", "link", "kind", "priority", "since", "cols",
    "form", "as", "state", "mine", "lead", "verb", "person", "number", "page", "late", "status", "level", "back", "all",
    "unit", "next", "days", "year", "exhibit", "part", "stage", "from", "to", "page_size", "limit",
)  # fmt: skip
NASTY = {
    "nul": "a\x00b",
    "operators": "'\"`;--\\%_!(a & | <-> :*",
    "number": "9" * 40,
    "digits": "-٣²",
    "cursor": walk.encode("2026-01-01T00:00:00+00:00", 2**70),
    "long": "x " * 5000,
}
ANSWERS = {200, 204, 302, 400, 403, 404, 405}


def signed_in(side, name, method="get"):
    client = Client()
    if right(name, method):
        client.force_login(holders(side, name, method, most=1)[0])
    return client


LISTS = [*PAGES, *LISTS_OF_API]
ASKED = [*LISTS, *WITH_ID]


@pytest.mark.parametrize("how", NASTY)
def test_t22_no_parameter_breaks_a_page(ours, how):
    for name in ASKED if how == "nul" else LISTS:
        if "get" not in methods(name):
            continue
        answer = signed_in(ours, name).get(address(name, ours), dict.fromkeys(PARAMETERS, NASTY[how]))
        assert answer.status_code in ANSWERS, name
        b"".join(answer)  # what is streamed is read to its end


def test_t22_no_field_breaks_a_form(ours):
    """Every field that the form of a page has, filled with the same text; and fields it does not have."""
    for name in sorted({*PAGES, *WITH_ID} - {"sign_out"}):
        if EVERY[name][0].startswith("api/"):
            continue
        client = signed_in(ours, name)
        shown = client.get(address(name, ours))
        fields = set(PARAMETERS) | set(_fields(shown))
        b"".join(shown)
        for how in ("nul", "number"):
            with transaction.atomic():
                answer = client.post(address(name, ours), dict.fromkeys(fields, NASTY[how]))
                assert answer.status_code in ANSWERS, (name, how)
                transaction.set_rollback(True)


def test_t22_a_function_with_rights_of_its_own_finds_its_tables_in_one_place(db):
    """Whoever may make a table elsewhere gets none of those rights by it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.proname, coalesce(p.proconfig::text, '')
                 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'public' and p.prosecdef and p.proname ~ '^(agencies|evidence|leads)_'"""
        )
        found = cursor.fetchall()
    assert len(found) > 5
    assert [name for name, config in found if "search_path=public, pg_temp" not in config] == []


@pytest.mark.parametrize("field", ["name", "region"])
def test_t22_what_is_looked_up_before_a_form_is_checked_breaks_nothing(ours, field):
    vehicle = {"kind": "vehicle", "name": "ABC1234", "region": "IL"}
    answer = signed_in(ours, "thing_name", "post").post(address("thing_name", ours), vehicle | {field: "AB\x00CD12"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "layout",
    [
        {"\0": [1, 2]},
        {"l1": [1, float("nan")]},
        {"l1": [None, 1]},
        {"l1": [[1], 2]},
        {"l1": [1, 1e999]},
        {"l1": [1, {}]},
    ],
)
def test_t22_no_layout_breaks_a_chart(ours, layout):
    client = signed_in(ours, "cluster_arrange", "post")
    answer = client.post(address("cluster_arrange", ours), json.dumps(layout), content_type="application/json")
    assert answer.status_code == 400


def _fields(answer):
    context = getattr(answer, "context", None) or {}
    for key in ("form", "exhibits"):
        form = context.get(key)
        if form is not None and hasattr(form, "forms"):
            yield from (f"{form.prefix}-{end}" for end in ("TOTAL_FORMS", "INITIAL_FORMS", "0-number", "0-kind"))
        elif hasattr(form, "fields"):
            yield from form.fields


BODIES = {
    "nothing": "",
    "list": "[]",
    "text": '"x"',
    "null": "null",
    "cut": '{"a":',
    "deep": "[" * 20_000,
    "nul": json.dumps(dict.fromkeys(("lead", "text", "note", "kind", "number", "status", "reason"), "\0")),
    "half": '{"text": "\\ud800", "note": "\\ud800", "kind": "\\ud800", "case_number": "\\ud800"}',
    "endless": '{"lead": 1e999, "incident": 1e999, "investigator": 1e999, "usefulness": 1e999, "minutes": 1e999}',
    "wrong": json.dumps({key: {"a": [1]} for key in ("lead", "text", "kind", "at", "firearm", "next_on")}),
    "year": '{"at": "9999-12-31T23:59:59-14:00", "occurred_at": "0001-01-01T00:00:00+14:00", "kind": "note"}',
}  # fmt: skip
TAKES_BODIES = [name for name in EVERY if name.startswith("api_") and {"post", "patch"} & set(methods(name))]


@pytest.mark.parametrize("how", BODIES)
def test_t22_no_body_breaks_the_interface(ours, how):
    for name in TAKES_BODIES:
        for method in set(methods(name)) - {"get"}:
            client = signed_in(ours, name, method)
            answer = getattr(client, method)(address(name, ours), BODIES[how], content_type="application/json")
            if answer.status_code == 200 and how in ("nothing", "wrong", "endless"):
                continue  # a step that asks for nothing was taken, or a correction that corrects nothing
            assert answer.status_code in (400, 403, 409, 415), (name, method, answer.content[:200])


@pytest.mark.parametrize(
    "kind", ["text/html", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded"]
)
def test_t22_the_interface_reads_json_alone(ours, kind):
    client = signed_in(ours, "api_obligation_propose", "post")
    answer = client.post(address("api_obligation_propose", ours), b"a=1", content_type=kind)
    assert answer.status_code in (400, 415)


@pytest.mark.parametrize("name", ["leads", "incidents", "exhibits", "api_leads", "api_obligations", "api_incidents"])
def test_t24_nobody_asks_for_more_than_a_page(ours, name):
    client = signed_in(ours, name)
    answer = client.get(address(name), {"page_size": "100000", "limit": "100000", "per_page": "100000"})
    assert answer.status_code == 200
    assert len(answer.content) < 300_000


def test_t24_every_list_of_the_interface_has_pages(ours):
    for name in ("api_leads", "api_obligations", "api_referrals", "api_incidents", "api_exhibits"):
        assert set(signed_in(ours, name).get(address(name)).json()) == {"next", "results"}


def test_t22_public_pages_stand_it_too(ours):
    for name in sorted(PUBLIC):
        if "<" in EVERY[name][0]:
            continue
        for text in NASTY.values():
            for method in ("get", "post"):
                answer = getattr(Client(), method)(
                    address(name), dict.fromkeys((*PARAMETERS, "username", "email"), text)
                )
                assert answer.status_code in ANSWERS | {413, 503}, (name, text)
