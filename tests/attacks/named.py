"""What a side has said of people: a witness in an event of its lead, a record that is the same, a checklist begun."""

from leads.actions import assertions, enrichment, sameness


def on(side):
    """(the entity, what is said of it, the decision that another record is the same) of a side."""
    marker, by = side.marker, side["analyst"]
    given = {
        "lead": side.lead, "kind": "person", "role": "witness", "source_kind": "statement", "event": side.event,
        "reliability": "B", "validity": 2, "by": by,
    }  # fmt: skip
    numbers = {"fbi_number": f"{marker}9911", "other_name": f"{marker} Junior"}
    said = assertions.name(name=f"{marker}, Pat", source=f"{marker} statement", more=numbers, **given)
    again = assertions.name(name=f"{marker}, Patrick", source=f"{marker} other statement", **given)
    same = sameness.join(one=said.entity, other=again.entity, reason=f"{marker} prints", by=by)
    enrichment.answer(lead=side.lead, kind="lpr", state="done", result=f"{marker} plates", by=by)
    return said.entity, said, same
