"""What happens to a lead before its agencies are told, each deed in one word."""

from datetime import timedelta

from leads import weights
from leads.actions import desk
from leads.actions import weights as tables
from leads.models import DeskItem, ScoreTable
from tests.factories import NOW
from tests.leads.working import system


class Triage:
    on_desk = property(lambda self: DeskItem.objects.get())

    def look_first(self):
        desk.choose(center=self.center, first=True, by=self.coordinator, now=NOW)

    def put_off(self):
        desk.defer(item=self.on_desk, until_on=NOW.date() + timedelta(days=1), by=self.analyst, now=NOW)

    def day_comes(self):
        desk.come_back(by=system(), now=NOW + timedelta(days=1))

    def decline_lead(self):
        desk.decline(item=self.on_desk, why="error", by=self.analyst, now=NOW)

    def bring_lead_back(self):
        desk.bring_back(item=self.on_desk, by=self.coordinator, now=NOW)

    def agree_to_decline(self):
        desk.agree(item=self.on_desk, by=self.coordinator, now=NOW)

    def send_out(self):
        desk.send(item=self.on_desk, by=self.analyst, now=NOW)

    def draft_weights(self):
        tables.draft(center=self.center, points=weights.BUILT_IN.points, reason="A try", by=self.analyst, now=NOW)

    def agree_weights(self):
        tables.agree(table=ScoreTable.objects.get(), by=self.coordinator, now=NOW)
