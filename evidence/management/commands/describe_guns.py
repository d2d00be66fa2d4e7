"""Read guns out of a CSV file: sentences in a column called text, or make, model and caliber each in its own."""

import json
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence.guns import reading
from evidence.imports import delimited
from evidence.imports.findings import ImportProblem
from evidence.imports.tables import open_table

LONGEST_HEADER = 64 * 1024


class Command(BaseCommand):
    help = "Describe the guns of a CSV file as JSON lines: make and its NCIC code, model, caliber, type, serial."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV with a column text, or with make, model and caliber")
        parser.add_argument("--out", type=Path, metavar="FILE", help="where to write; to the screen without")

    def handle(self, *args, file, out, **options):
        try:
            with file.open("rb") as opened:
                lines = _lines(opened, file.name)
                if out is None:
                    for line in lines:
                        self.stdout.write(line)
                    return
                first = next(lines, "")
                with out.open("w", encoding="utf-8") as written:
                    written.write(first)
                    written.writelines(lines)
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {error.filename}.") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be opened: {error.strerror}.") from error
        except (ImportProblem, reading.NoColumns) as problem:
            raise CommandError(str(problem)) from problem


def _lines(opened, name):
    """A line of JSON for every row of the file, with the number of the row as a person counts it."""
    # A generator that still holds the file must not outlive it.
    with closing(_records(opened, name)) as records:
        _number, header = next(records)
        columns = reading.columns_of(header)
        for number, cells in records:
            found = {"row": number, **reading.describe_row(columns, cells).as_dict()}
            yield json.dumps(found, ensure_ascii=False) + "\n"


def _records(opened, name):
    """(row number, cells) of every row that is no blank line, the header first."""
    with open_table(opened, name=name) as table:
        if table.kind != "csv":
            raise ImportProblem("This is a workbook. Save the sheet as CSV (UTF-8) and describe that.")
        opened.seek(0)
        header = opened.readline(LONGEST_HEADER).decode(table.encoding, errors="ignore")
        with closing(delimited.records(opened, table.encoding, reading.delimiter_of(header))) as records:
            yield from ((number, cells) for number, cells in enumerate(records, 1) if cells)
