from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evidence import scannercheck
from evidence.imports import tables


class Command(BaseCommand):
    help = "Show the virus scanner harmless test files, up to the largest the portal takes, and say what it lets pass."

    def handle(self, **options):
        if not settings.CLAMD_ADDRESS:
            raise CommandError("No virus scanner is set up: set CLAMD_ADDRESS.")
        if wrong := scannercheck.problems(settings.CLAMD_ADDRESS, tables.MAX_BYTES):
            raise CommandError(" ".join(wrong))
        self.stdout.write("The virus scanner looks through files of every size that the portal takes.")
