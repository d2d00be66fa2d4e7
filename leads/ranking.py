"""How well a ranking puts those first that came to something. Pure: data in, data out.

Sources: the area under the curve as Mann and Whitney count it (Ann. Math. Statist., 1947), ties half; capture as the
share of all hits among the highest-ranked fifth, a group of equals that lies across its edge counted by its share.
"""

from itertools import groupby
from math import ceil


def area(ranked):
    """How often one that led to something ranks above one that did not: 0..1, 0.5 is chance, ties count half.

    `ranked`: (value, whether it led to something) of each, a higher value ranks higher. None without both kinds.
    """
    hits = sum(hit for _value, hit in ranked)
    others = len(ranked) - hits
    if not hits or not others:
        return None
    below = wins = 0
    for _value, group in groupby(sorted(ranked, key=lambda each: each[0]), key=lambda each: each[0]):
        outcomes = [hit for _value, hit in group]
        won = sum(outcomes)
        wins += won * (2 * below + len(outcomes) - won)
        below += len(outcomes) - won
    return wins / (2 * hits * others)


def capture(ranked, percent=20):
    """Which share of all that led to something stands among the first `percent` of the ranking: 0..1, None without any.

    `ranked` as in `area`; the number of the first is rounded up. Of equals across its edge an even share is counted.
    """
    hits = sum(hit for _value, hit in ranked)
    if not hits:
        return None
    left, caught = first(len(ranked), percent), 0.0
    best = sorted(ranked, key=lambda each: each[0], reverse=True)
    for _value, group in groupby(best, key=lambda each: each[0]):
        outcomes = [hit for _value, hit in group]
        taken = min(left, len(outcomes))
        caught += sum(outcomes) * taken / len(outcomes)
        left -= taken
        if not left:
            break
    return caught / hits


def first(count, percent=20):
    """How many the first `percent` of `count` are, rounded up."""
    return ceil(count * percent / 100)
