"""Text as pages can show it: a character that no embedded font has stands there as its number. Pure."""

import re
import unicodedata

# What Public Sans and the typesetter's own fonts (Libertinus Serif, DejaVu Sans Mono) have together, as far as names
# and reports need it: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, signs. A test sets every one of them.
RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x669),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20BF),
    (0x2122, 0x2122), (0x2126, 0x2126), (0x2150, 0x2184), (0x2190, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF),
    (0xFB00, 0xFB06),
)  # fmt: skip
# Within these, what no font of them has.
WITHOUT = frozenset((0x2041, 0x2043, 0x2053, 0x2152))
_SHOWN = re.compile(
    "[^\n" + "".join(f"{chr(first)}-{chr(last)}".replace("\\", "\\\\").replace("]", "\\]") for first, last in RANGES)
    + "]|[" + "".join(map(chr, sorted(WITHOUT))) + "]"
)  # fmt: skip
_BLANK = re.compile("[\t\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def shown(text: str) -> str:
    """`text` with each character that cannot be shown as "[U+4E2D]": CJK, emoji, controls, marks that turn the
    direction of reading, marks left over when letters are composed. Breaks of lines are newlines, other blanks blanks.
    """
    plain = _BLANK.sub(" ", _BREAK.sub("\n", unicodedata.normalize("NFC", text)))
    return _SHOWN.sub(lambda found: f"[U+{ord(found.group()):04X}]", plain)


def throughout(value):
    """`shown` of every text in lists and mappings; names of mappings stay."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [throughout(each) for each in value]
    if isinstance(value, dict):
        return {name: throughout(each) for name, each in value.items()}
    return value
