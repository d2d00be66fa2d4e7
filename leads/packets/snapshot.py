"""What was on record at one moment, as plain values: its canonical form, its hash, and how two of them differ.

A snapshot is {"form": 1, "as_of": time, "packet": {number, version, title, purpose, agency, bates, ...},
"lead": {number, link, stamp, ...}, "sections": {name: [row, ...]}}. A row is a mapping with a "key" that names the same
thing in every snapshot ("event-12", "link-40"), unique in its section. Values are text, whole numbers, true, false,
null, lists and mappings of these. Times are text in UTC ("2026-11-23T04:00:00Z").
"""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import NamedTuple

from leads.packets.sections import TITLES

FORM = 1


def plain(value):
    """`value` as a snapshot may hold it: times as text in UTC to the second, days as text, lists for tuples and sets.

    Raises TypeError for a fraction, which two machines may write in two ways, and for what is no plain value.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    raise TypeError(f"A snapshot holds no {type(value).__name__}.")


def canonical(snapshot):
    """The bytes that are hashed: JSON in UTF-8, names sorted, no space between, whatever order it was put together."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(snapshot):
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


class Changes(NamedTuple):
    """Of one section: rows that came in, pairs of a row as it was and as it is, rows that are gone."""

    added: list
    changed: list
    withdrawn: list

    def __bool__(self):
        return bool(self.added or self.changed or self.withdrawn)


def changes(old, new):
    """By section in the order of a packet, what `new` says otherwise than `old`; sections that say the same are left
    out. Rows are the same by their key; their order counts for nothing.
    """
    names = [name for name in TITLES if name in old["sections"] or name in new["sections"]]
    told = {name: _of_section(old["sections"].get(name, []), new["sections"].get(name, [])) for name in names}
    return {name: found for name, found in told.items() if found}


def _of_section(old, new):
    was, now = ({row["key"]: row for row in rows} for rows in (old, new))
    return Changes(
        [row for row in new if row["key"] not in was],
        [(was[row["key"]], row) for row in new if row["key"] in was and was[row["key"]] != row],
        [row for row in old if row["key"] not in now],
    )


def fields(was, now):
    """The names under which two rows of one key differ, sorted."""
    return sorted(name for name in {*was, *now} if was.get(name) != now.get(name))
