"""Tables of weights: how many points each part of a triage score is worth. Pure: data in, data out.

A table is {key: points}, points 0 to 50, with the keys of `LINES`. What is asked ("3 days or less") is the same in
every table, and what counts differs, so that two versions can be laid side by side. GETS names the letters: how near
the events lie to each other and whether they cross jurisdictions (never where they lie), what happened and how often,
when, and what there is to work with.

The built-in table is version 1 of every center: what a notice itself says adds up to 100 at most, what distances and an
analyst's sources add comes on top. Time weighs so much because leads found helpful fall from 43% at 30 days to 18% at
one year (Huff et al., Crime & Delinquency, 2024).
"""

import itertools
from typing import NamedTuple

LETTERS = {"G": "Geography", "E": "Events", "T": "Time", "S": "Solvability"}
MOST = 50


class Line(NamedTuple):
    """One part: its key, the letter it stands under, what it says, its points in the built-in table."""

    key: str
    letter: str
    label: str
    points: int


LINES = (
    Line("spread.1000", "G", "All located events within 1 km of each other", 6),
    Line("spread.3000", "G", "All located events within 3 km of each other", 3),
    Line("agencies.3", "G", "Three agencies or more", 6),
    Line("agencies.2", "G", "Two agencies", 3),
    Line("violence.homicide", "E", "A homicide in the line", 30),
    Line("violence.non_fatal_shooting", "E", "A person shot and wounded in the line", 20),
    Line("violence.robbery_gun", "E", "A gun robbery in the line", 12),
    Line("violence.carjacking", "E", "A carjacking in the line", 12),
    Line("violence.dv_gun", "E", "Domestic violence with a gun in the line", 12),
    Line("events.5", "E", "Five events or more", 10),
    Line("events.4", "E", "Four events", 8),
    Line("events.3", "E", "Three events", 6),
    Line("events.2", "E", "Two events", 4),
    Line("recency.3", "T", "Newest event within 3 days", 22),
    Line("recency.7", "T", "Newest event within 7 days", 18),
    Line("recency.30", "T", "Newest event within 30 days", 12),
    Line("recency.90", "T", "Newest event within 90 days", 6),
    Line("tempo.7", "T", "Two late events within 7 days of each other", 10),
    Line("tempo.30", "T", "Two late events within 30 days of each other", 5),
    Line("gun.at_large", "S", "Gun still at large", 14),
    Line("gun.recovered", "S", "Gun recovered", 10),
    Line("confirmed.2", "S", "Two links or more confirmed by an examiner", 8),
    Line("confirmed.1", "S", "One link confirmed by an examiner", 4),
    Line("flag.named_person", "S", "A person is named by a witness or a report", 8),
    Line("flag.video", "S", "Video of an event", 4),
    Line("flag.lpr", "S", "License plate reads of an event", 4),
    Line("flag.gunshot", "S", "Gunshot detection data of an event", 3),
    Line("flag.supervision", "S", "Somebody named is under supervision", 3),
)
KEYS = tuple(line.key for line in LINES)
LETTER = {line.key: line.letter for line in LINES}
LABEL = {line.key: line.label for line in LINES}
FLAGS = tuple(key.removeprefix("flag.") for key in KEYS if key.startswith("flag."))
GRAVE = tuple(key.removeprefix("violence.") for key in KEYS if key.startswith("violence."))
# Inside each of these the first that holds counts, so that no later one may be worth more.
LADDERS = ("spread", "agencies", "events", "recency", "tempo", "confirmed")


class Table(NamedTuple):
    """`version` of a center, `points` as {key: points} of all `KEYS`."""

    version: int
    points: dict


BUILT_IN = Table(1, {line.key: line.points for line in LINES})


# {ladder: [(limit, key)]}, the strictest first.
STEPS = {ladder: [(int(key.split(".")[1]), key) for key in KEYS if key.split(".")[0] == ladder] for ladder in LADDERS}


def mistakes(points):
    """{key: sentence} of what is wrong with a table's points; {} when it can be put in force."""
    found = {key: "Give 0 to 50 points." for key in KEYS if not _fits(points.get(key))}
    for ladder in LADDERS if not found else ():
        keys = [key for _limit, key in STEPS[ladder]]
        for stricter, looser in itertools.pairwise(keys):
            if points[looser] > points[stricter]:
                found[looser] = f"Give no more than for “{LABEL[stricter]}”, {points[stricter]}."
    if not found and not any(points.values()):
        found[KEYS[0]] = "Give points to one part at least, or every lead scores 0."
    return found


def _fits(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def changes(before, after):
    """[(label, points before, points after)] of the parts in which two tables differ, in the order of the table."""
    return [(LABEL[key], before[key], after[key]) for key in KEYS if before[key] != after[key]]
