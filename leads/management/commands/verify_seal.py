from datetime import UTC, datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from pyhanko.sign.timestamps import TimestampRequestError

from leads.packets import certificates, signing
from leads.packets.signatures import check_signature
from leads.pages import release as releasepage

SOON = timedelta(days=60)
UNKNOWN = (
    "The seal is made, and not known by the certificates of PACKET_ROOTS: put those above it there, and that of the"
    " authority for time."
)


class Command(BaseCommand):
    help = "Seal a few bytes as packets are sealed, check that, and say until when the certificate goes."
    requires_system_checks = ()

    def handle(self, **options):
        try:
            with certificates.sealer() as sealer:
                made, certificate = signing.sign_bytes(b"verify_seal", sealer), sealer.signer.signing_cert
            known = check_signature(b"verify_seal", made, certificates.roots())
        except (certificates.Unsealed, TimestampRequestError) as error:
            raise CommandError(str(error)) from error
        if not (known.content and known.itself):
            raise CommandError(UNKNOWN)
        ends = certificate.not_valid_after
        self.stdout.write(f"Packets are sealed as {certificate.subject.human_friendly}, until {ends:%Y-%m-%d}.")
        self.stdout.write(releasepage.stamp(known.stamped))
        if ends < datetime.now(UTC) + SOON:
            self.stderr.write("This certificate ends soon: ask for the next one, and leave this one's roots in place.")
