"""What ties two leads together and parts them again, each deed in one word."""

from leads.actions import clusters
from leads.models import Lead, LeadPair
from tests.factories import NOW
from tests.leads.working import BOTH, load, notice, system


class Tying:
    def open_another(self):
        load(self, notice(*BOTH, number="WCL-2026-00999"))

    def tie(self):
        one, other = Lead.objects.order_by("pk")
        clusters.join(lead=one, other=other, reason="One gun", by=self.analyst, now=NOW)

    def untie(self):
        clusters.take_back(pair=LeadPair.objects.get(), reason="Misheard", by=self.analyst, now=NOW)

    def tell_of_clusters(self):
        while clusters.tell(by=system(), now=NOW):
            pass


def told(everybody):
    """Each deed with whom it tells what; on two leads, so that each hears twice."""
    joined, parted = "The gun of a lead is on another lead too", "What linked a lead to another one was taken back"
    return [
        (Tying.open_another, {"New lead for your agency": everybody}),
        (Tying.tie, {}),
        (Tying.tell_of_clusters, {joined: f"{everybody} {everybody}"}),
        (Tying.untie, {}),
        (Tying.tell_of_clusters, {parted: 2 * "Amara Ilse Otis "}),
    ]
