from agencies.roles import Permission
from evidence.models import Exhibit
from evidence.policies.standing import works_for


def keep_places(user, agency):
    if not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} keep its storage places."
    return None


def lie_inside(user, agency, parent):
    if parent is None:
        return None
    if parent.agency_id != agency.pk:
        return "A place lies inside places of its own agency."
    return f"{parent} is closed. Open it first, or choose another." if parent.closed_at else None


def close_place(user, place):
    if refused := keep_places(user, place.agency):
        return refused
    if place.closed_at:
        return "This place is closed already."
    if Exhibit.objects.filter(place=place).exists():
        return "Exhibits lie in this place. Move them first."
    if place.inside.filter(closed_at=None).exists():
        return "There are open places inside this one. Close or move them first."
    return None


def reopen_place(user, place):
    if refused := keep_places(user, place.agency):
        return refused
    if not place.closed_at:
        return "This place is open."
    return lie_inside(user, place.agency, place.parent)


def work_at_bench(user, agency):
    if not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} work at its bench."
    return None
