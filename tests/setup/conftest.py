import os
import shutil
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def root():
    return ROOT


@pytest.fixture(scope="module")
def home():
    """A folder that an account without rights can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="cgic-setup-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bare_environment(home):
    """What a shell of a person has who never heard of the portal: none of the addresses this run uses."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "VAR_DIR": str(home / "var")}
