import time

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.utils.crypto import get_random_string
from psycopg2 import sql
from xdist.scheduler import LoadFileScheduling

from agencies.models import User
from agencies.sessions import SessionStore
from tests import strictness, template, withheld
from tests.factories import City
from tests.scenery import scene, stage

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
FILLED = "select {} where exists (select from {})"


# Each of these folders makes something that takes long, once for all its tests: one worker has them all.
TOGETHER = ("tests/faults/", "tests/attacks/")
# Files that keep a worker busy for long begin first, whatever the random order, so that none is left alone at the end.
# The first makes the demo city that others of the flows wait for: those come later.
LONG = (
    "flows/test_every_page_of_police",
    "faults/",
    "attacks/",
    "flows/test_every_page",
    "flows/",
    "setup/",
    "leads/test_demo_city",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A worker has whole files, and of some folders all."""
    if config.option.dist != "loadfile":
        return None
    scheduler = LoadFileScheduling(config, log)
    scheduler._split_scope = _shared
    return scheduler


def _shared(nodeid):
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    def place(item):
        return next((at for at, name in enumerate(LONG) if f"tests/{name}" in item.nodeid), len(LONG))

    items.sort(key=place)


@pytest.fixture(autouse=True, scope="session")
def _files_of_this_run(tmp_path_factory):
    """What a test keeps without a folder of its own does not stay."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(autouse=True, scope="session")
def _empty_tables_past_append_only_triggers():
    """Tests that commit are cleaned after, past what append-only tables refuse by design; the code tables stay.

    What has rows is emptied row by row: to truncate all tables, nearly all of them empty, takes fifty times as long.
    """
    real = TransactionTestCase._fixture_teardown

    def teardown(self):
        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
            asked = [sql.SQL(FILLED).format(sql.Literal(name), sql.Identifier(name)) for name in tables]
            cursor.execute(sql.SQL(" union all ").join(asked))
            filled = [sql.Identifier(name) for (name,) in cursor.fetchall()]
            cursor.execute("set session_replication_role = replica")
            for name in filled:
                cursor.execute(sql.SQL("delete from {}").format(name))
            cursor.execute("set session_replication_role = origin")
        User.objects.create(email="system@portal.invalid", name="The clock", is_system=True, password="!")

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = real


@pytest.fixture(autouse=True, scope="session")
def _sign_in_by_one_session_written_once():
    """As a real sign-in leaves it, so that the first page writes nothing; the client's own way saves it five times."""
    real = Client.force_login

    def force_login(self, user, backend=None):
        session, now = SessionStore(), int(time.time())
        session.update(
            {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: user.get_session_auth_hash(),
                "began": now,
                "seen": now,
            }
        )
        session._session_key = get_random_string(32, VALID_KEY_CHARS)
        # One statement: that a key of this length is new need not be asked.
        SessionStore.get_model_class().objects.bulk_create([session.create_model_instance(session._get_session())])
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    Client.force_login = force_login
    yield
    Client.force_login = real


@pytest.fixture(autouse=True, scope="session")
def _every_page_has_what_it_asks_for():
    with strictness.no_unknown_variable():
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_packet_says_a_name_that_it_must_not():
    with withheld.looked_for():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Before the database of a worker is made: it is a copy, so what it is copied from has to be there."""
    template.whole()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of a run is dropped at its end, also when a thread that is over still holds a session in it."""
    yield
    stage.clear()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _turn in range(100):
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            if not cursor.fetchall():
                break
            time.sleep(0.1)


@scene
def city():
    """A center with a laboratory, two police departments and two prosecutors' offices."""
    return City()
