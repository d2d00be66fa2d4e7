"""Reading the environment: the only source of settings that differ between two installations."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or what the file named by NAME_FILE holds, or the default.

    Files are how Docker and systemd hand over secrets. Without a default a missing value is an error
    that says which variable to set.
    """
    if os.environ.get(name):
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    if default is None:
        raise ImproperlyConfigured(
            f"Set {name} (or {name}_FILE) in the environment: the portal does not start without it."
        )
    return default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and nothing."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.") from error


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas; blanks around the words are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, password: str = "") -> dict[str, object]:
    """Django's DATABASES entry for postgresql://user:password@host:port/name?option=value.

    A socket folder goes into the query: postgresql://user@/name?host=/run/postgresql. A password given
    separately (a secret file) wins over the one in the address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password or unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


def with_password(url: str, password: str) -> str:
    """The address with the password that was given separately, which wins over the one in it. Without a password it is
    the address as given, and without an address "": a password alone names no server.
    """
    if not url or not password:
        return url
    parts = urlsplit(url)
    user, _, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:{quote(password, safe='')}@{place}"))


def redis_database(url: str, step: int, password: str = "") -> str:
    """The same Redis server, `step` numbered databases further on (emptying the cache must not empty the queue)."""
    parts = urlsplit(with_password(url, password))
    if parts.scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured("REDIS_URL must look like redis://:password@host:6379/0.")
    here = int(parts.path.strip("/") or 0)
    return urlunsplit((parts.scheme, parts.netloc, f"/{here + step}", parts.query, ""))


def file_storage() -> dict[str, object]:
    """Where uploaded files lie by their hash: on this machine in FILES_DIR, or in a bucket of an object store."""
    bucket = text("FILES_BUCKET", "")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"allow_overwrite": True}}
    endpoint = urlsplit(text("FILES_ENDPOINT"))
    if endpoint.scheme not in {"http", "https"} or not endpoint.hostname:
        raise ImproperlyConfigured("FILES_ENDPOINT must look like https://s3.example.gov.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{2,62}", bucket):
        raise ImproperlyConfigured("FILES_BUCKET is the name of a bucket: letters, digits, dots and hyphens.")
    options = {
        "bucket": bucket,
        "endpoint": endpoint.geturl().rstrip("/"),
        "region": text("FILES_REGION", "us-east-1"),
        "key": text("FILES_KEY"),
        "secret": text("FILES_SECRET"),
    }
    return {"BACKEND": "evidence.objects.ObjectStorage", "OPTIONS": options}
