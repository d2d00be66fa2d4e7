"""Misspelt words: the one known word that lies next to a typed one, if there is just one. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable

# A word may differ in so many letters, by its length.
ONE_FROM, TWO_FROM = 5, 10


class Index:
    """Known words, found by the pairs of letters they share. Building takes a few milliseconds, a search about one."""

    def __init__(self, words):
        self._by_pair = defaultdict(list)
        for word in words:
            for pair in _pairs(word):
                self._by_pair[pair].append(word)

    def nearest(self, word: str, meaning: Callable[[str], object] = str) -> str:
        """The known word within the allowed distance, "" when there is none or when two are as near that mean different
        things. meaning: what a known word stands for, by itself itself.
        """
        allowed = 2 if len(word) >= TWO_FROM else 1 if len(word) >= ONE_FROM else 0
        if not allowed or len(word) > 60:
            return ""
        pairs = _pairs(word)
        shared = Counter(known for pair in pairs for known in self._by_pair.get(pair, ()))
        # One changed letter touches two pairs, a swap of two touches three.
        needed = len(pairs) - 3 * allowed
        near = []
        for known, count in shared.most_common(40):
            if count < needed:
                break
            apart = distance(word, known, allowed)
            if apart <= allowed and not (allowed > 1 and len(known) < TWO_FROM - 1 and apart > 1):
                near.append((apart, known))
        near.sort()
        closest = [known for apart, known in near if apart == near[0][0]]
        return closest[0] if len({meaning(known) for known in closest}) == 1 else ""


def _pairs(word):
    framed = f"^{word}$"
    return {framed[place : place + 2] for place in range(len(framed) - 1)}


def distance(first: str, second: str, most: int) -> int:
    """Letters added, dropped, changed or swapped with their neighbour; most + 1 when it is more than `most`."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for here, letter in enumerate(first, 1):
        older, before, row = before, row, [here]
        for there, other in enumerate(second, 1):
            best = min(before[there] + 1, row[there - 1] + 1, before[there - 1] + (letter != other))
            if here > 1 and there > 1 and letter == second[there - 2] and first[here - 2] == other:
                best = min(best, older[there - 2] + 1)
            row.append(best)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)
