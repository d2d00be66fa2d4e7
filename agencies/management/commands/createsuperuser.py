from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "There is no superuser: `invite` gives an agency its first administrator."

    def add_arguments(self, parser):
        parser.add_argument("anything", nargs="*", help="nothing helps")
        for name in ("--email", "--username", "--database"):
            parser.add_argument(name)
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, **options):
        raise CommandError(
            "The portal has no superuser. Invite an administrator: "
            'manage.py invite NAME@AGENCY --name "Their Name" --agency CODE'
        )
