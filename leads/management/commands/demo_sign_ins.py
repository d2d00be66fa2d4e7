from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import User
from agencies.roles import Role
from leads.demo.cast import AGENCIES, DOMAIN, KNOWN, SIGN_IN_PHRASE


class Command(BaseCommand):
    help = "Print one sign-in of the demo city for each role."

    def handle(self, **options):
        if not settings.SYNTHETIC_DATA:
            raise CommandError("This portal is not marked as synthetic (SYNTHETIC_DATA): it has no demo sign-ins.")
        mails = set(User.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
        self.stdout.write(f'  Sign in with any of these, password "{SIGN_IN_PHRASE}":')
        for mail, title, name, role, code, _ in KNOWN:
            if f"{mail}@{DOMAIN}" in mails:
                who = f"{title} {name}".strip()
                self.stdout.write(f"    {mail + '@' + DOMAIN:36} {Role(role).label}, {who}, {AGENCIES[code][0]}")
