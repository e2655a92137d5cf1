"""Two sides of unlike size, or with unlike numbers of hits: where sign flips find too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framing.stats.effects import FEW, Log, log_ratio
from framing.stats.fitting import Fit
from framing.stats.flips import FlipTest
from framing.stats.sides import Design, Pair, Rows
from framing.stats.sums import by_code, run_sums
from framing.text.arrays import Bools, Floats, Ints

_TIMES, _MANY = 2, 40  # flips call .08 of equal rates different: 10 against 100, or 25 against 70
UNEVEN = 3  # words or articles an event
_HALVINGS = 50


def counts(pair: Pair, design: Design) -> tuple[int, int]:
    """Return the units of both sides: events, or articles without one; within events articles."""
    if design.match:
        return pair.a.number, pair.b.number
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


def log_test(sizes: Ints, means: Floats, log: Log) -> FlipTest:
    """Test ratios on the logarithmic scale, where rates are less skewed.

    The interval of the difference is that of the ratio times the mean of the side with more units;
    so it excludes 0 where the ratio's excludes 1.
    """
    from scipy.special import stdtr  # slow to import, and most of the package does without

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        p = 2 * stdtr(log.freedom, -np.abs(log.mean) / log.error)
        low, high = np.exp(log.interval())
        beside = means[0] * (1 - 1 / low), means[0] * (1 - 1 / high)
    ends = means[1] * (low - 1), means[1] * (high - 1)
    return FlipTest(p, *np.where(sizes[0] < sizes[1], ends, beside))


class _Hits(NamedTuple):
    """Of both sides of comparisons, a unit a row: hits, those expected of its words, whose it is.

    ``runs`` (comparisons × 2) is how many units each side has, the first side before the second,
    and ``counted`` whether a measure is nowhere below 0.
    """

    found: Bools
    expected: Floats
    runs: Ints
    counted: Bools

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> _Hits:
        """Count by cluster, within the events or topics that are held constant."""
        side, of, first, runs, clusters, places = Rows.taken(pairs)
        half, every = 2 * of + ~first, len(pairs) * places
        code = (half * clusters + side.cluster % clusters) * every + side.place
        words = side.words[:, None] / 100
        cell, sums = by_code(code, np.hstack([side.measured * words, words]))
        place = np.unique(cell % every, return_inverse=True)[1]
        whole = by_code(place, sums)[1][place]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.maximum(whole[:, :-1], 0) / whole[:, -1:]
        number = np.bincount(cell // (clusters * every), minlength=runs.size)
        below = run_sums((~(side.measured >= 0)).astype(float), runs.sum(axis=1))
        return cls(sums[:, :-1] > 0, sums[:, -1:] * rate, number.reshape(runs.shape), below == 0)

    def units(self) -> tuple[Floats, Floats]:
        """Return how many units of each side would have a hit if the rates were equal."""
        chance = run_sums(-np.expm1(-self.expected), self.runs.ravel())
        found = run_sums(self.found.astype(float), self.runs.sum(axis=1))
        sides = chance[::2], chance[1::2]
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.nan_to_num(found / np.add(*sides))
        return scale * sides[0], scale * sides[1]


def are_few(hits: _Hits) -> Bools:
    """Return of which measures few units of one side can have a hit, and far more of another.

    Such a side has hardly any spread. Where 5 % of articles have a hit, flips call .10 to .13 of
    equal rates different (60 against 660, 40 against 500), and up to .5 of rarer ones.
    """
    few, many = np.sort(np.round(hits.units(), 9), axis=0)
    return (few < _MANY) & (many > _TIMES * few)


def presence_p(hits: _Hits, which: Bools) -> Floats:
    """Return the two-sided mid-p of how many units of one side have a hit.

    It is the side of which fewer are expected. Each of its units has a hit with the chance that
    its words have at the rate of both sides, if hits are negative binomial; their dispersion is
    that with which as many units have a hit as do. It says nothing of how many hits they have, so
    it is for those of which hardly any unit has one: ``which``, comparisons × measures.
    """
    pair, measure = np.nonzero(which)
    every = hits.runs.sum(axis=1)
    runs, second = every[pair], ~np.less(*hits.units())[pair, measure]
    ends = np.cumsum(runs)
    rows = np.arange(runs.sum()) + np.repeat(np.cumsum(every)[pair] - ends, runs)
    column = np.repeat(measure, runs)
    found = hits.found[rows, column].astype(float)
    chance = _chances(found, hits.expected[rows, column], runs)
    size = hits.runs[pair, second.astype(int)]
    start = ends - runs + second * hits.runs[pair, 0]
    p = np.empty(len(pair))
    for n in np.unique(size):
        some = np.flatnonzero(size == n)
        rows = start[some] + np.arange(n)[:, None]
        p[some] = mid_p(chance[rows], found[rows].sum(axis=0))
    return p


def _chances(found: Floats, expected: Floats, runs: Ints) -> Floats:
    """Return the chance of every unit to have a hit; the dispersion is found by halving."""
    low, high = np.full((2, len(runs)), np.log([[1e-6], [1e3]]))
    seen = run_sums(found, runs)

    def chances(log: Floats) -> Floats:
        size = np.repeat(np.exp(log), runs)
        return -np.expm1(-np.log1p(size * expected) / size)

    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = run_sums(chances(middle), runs) > seen
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    chance = chances(low)
    scale = seen / np.maximum(run_sums(chance, runs), 1e-300)
    return np.minimum(np.repeat(scale, runs) * chance, 1)  # where hits are more even than Poisson's


def mid_p(chance: Floats, seen: Ints) -> Floats:
    """Return the two-sided mid-p (Lancaster 1961) of counts: what was observed counts half.

    A count is that of the units, a row each, that have what they have by ``chance``.

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


def unlike(
    pairs: Sequence[Pair], fit: Fit, design: Design, cues: Bools
) -> tuple[FlipTest, Bools, Bools]:
    """Test ``cues`` of two sides that are unlike in size, or in how many units can have one.

    Returned are also those for which that holds, and those of them that few units have: p is then
    of how many have one.
    """
    sizes = np.array([counts(pair, design) for pair in pairs]).T[..., None]
    test = log_test(sizes, fit.means, log_ratio(fit))
    hits = _Hits.of(pairs)
    lopsided = np.array([[is_lopsided(pair, design)] for pair in pairs])
    which = cues & hits.counted & (lopsided | are_few(hits))
    few = which & (np.minimum(*fit.some) < FEW)
    if few.any():
        test.p[few] = presence_p(hits, few)
    return test, which, few
