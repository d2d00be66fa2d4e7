import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from cgic.embedded import THROW_AWAY, Postgres, Valkey
from tests.factories import City
from tests.installation import Installation


@pytest.fixture(scope="session")
def portal(django_db_blocker):
    """An installation with servers of its own, a small city and a web process; a test starts workers as it needs."""
    folder = Path(tempfile.mkdtemp(prefix="cgic-faults-"))
    folder.chmod(0o711)
    postgres, valkey = Postgres(folder, THROW_AWAY), Valkey(folder)
    try:
        postgres.start().create_database()
        made = Installation(folder, postgres.url(), valkey.start().url, "tests.faults.settings")
        made.postgres, made.valkey = postgres, valkey
        with made.here(django_db_blocker):
            call_command("migrate", verbosity=0)
            made.city = City()
            made.web()
            yield made
    finally:
        made.end()
        valkey.stop()
        postgres.stop()
        postgres.erase()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_left_running(portal):
    yield
    assert portal.processes["web"].poll() is None, portal.log("web")
    portal.end(*(name for name in list(portal.processes) if name != "web"))
