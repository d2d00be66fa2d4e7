"""Real published data kept beside the checkout, too large or not ours to commit."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent / "shared"


def shared(path: str) -> Path:
    """The file at PATH under shared/, or a skipped test that says which file it wanted."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"shared/{path} is not beside this checkout, so what it holds cannot be compared.")
    return found
