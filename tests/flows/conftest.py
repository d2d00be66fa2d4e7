"""A real Chromium for the flows: one per run and worker, a fresh profile per test, and no error let pass."""

import contextlib
import fcntl
import json
import os
import shutil
from functools import partial

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import sync_playwright

from tests import template
from tests.flows import crawl, sweep
from tests.installation import Installation, make_database

REAL = "cgic.settings"

# The shell is the same engine without a window: it needs a quarter less of the machine.
CHROMIUMS = ("chromium-headless-shell", "chromium", "google-chrome")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
# Drawing every page at every width took a fifth of the walks.
NOT_DRAWN = ("--disable-threaded-compositing",)
WIDTHS = {1440: 900, 1024: 768, 390: 844}


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def launch():
    """launch(*more arguments) -> the machine's own Chromium; playwright's download is not needed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not found:
        pytest.skip("No Chromium on this machine: the browser tests did not run (Debian: apt install chromium).")
    # Playwright's plain calls keep an event loop in this thread, where Django suspects asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright, contextlib.ExitStack() as closing:

        def launched(*more):
            chromium = playwright.chromium.launch(executable_path=found, args=[*arguments, *more])
            closing.callback(chromium.close)
            return chromium

        yield launched


@pytest.fixture(scope="session")
def browser(launch):
    return launch()


@pytest.fixture(scope="session")
def reader(launch):
    """A browser for looking pages over by script: it lays them out and draws none, unless pictures are wanted."""
    return launch(*() if os.environ.get("SHOTS") else NOT_DRAWN)


@pytest.fixture
def open_at(browser):
    """open_at(url, user=None, width=1440, scheme="light") -> a page whose paths start at that server.

    When the test ends, anything a page complained about (a script that failed, a file that was not there, a breach of
    the content security policy) fails it. A test that asks for a failing page empties `page.complaints` itself.
    """
    pages = []

    def open_one(url, user=None, *, width=1440, scheme="light"):
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=width < 640,
        )
        context.set_default_timeout(sweep.PATIENCE)
        if user is not None:
            context.add_cookies([session_cookie(user, url)])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        pages.append(page)
        return page

    yield open_one
    complaints = [text for page in pages for text in page.complaints]
    for page in pages:
        page.context.close()
    assert not complaints


@pytest.fixture
def open_page(live_server, open_at):
    """As open_at, at the test's own server."""
    return partial(open_at, live_server.url)


def session_cookie(user, url, locked=False):
    """Signed in without typing a password: flows that are about something else need not wait for it."""
    client = Client()
    client.force_login(user)
    if locked:
        client.post("/session/lock/")
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


@pytest.fixture
def check_page():
    """check_page(page, within=None): axe finds nothing on the page, or in that part; nothing hangs over the side."""

    def check(page, within=None):
        wrong = list(sweep.faults(page, {}, within))
        assert not wrong, f"{page.url}: " + "\n".join(wrong)

    return check


@pytest.fixture(scope="session")
def demo_template(django_db_blocker, tmp_path_factory):
    """(folder, database, crawl) of the demo city: made and walked through once a run, whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    folder, name = (base.parent if worker else base) / "demo", "demo_template"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "crawl.json").exists():
            make_demo(folder, name, django_db_blocker)
    return folder, name, json.loads((folder / "crawl.json").read_text())


def make_demo(folder, name, blocker):
    own = make_database(os.environ["DATABASE_URL"], name, template.whole())
    made = Installation(folder, own, os.environ["REDIS_URL"], REAL)
    try:
        collecting = made.start("static", "django", "collectstatic", "--noinput", "--verbosity=0")
        with made.here(blocker):
            call_command("migrate", verbosity=0)
            call_command("demo_city", size="small", verbosity=0)
            assert collecting.wait() == 0, made.log("static")
            visits, seen, hefts = crawl.all_visits(made.web())
        (folder / "crawl.json").write_text(json.dumps({"visits": visits, "seen": seen, "hefts": hefts}))
    finally:
        made.end()


@pytest.fixture(scope="session")
def demo_city(demo_template, tmp_path_factory):
    """The demo city in a database of its own, served with the settings and the collected files of a real one."""
    made_once, name, _ = demo_template
    folder = tmp_path_factory.mktemp("demo") / "own"
    shutil.copytree(made_once, folder)
    own = make_database(os.environ["DATABASE_URL"], f"demo_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}", name)
    made = Installation(folder, own, os.environ["REDIS_URL"], REAL)
    try:
        made.web()
        yield made
    finally:
        made.end()


@pytest.fixture
def demo(demo_city, django_db_blocker):
    """The demo city with Django of this process working on it."""
    with demo_city.here(django_db_blocker):
        yield demo_city


@pytest.fixture
def open_demo(demo, open_at):
    """As open_at, in the demo city."""
    return partial(open_at, demo.url)


@pytest.fixture(scope="session")
def visits(demo_template):
    """{mail name: [path]} of the pages each person is led to."""
    return demo_template[2]["visits"]


@pytest.fixture(scope="session")
def hefts(demo_template):
    """{path: (bytes, files it asks for)} of the pages that were read for their links."""
    return demo_template[2]["hefts"]


@pytest.fixture
def walk(reader, demo):
    """walk(person, paths): nothing on these pages is a barrier, hangs over the side or complains."""

    def walked(who, paths, *, locked=False, **how):
        who = crawl.person(who) if isinstance(who, str) else who
        cookies = [session_cookie(who, demo.url, locked=locked)] if who else []
        wrong = sweep.walk(reader, demo.url, cookies, paths, **how)
        assert not wrong, "\n".join(f"as {who}: {each}" for each in wrong)

    return walked
