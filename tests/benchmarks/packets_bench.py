"""Setting 200 pages of a packet, beside the least that the typesetter could do with the same words: one paragraph after
the other, without tables, tags or numbers, in a process of its own as well.

The memory is that of the process that sets them, at most; it is what two workers take together beside their own, as one
of them sets pages at a time (docs/adr/0039).
"""

import json
import resource
import subprocess
import sys
import time

from leads.packets import paper, typeset
from tests.benchmarks.measuring import row

EXHIBITS, LEGS, MOST_RATIO, MOST_MEGABYTES, MOST_SECONDS = 350, 7, 6, 450, 10
PLAIN = """
import json, sys, typst
said = json.load(sys.stdin)
source = b'#set text(font: "Public Sans", size: 8.5pt)\\n#for each in json(bytes(sys.inputs.data)) { par(each) }'
sys.stdout.buffer.write(typst.compile(source, font_paths=[said["fonts"]], ignore_system_fonts=True, format="pdf",
                                      sys_inputs={"data": json.dumps(said["words"])}))
"""


def figures(_connection):
    """One figure: seconds for the pages, of their floor, their ratio, how many pages, and the memory they took."""
    snapshot, times, floors = _snapshot(), [], []
    for _ in range(3):
        began = time.perf_counter()
        made = typeset.pdf(paper.pages(snapshot))
        times.append(time.perf_counter() - began)
        floors.append(_floor(snapshot))
    peak = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    spent = min(times)
    if made.count < 200 or spent > MOST_SECONDS:
        raise AssertionError(f"{made.count} pages took {spent:.1f} s: 200 are set in {MOST_SECONDS} s.")
    memory = {"megabytes": peak, "most_megabytes": MOST_MEGABYTES, "pages": made.count}
    return [row("setting 200 pages of a packet", spent, min(floors), MOST_RATIO, unit="s", **memory)]


def _floor(snapshot):
    words = [line for section in paper.sections(snapshot) for block in section["blocks"] for line in _words(block)]
    asked = json.dumps({"words": words, "fonts": str(typeset.FONTS[0].parent)}).encode()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", PLAIN], input=asked, capture_output=True, check=True)
    return time.perf_counter() - began


def _words(block):
    rows = block.get("rows", ())
    return [block["text"]] if "text" in block else [" ".join(line) for line in rows]


def _snapshot():
    """A packet with so many exhibits and legs of custody that it has 200 pages."""
    exhibits = [
        {
            "key": f"exhibit-{number}", "case": f"PAPD 26-{number:06d}", "number": "1", "what": "Cartridge cases",
            "caliber": "9 mm", "count": 7, "description": "Seven fired cartridge cases", "property_number": "P26-1",
            "lab_number": "", "collected_at": "2026-07-01T04:00:00Z", "collected_by": "Ofc. Cal Whitney",
            "compared": True, "firearm": "", "disposed_at": None, "custody": [_leg(place) for place in range(LEGS)],
        }
        for number in range(EXHIBITS)
    ]  # fmt: skip
    return {
        "form": 1, "as_of": "2026-07-16T14:42:00Z", "sections": {"exhibits": exhibits},
        "packet": {"number": "PK-1", "version": 1, "title": "State v. Quill", "purpose": "charging", "bates": "PAPD-1",
                   "maker": "Det. Chidi Okafor", "agency": "Port Alder PD", "code": "PAPD", "zone": "America/Chicago"},
        "lead": {"number": "WCL-2026-00412", "cluster": "", "leads": ["WCL-2026-00412"], "link": False,
                 "stamp": "UNCONFIRMED", "caveat": "An investigative lead only."},
    }  # fmt: skip


def _leg(place):
    return {
        "position": place, "at": f"2026-07-{place + 1:02d}T15:20:00Z", "purpose": "Sent to the laboratory",
        "from": "Ofc. Cal Whitney, Port Alder PD", "to": "Wexley County Crime Laboratory, intake",
        "seal": f"S0029{place}", "condition": "Sealed", "paper": "", "confirmed": True, "hash": f"{place}" * 64,
    }  # fmt: skip
