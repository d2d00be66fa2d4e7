import importlib.util
import json
import re

import pytest

LOCKS = ["run", "dev", "uv", "node"]


def pinned(root, name):
    text = (root / "requirements" / f"{name}.txt").read_text()
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*==\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_host(root, name):
    text = (root / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_what_is_tested_is_what_runs(root):
    assert pinned(root, "run") <= pinned(root, "dev")


def test_the_lock_of_fonts_and_scripts_names_no_host(root):
    lock = json.loads((root / "package-lock.json").read_text())
    packages = [entry for path, entry in lock["packages"].items() if path]
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)
    assert not any("resolved" in entry for entry in packages)


def test_psycopg_3_is_absent_because_django_would_silently_prefer_it():
    assert importlib.util.find_spec("psycopg") is None
