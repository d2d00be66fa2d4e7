"""What the virus scanner does not look at is not clean: told of by `verify_scanner`, and tried on ClamAV's own daemon
where there is one.
"""

import io
import shutil
import subprocess
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command

from evidence import scanner, scannercheck
from tests.evidence.fakes import EICAR, Clamd

MB = 1024 * 1024
CONFIGURATION = """
LocalSocket {place}/clamd
Foreground yes
DatabaseDirectory {place}
TemporaryDirectory {place}
StreamMaxLength 4M
"""
LIMITS = "MaxFileSize 4M\nMaxScanSize 10M\nAlertExceedsMax yes\n"


def test_what_is_wrong_with_a_scanner_is_told(settings):
    server = Clamd()
    try:
        settings.CLAMD_ADDRESS = server.address
        (alone,) = scannercheck.problems(server.address, 3 * MB)
        assert "Set AlertExceedsMax to yes" in alone, "this one does not look into archives"
        server.limit = MB
        assert "Files of 3 MB are refused" in scannercheck.problems(server.address, 3 * MB)[0]
        server.says = b"stream: OK"
        assert "Run freshclam" in scannercheck.problems(server.address, MB)[0]
        with pytest.raises(CommandError, match="Run freshclam"):
            call_command("verify_scanner")
    finally:
        server.end()
    assert "No scanner answers" in scannercheck.problems(server.address, MB)[0]
    settings.CLAMD_ADDRESS = ""
    with pytest.raises(CommandError, match="set CLAMD_ADDRESS"):
        call_command("verify_scanner")


@pytest.fixture
def clamd(tmp_path):
    """Starts ClamAV's daemon with what is to be added to its configuration: its address."""
    if not shutil.which("clamd"):
        pytest.skip("ClamAV's daemon is not installed here.")
    (tmp_path / "hand.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    running = []

    def start(more):
        (tmp_path / "clamd.conf").write_text(CONFIGURATION.format(place=tmp_path) + more)
        command = ["clamd", "-c", str(tmp_path / "clamd.conf")]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        address = f"unix:{tmp_path}/clamd"
        until = time.monotonic() + 10
        while not scanner.is_there(address) and time.monotonic() < until:
            time.sleep(0.02)
        return address

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_the_daemon_of_clamav_is_understood(clamd):
    address = clamd(LIMITS)
    boxed = io.BytesIO()
    with zipfile.ZipFile(boxed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"Three casings. " + EICAR)
    boxed.seek(0)
    assert scanner.scan(io.BytesIO(b"Three casings."), address) == ""
    assert scanner.scan(io.BytesIO(b""), address) == ""
    assert "Eicar-Test-Signature" in scanner.scan(boxed, address)
    with pytest.raises(scanner.Beyond, match="size limit exceeded"):
        scanner.scan(io.BytesIO(bytes(5 * MB)), address)
    assert scannercheck.problems(address, 3 * MB) == []


def test_a_daemon_that_calls_clean_what_it_does_not_look_at_is_told_of(clamd):
    large, alarm = scannercheck.problems(clamd("MaxFileSize 1M\n"), 3 * MB)
    assert "Files of 3 MB are called clean without a look" in large
    assert "Set AlertExceedsMax to yes" in alarm
