"""When the stages of a part ended whose clock is to stand just so today."""

from leads import clock
from leads.demo.dice import working_before

STAGES = ("acknowledge", "assign", "start", "update", "approve")


def until(stage, share, *, rng, at, calendar):
    """(when the part was sent, {stage before: when it ended}) so that at `at` a share of this stage's limit has run."""
    at = working_before(at, clock.limit_for(stage, 3) * share, calendar)
    script = {}
    for before in reversed(STAGES[: STAGES.index(stage)]):
        script[before] = at
        at = working_before(at, clock.limit_for(before, 3) * rng.uniform(0.2, 0.7), calendar)
    return at, script
