"""How well each version of a center's weights would have ranked the leads that led to an arrest.

A lead is scored on what was measured when it was opened and nothing later: `Lead.opened_inputs`, kept once. Leads from
before that was kept are left out and counted. Nothing is said of fewer than `FEWEST` arrests.
"""

import json
from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from leads import ranking, triage
from leads.models import Obligation
from leads.queries import scoring

FEWEST = 20
MOST = 5000
Outcome = Obligation.Outcome
ARRESTS = (Outcome.ARREST_MADE.value, Outcome.ARREST_WARRANT.value)
CLOSED = """
select l.opened_at, l.opened_inputs::text <> '{}' as known, l.opened_inputs::text,
       array(select distinct coalesce(n.merged_into_id, n.id) from leads_obligation o
               join leads_outcome n on n.id = o.named_outcome_id
              where o.lead_id = l.id and o.state = 'closed' and o.outcome = any(%(arrests)s)) as arrests
  from leads_lead l
 where l.agency_id = %(center)s and l.status = 2 and l.events_count > 0
   and l.closed_at >= %(since)s and l.closed_at < %(until)s
   and exists (select 1 from leads_obligation o where o.lead_id = l.id and o.state = 'closed' and o.outcome <> '')
 order by l.closed_at desc limit %(most)s
"""


class Way(NamedTuple):
    """One way to rank: its version (None for the two plain ones), its name, area and capture (None: withheld)."""

    version: int | None
    name: str
    area: float | None
    capture: float | None


class Test(NamedTuple):
    """`count` leads that were ranked, `arrests` of them; `first` are the top fifth; `left_out` are from before
    measures were kept, `shared` led to arrests that a lead opened before them led to; `capped`: there are more, the
    last `MOST` were taken.
    """

    ways: list
    count: int
    arrests: int
    first: int
    left_out: int
    shared: int
    capped: bool
    shown: bool


def run(center, *, now, days):
    """The back-test of all versions of a center over leads closed in the last `days`."""
    found = _closed(center, now, days)
    capped, found = len(found) > MOST, found[:MOST]
    known = [(opened_at, json.loads(inputs), set(arrests)) for opened_at, known, inputs, arrests in found if known]
    leads = once(known)
    arrests = sum(arrest for _at, _inputs, arrest in leads)
    shown = arrests >= FEWEST and len(leads) > arrests
    ways = [
        (table.version, f"Version {table.version}", lambda at, inputs, table=table: triage.weigh(inputs, table).total)
        for table in scoring.tables(center)
    ]
    ways += [
        (None, "Newest first", lambda at, inputs: at.timestamp()),
        (None, "Most events first", lambda at, inputs: inputs["events"]),
    ]
    ranked = [_way(version, name, value, leads, shown) for version, name, value in ways]
    first = ranking.first(len(leads))
    return Test(ranked, len(leads), arrests, first, len(found) - len(known), len(known) - len(leads), capped, shown)


def once(leads):
    """[(opened, measures, whether it led to an arrest)] of [(opened, measures, ids of arrests)], the newest first. An
    arrest is that of the lead opened first; what led to nothing but arrests of earlier leads is no hit and no miss.
    """
    taken, kept = set(), []
    for opened_at, inputs, arrests in sorted(leads, key=lambda lead: lead[0]):
        if not arrests or arrests - taken:
            kept.append((opened_at, inputs, bool(arrests)))
        taken |= arrests
    return sorted(kept, key=lambda lead: lead[0], reverse=True)


def _way(version, name, value, leads, shown):
    if not shown:
        return Way(version, name, None, None)
    ranked = [(value(at, inputs), arrest) for at, inputs, arrest in leads]
    return Way(version, name, ranking.area(ranked), ranking.capture(ranked))


def _closed(center, now, days):
    asked = {"center": center.pk, "since": now - timedelta(days=days), "until": now, "most": MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, asked | {"arrests": list(ARRESTS)})
        return cursor.fetchall()
