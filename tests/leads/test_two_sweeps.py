"""Two schedulers at once: a pause ends once, and a stale spell is told once."""

from datetime import timedelta

import pytest
from django.db import transaction

from agencies.models import Notification
from leads.actions import assignments, pauses, stale
from leads.models import Obligation
from tests.beside import Beside
from tests.factories import NOW, City
from tests.leads.working import BOTH, load, notice, part, system


@pytest.fixture
def city(transactional_db):
    return City()


def test_two_schedulers_at_once_end_a_pause_once_and_tell_of_stale_work_once(city):
    load(city, notice(*BOTH))
    owed = Obligation.objects.get(agency=city.papd)
    Obligation.objects.update(priority=3)
    assignments.assign(obligation=owed, investigator=city.detective, by=city.supervisor, now=NOW)
    lead = owed.lead
    until = NOW + timedelta(days=3)
    pauses.pause(obligation=part(lead, city.papd), reason="court", until=until, by=city.detective, now=NOW)
    late, done = until + timedelta(days=20), {}

    def sweep():
        done["other"] = (pauses.run_again(by=system(), now=late), stale.mark(by=system(), now=late))

    with transaction.atomic():
        done["one"] = (pauses.run_again(by=system(), now=late), stale.mark(by=system(), now=late))
        Beside(sweep).ended()
    sweep_after = (pauses.run_again(by=system(), now=late), stale.mark(by=system(), now=late))
    assert (done["one"], done["other"], sweep_after) == ((1, 2), (0, 0), (0, 0))
    heard = Notification.objects.filter(user=city.detective, verb__in=["obligation.resumed", "obligation.stale"])
    assert sorted(heard.values_list("verb", flat=True)) == ["obligation.resumed", "obligation.stale"]
