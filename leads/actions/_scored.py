"""The score of a lead as it is stored: by which table, of what, as of when."""

from leads import triage
from leads.models import LeadFlag
from leads.queries import scoring

FIELDS = [
    "score",
    "reasons",
    "scored_at",
    "score_version",
    "score_inputs",
    "opened_inputs",
    "priority",
    "priority_reason",
]


def write(lead, dated, *, now, table=None):
    """Score a lead of these dated events by its center's table in force; what it was opened on is kept once."""
    flags = {flag.kind for flag in lead.flags.all() if not flag.withdrawn_at} if lead.scored_at else set()
    facts = triage.Facts(
        events=tuple(_event(each) for each in dated),
        gun_recovered=LeadFlag.Kind.RECOVERED in flags,
        as_of=now,
        flags=frozenset(flags - {LeadFlag.Kind.RECOVERED}),
    )
    table = table or scoring.in_force(lead.agency_id, now)
    score = triage.score(facts, table)
    first = not lead.scored_at
    lead.score, lead.reasons, lead.scored_at = score.total, [list(reason) for reason in score.reasons], now
    lead.score_version, lead.score_inputs = score.version, triage.measure(facts)
    if first:
        lead.opened_inputs = lead.score_inputs
    lead.priority, lead.priority_reason = triage.priority(facts, table)


def _event(event):
    place = event.incident
    point = (place.lat, place.lng) if place and place.lat is not None else None
    return triage.Event(event.kind, event.occurred_at, event.agency_id or 0, event.confirmed_at is not None, point)
