"""Describing guns, from cells and from sentences, beside the least that could be done with the same rows.

The floor splits the same rows, folds their case and writes as many lines of JSON, and knows nothing of guns. The rows
are made here, one in ten with a misspelt name and one with an unknown one, and what a run remembers is forgotten before
the next. What is wanted is a number of rows a minute; the floor says what of it is the machine's.
"""

import csv
import io
import json
import random

from evidence.guns import calibers, kinds, makes, modelnames, reading
from tests.benchmarks.measuring import row, side_by_side

ROWS = 2_000
LEAST_A_MINUTE = 50_000
CALIBERS = ("9", "40", "0.45", "9mm", "22LR", "380 ACP", "38 spl", "12GA", "7.62x39", "Multi")
KINDS = (
    "9mm pistol",
    ".38 Special revolver",
    ".22 caliber rifle",
    "12-gauge shotgun",
    ".40 caliber semi-automatic pistol",
)


def figures(_connection):
    """Two figures, in milliseconds for 2,000 rows; `rows_a_minute` beside `least_a_minute`."""
    chance = random.Random(11)
    for what, file in (("cells", _cells(chance)), ("sentences", _sentences(chance))):
        ours, floor = side_by_side(lambda file=file: _described(file), lambda file=file: _floor(file), runs=7)
        # 2,400 ms for 2,000 rows are 50,000 a minute.
        limit = round(ROWS / LEAST_A_MINUTE * 60_000 / floor)
        minute = round(ROWS / ours * 60_000)
        yield row(
            f"guns from {what}, {ROWS:,} rows", ours, floor, limit, rows_a_minute=minute, least_a_minute=LEAST_A_MINUTE
        )


def _guns(chance):
    makers = sorted(modelnames.BY_MAKER)
    for number in range(ROWS):
        maker = chance.choice(makers)
        model = chance.choice(list(modelnames.BY_MAKER[maker].values())).name
        place = chance.randrange(len(maker))
        if number % 10 == 0:
            maker = maker[:place] + chance.choice("aeirst") + maker[place:]
        elif number % 10 == 1:
            maker = f"Example {number} Works"
        yield (
            number,
            chance.choice((maker, maker.upper(), maker.lower())),
            f"{model} {number % 97}" if number % 3 else model,
        )


def _cells(chance):
    rows = [[maker, model, chance.choice(CALIBERS), f"X{number:07d}"] for number, maker, model in _guns(chance)]
    return _file([["make", "model", "caliber", "serial"], *rows])


def _sentences(chance):
    rows = [
        [f"{maker}, model {model}, {chance.choice(KINDS)}, bearing serial number X{number:07d}"]
        for number, maker, model in _guns(chance)
    ]
    return _file([["text"], *rows])


def _file(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _described(file):
    for remembered in (makes.of_cell, makes.nearest, modelnames.of_cell, calibers.of_cell, kinds.find):
        remembered.cache_clear()
    records = csv.reader(io.StringIO(file))
    columns = reading.columns_of(next(records))
    return [json.dumps(reading.describe_row(columns, cells).as_dict()) for cells in records]


def _floor(file):
    records = csv.reader(io.StringIO(file))
    header = next(records)
    return [json.dumps(dict(zip(header, (cell.casefold() for cell in cells), strict=True))) for cells in records]
