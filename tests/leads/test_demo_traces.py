from datetime import datetime
from zoneinfo import ZoneInfo

from evidence.models import Trace
from leads.demo.traced import Traced

AT = datetime(2026, 7, 16, 9, 42, tzinfo=ZoneInfo("America/Chicago"))


def test_at_every_hour_some_traces_of_the_busiest_desk_are_on_their_way():
    answered = [Trace(agency_id=7, status="completed_to_purchaser") for _ in range(9)]
    others = [Trace(agency_id=8, status="submitted"), Trace(agency_id=7, status="accepted")]
    changed = list(Traced(1, AT)._never_none([*others, *answered]))
    assert [trace.status for trace in changed] == ["draft", "in_progress", "ready", "submitted"]
    assert changed == answered[:-5:-1], "the newest"
