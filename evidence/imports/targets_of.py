"""What one field of a file is."""

import re
from typing import NamedTuple

NOT_WORD = re.compile(r"[^a-z0-9]+")


class Target(NamedTuple):
    """One field. shape: which parser reads it. headers: names it is known by, folded to lower case words joined by "_".

    choices: of a "choice" (value, label, words that mean it, folded as headers are). width: most characters of a text.
    """

    label: str
    shape: str
    headers: str
    choices: tuple = ()
    width: int = 0

    def choice(self, text: str) -> str:
        """The value that a word stands for, "" when nobody knows it."""
        return _words(self.choices).get(NOT_WORD.sub("_", text.lower()).strip("_"), "")


def _words(choices):
    if choices not in _KNOWN:
        found = {}
        for value, label, words in reversed(choices):
            for word in (*words.split(), NOT_WORD.sub("_", label.lower()).strip("_"), value.lower()):
                found[word] = value
        _KNOWN[choices] = found
    return _KNOWN[choices]


_KNOWN: dict[tuple, dict[str, str]] = {}
