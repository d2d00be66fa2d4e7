"""The time that a person gives to a command: what is none is refused with an example, before anything is done."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from agencies.models import Agency
from leads.models import Escalation
from tests.factories import NOW
from tests.leads.pages import lead

WRONG = {
    "2026-02-31T10:00Z": "no date and time with a zone",
    "2026-07-15T25:00-05:00": "no date and time with a zone",
    "2026-07-15T10:00": "no date and time with a zone",
    "2026-07-15": "no date and time with a zone",
    "tomorrow": "no date and time with a zone",
    "": "no date and time with a zone",
    "0001-01-01T00:00+14:00": "lies before 1990",
    "9999-12-31T23:59-14:00": "or after 2199",
}


@pytest.mark.parametrize("command", ["escalate", "demo_city"])
@pytest.mark.parametrize("at", WRONG)
def test_a_time_that_cannot_be_is_refused_in_words(db, command, at):
    with pytest.raises(CommandError, match=WRONG[at]):
        call_command(command, at=at)
    assert not Agency.objects.exists()


def test_a_time_with_a_zone_is_acted_upon(city, capsys):
    made = lead(city, "WCL-2026-00412")
    steps = made.obligations.get(agency=city.papd).steps
    call_command("escalate", at=NOW.replace(year=NOW.year - 1).isoformat())
    assert "0 obligations" in capsys.readouterr().out
    call_command("escalate", at=steps[-1].isoformat())
    assert Escalation.objects.filter(obligation__lead=made, obligation__agency=city.papd).count() == len(steps)
