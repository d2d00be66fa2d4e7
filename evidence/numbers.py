"""Why a number cannot be given to a record, in the words that pages, programs and actions say alike, or None."""

from evidence import keys
from evidence.models import Incident


def why_not_case(agency, number, incident=None):
    """Why a case of this agency, or `incident` itself, cannot have a number."""
    key = keys.of(agency, number)
    if reason := keys.why_not(key):
        return reason
    same = Incident.objects.filter(agency=agency, case_key=key).exclude(pk=getattr(incident, "pk", None))
    return case_is_there(agency, number) if same.exists() else None


def why_not_exhibit(incident, number, exhibit=None):
    """Why an exhibit of this incident, or `exhibit` itself, cannot have a number."""
    same = incident.exhibits.filter(number=number).exclude(pk=getattr(exhibit, "pk", None))
    return exhibit_is_there(incident, number) if same.exists() else None


def case_is_there(agency, number):
    return f"{agency} has a case {number} already. Open it and add to it."


def exhibit_is_there(incident, number):
    return f"Case {incident} has an exhibit {number} already. Give this one another number."
