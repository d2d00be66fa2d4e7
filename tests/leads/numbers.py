"""The numbers of a page: where each stands, what it opens, and whether the rows there are as many as it says."""

import re
import statistics
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

VOID = {"area", "br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "polyline", "rect", "use", "wbr"}
OLDER = re.compile(r'<a href="([^"]+)" rel="next"')
TOOK = re.compile(r'<span class="lab">Took </span>([^<]*)</td>')
HOURS = {"min": 1 / 60, "h": 1, "d": 24}
LENGTH = re.compile(r"([\d.]+) (min|h|d)$")
# Of what a share is the share: the part of the same list that is the whole.
WHOLES = {"in_time": "decided", "went": "came"}
WHOLES_OF_THE_BOARD = {"in_time": "closed"}


class Number(NamedTuple):
    """A text with a digit: the address it opens, the head of its column or its term, the elements around it (names
    and classes)."""

    text: str
    url: str | None
    head: str
    around: frozenset


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.found, self.heads, self.column, self.term = [], [], [], 0, ""

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        if tag == "thead":
            self.heads = []
        elif tag == "tr":
            self.column = -1
        elif tag in ("td", "th"):
            self.column += 1
        self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while tag not in VOID and self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, text):
        tags = [tag for tag, _ in self.stack]
        if "thead" in tags and text.strip():
            self.heads += [text.strip()]
        elif "dt" in tags:
            self.term = text.strip()
        elif "main" in tags and re.search(r"\d", text):
            url = next((attrs.get("href") for tag, attrs in reversed(self.stack) if tag == "a"), None)
            classes = {f".{name}" for _, attrs in self.stack for name in (attrs.get("class") or "").split()}
            in_cell = "td" in tags and self.column < len(self.heads)
            head = self.heads[self.column] if in_cell else self.term if "dd" in tags else ""
            self.found.append(Number(" ".join(text.split()), url, head, frozenset({*tags, *classes})))


def of(page):
    """Every text with a digit in the main part of a page, but heads of columns and terms."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


class Opened:
    """The lists that numbers open, each read once to its end as a browser does; `people` says how many share a rate."""

    def __init__(self, client, people=None):
        self._client, self._people, self._read = client, people, {}

    def rows(self, url):
        """(how many rows, how long each took)"""
        if url not in self._read:
            many, took, following = 0, [], url
            while following:
                page = self._client.get(following).content.decode()
                many += page.count("<tr data-href")
                took += TOOK.findall(page)
                following = next(iter(OLDER.findall(page)), "").replace("&amp;", "&")
            self._read[url] = many, took
        return self._read[url]

    def problem(self, number, few):
        """What is wrong with a number and the rows that it opens, "" when they agree."""
        many, took = self.rows(number.url)
        if number.text == f"n<{few}":
            right = 0 < many < few
        elif share := re.search(r"(\d+)%", number.text):
            whole = self.rows(_whole(number.url))[0]
            right = whole >= few and round(100 * many / whole) == int(share[1])
        elif number.head == "Per detective":
            right = round(many / self._people(number.url), 1) == float(number.text)
        elif number.text.startswith("oldest"):
            right = many
        elif LENGTH.match(number.text):
            right = len(took) >= few and _length(number.text) == _length_of(took, number.head)
        else:
            right = many == int(re.search(r"[\d,]+", number.text)[0].replace(",", ""))
        return "" if right else f"{number.head} {number.text}: {many} rows behind {number.url}"


def _whole(url):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    if "which" in asked:
        asked["which"] = WHOLES_OF_THE_BOARD[asked["which"]]
    else:
        asked["part"] = WHOLES[asked["part"]]
    return f"{urlsplit(url).path}?{urlencode(asked)}"


def _length(text):
    value, unit = LENGTH.match(text).groups()
    return float(value) * HOURS[unit]


def _length_of(took, head):
    hours = sorted(map(_length, took))
    tenths = statistics.quantiles(hours, n=10, method="inclusive") if len(hours) > 1 else hours * 9
    # Each row is rounded to an hour, or to a tenth of a day.
    return _About(tenths[8] if head.startswith("90th") else tenths[4])


class _About(float):
    def __eq__(self, other):
        return abs(self - other) <= max(1.3, 0.02 * self)

    __hash__ = float.__hash__
