import networkx
from django.core.management.base import BaseCommand, CommandError

from leads.queries import clusters as queries

SHOWN = 50


class Command(BaseCommand):
    help = "Group all leads anew by every link there is, and name each that is not in the cluster it belongs to."

    def handle(self, **options):
        links = networkx.Graph(queries.all_links())
        parts = (
            frozenset(lead for kind, lead in part if kind == "lead") for part in networkx.connected_components(links)
        )
        expected = {lead: part for part in parts if len(part) > 1 for lead in part}
        kept = queries.all_clusters()
        wrong = sorted(lead for lead in expected.keys() | kept.keys() if expected.get(lead) != kept.get(lead))
        numbers = queries.numbers(wrong[:SHOWN])
        for lead in wrong[:SHOWN]:
            with_ = ", ".join(sorted(map(str, expected.get(lead, frozenset()) - {lead}))[:SHOWN]) or "none"
            self.stdout.write(f"Lead {numbers[lead]} (id {lead}): belongs together with {with_}.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(expected)} leads do not stand in their cluster.")
        self.stdout.write(f"Every cluster holds: {len(kept)} leads in {len(set(kept.values()))} clusters.")
