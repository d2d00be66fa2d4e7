import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.storage.handler import StorageHandler

from cgic.settings import STORAGES

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal@database.invalid/portal",
    "REDIS_URL": "redis://queue.invalid",
    "EMAIL_HOST": "mail.invalid",
}
SHOW = """
import json
from cgic import settings as s
names = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SESSION_COOKIE_NAME ALLOWED_HOSTS"
print(json.dumps({name: getattr(s, name) for name in names.split()}))
"""


def python(root, environment, *arguments):
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_an_installation_is_strict_unless_it_says_otherwise(root):
    found = json.loads(python(root, PRODUCTION, "-c", SHOW).stdout)
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "ALLOWED_HOSTS": ["portal.example"],
    }


def test_django_has_nothing_to_say_against_an_installation(root):
    done = python(root, PRODUCTION, "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_HOST"])
def test_nothing_starts_without_what_only_the_installation_knows(root, name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    done = python(root, environment, "-c", "import cgic.settings")
    assert done.returncode == 1
    assert f"Set {name} (or {name}_FILE) in the environment" in done.stderr


def test_what_one_account_collects_another_can_serve_and_what_is_uploaded_stays_closed(settings, tmp_path):
    settings.STATIC_ROOT, settings.MEDIA_ROOT = tmp_path / "static", tmp_path / "files"
    storages = StorageHandler(STORAGES)
    modes = {}
    for alias in ("staticfiles", "default"):
        saved = Path(storages[alias].path(storages[alias].save("folder/file.txt", ContentFile(b"x"))))
        modes[alias] = [oct(place.stat().st_mode)[-3:] for place in (saved.parent, saved)]
    assert modes == {"staticfiles": ["755", "644"], "default": ["700", "600"]}


def test_every_setting_that_is_read_is_written_down(root):
    code = (root / "cgic" / "settings.py").read_text()
    told = (root / "docs" / "settings.md").read_text()
    read = {
        part.split('"')[1]
        for part in code.split("environment.")[1:]
        if part.startswith(("text(", "flag(", "number(", "words("))
    }
    assert "SECRET_KEY" in read
    assert {name for name in read if f"`{name}`" not in told} == set()


def test_a_call_of_the_clock_is_of_no_use_once_the_next_one_comes(settings):
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        every = entry["schedule"]
        assert entry["options"]["expires"] <= (every if isinstance(every, int) else 24 * 3600), name


@pytest.fixture
def compose(root):
    return yaml.safe_load((root / "docker-compose.yml").read_text())


def test_uploads_of_a_container_come_in_on_a_disk_and_not_in_memory(compose, root):
    for name in ("web", "worker"):
        service = compose["services"][name]
        place = service["environment"]["TMPDIR"]
        assert place in [volume.partition(":")[2] for volume in service["volumes"]], name
        assert place not in service["tmpfs"]
        assert place in (root / "Dockerfile").read_text(), "made there, so that the portal may write to it"


def test_no_secret_of_a_container_stands_in_its_environment(compose):
    for name, service in compose["services"].items():
        given = service.get("environment", {})
        assert not [key for key in given if re.search(r"(PASSWORD|SECRET_KEY)$", key)], name
        wanted = {Path(value).name for key, value in given.items() if key.endswith("_FILE")}
        assert wanted <= set(service.get("secrets", [])) <= set(compose["secrets"]), name


def test_what_an_installation_may_set_reaches_its_containers(compose, root):
    given = compose["services"]["web"]["environment"]
    offered = re.findall(r"^#? ?([A-Z_]+)=", (root / "deploy" / "portal.env.example").read_text(), re.MULTILINE)
    assert set(offered) - {"PORT", "COMPOSE_PROFILES"} <= set(given)
    assert given["SECRET_KEY_FALLBACKS_FILE"] == "/run/secrets/former-keys"


def test_the_image_of_the_portal_is_built_once(compose):
    portal = [service for service in compose["services"].values() if service["image"] == "cgic-portal"]
    assert len(portal) == 4
    assert len([service for service in portal if "build" in service]) == 1


def test_building_the_image_asks_for_no_more_than_its_base_images(root):
    text = (root / "Dockerfile").read_text()
    assert not re.search(r"^#\s*syntax=", text, re.MULTILINE), "another image, fetched anew at each build"
    assert "chmod -R a+rX /portal" in text, "whoever checks the portal out with a closed umask"


def test_no_mail_is_caught_unless_somebody_asks_for_it(compose):
    assert compose["services"]["mail"]["profiles"] == ["catcher"]
    assert ":?" in compose["services"]["web"]["environment"]["EMAIL_HOST"]


def test_every_container_gives_its_rights_away_and_bounds_its_log(compose):
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["logging"]["options"]["max-size"], name


@pytest.mark.parametrize(
    ("allowed", "host"),
    [("a.example,b.example", "a.example"), (".example.gov", "example.gov"), ("*", "localhost"), ("", "localhost")],
)
def test_the_health_check_asks_by_a_name_the_portal_answers_to(root, allowed, host):
    assert runpy.run_path(str(root / "deploy" / "healthcheck.py"))["host"](allowed) == host
