"""Texts that say the same: a file has one blank where a record may have several, or a line break."""

BLANKS = r"[\s\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
SQUASHED = f"trim(regexp_replace({{0}}, '{BLANKS}', ' ', 'g'))"


def same(here, told):
    """SQL at the end of a condition: or else these two texts differ by blanks alone."""
    return f"or ({here} <> {told} and {SQUASHED.format(here)} = {SQUASHED.format(told)})"
