from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from agencies import mailing
from agencies.access import Refused
from agencies.actions import invitations
from agencies.models import Agency, User
from agencies.roles import Role


class Command(BaseCommand):
    help = "Invite the first administrator of an agency, or anybody else; prints the link that is mailed too."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--agency", required=True, help="code of the agency")
        parser.add_argument("--role", default=Role.AGENCY_ADMINISTRATOR.value, choices=Role.values)

    def handle(self, **options):
        agency = Agency.objects.filter(code=options["agency"].upper()).first()
        if agency is None:
            known = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(
                f"There is no agency with the code {options['agency']}. "
                + (f"Codes here: {known}." if known else "There is none yet: `create_agency` adds one.")
            )
        try:
            validate_email(options["email"])
            invitation = invitations.invite(
                agency=agency,
                email=options["email"],
                name=options["name"],
                role=options["role"],
                by=User.objects.system(),
            )
        except (Refused, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"The link works once, for three days:\n{mailing.invitation_link(invitation)}")
