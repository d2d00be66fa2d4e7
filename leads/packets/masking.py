"""Names that are withheld, taken out of all words of a snapshot. Pure."""

import re

WITHHELD = "[name withheld]"


def pattern(names):
    """What finds any of some names, as "First Last" and as "Last, First", in whatever case; None without names."""
    ways = set()
    for name in names:
        parts = name.replace(",", " ").split()
        if parts and len("".join(parts)) > 2:
            orders = [parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]]]
            ways |= {r"[\s,]+".join(map(re.escape, order)) for order in orders}
    if not ways:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(ways, key=lambda way: (-len(way), way)))})(?!\w)", re.IGNORECASE)


def without(value, found):
    """`value` (text, lists, mappings) with what `found` (`pattern`) finds withheld."""
    if found is None:
        return value
    if isinstance(value, str):
        return found.sub(WITHHELD, value)
    if isinstance(value, list):
        return [without(each, found) for each in value]
    if isinstance(value, dict):
        return {name: without(each, found) for name, each in value.items()}
    return value
