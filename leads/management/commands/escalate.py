from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies import moments
from agencies.models import User
from leads.actions import escalations


class Command(BaseCommand):
    help = "Take every escalation step that has come due, as the scheduler does each minute."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="The time to act as of, such as 2026-07-15T10:00:00-05:00. Default: now.")

    def handle(self, *, at, **options):
        try:
            now = timezone.now() if at is None else moments.typed(at)
        except ValueError as told:
            raise CommandError(f"--at: {told}") from told
        moved, total = 1, 0
        while moved:
            moved = escalations.climb(by=User.objects.system(), now=now)
            total += moved
        self.stdout.write(f"{total} obligations moved up the ladder as of {now.isoformat()}.")
