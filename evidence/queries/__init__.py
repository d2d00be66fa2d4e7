"""What is there of evidence, for whom; lists stay quick at a million rows by index walks and keyset cursors."""

from evidence.queries.collection import (
    answering_agencies,
    owing_units,
    unanswered,
    unanswered_counts,
    without_evidence,
)
from evidence.queries.exhibits import broken_custody, exhibits, exhibits_of, whole_exhibits
from evidence.queries.incidents import incidents, incidents_count, incidents_named, recordable_agencies
from evidence.queries.laboratory import (
    enters,
    laboratories_for,
    people_with,
    sites_for,
    waiting,
    waiting_counts,
)
from evidence.queries.reach import OVERSEEN, fetch
from evidence.queries.traces import traces, traces_of

__all__ = [
    "OVERSEEN",
    "answering_agencies",
    "broken_custody",
    "enters",
    "exhibits",
    "exhibits_of",
    "fetch",
    "incidents",
    "incidents_count",
    "incidents_named",
    "laboratories_for",
    "owing_units",
    "people_with",
    "recordable_agencies",
    "sites_for",
    "traces",
    "traces_of",
    "unanswered",
    "unanswered_counts",
    "waiting",
    "waiting_counts",
    "whole_exhibits",
    "without_evidence",
]
