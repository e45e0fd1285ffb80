"""How alike two texts are, by the pairs of signs they share: fast, symmetrical, and indifferent to order and blanks."""

from collections import Counter
from collections.abc import Iterable, Mapping

from workflow.intake.source import key


def pairs_of(text: str) -> Counter[str]:
    """The pairs of neighbouring signs of a text as titles are compared; a single sign counts as a pair."""
    plain = key(text)
    return Counter(plain[n : n + 2] for n in range(max(len(plain) - 1, 1))) if plain else Counter()


def likeness(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Dice's coefficient of two counts of pairs: 1.0 for the same text, 0.0 where nothing is shared.

    Source: L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26 (1945).
    """
    both = sum(one.values()) + sum(other.values())
    if not both:
        return 1.0
    shared = sum(min(count, other[pair]) for pair, count in one.items() if pair in other)
    return 2 * shared / both


class LikenessIndex:
    """Finds which of many texts are most like one, without comparing it with all of them."""

    COMMON = 0.2
    """A pair that more than this part of the texts has says little and is not looked up, where there are many."""
    FEW = 50

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts = [pairs_of(text) for text in texts]
        self.places: dict[str, list[int]] = {}
        for place, count in enumerate(self.counts):
            for pair in count:
                self.places.setdefault(pair, []).append(place)

    def nearest(self, text: str, limit: int = 5) -> list[tuple[float, int]]:
        """The likeness and place of the texts most like `text`, best first; equal ones in their order."""
        asked = pairs_of(text)
        most = max(self.FEW, int(len(self.counts) * self.COMMON))
        met: Counter[int] = Counter()
        for pair in asked:
            places = self.places.get(pair, ())
            if len(places) <= most:
                met.update(places)
        candidates = [place for place, _ in met.most_common(limit * 4)]
        ranked = sorted((-likeness(asked, self.counts[place]), place) for place in candidates)
        return [(-score, place) for score, place in ranked[:limit]]
