"""Load a table of any kind from the command line."""

from evidence import loading
from evidence.management.commands.import_incidents import Command as OfIncidents
from evidence.models import ImportBatch


class Command(OfIncidents):
    help = "Load a CSV, XLSX or ODS file of exhibits, firearms, agencies... Ends with 1 when a row has an error."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=loading.kinds(), help="what is in the file")
        super().add_arguments(parser)

    def handle(self, *args, kind, **options):
        self.kind = kind
        super().handle(*args, **options)

    def summary(self, batch):
        counts, kind = batch.counts, batch.get_kind_display()
        kind = kind if kind.startswith("NIBIN") else kind.lower()
        done = "Loaded" if batch.status == ImportBatch.Status.LOADED else "Would load"
        return (
            f"{done} {kind} of {counts['rows']:,} rows: {counts['new']:,} new, {counts['updated']:,} updated, "
            f"{counts['unchanged']:,} unchanged, {counts.get('twice', 0):,} rows that stand twice, "
            f"{counts['errors']:,} with errors."
        )
