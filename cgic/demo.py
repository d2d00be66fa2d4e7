"""The portal on this machine: servers, data, web, worker and beat as children of this process."""

import argparse
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2

from cgic.embedded import Postgres
from cgic.local import ROOT, VAR, be_careful, hold, note_down, servers, settings, yours
from cgic.processes import ServiceError, port_is_free, spawn, stop, tail

FREE_MEGABYTES = 300
GUNICORN = ["--workers=2", "--worker-class=gthread", "--threads=4", "--preload", "--graceful-timeout=5"]
GUNICORN += ["--no-control-socket", "--log-level=warning"]
WORKER = ["--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]


def main() -> None:
    began = time.monotonic()
    options = _options()
    be_careful()
    try:
        with hold(VAR) as note:
            # Only now: the port may be taken by this demo itself, which `hold` says better.
            _check(options.port)
            if options.reset:
                _reset()
            with servers(VAR) as found:
                environment = settings(VAR, options.port) | found
                note_down(note, environment)
                Demo(environment, options, began).run()
    except ServiceError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left running; the data is kept in var/.", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev demo", description="Run the portal with its demo city on 127.0.0.1.")
    parser.add_argument("--port", type=_port, default=8000, help="where the portal listens (8000)")
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away and start anew")
    parser.add_argument("--size", default="small", choices=["small", "medium", "large"], help="of a new demo city")
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port a program of yours may have: choose 1024 to 65535")
    return int(text)


def _check(port: int) -> None:
    if not port_is_free(port):
        other = port + 1 if port < 65535 else port - 1
        raise ServiceError(
            f"Port {port} of this machine is taken by another program: choose another one, "
            f"for example ./dev demo --port {other}"
        )
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < FREE_MEGABYTES:
        raise ServiceError(f"{free} MB of disk are free, the demo needs {FREE_MEGABYTES}: make room, run this again.")


def _reset() -> None:
    if yours("DATABASE"):
        raise ServiceError("--reset empties no database of your own: unset DATABASE_URL, or empty it yourself.")
    Postgres(VAR).erase()
    for name in ("files", "mail"):
        shutil.rmtree(VAR / name, ignore_errors=True)


class Demo:
    def __init__(self, environment: dict[str, str], options: argparse.Namespace, began: float):
        self.environment = os.environ | environment
        self.options = options
        self.url = f"http://127.0.0.1:{options.port}/"
        self.began = began
        self.children: dict[str, subprocess.Popen] = {}

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self.began:5.1f} s] {text}", flush=True)

    def run(self) -> None:
        try:
            self.say("the database and the queue run")
            self.prepare()
            self.start_web()
            self.start_work()
            self.greet()
            while True:
                self.watch()
                time.sleep(1)
        finally:
            for child in self.children.values():
                child.terminate()
            for child in self.children.values():
                stop(child)

    def prepare(self) -> None:
        """Fonts and static files on the side, while the tables and the demo city are made."""
        assets = self.child("assets", [ROOT / "cgic" / "assets.py"])
        self.manage("migrate", "--verbosity=0")
        self.say("the tables are up to date")
        if self.is_empty():
            self.say("making the demo city, once")
            self.manage("demo_city", f"--size={self.options.size}")
            self.say("the demo city is loaded")
        if assets.wait():
            raise ServiceError(tail(VAR / "assets.log", 20))
        del self.children["assets"]
        self.collect_static_files()

    def collect_static_files(self) -> None:
        stamp = VAR / "static.stamp"
        now = _fingerprint(ROOT / "static")
        if not stamp.exists() or stamp.read_text() != now:
            self.manage("collectstatic", "--noinput", "--clear", "--verbosity=0")
            stamp.write_text(now)
        self.say("fonts, styles and scripts are in place")

    def manage(self, *arguments: str) -> None:
        # What Django finds about the code was found by the tests: looking again takes over a second of each command.
        command = [sys.executable, "manage.py", *arguments, "--skip-checks"]
        pipes: dict = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = spawn(command, cwd=ROOT, env=self.environment, text=True, **pipes)
        try:
            said, complained = process.communicate()
        finally:
            stop(process)
        if process.returncode:
            raise ServiceError(f"manage.py {' '.join(arguments)} failed:\n{complained.strip()[-3000:]}")
        if said.strip():
            print(said.rstrip(), flush=True)

    def is_empty(self) -> bool:
        connection = psycopg2.connect(self.environment["DATABASE_URL"])
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT NOT EXISTS (SELECT FROM agencies_agency)")
            return cursor.fetchone()[0]

    def child(self, name: str, arguments: list) -> subprocess.Popen:
        with (VAR / f"{name}.log").open("wb") as log:
            process = spawn(
                [sys.executable, *arguments],
                # Not a gentle stop when we are killed: the queue is gone as well, and no task is lost by it.
                farewell=signal.SIGTERM if name == "web" else signal.SIGKILL,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.children[name] = process
        return process

    def start_web(self) -> None:
        address = f"127.0.0.1:{self.options.port}"
        self.child("web", ["-m", "gunicorn", "cgic.wsgi", "--bind", address, *GUNICORN])
        end = time.monotonic() + 60
        while not self.answers():
            self.watch()
            if time.monotonic() > end:
                raise ServiceError(f"The portal did not answer within a minute:\n{tail(VAR / 'web.log', 20)}")
            time.sleep(0.1)
        self.say("the first page is there")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=10) as page:  # noqa: S310 (our own address)
                return page.status == 200
        except urllib.error.HTTPError as error:
            raise ServiceError(f"The first page failed ({error.code}):\n{tail(VAR / 'web.log', 20)}") from error
        except OSError:
            return False

    def start_work(self) -> None:
        """Only now: they import the same code, and the first page should not wait for them."""
        celery = ["-m", "celery", "-A", "cgic"]
        self.child("worker", [*celery, "worker", *WORKER])
        self.child("beat", [*celery, "beat", "-s", VAR / "beat-schedule", "-l", "WARNING", "--pidfile="])

    def greet(self) -> None:
        print(f"\n  The portal runs at {self.url}  (fictional data; only this machine reaches it)\n", flush=True)
        self.manage("demo_sign_ins", "--wait")
        self.say("the worker answers")
        print("\n  Mail it sends lies in var/mail, logs in var/*.log. Ctrl-C stops everything.\n", flush=True)

    def watch(self) -> None:
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ServiceError(f"The {name} process ended. Its last words:\n{tail(VAR / f'{name}.log', 20)}")


def _fingerprint(folder: Path) -> str:
    """Changes whenever a file below does; names, sizes and times are enough and take a millisecond."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
