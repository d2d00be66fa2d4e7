from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from agencies.models import User
from leads.actions import escalations


class Command(BaseCommand):
    help = "Take every escalation step that has come due, as the scheduler does each minute."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="The time to act as of, such as 2026-07-15T10:00:00-05:00. Default: now.")

    def handle(self, *, at, **options):
        now = timezone.now()
        if at:
            now = parse_datetime(at)
            if now is None or timezone.is_naive(now):
                raise CommandError("--at needs a date, a time and a zone, such as 2026-07-15T10:00:00-05:00.")
        moved, total = 1, 0
        while moved:
            moved = escalations.climb(by=User.objects.system(), now=now)
            total += moved
        self.stdout.write(f"{total} obligations moved up the ladder as of {now.isoformat()}.")
