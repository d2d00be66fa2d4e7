"""What a side has in triage: a lead that was not sent yet, a draft of weights, and something found to work with."""

from leads import weights
from leads.actions import desk, flags, notices
from leads.actions import weights as tables
from leads.models import DeskItem


def of(side, notice):
    """(the row of the desk, the draft, the flag) of a side, which lets its leads go out at once again."""
    marker, coordinator, analyst = side.marker, side["center_coordinator"], side["analyst"]
    desk.choose(center=side.center, first=True, by=coordinator)
    notice.lead_number = notice.lead_key = f"{marker}-2026-7".upper()
    notices.load(notices=[notice], center=side.center, by=analyst, now=side.earlier)
    desk.choose(center=side.center, first=False, by=coordinator)
    item = DeskItem.objects.get(agency=side.center)
    table = tables.draft(center=side.center, points=weights.BUILT_IN.points, reason=f"{marker} weights", by=coordinator)
    return item, table, flags.add(lead=side.lead, kind="video", source=f"{marker} camera", by=analyst)
