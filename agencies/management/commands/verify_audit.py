from django.core.management.base import BaseCommand, CommandError

from agencies import audit
from agencies.models import AuditLink


class Command(BaseCommand):
    help = "Walk the chain of the audit log and name every row that was changed, taken out or slipped in."

    def add_arguments(self, parser):
        parser.add_argument(
            "--kept", metavar="HASH", help="a last hash this command told earlier: is its row still there?"
        )

    def handle(self, *, kept, **options):
        broken = audit.broken_links()
        for number, problem in broken:
            self.stderr.write(f"Row {number}: {problem}.")
        if kept and not AuditLink.objects.filter(hash=kept).exists():
            self.stderr.write("The row whose hash was kept is gone: the end of the log was cut off or made anew.")
            broken.append(kept)
        if broken:
            raise CommandError("The audit log was tampered with. Keep the database as it is and tell the auditor.")
        last = audit.last_link()
        if last is None:
            self.stdout.write("The audit log is empty.")
            return
        self.stdout.write(f"{last.position} rows, unbroken. The last hash, to keep elsewhere: {last.hash}")
