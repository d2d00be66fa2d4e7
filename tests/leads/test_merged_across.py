"""T36: that two outcomes are one tells nobody of one they do not see, and is said by who keeps both."""

import pytest

from agencies.access import Refused
from agencies.models import User
from agencies.roles import Role
from leads.actions import outcomes
from leads.models import Outcome
from tests.factories import NOW, agency, member


def made(city, whose, number):
    given = {"happened_on": NOW.date(), "recorded_at": NOW, "recorded_by": city.analyst}
    return Outcome.objects.create(kind="arrest", agency=whose, number=number, key=number, **given)


def test_t36_an_agency_reads_that_its_arrest_counts_as_another_and_not_which_unless_it_sees_that_one(city, seen):
    ours, other = made(city, city.papd, "261"), made(city, city.gmpd, "SECRET77")
    outcomes.merge(outcome=ours, into=other, why="SECRET booking", by=city.analyst)
    assert "SECRET77" in seen(city.analyst, "outcome", ours.pk)
    page = seen(city.supervisor, "outcome", ours.pk)
    assert "Counts as one of another agency" in page
    assert "SECRET" not in page


def test_t36_an_analyst_counts_nothing_of_the_center_as_an_outcome_of_another_center(city):
    far = agency("FAR", "center")
    ours, other = made(city, city.papd, "261"), made(city, far, "262")
    member(far, Role.SUPERVISOR, user=city.analyst)
    both = User.objects.get(pk=city.analyst.pk)
    assert set(Outcome.objects.visible_to(both)) == {ours, other}
    with pytest.raises(Refused, match="Only an analyst or the coordinator of the center"):
        outcomes.merge(outcome=ours, into=other, why="One booking", by=both)
