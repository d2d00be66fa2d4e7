from django.core.management.base import BaseCommand, CommandError

from evidence import queries


class Command(BaseCommand):
    help = "Walk every chain of custody and name each row that was changed, taken out or slipped in."

    def handle(self, **options):
        broken = 0
        for exhibit_id, case_number, number, position, wrong in queries.broken_custody():
            broken += 1
            self.stdout.write(f"Case {case_number}, exhibit {number} (id {exhibit_id}), row {position}: {wrong}.")
        if broken:
            raise CommandError(f"{broken} custody rows do not hold. Compare them with the audit log.")
        self.stdout.write("Every chain of custody holds.")
