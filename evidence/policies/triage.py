from agencies.access import groups_with
from agencies.roles import Permission
from evidence.models import Exhibit
from evidence.policies.standing import works_for


def fill_sheet(user, exhibit, marks=()):
    groups = groups_with(user, Permission.INCIDENT_EDIT)
    has = [exhibit.agency, *filter(None, [exhibit.held_by])]
    works = any(works_for(user, Permission.INCIDENT_EDIT, each) for each in has)
    if not works or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Only people who record evidence for an agency that holds this exhibit can fill its triage sheet."
    if exhibit.kind != Exhibit.Kind.CASING_GROUP:
        return "Only a group of cartridge cases has a triage sheet."
    listed = sum(mark["count"] for mark in marks)
    if listed > exhibit.count:
        return (
            f"The markers list {listed} casings, and exhibit {exhibit} counts {exhibit.count}. Correct the sheet, or"
            " the exhibit if there were more."
        )
    return None
