"""A place without its house number, for who needs to know where and not whose door. Pure.

What can name one dwelling never comes through: house numbers, apartments, units, lots. Numbers of roads and of numbered
streets ("Route 9", "5th Av") are names and stay.
"""

import re

UNIT = re.compile(
    r"[,;]?\s*(?:\b(?:apartment|apt|unit|suite|ste|room|rm|floor|fl|lot|trailer|trlr|bldg|building|space|spc)\b\.?"
    r"\s*(?:#|no\.?)?\s*|#\s*)[\w-]*\d*[\w-]*",
    re.IGNORECASE,
)
HOUSE = re.compile(r"^(\d{1,6})(?:[a-z]|-\w+|/\d+)?$", re.IGNORECASE)
ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
ROAD = re.compile(r"^(?:highway|hwy|route|rte|rt|interstate|i|us|sr|cr|fm|exit|mile|marker|mm)\.?$", re.IGNORECASE)
WRITTEN = re.compile(r"^(?:block|blk)\b\.?(?:\s+of\b)?\s*", re.IGNORECASE)
UNKNOWN = "Place not given"


def block_of(address: str) -> str:
    """ "1915 Oak St, Apt 4" is "1900 block of Oak St", "47 Oak St" the "First block of Oak St". A crossing stays as it
    is. "Place not given" where nothing is left that names a street.
    """
    words = UNIT.sub(" ", address.replace("\x00", " ")).split()
    number, kept = None, []
    for place, word in enumerate(words):
        bare = word.strip(".,;()")
        named = ORDINAL.match(bare) or (place and ROAD.match(words[place - 1].strip(".,;()")))
        if not any(each.isdigit() for each in bare) or (named and len(bare) < 7):
            kept.append(word)
        elif number is None and (found := HOUSE.match(bare)):
            # What stands before the number ("rear of") says which door.
            number, kept = int(found[1]), []
    street = WRITTEN.sub("", " ".join(kept)).strip(" ,;.-/&@")
    if not any(each.isalpha() for each in street):
        return UNKNOWN
    if number is None:
        return street
    return f"{number // 100 * 100} block of {street}" if number > 99 else f"First block of {street}"
