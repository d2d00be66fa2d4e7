from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from leads.packets import certificates, checking, signing
from leads.pages import release as releasepage


class Command(BaseCommand):
    help = "Say whether a PDF or a bag is a packet as it was sealed, and what was changed if not. Asks no database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the PDF, or the zip of the bag")
        parser.add_argument(
            "--certificate",
            type=Path,
            metavar="PEM",
            help="the certificates that the seal is known by: /packets/certificate/",
        )

    def handle(self, *, file, certificate, **options):
        try:
            roots = signing.certificates(certificate.read_bytes()) if certificate else certificates.roots()
            with file.open("rb") as opened:
                found = checking.check(opened, roots)
        except (OSError, ValueError) as error:
            raise CommandError(f"This cannot be checked: {error}") from error
        for name in found.changed:
            self.stderr.write(f"Changed: {name}")
        if not found.is_authentic:
            raise CommandError(found.wrong or "This was changed since it was sealed. Do not rely on it.")
        said = f"Authentic: {found.said}. {releasepage.stamp(found.stamped)}"
        self.stdout.write(f"{said} Whether a newer version was released, the portal says.")
