"""What does not fit into a packet is said in it (adr 39)."""


def first(found, most, what):
    """(the first `most` of some rows, a queryset or a list; the row that says that there are more, if there are).
    `what`: what they are, in words.
    """
    rows = list(found[: most + 1])
    return rows[:most], [row(what, f"There are more {what} than the {most:,} that are listed.")] if rows[most:] else []


def row(what, words):
    """The row of a section that says what it leaves out."""
    return {"key": f"left-out {what}", "left_out": words}


def told(rows):
    """Rows without those that say what is left out."""
    return [each for each in rows if "left_out" not in each]
