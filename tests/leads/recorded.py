"""Persons and things that somebody named on leads, for tests: written plainly, valid by default, all fictional."""

from leads import entitykeys
from leads.models import Assertion, Entity, EntityKey
from tests.factories import NOW


def entity(lead, name="Pat Doran", *, by=None, kind="person", role=None, event=None, said=None, **values):
    """An entity with an assertion on a lead: a person is a suspect in its first event, anything else is named."""
    by = by or lead.created_by
    made = Entity.objects.create(agency=lead.agency, kind=kind, name=name, recorded_at=NOW, recorded_by=by, **values)
    made.refresh_from_db()
    found = entitykeys.keys(kind, name, region=made.region, born_on=made.born_on)
    EntityKey.objects.bulk_create(EntityKey(entity=made, key=key) for key in sorted(found))
    say(made, lead, role=role or ("suspect" if kind == "person" else "named"), event=event, by=by, **(said or {}))
    return made


def say(entity, lead, *, role="suspect", event=None, by=None, **values):
    """One more assertion of an entity."""
    given = {"source_kind": "report", "source": f"Report of {lead.number}", "reliability": "B", "validity": 2}
    event = event or (lead.events.first() if role != "named" else None)
    by, given = by or lead.created_by, given | {"agency": lead.agency, "said_at": NOW} | values
    return Assertion.objects.create(entity=entity, lead=lead, event=event, role=role, said_by=by, **given)
