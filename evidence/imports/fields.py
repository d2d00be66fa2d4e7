"""Small values: text, yes and no, ages, sexes, counts, kinds of event. Each parser is cached and returns (value,
fault).
"""

import re
from functools import lru_cache

MAX_TEXT = 500
MAX_NARRATIVE = 20_000
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PLAIN_NUMBER = re.compile(r"[-+]?[\d.,\s()/-]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
YES = {"y", "yes", "t", "true", "1", "1.0", "x", "si"}
NO = {"n", "no", "f", "false", "0", "0.0"}
CONFIRMED = {"confirmed", "unconfirmed", "not confirmed", "potential", "presumptive"}
NOT_KNOWN = {"", "u", "unk", "unknown", "n/a", "na", "null", "none", "-", "?", "nan"}
AGE = re.compile(r"(\d{1,3})(?:\.0+)?\s*(?:y(?:ears?|rs?)?\.?(?: old)?|yo)?", re.IGNORECASE)
MONTHS_OLD = re.compile(
    r"(\d{1,2})\s*(?:m(?:onths?|os?)?|weeks?|days?)\.?(?: old)?|<\s*1|nb|newborn|infant", re.IGNORECASE
)
SEXES = {
    "m": "M",
    "male": "M",
    "man": "M",
    "f": "F",
    "female": "F",
    "woman": "F",
    "x": "X",
    "nonbinary": "X",
    "non-binary": "X",
}

EVENT_TYPES = frozenset(
    [
        "homicide",
        "non_fatal_shooting",
        "shots_fired_person",
        "shots_fired_property",
        "shots_fired_confirmed",
        "gds_alert_confirmed",
        "robbery_gun",
        "carjacking",
        "dv_gun",
        "officer_involved",
        "suicide",
        "accidental",
        "gun_recovery",
        "found_gun",
        "search_warrant",
        "traffic_stop",
        "other",
    ]
)
# First match wins: the graver or the more particular word stands above the general one.
EVENT_WORDS = (
    (re.compile(r"officer[- ]involved|\bOIS\b|police shooting", re.I), "officer_involved"),
    (re.compile(r"suicide|self[- ]inflicted", re.I), "suicide"),
    (
        re.compile(r"non[- ]?fatal|agg\w*\.? ass\w*.*(?:injur|shot|wound)|shooting victim|person shot|\bNFS\b", re.I),
        "non_fatal_shooting",
    ),
    (re.compile(r"homicide|murder|manslaughter|fatal shoot|^fatal$", re.I), "homicide"),
    (re.compile(r"accident|unintentional|negligent discharge", re.I), "accidental"),
    (re.compile(r"carjack", re.I), "carjacking"),
    (re.compile(r"robber", re.I), "robbery_gun"),
    (re.compile(r"domestic|\bDV\b|intimate partner", re.I), "dv_gun"),
    (
        re.compile(r"(?:shots?|shoot\w*|discharg\w*).*(?:dwelling|house|vehicle|building|property)", re.I),
        "shots_fired_property",
    ),
    (
        re.compile(
            r"(?:shots?|shoot\w*|discharg\w*).*\bat\b.*(?:person|people|individual)|agg\w*\.? ass|assault", re.I
        ),
        "shots_fired_person",
    ),
    (re.compile(r"shot ?spotter|gunshot detect|acoustic|(?:single|multiple) gunshots?", re.I), "gds_alert_confirmed"),
    (re.compile(r"shots? fired|gunfire|gunshots?|discharg|drive[- ]by", re.I), "shots_fired_confirmed"),
    (re.compile(r"search warrant", re.I), "search_warrant"),
    (re.compile(r"(?:traffic|vehicle|car) stop", re.I), "traffic_stop"),
    (re.compile(r"found (?:gun|firearm|weapon|property)", re.I), "found_gun"),
    (
        re.compile(r"recover|poss\w*.*(?:gun|firearm|weapon)|weapons? (?:law|viol|offen)|\bVUFA\b|\bUCW\b|carry", re.I),
        "gun_recovery",
    ),
)
# FBI NIBRS offense codes that say by themselves what happened; 13A without a wound is a shot at a person.
NIBRS = {
    "09A": "homicide", "09B": "homicide", "09C": "homicide", "120": "robbery_gun", "13A": "shots_fired_person",
    "290": "shots_fired_property", "520": "gun_recovery",
}  # fmt: skip


def is_dangerous(text):
    """Whether a spreadsheet might run this text: it begins with = + - @ or their wide forms, a tab or a line end."""
    return text.lstrip(" \u00a0").startswith(FORMULA_START)


def plain(text):
    """The text without the apostrophe that an export puts in front of a dangerous text, or of another apostrophe."""
    rest = text[1:]
    return rest if text.startswith("'") and (rest.startswith("'") or is_dangerous(rest)) else text


def one_line(text):
    """The text on one line, with single blanks, without control characters."""
    return text if text.isprintable() else " ".join(CONTROL.sub(" ", text).split())


def parse_text(text, limit=MAX_TEXT):
    """(text with single blanks and no control characters, fault). Faults: "long"; "formula" when a program might run
    it.

    An apostrophe in front, as exports write it, says that the text is meant: it is taken off and nothing is reported.
    """
    if len(text) > limit:
        return text, "long"
    if text[:1].isalnum() and text.isprintable() and text[-1] != " " and "  " not in text:
        return text, ""
    meant = plain(text)
    cleaned = " ".join(CONTROL.sub(" ", meant).split())
    suspect = meant is text and is_dangerous(text) and len(cleaned) > 1 and not PLAIN_NUMBER.fullmatch(cleaned)
    return cleaned, "formula" if suspect else ""


@lru_cache(maxsize=4096)
def parse_flag(text):
    """(True, False or None when not known, fault "flag")."""
    word = text.strip().lower()
    if word in YES:
        return True, ""
    if word in NO:
        return False, ""
    return None, "" if word in NOT_KNOWN else "flag"


@lru_cache(maxsize=4096)
def parse_confirmed(text):
    """As parse_flag; what a laboratory calls unconfirmed is not confirmed."""
    word = " ".join(text.replace("-", " ").lower().split())
    return (word == "confirmed", "") if word in CONFIRMED else parse_flag(text)


@lru_cache(maxsize=4096)
def parse_age(text):
    """(whole years 0..120 or None, fault "age"). 999, -1 and words for unknown are None; months are 0."""
    word = text.strip().lower()
    if word in NOT_KNOWN or word in ("-1", "999", "99999", "-1.0", "999.0"):
        return None, ""
    if match := AGE.fullmatch(word):
        years = int(match[1])
        return (years, "") if years <= 120 else (None, "age")
    return (0, "") if MONTHS_OLD.fullmatch(word) else (None, "age")


@lru_cache(maxsize=1024)
def parse_sex(text):
    """("M", "F", "X" or "" when not known, fault "sex")."""
    word = text.strip().lower()
    if word in NOT_KNOWN:
        return "", ""
    value = SEXES.get(word, "")
    return value, "" if value else "sex"


@lru_cache(maxsize=4096)
def parse_count(text):
    """(whole number 0..100,000 or None, fault "count"). "3.0" is 3; "3+" is 3, what is certain."""
    word = text.strip().lower().rstrip("+")
    if word in NOT_KNOWN:
        return None, ""
    try:
        number = float(word)
    except ValueError:
        return None, "count"
    return (int(number), "") if number.is_integer() and 0 <= number <= 100_000 else (None, "count")


@lru_cache(maxsize=4096)
def event_type_of(text):
    """(one of EVENT_TYPES or "" when the words say nothing, fault "" always). Codes of NIBRS and plain words are
    understood.
    """
    word = text.strip()
    slug = word.lower().replace(" ", "_").replace("-", "_")
    if slug in EVENT_TYPES:
        return slug, ""
    if word.upper() in NIBRS:
        return NIBRS[word.upper()], ""
    return next((kind for pattern, kind in EVENT_WORDS if pattern.search(word[:200])), ""), ""
