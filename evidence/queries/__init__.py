"""What is there of evidence, for whom; lists stay quick at a million rows by index walks and keyset cursors."""

from evidence.queries.alerts import agencies_with_open_alerts, alerts_of, detection_counts, detections, near
from evidence.queries.collection import (
    answering_agencies,
    owing_units,
    unanswered,
    unanswered_counts,
    without_evidence,
)
from evidence.queries.custody import (
    broken_custody,
    hand_over_counts,
    hand_overs,
    keepers_of,
    open_hand_over,
    people_for,
    receivers_for,
    receivers_told,
    units_for,
    whole_hand_overs,
)
from evidence.queries.exhibits import exhibits, exhibits_of, whole_exhibits
from evidence.queries.firearms import firearms, firearms_count, firearms_numbered, whole_firearms
from evidence.queries.incidents import incidents, incidents_count, incidents_named, recordable_agencies
from evidence.queries.laboratory import (
    enters,
    laboratories_for,
    people_with,
    sites_for,
    waiting,
    waiting_counts,
)
from evidence.queries.places import place_codes, place_of
from evidence.queries.reach import OVERSEEN, fetch
from evidence.queries.same_guns import alike, pairs_of, same_guns, same_guns_count, standing_pairs
from evidence.queries.traces import traces, traces_of

__all__ = [
    "OVERSEEN",
    "agencies_with_open_alerts",
    "alerts_of",
    "alike",
    "answering_agencies",
    "broken_custody",
    "detection_counts",
    "detections",
    "enters",
    "exhibits",
    "exhibits_of",
    "fetch",
    "firearms",
    "firearms_count",
    "firearms_numbered",
    "hand_over_counts",
    "hand_overs",
    "incidents",
    "incidents_count",
    "incidents_named",
    "keepers_of",
    "laboratories_for",
    "near",
    "open_hand_over",
    "owing_units",
    "pairs_of",
    "people_for",
    "people_with",
    "place_codes",
    "place_of",
    "receivers_for",
    "receivers_told",
    "recordable_agencies",
    "same_guns",
    "same_guns_count",
    "sites_for",
    "standing_pairs",
    "traces",
    "traces_of",
    "unanswered",
    "unanswered_counts",
    "units_for",
    "waiting",
    "waiting_counts",
    "whole_exhibits",
    "whole_firearms",
    "whole_hand_overs",
    "without_evidence",
]
