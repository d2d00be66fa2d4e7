"""A packet whose workers are killed while they set and keep its pages, with the queue lost beside: built once."""

import fcntl
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from agencies.models import AuditEvent, Notification
from evidence import vault
from leads.models import PacketSeal, PacketVersion
from leads.packets import paper, typeset
from leads.tasks import build_packet, keep_packets
from tests.faults.test_import_survives import children
from tests.faults.test_killed_at_work import killed_while_it_writes, queue
from tests.faults.test_schedulers import open_leads
from tests.installation import Visitor, until
from tests.leads import manypages

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children of a process are read from /proc"),
]


@pytest.fixture
def version(portal):
    """A version of some fifty pages that nobody has begun."""
    city = portal.city
    lead = open_leads(city, "45", timezone.now(), many=1).select_related("lead").first().lead
    return manypages.ask(lead, by=city.detective, agency=city.papd, many=80)


def setting(worker):
    """The process that sets pages for a worker."""

    def found():
        """a typesetter is at work"""
        below = [each for child in children(worker) for each in _children(child)]
        return [pid for pid in below if b"press.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    return until(found)[0]


def _children(pid):
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def is_free():
    """Whether nobody on this machine sets pages."""
    handle = os.open(typeset.lock(), os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def stands(version):
    version.refresh_from_db()
    return version.state, version.tries, version.pdf_sha256


def kept(portal):
    """Whatever lies in the vault, whole or half."""
    return {each.name for each in (portal.folder / "files").rglob("*") if each.is_file()}


def grown_old(version):
    """As if the worker had begun two minutes ago, when the sweep begins to look after it."""
    PacketVersion.objects.filter(pk=version.pk).update(begun_at=timezone.now() - timedelta(minutes=2))


def test_a_packet_is_built_once_whatever_becomes_of_its_workers_and_the_queue(portal, version):
    before, visitor = kept(portal), Visitor(portal.url, portal.city.detective)
    expected = typeset.pdf(paper.pages(version.snapshot))
    worker = portal.worker("first")
    queue(portal, build_packet, version.pk)
    typesetter = setting(worker)
    os.kill(typesetter, signal.SIGSTOP)
    assert b"Setting the pages" in visitor.get(f"/packets/versions/{version.pk}/progress/")[2]
    os.kill(worker.pid, signal.SIGSTOP)
    child = children(worker)[0]
    os.kill(child, signal.SIGKILL)
    until(lambda: ") Z " in Path(f"/proc/{child}/stat").read_text())
    assert not is_free(), "the next worker waits for the typesetter that is left over"
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    until(lambda: not Path(f"/proc/{typesetter}").exists())
    assert (stands(version), kept(portal)) == (("building", 1, ""), before)

    worker = portal.worker("second")
    with killed_while_it_writes(worker, wrote="leads_packetversion", held_at="agencies_notification"):
        queue(portal, build_packet, version.pk)
    portal.valkey.stop()
    assert stands(version) == ("building", 2, "")
    assert b"Keeping the pages" in visitor.get(f"/packets/versions/{version.pk}/progress/")[2]

    portal.valkey.start()
    grown_old(version)
    portal.beat()
    setting(portal.worker("third"))
    portal.valkey.stop()

    def built():
        """the pages are there, without a queue"""
        return stands(version)[0] == "built"

    try:
        until(built)
    finally:
        portal.valkey.start()
    build_packet(version.pk)
    assert (stands(version)[1], version.pages) == (3, expected.count)
    new = kept(portal) - before
    assert new == {version.pdf_sha256}, "no half file, and none twice"
    with vault.opened(version.pdf_sha256) as file:
        assert file.read() == expected.content
    assert AuditEvent.objects.filter(verb="packet.built", object_id=version.pk).count() == 1
    assert Notification.objects.filter(verb="packet.built", object_id=version.pk).count() == 1
    # Nothing is left to do for the workers of other tests.
    keep_packets()
    assert PacketSeal.objects.filter(version=version).count() == 1
