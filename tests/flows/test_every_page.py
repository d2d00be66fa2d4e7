"""Every page of the demo city that somebody can reach, in a real browser: wide and on a phone, light and dark."""

import gzip
import os
import re
from collections import defaultdict
from html import unescape
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import Resolver404, get_resolver, resolve, reverse

from agencies.models import Agency, User
from evidence.actions import imports
from evidence.models import Acquisition, Firearm, Incident
from leads.actions import assignments, obligations
from leads.demo.cast import DOMAIN, KNOWN
from leads.models import Charge, Lead, Obligation, Referral
from tests import factories
from tests.flows.conftest import session_cookie
from tests.installation import Visitor

# The pages that look different to different people are looked at once for each of these.
# Those with few pages come first, so that no one test has nearly all of them.
ROLES = [mail for mail, *_ in KNOWN[12::-1]]
SEEN_BY_MANY = {
    "lead": ("analyst", "supervisor", "detective", "prosecutor"),
    "incident": ("technician",),
    "exhibit": ("technician",),
    "referral": ("analyst", "prosecutor"),
    "obligations": ("coordinator", "supervisor"),
}
# Files, fragments and what programs ask; everything else that answers a GET is a page.
NO_PAGE = re.compile(
    r"^api_|^health_|_export$|_file$|^file$|^import_progress$|^lead_preview$|^(home|search|notification|gallery)$"
)
LINK = re.compile(r'href="(/[^"#]*)"')
PARTS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
MENU = re.compile(r"<nav.*?</nav>", re.S)


@pytest.fixture
def visits(demo):
    if not hasattr(demo, "visits"):
        demo.visits = all_visits(demo)
    return demo.visits


def all_visits(demo):
    """{mail name of a person: [path]}: all that is reached by links from everybody's first page, each kind once."""
    found, seen = defaultdict(list), set()
    demo.weights = {}
    demo.visitors = {mail: Visitor(demo.url, person(mail)) for mail in ROLES}
    for name, mail, path in unlinked(demo):
        seen.add(name)
        found[mail].append(path)
    for mail in ROLES:
        for name, path in reached(demo.visitors[mail], mail, seen):
            seen.add(name)
            found[mail].append(path)
    demo.seen = seen
    return found


def person(mail):
    return User.objects.get(email=f"{mail}@{DOMAIN}")


def reached(visitor, mail, seen):
    """(name, path) of the pages one person finds, following the links of each page that is new."""
    waiting, mine = ["/"], set()
    while waiting:
        path = waiting.pop(0)
        status, headers, page = visitor.get(path)
        if status == 302:
            waiting.insert(0, headers["Location"])
            continue
        name = resolve(urlsplit(path).path).url_name
        assert status in (200, 405), f"{mail} is led to {path}, which answers {status}"
        if status == 405 or not page.lstrip().startswith(b"<!"):
            continue
        if name not in seen or mail in SEEN_BY_MANY.get(name, ()):
            yield name, path
        for link in map(unescape, LINK.findall(page.decode())):
            target = name_of(link)
            wanted = target not in seen or mail in SEEN_BY_MANY.get(target, ()) or is_menu(page, link)
            if target not in mine and wanted and not NO_PAGE.search(target):
                mine.add(target)
                waiting.append(link)


def is_menu(page, link):
    return f'href="{link}"' in "".join(MENU.findall(page.decode()))


def name_of(link):
    try:
        return resolve(urlsplit(link).path).url_name
    except Resolver404:
        assert link.startswith("/static/"), f"{link} leads nowhere"
        return "file"


def unlinked(demo):
    """Pages that only appear at certain moments: (name, who, path)."""
    technician, lab = person("technician"), Agency.objects.get(code="WCL")
    batch = imports.upload(
        agency=Agency.objects.get(code="PAPD"),
        kind="incidents",
        upload=SimpleUploadedFile("june.csv", b"Incident no,Date,Where\n26-1,2026-06-01,Alder Av\n"),
        by=technician,
    )
    yield "import_columns", "technician", reverse("import_columns", args=[batch.pk])
    loose = factories.exhibit(Incident.objects.filter(agency__code="PAPD").latest("id"), number="99")
    okafor, papd = person("detective"), Q(agency__code="PAPD")
    lead = Lead.objects.filter(obligations__agency__code="PAPD").earliest("id")
    sent, other, third = Obligation.objects.filter(papd, state="sent")[:3]
    obligations.return_(obligation=sent, reason="wrong_agency", by=person("supervisor"))
    assignments.assign(obligation=other, investigator=okafor, by=person("supervisor"))
    unconfirmed = Lead.objects.filter(site=lab, confirmed_count=0).earliest("id")
    accepted = Referral.objects.filter(office__code="DA", status="accepted").earliest("id")
    asked = Referral.objects.filter(papd, status__in=["more_asked", "declined"]).earliest("id")
    for name, who, row in (
        ("acquisition_enter", "examiner", Acquisition.objects.filter(site=lab, entered_at=None).earliest("id")),
        ("acquisition_receive", "technician", loose),
        ("trace_new", "technician", Firearm.objects.filter(traces=None, exhibit__agency__code="PAPD").earliest("id")),
        ("obligation_reroute", "coordinator", sent),
        ("obligation_acknowledge", "supervisor", third),
        ("obligation_start", "detective", other),
        ("lead_confirm", "examiner", unconfirmed),
        ("referral_new", "detective", lead),
        ("referral_answer", "detective", asked),
        ("referral_hearing", "prosecutor", accepted),
        ("charge_new", "prosecutor", accepted),
        ("charge_dispose", "prosecutor", Charge.objects.filter(referral__office__code="DA").earliest("id")),
    ):
        yield name, who, reverse(name, args=[row.pk])
    yield "lead_bulk", "supervisor", f"{reverse('lead_bulk')}?verb=assign&lead={lead.pk}"


AXE = "options => axe.run(options).then(found => found.violations)"
CONTRAST = {"runOnly": ["color-contrast"]}
# (width, scheme, what axe looks for); the colours of a phone are those of the desk.
LOOKS = ((1440, "light", {}), (1440, "dark", CONTRAST), (1024, "dark", None), (390, "light", {}))
QUICK = ((1440, "dark", CONTRAST), (390, "light", {}))


@pytest.fixture
def walk(browser, demo):
    """walk(person, paths): nothing on these pages is a barrier, hangs over the side or complains."""

    def look_at_all(who, paths, fine=True, looks=LOOKS, locked=False):
        who = person(who) if isinstance(who, str) else who
        context = browser.new_context(base_url=demo.url, reduced_motion="reduce")
        if who:
            context.add_cookies([session_cookie(who, demo.url, locked=locked)])
        page, wrong = context.new_page(), []
        page.on("console", lambda said: said.type == "error" and wrong.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        for path in paths:
            page.set_viewport_size({"width": 1440, "height": 900})
            answer = page.goto(path)
            if fine and not answer.ok:
                wrong.append(f"{path} answers {answer.status}")
            wrong += [f"{path} as {who} {found}" for found in look(page, looks)]
        context.close()
        if not fine:
            wrong = [each for each in wrong if "the server responded with a status of 40" not in each]
        assert not wrong, "\n".join(wrong)

    return look_at_all


def look(page, looks):
    """What is wrong with the open page at each width and in each scheme."""
    page.evaluate(Axe().axe_script)
    for width, scheme, options in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if options is not None:
            found = page.evaluate(AXE, options | {"resultTypes": ["violations"]})
            yield from (f"({width}, {scheme}): {said(each)}" for each in found)
        inner = page.evaluate("document.documentElement.scrollWidth")
        if inner > width:
            yield f"is {inner} px wide in a window of {width} px"
        shoot(page, width, scheme)


def said(violation):
    places = [f"{node['target']} {node['failureSummary']}" for node in violation["nodes"][:3]]
    return f"{violation['id']}, {violation['help']}: {'; '.join(places)}"


def shoot(page, width, scheme):
    if folder := os.environ.get("SHOTS"):
        name = re.sub(r"[^a-z0-9]+", "-", urlsplit(page.url).path.strip("/")) or "home"
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("mail", ROLES)
def test_every_page_a_role_reaches_is_readable_by_everyone(demo, visits, walk, mail):
    walk(mail, visits[mail])


def test_every_address_is_a_page_that_was_seen_or_is_none(demo, visits):
    """An address nobody is led to is one nobody needs, or the walk above has a hole."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and not NO_PAGE.search(name)}
    signed_out = {"sign_in", "password_reset", "password_reset_done", "password_reset_complete", "lock"}
    by_secret = {"password_reset_confirm", "invitation_accept"}
    missing = sorted(names - demo.seen - signed_out - by_secret)
    pages = [name for name in missing if demo.visitors["analyst"].get(an_address(name))[0] != 405]
    assert not pages


def an_address(name):
    pattern = get_resolver().reverse_dict[name]
    return reverse(name, args=[1] if "%(" in pattern[0][0][0] else [])


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
            walk(somebody, sorted(menu - seen), looks=QUICK)
            seen |= menu


def first_page(demo, somebody):
    status, headers, _ = Visitor(demo.url, somebody).get("/")
    assert status == 302
    return headers["Location"]


def test_pages_without_a_session_and_pages_that_are_not_there(demo, walk):
    secret = "a-link-that-was-never-sent"
    walk(None, ["/", *map(reverse, ("sign_in", "password_reset", "password_reset_done", "password_reset_complete"))])
    walk(None, [reverse("invitation_accept", args=[secret]), "/no/such/page/"], fine=False)
    walk(None, [reverse("password_reset_confirm", args=["MQ", secret])])
    walk("detective", [reverse("lock")], locked=True)
    walk("detective", ["/leads/999999999/", "/audit/", "/incidents/?kind=%00"], fine=False)


def test_no_page_weighs_more_than_150_kb(demo, visits):
    """As it travels: page, styles and scripts, each compressed; fonts, icons and the map are kept by the browser."""
    weights = {}
    for mail, paths in visits.items():
        for path in paths:
            page = demo.visitors[mail].get(path)[2]
            files = set(PARTS.findall(page.decode()))
            weights[path] = len(gzip.compress(page, 6)) + sum(weight(demo, file) for file in files)
    heavy = {path: size for path, size in weights.items() if size > 150 * 1024}
    assert weights
    assert not heavy


def weight(demo, file):
    """Bytes of a static file as it is sent to a browser that takes gzip; scripts count with what they import."""
    if file not in demo.weights:
        status, headers, body = demo.visitors["analyst"].get(file, **{"Accept-Encoding": "gzip"})
        assert (status, headers["Content-Encoding"]) == (200, "gzip"), file
        demo.weights[file] = len(body)
    return demo.weights[file]
