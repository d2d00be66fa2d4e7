from django.core.management.base import BaseCommand, CommandError

from agencies.actions import agencies
from agencies.forms.agency import AgencyForm
from agencies.models import User


class Command(BaseCommand):
    help = "Add an agency: the center first, then its members. Invite its first administrator with `invite`."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--code", required=True, help="two to eight capitals and digits, shown on every list")
        parser.add_argument("--kind", required=True, help="police, sheriff, laboratory, center, ...")
        parser.add_argument("--ori", action="append", default=[], help="nine characters; may be given several times")
        parser.add_argument("--zone", required=True, help="for example America/Chicago")
        parser.add_argument("--calendar", default="Weekdays 8 to 16", help="name of a service calendar; made if new")
        parser.add_argument("--parent", default="", help="code of the center it belongs to")
        parser.add_argument("--phone", default="")

    def handle(self, **options):
        form = AgencyForm(
            {key: options[key] for key in ("name", "code", "kind", "zone", "calendar", "parent", "phone")}
        )
        form.oris = options["ori"]
        if not form.is_valid():
            found = "\n".join(f"{field}: {' '.join(errors)}" for field, errors in form.errors.items())
            raise CommandError(found)
        made = agencies.create(oris=form.oris, by=User.objects.system(), **form.cleaned_data)
        self.stdout.write(f"{made.name} ({made.code}) is added.")
