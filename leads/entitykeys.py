"""What persons, vehicles, phones and addresses are found by: two spellings of one thing give one key. Pure.

A key begins with a letter for what it is, so that a plate never finds a phone. Values that say nothing ("unknown",
"John Doe", 000-0000) have none: they never bring two together.
"""

import re
import unicodedata
from datetime import date

from evidence.tracepeople import name_of

PERSON, VEHICLE, PHONE, ADDRESS = "person", "vehicle", "phone", "address"
NAME, BORN, WORD, NUMBER = "n", "b", "w", "i"
PLATE, CALLED, PLACE = "v", "t", "a"
# Names, numbers and plates of many that have none.
NOBODY = {"UNKNOWN", "UNK", "UNKN", "NONE", "NA", "NOTGIVEN", "JOHNDOE", "JANEDOE", "DOE", "UNIDENTIFIED", "SUBJECT"}
BARE = re.compile(r"[^A-Z0-9]+")
STREETS = {
    "STREET": "ST", "AVENUE": "AVE", "AV": "AVE", "ROAD": "RD", "BOULEVARD": "BLVD", "DRIVE": "DR", "LANE": "LN",
    "COURT": "CT", "PLACE": "PL", "TERRACE": "TER", "HIGHWAY": "HWY", "PARKWAY": "PKWY", "CIRCLE": "CIR",
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "APARTMENT": "APT", "UNIT": "APT", "SUITE": "STE",
}  # fmt: skip
SHORTEST = {NUMBER: 4, PLATE: 3, CALLED: 7}


def plain(written: str) -> str:
    """Capital letters, digits and single blanks: "Peña-Ruiz, José" is "PENA RUIZ JOSE"."""
    folded = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().upper()
    return " ".join(BARE.sub(" ", folded.replace("'", "")).split())


def bare(written: str) -> str:
    """The same without blanks."""
    return plain(written).replace(" ", "")


def says_nothing(written: str) -> bool:
    """Whether a value is one of those that stand for none, or one character over and over."""
    found = bare(written)
    return found in NOBODY or len(set(found)) < 2


def person_keys(written: str, born_on: date | None = None) -> set[str]:
    """Of a person's name: last and first name, with the day of birth where it is known, and each word of it."""
    if says_nothing(written):
        return set()
    name = name_of(written)
    keys = {f"{WORD}:{word}" for word in plain(written).split() if len(word) > 1}
    if name.last and name.first:
        keys.add(f"{NAME}:{name.last} {name.first}")
        if born_on:
            keys.add(f"{BORN}:{name.last} {name.first} {born_on.isoformat()}")
    return keys


def number_keys(kind: str, written: str) -> set[str]:
    """Of a number that an authority gave a person: `kind` is whose, as two may give the same one."""
    found = bare(written)
    return set() if len(found) < SHORTEST[NUMBER] or says_nothing(written) else {f"{NUMBER}:{kind} {found}"}


def plate_keys(written: str, state: str = "") -> set[str]:
    """Of a plate: with its state where that is known, and without."""
    found = bare(written)
    if len(found) < SHORTEST[PLATE] or says_nothing(written):
        return set()
    return {f"{PLATE}:{found}"} | ({f"{PLATE}:{found} {bare(state)}"} if bare(state) else set())


def phone_keys(written: str) -> set[str]:
    """Of a phone number: its last ten digits, as the country is mostly left out."""
    digits = re.sub(r"\D", "", written)
    found = digits[-10:]
    return set() if len(found) < SHORTEST[CALLED] or len(set(found[-7:])) < 2 else {f"{CALLED}:{found}"}


def address_keys(written: str) -> set[str]:
    """Of an address: words as the post shortens them. One without a number is a street, and no address."""
    words = [STREETS.get(word, word) for word in plain(written.split(",")[0] if "," in written else written).split()]
    if len(words) < 2 or not any(word.isdigit() for word in words):
        return set()
    return {f"{PLACE}:{' '.join(words)}"}


def keys(kind: str, name: str, *, region: str = "", born_on: date | None = None) -> set[str]:
    """All keys of an entity by what it is itself."""
    if kind == PERSON:
        return person_keys(name, born_on)
    if kind == VEHICLE:
        return plate_keys(name, region)
    return phone_keys(name) if kind == PHONE else address_keys(name)


def telling(found: set[str]) -> set[str]:
    """Those of some keys that make a suggestion: a word of a name is for looking, the name alone for a person without
    a day of birth, and a plate without its state for one of which no state is known.
    """
    kept = {key for key in found if key[0] != WORD}
    if any(key[0] == BORN for key in kept):
        kept = {key for key in kept if key[0] != NAME}
    states = [key for key in kept if key[0] == PLATE and " " in key]
    return {key for key in kept if key[0] != PLATE or " " in key} if states else kept


def looked_for(typed: str) -> set[str]:
    """The keys that something typed into the search may mean, whatever it is: beginnings of them."""
    found, number = plain(typed), bare(typed)
    if says_nothing(typed):
        return set()
    keys = phone_keys(typed) | address_keys(typed)
    if len(found.split()) == 1 and len(found) > 1 and found.isalpha():
        keys.add(f"{WORD}:{found}")
    elif (name := name_of(typed)).first:
        # Without a comma either word may be the last name.
        keys |= {f"{NAME}:{name.last} {name.first}"} | (set() if "," in typed else {f"{NAME}:{found}"})
    if len(number) >= SHORTEST[PLATE]:
        keys |= {f"{PLATE}:{number}"}
    if len(number) >= SHORTEST[NUMBER]:
        keys |= {f"{NUMBER}:{kind} {number}" for kind in ("state_number", "fbi_number", "local_number")}
    return keys
