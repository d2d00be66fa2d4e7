"""Scenes are made once for all tests of a file that begin with the same ones, in a transaction around these tests. Each
gets copies of the records, and what it changes in the database is taken back as ever.
"""

import inspect
import pickle
from functools import wraps

import pytest
from django.core.cache import cache
from django.db import connection, transaction

BY_COMMIT = {"transactional_db", "live_server", "django_db_reset_sequences"}


def scene(build):
    """A fixture that only writes records, made from nothing but other scenes."""

    @wraps(build)
    def fixture(_copies, **given):
        name = build.__name__
        return _copies[name] if name in _copies else build(**{each: given[each] for each in needs})

    needs, kind = inspect.signature(build).parameters, inspect.Parameter.KEYWORD_ONLY
    fixture.__signature__ = inspect.Signature([inspect.Parameter(name, kind) for name in ("db", "_copies", *needs)])
    fixture.build = build
    return pytest.fixture(fixture)


def written(made):
    """Records as bytes, of which `read_back` makes copies: to walk them as objects takes five times as long."""
    return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)


def read_back(kept):
    return pickle.loads(kept)


class Stage:
    """What stands in the database of this process before each test of a file that asks for the same."""

    place, around, made, kept, blocker = (None, {}), None, {}, None, None

    def set_for(self, item, blocker):
        self.blocker, place = blocker, place_of(item)
        if self.place != place or not place[1]:
            self.clear()
            self.place = place
            if place[1]:
                self._build(place[1])

    def clear(self):
        if self.around:
            with self.blocker.unblock():
                del connection.close_if_unusable_or_obsolete
                transaction.set_rollback(True)
                self.around.__exit__(None, None, None)
        self.place, self.around, self.made, self.kept = (None, {}), None, {}, None

    def copies(self):
        """What was made, as new objects."""
        return read_back(self.kept) if self.kept else {}

    def _build(self, builds):
        self.around = transaction.atomic()
        self.around.__enter__()
        # A response that a test closes takes a connection in a transaction for one that was left behind.
        connection.close_if_unusable_or_obsolete = lambda: None
        for name in builds:
            self._make(builds, name)
        connection.check_constraints()
        self.kept = written(self.made)

    def _make(self, builds, name):
        """The scene of that name, after those it is made from."""
        if name not in self.made:
            needs = inspect.signature(builds[name]).parameters
            self.made[name] = builds[name](**{each: self._make(builds, each) for each in needs})
        return self.made[name]


stage = Stage()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Between the database, which is there by now, and the transaction of the test."""
    if fixturedef.argname == "_django_db_helper":
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock():
            stage.set_for(request.node, blocker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem):
    """The next test may work in another database."""
    yield
    if nextitem is None or place_of(nextitem) != stage.place:
        stage.clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """In each file those that begin with the same scenes follow each other, in whatever order they were."""
    first = {}
    for at, item in enumerate(items):
        first.setdefault(item.path, at)
    items.sort(key=lambda item: (first[item.path], sorted(_begins_with(item))))


def place_of(item):
    return item.path, _begins_with(item)


def _begins_with(item):
    """{name: what builds it} of the scenes of a test; a file may have one of its own by the name of another's."""
    marker = item.get_closest_marker("django_db")
    if BY_COMMIT & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")):
        return {}
    found = {name: item._fixtureinfo.name2fixturedefs.get(name) for name in item.fixturenames}
    builds = {name: getattr(fixtures[-1].func, "build", None) for name, fixtures in found.items() if fixtures}
    return {name: build for name, build in builds.items() if build}


@pytest.fixture
def _copies():
    """What another test left in the cache is of records with the same numbers as this one's."""
    if stage.made:
        cache.clear()
    return stage.copies()
