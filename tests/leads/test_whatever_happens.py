"""Whatever notices, agencies, clocks and failures come one after the other: nothing owed is lost, no rung is taken
twice, counts add up, and every agency on a gun hears of it.
"""

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from agencies.access import Refused
from agencies.models import Notification
from agencies.roles import Role
from leads.models import Bulletin, Obligation, Outcome
from tests import factories
from tests.leads.world import World
from tests.scenery import scene

# Two agencies name one arrest by two numbers and it counts once; work comes due untouched; a bulletin tells of an event
# that an examiner takes off; a third lead joins a gun of two, of which those on the two have to hear.
FULL = [
    ("comes", 0, 2, 0, 0), ("arrests", 0, 0), ("arrests", 1, 1), ("is_one_arrest", 0, 0, 1), ("goes_on", 0, 3),
    ("goes_on", 1, 3), ("is_one_arrest", 0, 0, 0), ("is_one_arrest", 1, 0, 1), ("comes", 1, 1, 2, 4),
    ("is_tasked", 3, 0), ("asks", 3, 0), ("reviews", 0, 0), ("reviews", 0, 0), ("tells", 0, 0), ("tells", 1, 0),
    ("tells", 0, 2), ("passes", 3), ("clock_looks",), ("passes", 4), ("clock_is_killed", 6), ("tells", 0, 3),
    ("is_compared", 0, 2, 1), ("is_compared", 1, 2, 2), ("clock_looks",), ("comes", 2, 0, 3, 0), ("comes", 3, 2, 0, 0),
    ("joins", 1, 2, 0), ("clock_looks",), ("passes", 1), ("joins", 2, 3, 0), ("clock_looks",),
]  # fmt: skip
NUMBER = some.integers(0, 40)
DEEDS = some.one_of(
    some.tuples(some.just("comes"), NUMBER, NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("works"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("goes_on"), NUMBER, NUMBER),
    some.tuples(some.just("joins"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("is_compared"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("arrests"), NUMBER, NUMBER),
    some.tuples(some.just("is_one_arrest"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.sampled_from(["is_tasked", "asks", "tells", "tells", "reviews"]), NUMBER, NUMBER),
    some.tuples(some.just("is_away"), NUMBER, NUMBER),
    some.tuples(some.just("passes"), NUMBER),
    some.tuples(some.just("clock_looks")),
    some.tuples(some.just("clock_is_killed"), NUMBER),
)
# A failure is not made smaller by itself: that takes minutes. Do it by hand: Phase.shrink. Other lives than those of
# each run: --hypothesis-profile=default.
EVERY = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@scene
def quiet(city):
    """A police department in which nobody works, and a second examiner."""
    made = factories.agency("QPD", "police", name="Quiet PD", parent=city.center)
    city.second = factories.member(city.lab, Role.EXAMINER, name="Ines Calder")
    return made


def lives_through(city, deeds):
    """A world in which these deeds were done one after the other, held against what must be true after each."""
    world = World(city)
    for name, *numbers in deeds:
        opened = set(world.opened)
        try:
            with transaction.atomic():
                getattr(world, name)(*numbers)
        except Refused:
            world.opened = opened
            continue
        world.hold()
    world.clock_looks()
    world.hold()
    return world


@settings(EVERY, max_examples=12)
@given(some.lists(DEEDS, min_size=12, max_size=40))
def test_nothing_owed_is_lost_and_no_rung_is_taken_twice_whatever_happens(city, quiet, deeds):
    with transaction.atomic():
        lives_through(city, [("comes", 0, 0, 3, 5), ("comes", 1, 1, 2, 4), *deeds])
        transaction.set_rollback(True)


def test_what_else_a_center_does_is_told_once_counted_once_and_taken_back_where_it_no_longer_holds(city, quiet):
    """One life in which each of it happens: a drawn one seldom comes that far."""
    lives_through(city, FULL)
    assert Obligation.objects.filter(state="closed").exclude(named_outcome=None).count() == 2
    assert Outcome.objects.filter(merged_into=None).count() == 1
    assert Bulletin.objects.exclude(stale_at=None).exists()
    told = set(Notification.objects.values_list("verb", flat=True))
    assert told >= {"task.overdue", "question.overdue", "action.overdue", "bulletin.stale", "bulletin.went_stale"}
