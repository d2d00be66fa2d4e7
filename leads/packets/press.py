"""Sets pages: what they say comes by standard input as JSON, a PDF goes out by standard output.

Run by path in a process of its own (`leads.packets.typeset`): it needs no Django and takes nothing from the network.
"""

import json
import resource
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("packet.typ")
# Kept for long, with attachments (PDF/A-3), and read by a screen reader (PDF/UA).
STANDARDS = ["a-3a", "ua-1"]


def press(asked):
    """asked: {"data": what the template reads, "fonts": folder, "at": seconds since 1970, "longest": seconds of the
    processor that it may take}. Bytes: how many pages there are, a newline and the PDF.
    """
    compiler = typst.Compiler(
        str(TEMPLATE), font_paths=[asked["fonts"]], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asked["data"])},
    )  # fmt: skip
    count = json.loads(compiler.query("<last>", field="value", one=True))
    return f"{count}\n".encode() + compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=asked["at"])


def main():
    asked = json.load(sys.stdin.buffer)
    # Whoever asked may have been killed, and nobody else ends what never comes to an end.
    resource.setrlimit(resource.RLIMIT_CPU, (asked["longest"], asked["longest"]))
    try:
        sys.stdout.buffer.write(press(asked))
    except typst.TypstError as error:
        sys.exit(f"{error}"[:2000])


if __name__ == "__main__":
    main()
