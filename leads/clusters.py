"""Which leads are of one presumed gun. Pure: data in, data out.

A lead names specimens: cartridge cases of a scene, a projectile, a test fire. Two leads that name one specimen, or test
fires of one firearm, speak of one gun; so do two that somebody joined, and two of which one names the other in its
notice. A cluster is what hangs together by that.
It is presumed: its confidence is that of its weakest link (NIBIN's rule for leads; a hit is one an examiner confirmed).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

UNCONFIRMED, MIXED, CONFIRMED = "unconfirmed", "mixed", "confirmed"
# A case that so many leads name says nothing of two of them: a range, a buy-back, a number that stands for none.
COMMON = 5
# What is written where nothing is known, or what thousands have: never a reason to think of two leads as one gun.
SAYS_NOTHING = frozenset(
    {"9X19", "9MMLUGER", "9MMPARA", "10MM", "22LR", "40SW", "45ACP", "380ACP", "38SPECIAL", "357MAGNUM", "762X39"}
)
SHORTEST = 4


def connected(leads: Iterable[Hashable], specimens: Iterable[tuple], joined: Iterable[tuple]) -> list[set]:
    """The parts into which leads fall, the largest first and of equal ones that with the smallest id.

    leads: ids that can be ordered; one without any link is a part of its own. specimens: (lead, specimen) pairs.
    joined: (lead, lead) pairs that people joined. A pair that names a lead which is not among `leads` is passed over.
    """
    above = {lead: lead for lead in leads}

    def root(lead):
        while above[lead] != lead:
            above[lead] = above[above[lead]]
            lead = above[lead]
        return lead

    first = {}
    pairs = [(first.setdefault(specimen, lead), lead) for lead, specimen in specimens if lead in above]
    for one, other in [*pairs, *joined]:
        if one in above and other in above:
            above[root(one)] = root(other)
    parts = defaultdict(set)
    for lead in above:
        parts[root(lead)].add(lead)
    return sorted(parts.values(), key=lambda part: (-len(part), min(part)))


def confidence(events: int, confirmed: int) -> str:
    """UNCONFIRMED, MIXED or CONFIRMED of a line or a cluster with so many events, of which an examiner confirmed so
    many. One link that is not confirmed leaves the whole unconfirmed as an identification: MIXED says so.
    Raises ValueError where more are confirmed than there are.
    """
    if not 0 <= confirmed <= events:
        raise ValueError("No more events can be confirmed than there are.")
    return CONFIRMED if events and confirmed == events else MIXED if confirmed else UNCONFIRMED


def telling(value: str) -> bool:
    """Whether a case or exhibit number as somebody wrote it can make two leads look alike: it has a digit, is not
    short, and is not what stands for nothing.
    """
    plain = "".join(sign for sign in value.upper() if sign.isalnum())
    return len(plain) >= SHORTEST and plain not in SAYS_NOTHING and any(sign.isdigit() for sign in plain)


def alike(one: Mapping, other: Mapping, named: Mapping) -> list:
    """The cases by which two leads may be of one gun, in order: both name the case, and one of them at least does not
    say which specimen of it. Two that name different specimens of one scene may well be of two guns.

    one, other: {case: ids of the specimens of it that the lead names, none where it does not say}. named: {case: how
    many leads name it}; a case that `COMMON` leads or more name says nothing.
    """
    both = [case for case in one if case in other and named.get(case, 0) < COMMON]
    return sorted(case for case in both if not (one[case] and other[case]))
