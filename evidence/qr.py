"""QR codes as SVG of the portal's own: one path of the dark modules, so that no style and no picture file is needed."""

import segno
from django.utils.html import format_html

QUIET = 2


def modules(text):
    """The code of a text as rows of 0 and 1, without the quiet zone; error correction M (15 %), never a micro code."""
    return [list(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix]


def svg(text, label):
    """The code as one SVG; `label` is what it says to those who do not see it."""
    rows = modules(text)
    size = len(rows) + 2 * QUIET
    runs = "".join(
        f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _dark(row)
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path d="{2}"/></svg>',
        size,
        label,
        runs,
    )


def _dark(row):
    """(first module, how many) of each run of dark ones."""
    start = None
    for x, module in enumerate([*row, 0]):
        if module and start is None:
            start = x
        elif not module and start is not None:
            yield start, x - start
            start = None
