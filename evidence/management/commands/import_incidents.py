"""Load a table of incidents from the command line."""

from django.core.management.base import CommandError
from django.db.models import Q

from agencies.models import Agency
from evidence.management.importing import ImportCommand
from evidence.models import ImportBatch

LISTED = 20


class Command(ImportCommand):
    help = "Load incidents from a CSV, XLSX or ODS file. Ends with 1 when a row has an error."
    kind = ImportBatch.Kind.INCIDENTS

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--agency", required=True, metavar="CODE", help="code or ORI of the agency whose incidents these are"
        )

    def owner(self, options):
        text = options["agency"].upper()
        found = Agency.objects.filter(Q(code=text) | Q(oris__ori=text)).first()
        if found is None:
            known = Agency.objects.filter(is_active=True, oris__isnull=False).order_by("code", "oris__ori")
            names = [f"{code} ({ori})" for code, ori in known.values_list("code", "oris__ori")[:LISTED]]
            here = f"Known are {', '.join(names)}." if names else "There is none yet: see create_agency."
            raise CommandError(f"No agency has the code or ORI {text}. {here}")
        return found

    def summary(self, batch):
        counts = batch.counts
        done = "Loaded" if batch.status == ImportBatch.Status.LOADED else "Would load"
        return (
            f"{done} {counts['rows'] - counts['held'] - counts['errors']:,} of {counts['rows']:,} rows: "
            f"{counts['new']:,} new incidents, {counts['updated']:,} updated, {counts['unchanged']:,} unchanged.\n"
            f"{counts['held']:,} rows kept back for review, {counts['review']:,} to look at, "
            f"{counts['errors']:,} with errors."
        )
