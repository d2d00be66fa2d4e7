import pytest
from django.db import transaction
from django.test import override_settings

from tests.attacks.sides import Side


@pytest.fixture(scope="module")
def _sides(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once for each module, inside a transaction that the tests' own transactions lie in."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        yield Side("Zanzibarr"), Side("Quetzalco")
        transaction.set_rollback(True)


@pytest.fixture
def ours(db, _sides):
    return _sides[0]


@pytest.fixture
def theirs(db, _sides):
    """Somebody else's center: nobody of it may learn anything of ours."""
    return _sides[1]
