"""Titles of two parts that are written otherwise but mean one measure: abridged, or with a word changed."""

from collections.abc import Iterator, Sequence

from workflow.intake.likeness import LikenessIndex, likeness, pairs_of
from workflow.intake.source import key

SURE = 0.62
"""The least likeness of two titles that are taken for one."""
AHEAD = 0.1
"""By so much a pair must be better than any other of its two titles."""
_CONTAINED = 0.9
_ABRIDGED = 0.8
_KEPT_PART = 0.6
_SHORTEST = 4
_NEAREST = 8


def alike(titles: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of a title and another that are each other's only likely ones, the most alike first."""
    if not titles or not others:
        return
    index = LikenessIndex(others)
    scores: dict[tuple[int, int], float] = {}
    for n, title in enumerate(titles):
        for _, m in index.nearest(title, _NEAREST):
            scores[n, m] = alikeness(title, others[m])
    best_of_title: dict[int, list[float]] = {}
    best_of_other: dict[int, list[float]] = {}
    for (n, m), score in scores.items():
        best_of_title.setdefault(n, []).append(score)
        best_of_other.setdefault(m, []).append(score)
    for (n, m), score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if score >= SURE and _is_ahead(score, best_of_title[n]) and _is_ahead(score, best_of_other[m]):
            yield n, m


def alikeness(one: str, other: str) -> float:
    """How alike two titles are: one in the other counts as nearly the same, an abridged one too."""
    short, long = sorted((key(one), key(other)), key=len)
    if short == long:
        return 1.0
    if len(short) >= _SHORTEST and short in long:
        return _CONTAINED
    if len(short) >= max(_SHORTEST, _KEPT_PART * len(long)) and _is_abridged(short, long):
        return _ABRIDGED
    return likeness(pairs_of(one), pairs_of(other))


def _is_abridged(short: str, long: str) -> bool:
    """Whether the short title is the long one with some of its signs left out."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def is_longer(one: str, other: str) -> bool:
    """Whether one of two titles is the other with a clause behind it: surely the same."""
    short, long = sorted((key(one), key(other)), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in ("", ",", ":", ";", "。", "、")


def _is_ahead(score: float, scores: Sequence[float]) -> bool:
    """Whether a score is the best of its kind and no other comes near it."""
    second = sorted(scores, reverse=True)[1] if len(scores) > 1 else 0.0
    return score == max(scores) and score >= second + AHEAD
