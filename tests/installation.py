"""The portal on a database of a test's own, worked by real processes that a test may kill."""

import contextlib
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler
from django.test import Client, override_settings

from cgic import environment
from cgic.processes import free_port, spawn, stop, tail, wait_until

ROOT = Path(__file__).resolve().parent.parent
CSRF = "a" * 32
GUNICORN = ["gunicorn", "cgic.wsgi", "--workers=1", "--worker-class=gthread", "--threads=4", "--graceful-timeout=2"]
GUNICORN += ["--preload", "--timeout=120", "--no-control-socket", "--log-level=warning"]


def until(true, patience=60, every=0.02):
    """Wait until `true()` is, and return what it gave; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < end, f"{true.__doc__ or true} did not come true within {patience} seconds"
        time.sleep(every)
    return found


class Installation:
    """folder: where its files and logs lie. module: the settings its processes read."""

    def __init__(self, folder, database_url, redis_url, module="tests.settings"):
        self.folder, self.database_url = folder, database_url
        self.processes = {}
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "DJANGO_SETTINGS_MODULE": module,
            "VAR_DIR": str(folder),
            "MAIL_DIR": str(folder / "mail"),
            "SECRET_KEY": settings.SECRET_KEY,
            "INSECURE_LOCAL": "1",
            "SYNTHETIC_DATA": "1",
        }

    @contextlib.contextmanager
    def here(self, blocker):
        """Let Django in this process work on the installation's database and files, as its web process does."""
        ours, handler = connections["default"], ConnectionHandler({"default": environment.database(self.database_url)})
        connections["default"] = handler["default"]
        try:
            with blocker.unblock(), override_settings(MEDIA_ROOT=self.folder / "files"):
                yield self
        finally:
            handler["default"].close()
            connections["default"] = ours

    def start(self, name, *arguments):
        """A process `python -m ...` of the portal; its words are in <name>.log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", *map(str, arguments)]
            process = spawn(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.processes[name] = process
        return process

    def log(self, name):
        return tail(self.folder / f"{name}.log", 30)

    def web(self):
        """Start a web process; returns its address."""
        self.url = f"http://127.0.0.1:{free_port()}"
        process = self.start("web", *GUNICORN, "--bind", self.url.removeprefix("http://"))
        wait_until(lambda: answer(f"{self.url}/health/live") == 200, process, "The web", self.folder / "web.log", 60)
        return self.url

    def worker(self, name="worker"):
        options = ["-c", 1, "-l", "INFO", "-n", f"{name}@%h", "--without-gossip", "--without-mingle"]
        return self.start(name, "celery", "-A", "cgic", "worker", *options)

    def beat(self, name="beat"):
        """A scheduler; each keeps a memory of its own, so that two of them do not know of each other."""
        schedule = self.folder / f"{name}-schedule"
        return self.start(name, "celery", "-A", "cgic", "beat", "-s", schedule, "-l", "INFO", "--pidfile=")

    def end(self, keep=()):
        """End every process but those named."""
        for name in [name for name in self.processes if name not in keep]:
            stop(self.processes.pop(name), first=signal.SIGKILL)


def answer(url):
    """The status of a page, or None when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=60) as page:  # noqa: S310 (our own address)
            return page.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """Somebody signed in, over plain HTTP: (status, headers, body) of pages, redirects not followed."""

    def __init__(self, url, person):
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.url = url
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        self.opener = urllib.request.build_opener(_Stay)

    def get(self, path, **headers):
        return self._ask(path, None, headers)

    def post(self, path, **data):
        return self._ask(path, urlencode(data | {"csrfmiddlewaretoken": CSRF}).encode(), {})

    def _ask(self, path, data, headers):
        request = urllib.request.Request(self.url + path, data, {"Cookie": self.cookie} | headers)  # noqa: S310
        try:
            with self.opener.open(request, timeout=60) as page:
                return page.status, page.headers, page.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


def make_database(server_url, name, template="template1"):
    """A database on a server, empty or a copy of another; returns its address."""
    head, _, _ = server_url.rpartition("/")
    connection = psycopg2.connect(f"{head}/postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}" with (force)')
        # A copy is made of what nobody works on; a process that was killed may not have left yet.
        cursor.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s", [template])
        cursor.execute(f'create database "{name}" template "{template}"')
    return f"{head}/{name}"
