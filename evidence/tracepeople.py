"""Names of people and dealers in trace results: when two are one. Pure.

A name alone is nobody: only a name with a date of birth is a key, and only a dealer's license, or its name with city
and state. So "John Smith" without a birthday never becomes somebody who bought forty guns.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

TITLES = {"JR", "SR", "II", "III", "IV", "MR", "MRS", "MS", "DR"}
# What stands behind a dealer's name and says nothing of which dealer it is.
FORMS = {"INC", "LLC", "LTD", "CO", "CORP", "COMPANY", "CORPORATION", "INCORPORATED", "THE", "LP", "LLP"}
YES, MAYBE, NO, UNKNOWN = "yes", "maybe", "no", "unknown"


class Person(NamedTuple):
    """Words of a name, folded: last, first, between."""

    last: str
    first: str
    middle: str = ""


def name_of(written: str) -> Person:
    """The name of a person as a form writes it: "SMITH, JOHN A." or "John A. Smith Jr"; ("", "", "") for nothing."""
    before, comma, after = written.partition(",")
    ahead, behind = _words(before), _words(after)
    if comma and behind:
        return Person(" ".join(ahead), behind[0], " ".join(behind[1:]))
    if len(ahead) < 2:
        return Person(" ".join(ahead), "")
    return Person(ahead[-1], ahead[0], " ".join(ahead[1:-1]))


def purchaser_key(written: str, born_on: date | None) -> str:
    """One key for one purchaser, "" where name or date of birth is missing."""
    person = name_of(written)
    if not (person.last and person.first and born_on):
        return ""
    return f"{person.last} {person.first} {born_on.isoformat()}"[:120]


def dealer_key(license_number: str, name: str, city: str, state: str) -> str:
    """One key for one dealer: its license, else name, city and state together, else ""."""
    number = re.sub(r"[^A-Z0-9]", "", license_number.upper())
    if len(number) >= 5:
        return f"L {number}"[:120]
    words = " ".join(word for word in _words(name, FORMS))
    return f"N {words} {' '.join(_words(city, ()))} {state.strip().upper()}"[:120] if words and city and state else ""


def same_person(first: str, first_born: date | None, second: str, second_born: date | None) -> str:
    """Whether two are one person: YES by last name, first name and date of birth; NO where they differ plainly; MAYBE
    where a person has to look; UNKNOWN where one of them has no name.
    """
    one, two = name_of(first), name_of(second)
    if not (one.last and two.last):
        return UNKNOWN
    same_last, same_first = one.last == two.last, bool(one.first) and one.first == two.first
    like_first = bool(one.first and two.first) and (one.first.startswith(two.first) or two.first.startswith(one.first))
    if first_born and second_born:
        if first_born == second_born:
            return YES if same_last and same_first else MAYBE if same_last or same_first else NO
        return MAYBE if same_last and same_first and _nearly(first_born, second_born) else NO
    like_middle = not one.middle or not two.middle or one.middle[0] == two.middle[0]
    return MAYBE if same_last and like_first and like_middle else NO


def _nearly(one, two):
    """One part mistyped, or day and month exchanged."""
    same = (one.year == two.year) + (one.month == two.month) + (one.day == two.day)
    return same == 2 or (one.year == two.year and (one.month, one.day) == (two.day, two.month))


def _words(written, left_out=TITLES):
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().upper()
    words = re.sub(r"[^A-Z0-9 ]+", " ", plain.replace("'", "")).split()
    return [word for word in words if word not in left_out]
