from django.core.exceptions import NON_FIELD_ERRORS
from django.core.management.base import BaseCommand, CommandError

from agencies.actions import agencies
from agencies.forms.agency import AgencyForm
from agencies.models import Agency, User


class Command(BaseCommand):
    help = "Add an agency: the center first, then its members. Invite its first administrator with `invite`."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--code", required=True, help="two to eight letters and digits, shown on every list")
        parser.add_argument("--kind", required=True, choices=Agency.Kind.values, help="what it is")
        parser.add_argument("--ori", action="append", default=[], help="nine characters; may be given several times")
        parser.add_argument("--zone", required=True, help="for example America/Chicago")
        parser.add_argument("--calendar", default="Weekdays 8 to 16", help="name of a service calendar; made if new")
        parser.add_argument("--parent", default="", help="code of the center it belongs to")
        parser.add_argument("--phone", default="")

    def handle(self, **options):
        typed = {key: options[key] for key in ("name", "code", "kind", "zone", "calendar", "parent", "phone")}
        typed |= {key: typed[key].upper() for key in ("code", "parent")}
        form = AgencyForm(typed)
        form.oris = [ori.upper() for ori in options["ori"]]
        if not form.is_valid():
            raise CommandError("\n".join(_faults(form)))
        made = agencies.create(oris=form.oris, by=User.objects.system(), **form.cleaned_data)
        self.stdout.write(f"{made.name} ({made.code}) is added.")


def _faults(form):
    for field, errors in form.errors.items():
        said = " ".join(errors)
        yield said if field == NON_FIELD_ERRORS else f"{field} {form.data[field]!r}: {said}"
    if "parent" in form.errors:
        centers = Agency.objects.filter(kind=Agency.Kind.CENTER).values_list("code", flat=True)
        yield f"Centers here: {', '.join(centers) or 'none yet, add the center first'}."
