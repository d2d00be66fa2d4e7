"""Whatever notices, agencies, clocks and failures come one after the other: nothing owed is lost, no rung is taken
twice, counts add up, and every agency on a gun hears of it.
"""

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from agencies.access import Refused
from agencies.roles import Role
from tests import factories
from tests.leads.world import World
from tests.scenery import scene

NUMBER = some.integers(0, 40)
DEEDS = some.one_of(
    some.tuples(some.just("comes"), NUMBER, NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("works"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("goes_on"), NUMBER, NUMBER),
    some.tuples(some.just("joins"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("is_compared"), NUMBER, NUMBER, NUMBER),
    some.tuples(some.just("is_away"), NUMBER, NUMBER),
    some.tuples(some.just("passes"), NUMBER),
    some.tuples(some.just("clock_looks")),
    some.tuples(some.just("clock_is_killed"), NUMBER),
)
# A failure is not made smaller by itself: that takes minutes. Do it by hand: --hypothesis-seed and Phase.shrink.
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
        try:
            with transaction.atomic():
                getattr(world, name)(*numbers)
        except Refused:
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
