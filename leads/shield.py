"""Whose name is masked, and why: victims, witnesses and juveniles. Pure."""

from datetime import date

OF_AGE = 18
WHY = {"victim": "victim", "witness": "witness"}


def is_juvenile(born_on: date | None, on: date) -> bool:
    """Whether somebody is not eighteen yet on a day; who was born on 29 February is on 1 March. Unknown is no."""
    if born_on is None:
        return False
    return (on.year - born_on.year, on.month, on.day) < (OF_AGE, born_on.month, born_on.day)


def why(roles: set[str], born_on: date | None, on: date) -> str:
    """Why a name is masked: "victim", "witness", "juvenile", or "" where it is not.

    roles: the parts that sources give a person in events, as far as a reader sees them. on: the day of the first of
    these events, or today: who was a juvenile then stays one on record.
    """
    if is_juvenile(born_on, on):
        return "juvenile"
    return next((word for role, word in WHY.items() if role in roles), "")
