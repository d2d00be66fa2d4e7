"""Who stands for a member of an agency, against a slow walk over all that was said of absences."""

import random
from datetime import timedelta

import pytest

from agencies.models import Membership, User
from agencies.roles import Role
from leads.models import Absence
from leads.queries import absence
from tests.factories import NOW, member
from tests.scenery import scene

DAY = timedelta(days=1)


@scene
def crowd(city):
    """Three of one department and two of another; a coordinator; one who works in both, one who left, one shut out."""
    people = [city.supervisor, city.detective, city.commander, city.gm_supervisor, city.gm_detective, city.coordinator]
    both, left, shut = member(city.papd), member(city.papd), member(city.papd)
    member(city.gmpd, user=both)
    left.memberships.update(ended_at=NOW - DAY, ended_by=left)
    User.objects.filter(pk=shut.pk).update(is_active=False)
    return [*people, both, left, shut]


def stands_for(one, now):
    """As the rule says it, of one membership at a time."""
    held = [each for each in Absence.objects.order_by("starts_at", "id") if _holds(each, now)]
    own = [each for each in held if each.person_id == one.user_id]
    if not own:
        return one.user_id
    away, here = {each.person_id for each in held}, Membership.objects.active().filter(agency=one.agency_id)
    colleagues = set(here.values_list("user", flat=True)) - away
    able = [each.deputy_id for each in own if each.deputy_id in colleagues]
    return able[0] if able else one.user_id if one.role == Role.CENTER_COORDINATOR else None


def _holds(each, now):
    return each.starts_at <= now < each.ends_at and (each.withdrawn_at is None or each.withdrawn_at > now)


@pytest.mark.parametrize("seed", range(25))
def test_who_stands_is_who_a_walk_over_all_absences_finds(crowd, seed):
    drawn = random.Random(seed)
    for _ in range(drawn.randint(1, 12)):
        person = drawn.choice([*crowd[:2], *crowd])
        deputy, by = drawn.sample([each for each in crowd if each != person], 2)
        starts = NOW + drawn.randint(-3, 1) * DAY
        took_back = {"withdrawn_at": NOW + drawn.choice([-1, 0, 1]) * DAY, "withdrawn_by": by}
        Absence.objects.create(
            person=person, deputy=drawn.choice([deputy, deputy, None]), starts_at=starts, said_by=by, said_at=NOW,
            ends_at=starts + drawn.randint(1, 4) * DAY, **drawn.choice([took_back, {}, {}]),
        )  # fmt: skip
    members = Membership.objects.active()
    found = set(absence.standing_for(members, NOW).values_list("pk", flat=True))
    assert found == {stands_for(each, NOW) for each in members} - {None}
