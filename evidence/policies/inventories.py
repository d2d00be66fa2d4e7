from evidence.models import Inventory
from evidence.policies.places import keep_places


def count_place(user, place):
    if refused := keep_places(user, place.agency):
        return refused
    return f"{place} is closed. There is nothing to count." if place.closed_at else None


def go_on_counting(user, inventory):
    if refused := keep_places(user, inventory.agency):
        return refused
    return "This inventory is finished. Begin another." if inventory.status != Inventory.Status.OPEN else None


def settle_line(user, line, inventory, here=None):
    if refused := keep_places(user, inventory.agency):
        return refused
    if line.exhibit_id is None or line.expected or line.found_at is None:
        return "Only what was found here and belongs elsewhere is taken home."
    if line.settled_at:
        return "This is settled already."
    if here is False and line.belongs_to_id is None:
        return "The portal knows no place for it. Keep it here, or hand it to who has it."
    return None
