"""Two sides of unlike size, or with unlike numbers of hits: where sign flips find too much."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.stats.effects import FEW, Log, log_ratio
from framing.stats.fitting import Fit
from framing.stats.flips import FlipTest
from framing.stats.sides import Design, Pair, Side
from framing.stats.sums import by_code, sums_by
from framing.text.arrays import Bools, Floats, Ints

_TIMES, _MANY = 2, 40  # flips call .08 of equal rates different: 10 against 100, or 25 against 70
UNEVEN = 3  # words or articles an event
_HALVINGS = 50


def counts(pair: Pair, design: Design) -> tuple[int, int]:
    """Return the units of both sides: events, or articles without one; within events articles."""
    if design.match:
        return int(pair.a.articles.sum()), int(pair.b.articles.sum())
    return pair.a.clusters, pair.b.clusters


def is_lopsided(pair: Pair, design: Design) -> bool:
    """Return whether one side has few units and the other more than twice as many.

    Against the rest, however many: the tail of a family of 48 tests is farther out than that of
    one. Flips find something in .15 of families of twelve equal outlets of 59 articles. Within
    events, whether one side has three times the articles: with one against 20, .07 of flips do.
    """
    few, many = sorted(counts(pair, design))
    if design.match and design.against != "rest":
        return 0 < few < _MANY and many >= UNEVEN * few
    small = design.against == "rest" or few < _MANY
    return few > 0 and small and many > _TIMES * few


def log_test(sizes: tuple[int, int], means: Floats, log: Log) -> FlipTest:
    """Test ratios on the logarithmic scale, where rates are less skewed.

    The interval of the difference is that of the ratio times the mean of the side with more units;
    so it excludes 0 where the ratio's excludes 1.
    """
    from scipy.special import stdtr  # slow to import, and most of the package does without

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        p = 2 * stdtr(log.freedom, -np.abs(log.mean) / log.error)
        low, high = np.exp(log.interval())
    if sizes[0] < sizes[1]:
        return FlipTest(p, means[1] * (low - 1), means[1] * (high - 1))
    return FlipTest(p, means[0] * (1 - 1 / low), means[0] * (1 - 1 / high))


class _Hits(NamedTuple):
    """Of both sides together, a unit a row: hits, those expected of its words, and whose it is."""

    found: Bools
    expected: Floats
    first: Bools  # a unit

    @classmethod
    def of(cls, pair: Pair) -> _Hits:
        """Count by cluster, within the events or topics that are held constant."""
        both = Side._make(np.concatenate(fields) for fields in zip(pair.a, pair.b, strict=True))
        is_second = np.arange(len(both.words)) >= len(pair.a.words)
        clusters, places = both.cluster.max() + 1, both.place.max() + 1
        code = (is_second * clusters + both.cluster) * places + both.place
        words = both.words[:, None] / 100
        cell, sums = by_code(code, np.hstack([both.measured * words, words]))
        whole = sums_by(place := cell % places, sums)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.maximum(whole[:, :-1], 0) / whole[:, -1:]
        return cls(sums[:, :-1] > 0, sums[:, -1:] * rate[place], cell < clusters * places)

    def take(self, measures: Bools) -> _Hits:
        """Take some measures."""
        return _Hits(self.found[:, measures], self.expected[:, measures], self.first)

    def units(self) -> tuple[Floats, Floats]:
        """Return how many units of each side would have a hit if the rates were equal."""
        chance = -np.expm1(-self.expected)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.nan_to_num(self.found.sum(axis=0) / chance.sum(axis=0))
        return scale * chance[self.first].sum(axis=0), scale * chance[~self.first].sum(axis=0)


def are_few(hits: _Hits) -> Bools:
    """Return of which measures few units of one side can have a hit, and far more of another.

    Such a side has hardly any spread. Where 5 % of articles have a hit, flips call .10 to .13 of
    equal rates different (60 against 660, 40 against 500), and up to .5 of rarer ones.
    """
    few, many = np.sort(hits.units(), axis=0)
    return (few < _MANY) & (many > _TIMES * few)


def presence_p(hits: _Hits) -> Floats:
    """Return the two-sided mid-p of how many units of one side have a hit.

    It is the side of which fewer are expected. Each of its units has a hit with the chance that
    its words have at the rate of both sides, if hits are negative binomial; their dispersion is
    that with which as many units have a hit as do. It says nothing of how many hits they have, so
    it is for those of which hardly any unit has one.
    """
    chance = _chances(hits)
    fewer = np.less(*hits.units())
    p = np.empty(len(fewer))
    for side, which in ((hits.first, fewer), (~hits.first, ~fewer)):
        rows = np.ix_(side, which)
        p[which] = mid_p(chance[rows], hits.found[rows].sum(axis=0))
    return p


def _chances(hits: _Hits) -> Floats:
    """Return the chance of every unit to have a hit; the dispersion is found by halving."""
    low, high = np.full((2, hits.expected.shape[1]), np.log([[1e-6], [1e3]]))

    def chances(log: Floats) -> Floats:
        size = np.exp(log)
        return -np.expm1(-np.log1p(size * hits.expected) / size)

    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = chances(middle).sum(axis=0) > hits.found.sum(axis=0)
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    chance = chances(low)
    scale = hits.found.sum(axis=0) / np.maximum(chance.sum(axis=0), 1e-300)
    return np.minimum(scale * chance, 1)  # where hits are more even than Poisson's


def mid_p(chance: Floats, seen: Ints) -> Floats:
    """Return the two-sided mid-p (Lancaster 1961) of counts: what was observed counts half.

    A count is that of the units, a row each, that have what they have by ``chance``.

    Examples
    --------
    >>> mid_p(np.full((3, 1), 0.5), np.array([0])).tolist()
    [0.125]
    """
    spread = np.zeros((len(chance) + 1, chance.shape[1]))  # Poisson binomial
    spread[0] = 1
    for one in chance:
        more = spread[:-1] * one
        spread *= 1 - one
        spread[1:] += more
    number = np.arange(len(spread))[:, None]
    tails = [(spread * place).sum(axis=0) for place in (number < seen, number > seen)]
    return np.minimum(2 * np.minimum(*tails) + (spread * (number == seen)).sum(axis=0), 1)


def unlike(pair: Pair, fit: Fit, design: Design, cues: Bools) -> tuple[FlipTest, Bools, Bools]:
    """Test ``cues`` of two sides that are unlike in size, or in how many units can have one.

    Returned are also those for which that holds, and those of them that few units have: p is then
    of how many have one.
    """
    test = log_test(counts(pair, design), fit.means, log_ratio(fit))
    which = cues & (np.minimum(*(side.measured.min(axis=0) for side in (pair.a, pair.b))) >= 0)
    hits = _Hits.of(pair)
    if not is_lopsided(pair, design):
        which &= are_few(hits)
    few = which & (np.minimum(*fit.some) < FEW)
    if few.any():
        test.p[few] = presence_p(hits.take(few))
    return test, which, few
