"""Setting 200 pages of a packet, beside the least that the typesetter could do with the same words: one paragraph after
the other, without tables, tags or numbers, in a process of its own as well. And twenty such packets asked for at once,
built and sealed by two real workers, beside as many set one after the other.

The memory of the first is that of the process that sets them, at most. That of the second is what all processes of both
workers have together at their worst moment: what several share is counted once, in parts.
"""

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from django.core.management import call_command
from django.utils import timezone

from leads.models import PacketSeal, PacketVersion
from leads.packets import paper, typeset
from leads.tasks import build_packet, keep_packets
from tests.benchmarks.measuring import row
from tests.factories import City
from tests.faults.test_schedulers import open_leads
from tests.installation import Installation, make_database
from tests.leads import manypages

MOST_RATIO, MOST_MEGABYTES, MOST_SECONDS = 6, 450, 10
PACKETS, WORKERS, MOST_TOGETHER, PATIENCE = 20, ("one", "two"), 1000, 600
PLAIN = """
import json, sys, typst
said = json.load(sys.stdin)
source = b'#set text(font: "Public Sans", size: 8.5pt)\\n#for each in json(bytes(sys.inputs.data)) { par(each) }'
sys.stdout.buffer.write(typst.compile(source, font_paths=[said["fonts"]], ignore_system_fonts=True, format="pdf",
                                      sys_inputs={"data": json.dumps(said["words"])}))
"""


def figures(connection):
    """Two figures: seconds, those of their floor, their ratio, and the memory that it took."""
    said, times, floors = manypages.snapshot(), [], []
    for _ in range(3):
        began = time.perf_counter()
        made = typeset.pdf(paper.pages(said))
        times.append(time.perf_counter() - began)
        floors.append(_floor(said))
    peak = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    if made.count < 200:
        raise AssertionError(f"These are {made.count} pages: 200 are to be measured.")
    limits = {"megabytes": peak, "most_megabytes": MOST_MEGABYTES, "most_seconds": MOST_SECONDS}
    one = row(
        "setting 200 pages of a packet", min(times), min(floors), MOST_RATIO, unit="s", pages=made.count, **limits
    )
    connection.close()
    spent, together = _at_once()
    limits = {"megabytes": together, "most_megabytes": MOST_TOGETHER, "workers": len(WORKERS)}
    return [one, row(f"{PACKETS} of them at once, and sealed", spent, PACKETS * min(times), None, unit="s", **limits)]


def _floor(said):
    words = [line for section in paper.sections(said) for block in section["blocks"] for line in _words(block)]
    asked = json.dumps({"words": words, "fonts": str(typeset.FONTS[0].parent)}).encode()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", PLAIN], input=asked, capture_output=True, check=True)
    return time.perf_counter() - began


def _words(block):
    rows = block.get("rows", ())
    return [block["text"]] if "text" in block else [" ".join(line) for line in rows]


# --- at once --------------------------------------------------------------------------------------------------------


def _at_once():
    """(seconds, megabytes at most) of packets that two workers build and seal, asked for at once."""
    with _portal() as portal:
        city = City()
        lead = open_leads(city, "46", timezone.now(), many=1).select_related("lead").first().lead
        numbers = range(1, PACKETS + 1)
        versions = [manypages.ask(lead, by=city.detective, agency=city.papd, number=number) for number in numbers]
        workers = [portal.worker(name) for name in WORKERS]
        began, most = time.perf_counter(), 0
        for version in versions:
            build_packet.delay(version.pk)
        for ends in (_built, _sealed):
            while not ends():
                most = max(most, sum(_taken(each.pid) for each in workers))
                time.sleep(0.1)
                if time.perf_counter() - began > PATIENCE:
                    raise AssertionError(f"{PACKETS} packets were not there after {PATIENCE} s: {portal.log('one')}")
        return time.perf_counter() - began, round(most / 1024)


@contextlib.contextmanager
def _portal():
    """An empty installation beside the one that is measured: its packets are never deleted."""
    name = "bench_packets"
    with tempfile.TemporaryDirectory(prefix="cgic-bench-") as folder:
        portal = Installation(Path(folder), make_database(os.environ["DATABASE_URL"], name), os.environ["REDIS_URL"])
        try:
            with portal.here(SimpleNamespace(unblock=contextlib.nullcontext)):
                call_command("migrate", verbosity=0)
                yield portal
        finally:
            portal.end()
            make_database(os.environ["DATABASE_URL"], name)


def _built():
    """Whether all pages are there; who seals them is asked for then."""
    if PacketVersion.objects.exclude(state=PacketVersion.State.BUILT).exists():
        return False
    keep_packets.delay()
    return True


def _sealed():
    return PacketSeal.objects.count() == PACKETS


def _taken(pid):
    """Kilobytes of memory that a process and all below it take, with their part of what they share (PSS)."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        own = next(
            line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:")
        )
    except (OSError, StopIteration):
        return 0
    return int(own.split()[1]) + sum(_taken(int(each)) for each in below)
