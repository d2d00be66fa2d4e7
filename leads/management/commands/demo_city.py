from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from agencies import moments
from agencies.models import Agency
from leads.demo import city, crowd
from leads.demo import map as drawn


class Command(BaseCommand):
    help = "Fill an empty database with the fictional demo city."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=["small", "medium", "large"], default="small")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and time give the same rows")
        parser.add_argument("--at", help="the time the city stands at, such as 2026-07-16T09:42-05:00 (now)")
        parser.add_argument("--leads", type=int, default=1_000_000, help="how many leads a large city has")
        parser.add_argument("--draw-map", action="store_true", help="draw the map's file anew and write no rows")

    def handle(self, *, size, seed, at, leads, draw_map, **options):
        if draw_map:
            drawn.FILE.write_text(drawn.as_text())
            return
        if not settings.SYNTHETIC_DATA:
            raise CommandError("This portal is not marked as SYNTHETIC_DATA: fiction does not go into real data.")
        if Agency.objects.exists():
            raise CommandError("There are agencies already: the demo city needs an empty database.")
        if size != "large":
            city.build(size, seed, _moment(at))
            return
        crowd.build(leads, seed, _moment(at))
        with connection.cursor() as cursor:
            # Index-only walks need the visibility map, which autovacuum would draw some minutes later.
            cursor.execute("vacuum analyze")


def _moment(text):
    if text is None:
        return timezone.now()
    try:
        return moments.typed(text)
    except ValueError as told:
        raise CommandError(str(told)) from told
