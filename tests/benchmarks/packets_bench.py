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
from tests.leads import manypages

MOST_RATIO, MOST_MEGABYTES, MOST_SECONDS = 6, 450, 10
PLAIN = """
import json, sys, typst
said = json.load(sys.stdin)
source = b'#set text(font: "Public Sans", size: 8.5pt)\\n#for each in json(bytes(sys.inputs.data)) { par(each) }'
sys.stdout.buffer.write(typst.compile(source, font_paths=[said["fonts"]], ignore_system_fonts=True, format="pdf",
                                      sys_inputs={"data": json.dumps(said["words"])}))
"""


def figures(_connection):
    """One figure: seconds for the pages, of their floor, their ratio, how many pages, and the memory they took."""
    said, times, floors = manypages.snapshot(), [], []
    for _ in range(3):
        began = time.perf_counter()
        made = typeset.pdf(paper.pages(said))
        times.append(time.perf_counter() - began)
        floors.append(_floor(said))
    peak = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    spent = min(times)
    if made.count < 200 or spent > MOST_SECONDS:
        raise AssertionError(f"{made.count} pages took {spent:.1f} s: 200 are set in {MOST_SECONDS} s.")
    memory = {"megabytes": peak, "most_megabytes": MOST_MEGABYTES, "pages": made.count}
    return [row("setting 200 pages of a packet", spent, min(floors), MOST_RATIO, unit="s", **memory)]


def _floor(said):
    words = [line for section in paper.sections(said) for block in section["blocks"] for line in _words(block)]
    asked = json.dumps({"words": words, "fonts": str(typeset.FONTS[0].parent)}).encode()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", PLAIN], input=asked, capture_output=True, check=True)
    return time.perf_counter() - began


def _words(block):
    rows = block.get("rows", ())
    return [block["text"]] if "text" in block else [" ".join(line) for line in rows]
