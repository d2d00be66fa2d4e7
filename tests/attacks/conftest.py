import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.attacks.sides import Side
from tests.scenery import read_back, written


@pytest.fixture(scope="package")
def _sides(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once for the attacks of a worker, inside a transaction that the tests' own transactions lie in."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        sides = Side("Zanzibarr"), Side("Quetzalco")
        # Else each test would check anew what its rollback takes for unchecked.
        connection.check_constraints()
        yield sides, written(sides)
        transaction.set_rollback(True)


@pytest.fixture
def world(db, _sides):
    """Copies of the sides, as the database alone is rolled back: what a test sets on them, or changes of a record that
    hangs on them, would be there for the next one. And what a test makes immediate in a transaction that it only
    releases stays so when it is rolled back.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
    sides, kept = _sides
    copies = read_back(kept)
    for each, made in zip(copies, sides, strict=True):
        each.holders = made.holders
    return copies


@pytest.fixture
def ours(world):
    return world[0]


@pytest.fixture
def theirs(world):
    """Somebody else's center: nobody of it may learn anything of ours."""
    return world[1]
