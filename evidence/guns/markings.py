"""Words that say how a gun was made or changed: privately made, a machine-gun conversion device, stolen, importer,
country.
"""

import re

PRIVATELY_MADE = re.compile(
    r"\b(?:ghost\s?-?\s?guns?|private(?:ly)?[\s-]+(?:made|manufactured|assembled|built)|p\.?m\.?f\b|home\s?-?\s?made|"
    r"self\s?-?\s?(?:made|built|assembled)|home\s?-?\s?built|hand\s?-?\s?made|80\s?(?:%|percent)(?:\s+(?:lower|frame|"
    r"receiver|arms|build))?|3\s?-?\s?d[\s-]+printed|printed\s+frame|p80(?:\s+frame)?|polymer\s?80|kit\s+guns?\s+frame|"
    r"un\s?-?\s?(?:serialized|serialised)|non\s?-?\s?serialized|untraceable)(?!\w)",
    re.IGNORECASE,
)
CONVERSION = re.compile(
    r"\b(?:machine\s?-?\s?gun\s+conver\w+(?:\s+(?:devices?|kits?|parts?))?|conversion\s+(?:devices?|kits?|switch\w*)|mcds?\b|"
    r"(?:glock|auto|giggle)[\s-]+switch\w*|switch\s+(?:device|attached|installed)|"
    r"(?:with|has|had|having|and)\s+an?\s+(?:attached\s+)?[\"\']?switch|(?:drop[\s-]+in\s+)?auto\s?-?\s?sears?|dias\b|"
    r"lightning\s+links?|swift\s+links?|fully?\s?-?\s?auto(?:matic)?\s+(?:conver\w+|switch\w*|device)|"
    r"(?:modified|converted|altered)\s+to\s+(?:fire\s+|be\s+)?(?:as\s+a\s+)?(?:fully?\s?-?\s?auto\w*|automatic\w*|"
    r"machine\s?-?\s?guns?|shoot\s+auto\w+)|selector\s+switch\s+device)(?!\w)",
    re.IGNORECASE,
)
STOLEN = re.compile(r"\b(?:reported\s+)?stolen\b", re.IGNORECASE)
NOT_STOLEN = re.compile(r"\bnot\s+(?:been\s+)?(?:reported\s+)?(?:as\s+)?stolen\b", re.IGNORECASE)
IMPORTED = re.compile(
    r"\b(?:imported\s+by|importer\s*(?:is|was|:)?)\s*:?\s*(?P<who>[A-Za-z][A-Za-z0-9 .&/'-]{1,40})", re.IGNORECASE
)
MADE_IN = re.compile(
    r"\b(?:made|manufactured|produced)\s+in\s+(?:the\s+)?(?P<where>[A-Za-z][A-Za-z .]{2,30})", re.IGNORECASE
)
COUNTRIES = {
    "argentina": "Argentina", "argentine": "Argentina", "austria": "Austria", "austrian": "Austria",
    "belgium": "Belgium", "belgian": "Belgium", "brazil": "Brazil", "brazilian": "Brazil", "bulgaria": "Bulgaria",
    "bulgarian": "Bulgaria", "canada": "Canada", "china": "China", "chinese": "China", "croatia": "Croatia",
    "croatian": "Croatia", "czech": "Czech Republic", "czechoslovakia": "Czechoslovakia", "egypt": "Egypt",
    "egyptian": "Egypt", "france": "France", "french": "France", "germany": "Germany", "german": "Germany",
    "hungary": "Hungary", "hungarian": "Hungary", "israel": "Israel", "israeli": "Israel", "italy": "Italy",
    "italian": "Italy", "japan": "Japan", "japanese": "Japan", "korea": "South Korea", "mexico": "Mexico",
    "philippines": "Philippines", "poland": "Poland", "polish": "Poland", "portugal": "Portugal",
    "romania": "Romania", "romanian": "Romania", "russia": "Russia", "russian": "Russia", "serbia": "Serbia",
    "serbian": "Serbia", "slovenia": "Slovenia", "spain": "Spain", "spanish": "Spain", "sweden": "Sweden",
    "swedish": "Sweden", "switzerland": "Switzerland", "swiss": "Switzerland", "taiwan": "Taiwan",
    "turkey": "Turkey", "turkish": "Turkey", "ukraine": "Ukraine", "united kingdom": "United Kingdom",
    "england": "United Kingdom", "united states": "USA", "usa": "USA", "us": "USA", "u.s.a.": "USA",
    "yugoslavia": "Yugoslavia", "yugoslavian": "Yugoslavia",
}  # fmt: skip


def is_privately_made(text: str) -> bool:
    """Whether the words say that nobody licensed made the gun. A frame of Polymer80 is sold to be finished so."""
    return PRIVATELY_MADE.search(text) is not None


def has_conversion_device(text: str) -> bool:
    """Whether the words speak of a device that makes the gun fire automatically."""
    return CONVERSION.search(text) is not None


def is_stolen(text: str) -> bool:
    """Whether the words say that the gun is stolen; "not reported stolen" says it is not."""
    return STOLEN.search(NOT_STOLEN.sub(" ", text)) is not None


def country(text: str) -> str:
    """The country the gun is said to be made in, "" when none is."""
    match = MADE_IN.search(text)
    if match is None:
        return ""
    words = match["where"].lower().strip(" .")
    return next((name for word, name in COUNTRIES.items() if words == word or words.startswith(word + " ")), "")


def importer(text: str) -> tuple[int, int, str] | None:
    """(start, end, words) of who is said to have imported the gun."""
    match = IMPORTED.search(text)
    return (match.start(), match.end(), match["who"]) if match else None
