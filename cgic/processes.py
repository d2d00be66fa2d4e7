"""Child processes that do not outlive the one that started them."""

import contextlib
import ctypes
import importlib.metadata
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Loaded before any fork: a child that gave up root may not be able to read the interpreter's folders.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


class ServiceError(Exception):
    """Something the person at the keyboard can mend; the message says how."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def spawn(argv: list, *, farewell: signal.Signals = signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a child in a session of its own that the kernel sends `farewell` when this process ends.

    A session of its own keeps the terminal's Ctrl-C away, so that children stop in the order we choose.
    Where the kernel has no such signal (macOS) only an orderly stop ends the child.
    """
    parent = os.getpid()

    def die_with_parent():
        if _LIBC:
            _LIBC.prctl(_PR_SET_PDEATHSIG, farewell)
            if os.getppid() != parent:  # it ended between the fork and the call above
                os._exit(1)

    return subprocess.Popen(argv, start_new_session=True, preexec_fn=die_with_parent, **options)


def stop(process: subprocess.Popen | None, *, first: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a child to end, then end it and whatever is left of its session."""
    if process is None:
        return
    if process.poll() is None:
        process.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready, process: subprocess.Popen, name: str, log: Path, patience: float = 30) -> None:
    """Poll `ready()` until it is true; a child that ends first is reported with the end of its log."""
    end = time.monotonic() + patience
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            what = "ended" if process.poll() is not None else f"did not answer within {patience:.0f} seconds"
            stop(process)
            raise ServiceError(f"{name} {what}. The end of its log, {log}:\n{tail(log)}")
        time.sleep(0.02)


def tail(log: Path, lines: int = 8) -> str:
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


class Account:
    """Who the servers run as: ourselves, or an existing account without rights when we are root.

    PostgreSQL refuses to run as root. No account is made and no folder above ours is opened up: what the
    account cannot reach (a checkout under a 0700 home) is copied once to a folder it can.
    """

    def __init__(self):
        self.entry = _unprivileged() if os.geteuid() == 0 else None
        self.options = {}
        if self.entry:
            self.options = {"user": self.entry.pw_uid, "group": self.entry.pw_gid, "extra_groups": [], "cwd": "/"}

    @property
    def uid(self) -> int:
        return self.entry.pw_uid if self.entry else os.geteuid()

    def give(self, path: Path) -> Path:
        if self.entry:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)
        return path

    def can_enter(self, folder: Path) -> bool:
        test = ["test", "-x", str(folder)]
        return not self.entry or subprocess.run(test, check=False, **self.options).returncode == 0

    def programs(self, packages: list[Path]) -> Path:
        """A folder holding `packages` side by side, where the account can run them."""
        here = packages[0].parent
        if self.can_enter(packages[0]):
            return here
        name = packages[0].name
        there = own_folder(f"{name}-{importlib.metadata.version(name)}", os.geteuid(), 0o755)
        if not (there / "complete").exists():
            for package in packages:
                shutil.copytree(package, there / package.name, symlinks=True, dirs_exist_ok=True)
            _open_for_reading(there)
            (there / "complete").touch()
        return there

    def private_folder(self, folder: Path, tag: str) -> Path:
        """`folder`, or its stand-in outside when the account cannot reach it: 0700 and the account's own."""
        if not folder.parent.exists():
            folder.parent.mkdir(parents=True)
            folder.parent.chmod(0o711)
        if not self.can_enter(folder.parent):
            return own_folder(f"{folder.name}-{tag}", self.uid, 0o700)
        folder.mkdir(mode=0o700, exist_ok=True)
        return self.give(folder)


def _unprivileged():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServiceError(
        "PostgreSQL does not run as root and this machine has no account nobody: run this as a normal user."
    )


def own_folder(name: str, uid: int, mode: int) -> Path:
    """A folder that survives a restart of the machine, refused when somebody else made it before us."""
    base = Path("/var/tmp")  # noqa: S108 (owner and kind are checked below)
    folder = (base if base.is_dir() else Path(tempfile.gettempdir())) / f"cgic-portal-{os.geteuid()}-{name}"
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        pass
    else:
        os.chown(folder, uid, -1)
        folder.chmod(mode)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o022:
        raise ServiceError(
            f"{folder} belongs to somebody else: remove it, or set DATABASE_URL to a server of your own."
        )
    return folder


def _open_for_reading(top: Path) -> None:
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            may_run = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(path.stat().st_mode & 0o777 | (0o055 if may_run else 0o044))
