from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence import filecheck


class Command(BaseCommand):
    help = (
        "Compare every stored file with the hash under which it was stored, and name each that differs or is missing."
    )

    def handle(self, **options):
        done, damaged = filecheck.compare(seconds=float("inf"), since=timezone.now())
        for file in damaged:
            self.stdout.write(f"File {file.pk} ({file.sha256}): {file.get_damage_display().lower()}.")
        if damaged:
            raise CommandError(f"{len(damaged)} of {done} files are damaged. Bring them back from a backup.")
        self.stdout.write(f"{done} files are as they were stored.")
