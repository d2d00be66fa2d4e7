"""Rows on their way into COPY."""

import csv
import io
from itertools import islice

SLICE = 2000


class Lines:
    """Tuples as the CSV that COPY reads, made while it asks for more.

    What making them raises is kept in `problem` and ends the rows: the driver would turn it into an error of its own.
    """

    def __init__(self, rows):
        self.rows, self.rest, self.problem = iter(rows), "", None

    def read(self, size):
        while len(self.rest) < size and self.problem is None and (more := self._more()):
            self.rest += more
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece

    def _more(self):
        text = io.StringIO()
        try:
            csv.writer(text, lineterminator="\n").writerows(islice(self.rows, SLICE))
        except Exception as problem:
            self.problem = problem
        return text.getvalue()
