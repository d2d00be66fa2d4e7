"""Load NIBIN lead notices from the command line."""

from django.core.management.base import CommandError

from agencies.models import Agency
from evidence.management.importing import ImportCommand
from evidence.models import ImportBatch


class Command(ImportCommand):
    help = "Load NIBIN lead notices from a CSV, XLSX or ODS file or a Word letter. Ends with 1 when a row has an error."
    kind = ImportBatch.Kind.LEADS

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--center", default="", metavar="CODE", help="whose leads; the only center without")

    def owner(self, options):
        code = options["center"]
        centers = Agency.objects.filter(kind=Agency.Kind.CENTER, is_active=True)
        found = list(centers.filter(code=code.upper()) if code else centers[:2])
        if len(found) != 1:
            raise CommandError(
                f"No center has the code {code}." if code else "Say with --center whose leads these are."
            )
        return found[0]

    def summary(self, batch):
        counts = batch.counts
        done = "Loaded" if batch.status == ImportBatch.Status.LOADED else "Would load"
        waiting = batch.findings.filter(code="waits").count()
        return (
            f"{done} {counts['rows']:,} events: {counts['new']:,} leads opened, {counts['updated']:,} grown, "
            f"{counts['unchanged']:,} unchanged, {waiting:,} events waiting for an incident."
        )
