"""The tables of this package as lines: an indented line goes on with the one before."""

from collections.abc import Iterator


def lines(text: str) -> Iterator[list[str]]:
    """The fields of every line, split at "|", without blanks around them."""
    whole: list[str] = []
    for line in filter(None, text.splitlines()):
        if line.startswith(" ") and whole:
            whole[-1] = f"{whole[-1]} {line.strip()}"
        else:
            whole.append(line)
    for line in whole:
        yield [part.strip() for part in line.split("|")]


def entries(text: str) -> list[str]:
    """The parts of a field, split at ";", without the empty ones."""
    return [part.strip() for part in text.split(";") if part.strip()]
