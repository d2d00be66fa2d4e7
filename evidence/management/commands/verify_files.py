from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence import filecheck


class Command(BaseCommand):
    help = (
        "Compare every stored file with the hash under which it was stored, and name each that differs or is missing."
    )

    def handle(self, **options):
        done, damaged, unread = filecheck.compare(seconds=float("inf"), since=timezone.now())
        for file in damaged:
            self.stdout.write(f"File {file.pk} ({file.sha256}): {file.get_damage_display().lower()}.")
        wrong = []
        if damaged:
            wrong.append(f"{len(damaged)} of {done} files are damaged. Bring them back from a backup.")
        if unread:
            wrong.append(
                f"The store of files does not answer: {done} files were compared, others were not. The log says what"
                " it said."
            )
        if wrong:
            raise CommandError(" ".join(wrong))
        self.stdout.write(f"{done} files are as they were stored.")
