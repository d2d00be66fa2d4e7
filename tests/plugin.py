"""Gives a test run a PostgreSQL and a Valkey of its own, unless the environment names some.

Under pytest-xdist the controller starts them and the workers inherit their addresses; pytest-django gives
each worker a database of its own, and the queue and cache of each are kept apart here. The tables are made
once, in a database that those of the workers are copies of.
"""

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cgic.embedded import THROW_AWAY, Postgres, Valkey
from cgic.environment import redis_database

# Looking for cycles among the objects that live as long as the run took a twentieth of it.
gc.set_threshold(100_000, 50, 100)
TEMPLATE = "tests_template"
# What a test finds does not hang on when a table was last looked over.
CONF = THROW_AWAY | {"autovacuum": "off"}
_started = []
_folder = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker.startswith("gw"):
        os.environ["REDIS_URL"] = redis_database(os.environ["REDIS_URL"], 2 * (1 + int(worker[2:])))
        return
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _start(Valkey).url
    if not os.environ.get("DATABASE_URL"):
        postgres = _start(Postgres, conf=CONF)
        os.environ["DATABASE_URL"] = postgres.url()
        if early_config.known_args_namespace.numprocesses:
            _make_template(postgres.url("making"))


def _make_template(url):
    """Beside the workers, which first read all tests; what is whole gets the name they wait for (`tests/conftest`)."""
    os.environ["TESTS_TEMPLATE"] = TEMPLATE
    command = [sys.executable, "-c", "from tests import template; template.make()"]
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    atexit.register(process.kill)


def _start(kind, **options):
    global _folder
    if _folder is None:
        _folder = Path(tempfile.mkdtemp(prefix="cgic-tests-"))
        _folder.chmod(0o711)
        # Not pytest_unconfigure: a run that fails while it reads the settings never gets there.
        atexit.register(_clear)
    service = kind(_folder, **options)
    _started.append(service)
    return service.start()


def _clear():
    while _started:
        _started.pop().stop()
    shutil.rmtree(_folder, ignore_errors=True)
