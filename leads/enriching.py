"""What is looked for on a lead of each type, in what order. Pure."""

from collections.abc import Iterable, Mapping

ITEMS = {
    "reports": "Police reports read",
    "lpr": "License plate reader hits",
    "phones": "Phones and tower data",
    "cameras": "Cameras canvassed",
    "social": "Social media",
    "gunshot": "Gunshot detection",
    "trace": "Trace of the gun",
    "supervision": "Supervision status",
    "statements": "Victim and witness statements",
    "ballistics": "Other ballistic evidence of the scenes",
}
CASINGS, HIT, GUN, TRACE = "casings", "hit", "gun", "trace"
TYPES = {
    CASINGS: "Casings only",
    HIT: "Somebody was hit",
    GUN: "With a recovered gun",
    TRACE: "Recovered guns only",
}
BUILT_IN = {
    CASINGS: ["reports", "cameras", "lpr", "gunshot", "social"],
    HIT: ["reports", "statements", "cameras", "lpr", "phones", "gunshot", "social", "supervision"],
    GUN: ["reports", "trace", "cameras", "lpr", "phones", "social", "supervision", "gunshot"],
    TRACE: ["reports", "trace", "social", "supervision"],
}
RECOVERED = {"gun_recovery", "found_gun", "search_warrant", "traffic_stop"}
HURT = {"homicide", "non_fatal_shooting"}


def type_of(kinds: Iterable[str]) -> str:
    """The type of a lead by the kinds of its events."""
    found = set(kinds)
    if found and found <= RECOVERED:
        return TRACE
    if found & RECOVERED:
        return GUN
    return HIT if found & HURT else CASINGS


def wanted(chosen: Mapping[str, list[str]], of: str) -> list[str]:
    """What is looked for on a lead of a type: as a center chose, else as built in, without what no longer exists."""
    return [item for item in chosen.get(of, BUILT_IN[of]) if item in ITEMS]


def checklist(wanted_items: list[str], answered: Iterable[str]) -> list[str]:
    """The items of one lead: what is looked for, then what was answered though nobody looks for it any more."""
    return [*wanted_items, *(item for item in ITEMS if item in set(answered) and item not in wanted_items)]
