import time

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import User
from agencies.roles import Role
from leads.demo.cast import AGENCIES, DOMAIN, KNOWN, SIGN_IN_PHRASE

PATIENCE = 30


class Command(BaseCommand):
    help = "Print one sign-in of the demo city for each role."

    def add_arguments(self, parser):
        parser.add_argument("--wait", action="store_true", help="until a worker answers: what is begun is then done")

    def handle(self, *, wait, **options):
        if not settings.SYNTHETIC_DATA:
            raise CommandError("This portal is not marked as synthetic (SYNTHETIC_DATA): it has no demo sign-ins.")
        if wait:
            _wait_for_a_worker()
        mails = set(User.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
        self.stdout.write(f'  Sign in with any of these, password "{SIGN_IN_PHRASE}":')
        for mail, title, name, role, code, _ in KNOWN:
            if f"{mail}@{DOMAIN}" in mails:
                who = f"{title} {name}".strip()
                self.stdout.write(f"    {mail + '@' + DOMAIN:36} {Role(role).label}, {who}, {AGENCIES[code][0]}")


def _wait_for_a_worker():
    end = time.monotonic() + PATIENCE
    while not current_app.control.ping(timeout=1, limit=1):
        if time.monotonic() > end:
            raise CommandError(f"No worker answered within {PATIENCE} seconds: read var/worker.log.")
