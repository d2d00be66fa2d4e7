import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cgic.processes import free_port

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(sys.platform != "linux", reason="what is left running is read from /proc"),
]


def demo(root, environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "cgic.demo", *arguments],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(process):
    return process.communicate(timeout=120)[0]


def left_running(var):
    """Processes that know the folder of this demo by their arguments or environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            known = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if entry.name != str(os.getpid()) and var.encode() in known:
            found.append(entry.name)
    return found


def wait_until_it_runs(process):
    """What it said until then."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C stops everything" in line:
            return "".join(lines)
    pytest.fail("the demo ended before it was ready")


def test_a_taken_port_is_named_with_how_to_choose_another(root, bare_environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = demo(root, bare_environment, "--port", str(port))
        text = said(process)
    assert process.returncode == 1
    assert f"Port {port} of this machine is taken by another program" in text
    assert f"./dev demo --port {port + 1}" in text


def test_a_number_that_is_no_port_is_answered_with_the_range(root, bare_environment):
    for port in ("70000", "80", "web"):
        process = demo(root, bare_environment, "--port", port)
        assert "choose 1024 to 65535" in said(process)
        assert process.returncode == 2


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "postgresql://me:hidden@127.0.0.1:1/theirs"), ("REDIS_URL", "redis://:hidden@127.0.0.1:1/0")],
)
def test_a_server_of_yours_that_does_not_answer_is_named_before_anything_runs(root, bare_environment, name, url):
    process = demo(root, bare_environment | {name: url}, "--port", str(free_port()))
    text = said(process)
    assert process.returncode == 1
    assert f"{name} names 127.0.0.1:1, where no server lets us in" in text
    assert not [word for word in ("hidden", "Traceback", "the queue run") if word in text]


def test_reset_never_empties_a_database_the_demo_did_not_make(root, bare_environment):
    environment = bare_environment | {"DATABASE_URL": "postgresql://somebody@127.0.0.1:1/theirs"}
    process = demo(root, environment, "--reset", "--port", str(free_port()))
    assert "--reset empties no database of your own" in said(process)
    assert process.returncode == 1


def test_the_demo_leaves_nothing_when_killed_or_stopped_and_keeps_its_data(root, bare_environment):
    var, port = bare_environment["VAR_DIR"], str(free_port())
    first = demo(root, bare_environment, "--port", port)
    wait_until_it_runs(first)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
        assert page.status == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    second = demo(root, bare_environment, "--port", port)
    assert f"already runs at http://127.0.0.1:{port}" in said(second)

    made = os.stat(Path(var) / "secret-key").st_mtime_ns
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    end = time.monotonic() + 60
    while left_running(var):
        assert time.monotonic() < end, f"still running: {left_running(var)}"
        time.sleep(0.2)

    again = demo(root, bare_environment, "--port", port)
    text = wait_until_it_runs(again)
    assert "the worker answers" in text
    assert "the demo city is loaded" not in text
    assert os.stat(Path(var) / "secret-key").st_mtime_ns == made
    again.send_signal(signal.SIGINT)
    said(again)
    assert not left_running(var)
