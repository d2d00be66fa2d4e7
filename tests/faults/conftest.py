import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from cgic.embedded import THROW_AWAY, Postgres, Valkey
from tests import template
from tests.factories import City
from tests.installation import Installation, make_database


@pytest.fixture(scope="session")
def installation(django_db_blocker):
    """An installation with servers of its own, a small city and a web process; a test starts workers as it needs."""
    folder = Path(tempfile.mkdtemp(prefix="cgic-faults-"))
    folder.chmod(0o711)
    postgres, valkey = Postgres(folder, THROW_AWAY), Valkey(folder)
    try:
        postgres.start().create_database()
        made = Installation(folder, postgres.url(), valkey.start().url, "tests.faults.settings")
        made.postgres, made.valkey = postgres, valkey
        with made.here(django_db_blocker):
            if os.environ.get("TESTS_TEMPLATE"):
                copy_tables(postgres)
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


def copy_tables(postgres):
    """From the tables that this run has made: to make them once more takes ten times as long. They are read in a copy:
    who copies a database sends away whoever works on it.
    """
    name = f"faults_{os.environ['PYTEST_XDIST_WORKER']}"
    copy = make_database(os.environ["DATABASE_URL"], name, template.whole())
    dump = [postgres.programs / "pg_dump", "--no-owner", copy]
    load = [postgres.programs / "psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", postgres.url()]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
        subprocess.run(load, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
    assert dumped.returncode == 0


@pytest.fixture
def portal(installation, django_db_blocker):
    """The installation with Django of this process working on it; what a test starts ends with it."""
    with installation.here(django_db_blocker):
        yield installation
    assert installation.processes["web"].poll() is None, installation.log("web")
    installation.end(keep=("web",))
