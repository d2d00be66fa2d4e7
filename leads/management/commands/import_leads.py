"""Load NIBIN lead notices from the command line: the same actions as in the browser, one after the other."""

from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency, User
from evidence import vault
from evidence.actions import imports
from evidence.imports import mapping
from evidence.imports.findings import ImportProblem
from evidence.models import ImportBatch

SHOWN = 100
LEVELS = ("error", "review", "note")
GUESSED = (
    "Nothing was loaded: what some columns mean is a guess that a person must look at ({guesses}). Name the columns as "
    "docs/mapping.md does, or load the file in the browser under Imports and choose them there."
)


class Command(BaseCommand):
    help = "Load NIBIN lead notices from a CSV, XLSX or ODS file or a Word letter. Ends with 1 when a row has an error."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--center", default="", metavar="CODE", help="whose leads; the only center without")
        parser.add_argument("--by", metavar="EMAIL", help="who loads it; the system itself without")
        parser.add_argument("--dry-run", action="store_true", help="say what would open, grow and wait, write no lead")

    def handle(self, *args, file, center, by, dry_run, **options):
        owner, person = self._center(center), self._person(by)
        try:
            with file.open("rb") as opened:
                batch = imports.upload(agency=owner, kind="leads", upload=File(opened, name=file.name), by=person)
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {error.filename}.") from error
        except (ImportProblem, vault.TooLarge) as problem:
            raise CommandError(str(problem)) from problem
        if guesses := mapping.guesses(mapping.from_dict(batch.mapping)):
            raise CommandError(GUESSED.format(guesses=", ".join(guesses)))
        batch = imports.start_check(batch=batch, by=person, queue=False)
        batch = imports.check(batch=batch, by=person)
        if batch.status == ImportBatch.Status.CHECKED and not dry_run:
            batch = imports.start_load(batch=batch, by=person, queue=False)
            batch = imports.load(batch=batch, by=person)
        if batch.status == ImportBatch.Status.FAILED:
            raise CommandError(batch.problem)
        self._report(batch)

    def _center(self, code):
        centers = Agency.objects.filter(kind=Agency.Kind.CENTER, is_active=True)
        found = list(centers.filter(code=code.upper()) if code else centers[:2])
        if len(found) != 1:
            raise CommandError(
                f"No center has the code {code}." if code else "Say with --center whose leads these are."
            )
        return found[0]

    def _person(self, email):
        person = User.objects.filter(email__iexact=email, is_active=True).first() if email else User.objects.system()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.")
        return person

    def _report(self, batch):
        counts, loaded = batch.counts, batch.status == ImportBatch.Status.LOADED
        waiting = batch.findings.filter(code="waits").count()
        self.stdout.write(
            f"{'Loaded' if loaded else 'Would load'} {counts['rows']:,} events: {counts['new']:,} leads opened, "
            f"{counts['updated']:,} grown, {counts['unchanged']:,} unchanged, {waiting:,} events waiting for an "
            "incident."
        )
        for level in LEVELS:
            for each in batch.findings.filter(level=level)[:SHOWN]:
                self.stdout.write(f"  {level}: row {each.row}, {each.column_name}: {each.message} [{each.value}]")
            beyond = batch.findings.filter(level=level).count() - SHOWN
            if beyond > 0:
                self.stdout.write(f"  and {beyond:,} more of level {level}, all of them on the import's page.")
        if counts["errors"]:
            raise CommandError(f"{counts['errors']:,} rows were not loaded: correct them and load the file again.")
