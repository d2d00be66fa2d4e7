"""What the commands that load a file have in common: the same actions as in the browser, one after the other."""

from abc import ABC, abstractmethod
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from agencies import access
from agencies.models import User
from evidence import loading, vault
from evidence.actions import imports
from evidence.imports import mapping
from evidence.imports.exports import write_csv
from evidence.imports.findings import ImportProblem
from evidence.models import ImportBatch

SHOWN = 50
LEVELS = ("error", "review", "note")
ROW, LETTER, NAME, VALUE, LEVEL, WORDS = range(len(loading.FINDING_COLUMNS))
GUESSED = (
    "Nothing was loaded: what some columns mean is a guess that a person must look at ({guesses}). Choose the columns "
    "of this file under Imports, or say them with --mapping FILE, see docs/mapping.md."
)


class ImportCommand(BaseCommand, ABC):
    """A command says its `kind` of file, whose `owner` its options name, and how it sums a load up in `summary`."""

    kind = ""

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE", help="what the columns mean, as JSON; without, what their names say"
        )
        parser.add_argument(
            "--save-mapping", default="", metavar="NAME", help="keep the mapping for the next such file"
        )
        parser.add_argument(
            "--findings", type=Path, metavar="FILE", help="write every finding by row and column into this CSV file"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what loading would do, write none of it")
        parser.add_argument("--by", metavar="EMAIL", help="who loads it; the system itself without")

    @abstractmethod
    def owner(self, options):
        """The agency that the file is loaded for."""

    @abstractmethod
    def summary(self, batch):
        """What became of the file, in a line or two."""

    def handle(self, *args, file, by, **options):
        owner = self.owner(options)
        person = User.objects.filter(email__iexact=by, is_active=True).first() if by else User.objects.system()
        if person is None:
            raise CommandError(f"Nobody here has the address {by}.")
        try:
            if options["findings"]:
                options["findings"].open("ab").close()  # what cannot be written is said before anything is loaded
            batch = self._batch(file, owner, person, options)
            if batch.status == ImportBatch.Status.FAILED:
                raise CommandError(batch.problem)
            self._report(batch, imports.take_findings(batch=batch, by=person), options["findings"])
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {error.filename}.") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read or written: {error.strerror}.") from error
        except (ImportProblem, vault.Unfit, vault.Gone) as problem:
            raise CommandError(str(problem)) from problem
        except access.Refused as refused:
            raise CommandError(refused.reason) from refused
        if batch.counts["errors"]:
            raise CommandError(
                f"{batch.counts['errors']:,} rows were not loaded: correct them and load the file again."
            )

    def _batch(self, file, owner, by, options):
        chosen = mapping.from_bytes(options["mapping"].read_bytes()) if options["mapping"] else None
        with file.open("rb") as opened:
            batch = imports.upload(agency=owner, kind=self.kind, upload=File(opened, name=file.name), by=by)
        guessed = mapping.from_dict(batch.mapping)
        if not chosen and (guesses := mapping.guesses(guessed)):
            raise CommandError(GUESSED.format(guesses=", ".join(guesses)))
        if chosen or options["save_mapping"]:
            columns = chosen or guessed
            batch = imports.choose_columns(batch=batch, columns=columns, by=by, save_as=options["save_mapping"])
        batch = imports.start_check(batch=batch, by=by, queue=False)
        batch = imports.check(batch=batch, by=by)
        if batch.status == ImportBatch.Status.CHECKED and not options["dry_run"]:
            batch = imports.start_load(batch=batch, by=by, queue=False)
            batch = imports.load(batch=batch, by=by)
        return batch

    def _report(self, batch, findings, file):
        self.stdout.write(self.summary(batch))
        for level in LEVELS:
            found = [each for each in findings if each[LEVEL] == level]
            for each in found[:SHOWN]:
                self.stdout.write(f"  {level}: {_place(each)}: {each[WORDS]} [{each[VALUE]}]")
            if len(found) > SHOWN:
                self.stdout.write(f"  and {len(found) - SHOWN:,} more of level {level}. {_all_in(batch, file)}")
        if file:
            with file.open("wb") as opened:
                write_csv(loading.FINDING_COLUMNS, findings, opened)
            self.stdout.write(f"All {len(findings):,} findings are in {file}.")


def _place(finding):
    row, letter, name = finding[ROW], finding[LETTER], finding[NAME]
    return f"row {row}, column {letter} ({name})" if letter else f"row {row}, {name}"


def _all_in(batch, file):
    if file:
        return f"All are in {file}."
    return (
        "--findings FILE.csv writes all of them; they are also in the browser under "
        f"{reverse('import_findings', args=[batch.pk])}."
    )
