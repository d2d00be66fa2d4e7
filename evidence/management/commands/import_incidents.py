"""Load a table of incidents from the command line: the same actions as in the browser, one after the other."""

from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from agencies import access
from agencies.models import Agency, User
from evidence import vault
from evidence.actions import imports
from evidence.imports import mapping
from evidence.imports.findings import ImportProblem
from evidence.models import ImportBatch

SHOWN = 50
LISTED = 20
GUESSED = (
    "Nothing was loaded: what some columns mean is a guess that a person must look at ({guesses}). Choose the columns "
    "of this file under Imports, or say them with --mapping FILE, see docs/mapping.md."
)
LEVELS = ("error", "review", "note")


class Command(BaseCommand):
    help = "Load incidents from a CSV, XLSX or ODS file. Ends with 1 when a row has an error."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--agency", required=True, metavar="CODE", help="code or ORI of the agency whose incidents these are"
        )
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE", help="what the columns mean, as JSON; without, what their names say"
        )
        parser.add_argument(
            "--save-mapping", default="", metavar="NAME", help="keep the mapping for the next such file"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be loaded, write no incident")
        parser.add_argument("--by", metavar="EMAIL", help="who loads it; the system itself without")

    def handle(self, *args, file, agency, by, **options):
        owner = self._agency(agency.upper())
        person = User.objects.filter(email__iexact=by, is_active=True).first() if by else User.objects.system()
        if person is None:
            raise CommandError(f"Nobody here has the address {by}.")
        try:
            batch = self._batch(file, owner, person, options)
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {error.filename}.") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError("The mapping file is not UTF-8. Save it anew as UTF-8.") from error
        except (ImportProblem, vault.TooLarge, vault.Gone) as problem:
            raise CommandError(str(problem)) from problem
        except access.Refused as refused:
            raise CommandError(refused.reason) from refused
        self._report(batch)
        if batch.status == ImportBatch.Status.FAILED:
            raise CommandError(batch.problem)
        if batch.counts["errors"]:
            raise CommandError(
                f"{batch.counts['errors']:,} rows were not loaded: correct them and load the file again."
            )

    def _agency(self, text):
        found = Agency.objects.filter(Q(code=text) | Q(oris__ori=text)).first()
        if found is None:
            known = Agency.objects.filter(is_active=True, oris__isnull=False).order_by("code", "oris__ori")
            names = [f"{code} ({ori})" for code, ori in known.values_list("code", "oris__ori")[:LISTED]]
            here = f"Known are {', '.join(names)}." if names else "There is none yet: see create_agency."
            raise CommandError(f"No agency has the code or ORI {text}. {here}")
        return found

    def _batch(self, file, owner, by, options):
        chosen = mapping.from_json(options["mapping"].read_text(encoding="utf-8")) if options["mapping"] else None
        with file.open("rb") as opened:
            batch = imports.upload(agency=owner, kind="incidents", upload=File(opened, name=file.name), by=by)
        if not chosen and (guesses := mapping.guesses(mapping.from_dict(batch.mapping))):
            raise CommandError(GUESSED.format(guesses=", ".join(guesses)))
        if chosen or options["save_mapping"]:
            columns = chosen or mapping.from_dict(batch.mapping)
            batch = imports.choose_columns(batch=batch, columns=columns, by=by, save_as=options["save_mapping"])
        batch = imports.start_check(batch=batch, by=by, queue=False)
        batch = imports.check(batch=batch, by=by)
        if batch.status == ImportBatch.Status.CHECKED and not options["dry_run"]:
            batch = imports.start_load(batch=batch, by=by, queue=False)
            batch = imports.load(batch=batch, by=by)
        return batch

    def _report(self, batch):
        counts = batch.counts
        if not counts:
            return
        done = "Loaded" if batch.status == ImportBatch.Status.LOADED else "Would load"
        self.stdout.write(
            f"{done} {counts['rows'] - counts['held'] - counts['errors']:,} of {counts['rows']:,} rows: "
            f"{counts['new']:,} new incidents, {counts['updated']:,} updated, {counts['unchanged']:,} unchanged."
        )
        self.stdout.write(
            f"{counts['held']:,} rows kept back for review, {counts['review']:,} to look at, "
            f"{counts['errors']:,} with errors."
        )
        for level in LEVELS:
            for each in batch.findings.filter(level=level)[:SHOWN]:
                place = f"row {each.row}, column {each.column_letter} ({each.column_name})"
                self.stdout.write(f"  {level}: {place}: {each.message} [{each.value}]")
            beyond = batch.findings.filter(level=level).count() - SHOWN
            if beyond > 0:
                self.stdout.write(
                    f"  and {beyond:,} more of level {level}, all of them in the error file of the import page."
                )
