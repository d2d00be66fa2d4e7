"""Two at once: a pause ends once, a stale spell is told once, one exhibit on two leads makes one cluster, and an entry
of the people list goes once.
"""

from datetime import timedelta

import pytest
from django.db import transaction

from agencies.models import Notification
from leads.actions import assignments, listed_rounds, pauses, stale
from leads.actions._clusters import regroup
from leads.models import ClusterLead, Lead, ListedPerson, Obligation, Specimen
from tests.beside import Beside, somebody_waits_for_us
from tests.factories import NOW, City, exhibit, incident
from tests.leads import people
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


def test_two_schedulers_at_once_drop_and_purge_an_entry_once(city):
    city = people.trained(city)
    incident(city.papd, case_number="26-018844")
    incident(city.gmpd, case_number="26-004417")
    load(city, notice(*BOTH))
    lead, done = Obligation.objects.first().lead, {}
    for name in ("Al Orr", "Bo Poe"):
        people.listed(city, lead, name)

    def sweep(who, at):
        done[who] = listed_rounds.keep(by=system(), now=at)

    for at, status in ((people.days(91), "removed"), (people.days(121), "purged")):
        with transaction.atomic():
            sweep("one", at)
            Beside(lambda at=at: sweep("other", at)).ended()
        sweep("after", at)
        assert (done["one"], done["other"], done["after"]) == (2, 0, 0)
        assert set(ListedPerson.objects.values_list("status", flat=True)) == {status}
    assert Notification.objects.filter(verb="listed.removed").count() == 2


def test_of_two_that_bring_one_exhibit_to_two_leads_at_once_the_second_sees_the_first(city):
    same = exhibit(incident(city.papd, case_number="26-1"), number="1")
    load(city, *(notice(("PAPD", "26-1"), ("GMPD", f"26-2{n}"), number=f"WCL-{n}") for n in (1, 2)))
    one, other = Lead.objects.order_by("number")

    @transaction.atomic
    def bring(lead):
        Specimen.objects.create(event=lead.events.get(case_number="26-1"), exhibit=same, of=same)
        regroup([lead.pk], by=system(), now=NOW)

    with transaction.atomic():
        bring(one)
        beside = Beside(lambda: bring(other))
        assert somebody_waits_for_us()
    beside.ended()
    assert ClusterLead.objects.values("cluster").distinct().count() == 1
    assert ClusterLead.objects.count() == 2
