"""Requests as rows of a table: columns of our own, told in docs/mapping.md. Race and ethnicity stay on the sheet."""

from evidence import tracing
from evidence.models import TracePerson

LEFT_OUT = ("race", "is_hispanic")
POSSESSOR = tuple(name for name in TracePerson.FORM if name not in LEFT_OUT)
COLUMNS = ("request_id", "agency", *tracing.FIELDS, *(f"possessor_{name}" for name in POSSESSOR), "associates")


def row(trace):
    people = list(trace.people.all())
    possessor = next((each for each in people if each.kind == TracePerson.Kind.POSSESSOR), TracePerson())
    associates = "; ".join(_named(each) for each in people if each.kind == TracePerson.Kind.ASSOCIATE)
    asked = [_plain(getattr(trace, name)) for name in tracing.FIELDS]
    return [trace.pk, trace.agency.name, *asked, *(_plain(getattr(possessor, name)) for name in POSSESSOR), associates]


def _named(person):
    return f"{person.name} ({person.born_on})" if person.born_on else person.name


def _plain(value):
    return {True: "Y", False: "N"}.get(value, value) if isinstance(value, bool) else value
