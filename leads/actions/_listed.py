"""What every step of an entry of the people list does: lock and re-read it, measure it, enter a status."""

from agencies import audit
from leads.models import ListedPerson
from leads.queries import listed as queries


def locked(entry):
    """The entry as it stands, held until the transaction ends."""
    held = ListedPerson.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency", "person", "proposed_by").get(pk=entry.pk)


def measure(entry, today):
    return queries.measured([entry], entry.agency, today)[entry.pk]


def inputs(score):
    """What was measured, to be stored beside the number: [factor, day, source, tenths or why not]."""
    shown = [[part.factor, part.on.isoformat(), part.source, part.tenths] for part in (*score.parts, *score.beside)]
    left = [[fact.factor, fact.on.isoformat(), fact.source, why] for fact, why in score.left_out]
    return {"counted": shown, "left_out": left}


def stamped(score):
    """The columns of an entry that keep a score."""
    return {
        "score": score.tenths,
        "score_version": score.version,
        "score_inputs": inputs(score),
        "score_as_of": score.as_of,
    }


def enter(entry, verb, *, by, **values):
    """Write `values` and the audit row, which holds nothing of what the entry says: that goes with the entry."""
    before = entry.status
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(values))
    told = {"before": before, "after": entry.status} if before != entry.status else {}
    audit.record(f"listed.{verb}", entry, by=by, agency=entry.agency_id, **told)
    return entry
