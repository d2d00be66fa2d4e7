"""The servers and the environment of an installation on one's own machine.

`python -m cgic.local [--home FOLDER] [--throw-away] COMMAND...` runs one command (manage.py, a benchmark) in it,
with the servers of a running demo or with its own for as long as the command takes. What is thrown away need not
outlast the machine, and is written faster.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis
from django.core.exceptions import ImproperlyConfigured

from cgic import environment as given
from cgic.embedded import KEEP, THROW_AWAY, Postgres, Valkey, secret_file
from cgic.processes import ServiceError

ROOT = Path(__file__).resolve().parent.parent
# What the demo decides itself, unless whoever starts it has decided already.
_YOURS = ("SECRET_KEY", "MAIL_DIR", "EMAIL_HOST", "EMAIL_PORT", "CENTER_NAME", "LOG_LEVEL")
# The address holds its password by then: what else the environment says of one is not asked any more.
_WHOLE = {"DATABASE_PASSWORD": "", "DATABASE_PASSWORD_FILE": "", "REDIS_PASSWORD": "", "REDIS_PASSWORD_FILE": ""}
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))


class AlreadyRunsError(ServiceError):
    """Somebody holds the folder; `environment` is what they run with."""

    def __init__(self, environment: dict[str, str]):
        where = environment.get("SITE_URL", "an address it has not told yet")
        super().__init__(f"The demo of this checkout already runs at {where}: stop that one first (Ctrl-C there).")
        self.environment = environment


@contextlib.contextmanager
def hold(home: Path):
    """Keep the folder to ourselves. The kernel lets go of it when we end, however we end."""
    for folder in (VAR, home):
        folder.mkdir(parents=True, exist_ok=True)
        # Passing through is for the account the servers run as; every file inside is for us alone.
        folder.chmod(0o711)
    note = home / "environment.json"
    with (home / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunsError(json.loads(note.read_text()) if note.exists() else {}) from None
        try:
            yield note
        finally:
            note.unlink(missing_ok=True)


def settings(home: Path, port: int) -> dict[str, str]:
    """What the portal needs to run for one person on 127.0.0.1; what the environment says already wins."""
    return {
        "SECRET_KEY": secret_file(home / "secret-key"),
        "INSECURE_LOCAL": "1",
        "SYNTHETIC_DATA": "1",
        "CENTER_NAME": "Tri-Rivers CGIC",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VAR_DIR": str(home),
        "MAIL_DIR": str(home / "mail"),
        "DJANGO_SETTINGS_MODULE": "cgic.settings",
    } | {name: os.environ[name] for name in _YOURS if name in os.environ}


def note_down(note: Path, environment: dict[str, str]) -> None:
    """Tell later commands of this checkout how to reach the servers; the passwords in it are ours alone."""
    note.write_text(json.dumps(environment))


def yours(name: str) -> str:
    """The address of the server (`DATABASE` or `REDIS`) that the environment names, with its password; "" if none.

    Raises ServiceError if a file that should hold one of the two cannot be read.
    """
    try:
        return given.with_password(given.text(f"{name}_URL", ""), given.text(f"{name}_PASSWORD", ""))
    except ImproperlyConfigured as error:
        raise ServiceError(str(error)) from None


@contextlib.contextmanager
def servers(home: Path, conf: dict[str, str] = KEEP):
    """PostgreSQL and Valkey unless the environment names them; yields the variables that tell the portal where."""
    with contextlib.ExitStack() as stack:
        database, queue = yours("DATABASE"), yours("REDIS")
        _ask_yours(database, queue)
        if not database:
            postgres = Postgres(home, conf)
            stack.callback(postgres.stop)
            postgres.start().create_database()
            database = postgres.url()
        if not queue:
            valkey = Valkey(home)
            stack.callback(valkey.stop)
            queue = valkey.start().url
        yield {"DATABASE_URL": database, "REDIS_URL": queue} | _WHOLE


def _ask_yours(database: str, queue: str) -> None:
    """Say by name which server of the environment does not answer, before anything is built on it."""
    try:
        if database:
            psycopg2.connect(database, connect_timeout=5).close()
    except psycopg2.Error as error:
        raise ServiceError(_silent("DATABASE_URL", database, error)) from None
    try:
        if queue:
            redis.Redis.from_url(queue, socket_connect_timeout=5, socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise ServiceError(_silent("REDIS_URL", queue, error)) from None


def _silent(name: str, url: str, error: Exception) -> str:
    """Host and port, and never the address itself: the password is in it. Of an address that is not well formed nothing
    is repeated, as nobody knows which part of it is the password.
    """
    if not isinstance(error, psycopg2.OperationalError | redis.RedisError) or not _is_well_formed(url):
        said = "is no address that can be read: write it as docs/settings.md has it, signs of the password as %XX"
    else:
        place = urlsplit(url).netloc.rpartition("@")[2] or "the place it names"
        said = f"names {place}, where no server lets us in: {' '.join(str(error).split())[:300]}"
    return f"{name} {said}\nSet it right, or unset it to use one of our own."


def _is_well_formed(url: str) -> bool:
    """Whether all that stands before an @ is in its place, and a number after the colon of the host."""
    try:
        parts = urlsplit(url)
        return parts.netloc.count("@") == url.count("@") <= 1 and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def be_careful() -> None:
    """Write for ourselves alone, and end in order: the signals that end a program become an exception."""
    os.umask(0o077)

    def leave(number, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def run(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ | environment, check=False).returncode


def main() -> int:
    arguments = sys.argv[1:]
    home, conf = VAR, KEEP
    if arguments[:1] == ["--home"]:
        home, arguments = ROOT / arguments[1], arguments[2:]
    if arguments[:1] == ["--throw-away"]:
        conf, arguments = THROW_AWAY, arguments[1:]
    be_careful()
    try:
        with hold(home) as note, servers(home, conf) as found:
            environment = settings(home, port=8000) | found
            note_down(note, environment)
            return run(arguments, environment)
    except AlreadyRunsError as running:
        return run(arguments, running.environment)
    except ServiceError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
