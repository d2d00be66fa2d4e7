"""The arrests, warrants and guns that parts were closed with: the agencies of one line name the same one."""

from leads.demo.scenes import TZ
from leads.models import Outcome
from leads.outcomes import KIND_OF, key_of


class Ended:
    def __init__(self, store):
        self.store, self.made = store, {}

    def name(self, line, values):
        """Of a part that was closed with one."""
        if values["state"] == "closed" and (kind := KIND_OF.get(values["outcome"])):
            values["named_outcome_id"] = self._of(kind, line, values)

    def _of(self, kind, line, values):
        if (line.id, kind) not in self.made:
            at = values["closed_at"]
            number = f"{at:%y}-{len(self.made) + 2107:05d}"
            self.made[line.id, kind] = self.store.add(
                Outcome, kind=kind.value, agency_id=values["agency_id"], number=number, key=key_of(number),
                happened_on=at.astimezone(TZ).date(), recorded_at=at, recorded_by_id=values["proposed_by_id"],
            )  # fmt: skip
        return self.made[line.id, kind]


def alone(store, values):
    """An outcome of one part, without a number, as rows from before have it."""
    if values["state"] == "closed" and (kind := KIND_OF.get(values["outcome"])):
        at, did = values["closed_at"], {"agency_id": values["agency_id"], "recorded_by_id": values["closed_by_id"]}
        did |= {"happened_on": at.date(), "recorded_at": at}
        values["named_outcome_id"] = store.add(Outcome, kind=kind.value, **did)
