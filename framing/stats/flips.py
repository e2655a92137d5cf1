"""Sign flips of clusters: the test of every difference, and the interval that goes with it.

A difference between two sides is a sum of parts, one a cluster (an event, or an article without
one). If nothing differs, each part is as likely to have the other sign.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.stats.signs import Signs
from framing.stats.strata import Strata, spread_of_means
from framing.stats.sums import column_sums
from framing.text.arrays import Bools, Floats, Ints

LEVEL = 0.05
_FIRST = 1000  # patterns after which a p above _CLEAR is precise enough
_CLEAR = 0.1
_SAME = 1e-9  # statistics that differ by less are ties


class Parts(NamedTuple):
    """Differences between two sides, as sums over clusters.

    ``parts`` (clusters × measures) sum to the differences, ``shares`` to 1: the share of a
    cluster in what the estimate rests on. ``codes`` are the clusters' places in the signs, and
    ``strata`` what was held constant, if that was more than one thing. Several comparisons of as
    many clusters have one more axis, the first; with ``strata`` it is one comparison.
    """

    codes: Ints
    parts: Floats
    shares: Floats
    strata: Strata | None = None

    @property
    def difference(self) -> Floats:
        """Sum of the parts."""
        return column_sums(self.parts)

    @property
    def freedom(self) -> int:
        """Return the number of clusters less that of the means that were estimated."""
        return max(self.codes.shape[-1] - (self.strata.number if self.strata else 1), 1)

    @property
    def even(self) -> Bools:
        """Return whether all clusters have the same share."""
        highest = self.shares.max(axis=-1)
        return highest - self.shares.min(axis=-1) <= _SAME * highest

    def part(self, which: Bools) -> Parts:
        """Take some comparisons, and of each as many measures."""
        rows = which.any(axis=-1)
        measures = np.nonzero(which)[-1].reshape(np.count_nonzero(rows), 1, -1)
        parts = np.take_along_axis(self.parts[rows], measures, axis=-1)
        strata = self.strata and self.strata.take(measures.ravel())
        return Parts(self.codes[rows], parts, self.shares[rows], strata)

    @property
    def error(self) -> Floats:
        """Standard error of the difference, robust to anything within clusters."""
        left = self.parts - self.difference[..., None, :] * self.shares[..., None]
        return np.sqrt(column_sums(left**2) * (self.codes.shape[-1] / self.freedom))


class FlipTest(NamedTuple):
    """p and the end points of the interval, an element a measure."""

    p: Floats
    low: Floats
    high: Floats


def statistics(parts: Parts, signs: Signs, patterns: slice) -> tuple[Floats, Floats]:
    """Return differences and the squares of their t, measures × patterns, with the signs flipped.

    t is the difference over its standard error in the same pattern. The null hypothesis is
    imposed: what is flipped are residuals from a common mean (wild cluster bootstrap with
    Rademacher weights; Cameron, Gelbach & Miller 2008; Canay, Santos & Shaikh 2021).
    """
    shares, even = parts.shares[..., None], parts.even.all()
    size = np.abs(parts.parts).max(axis=-2, keepdims=True, initial=1e-300)
    columns = parts.parts / size  # on one scale
    squares, weight = (column_sums(x**2)[..., None] for x in (columns, shares))
    times, m = parts.codes.shape[-1] / parts.freedom, size.shape[-1]
    pulled = columns[..., :0] if even else columns * shares * (2 * times)
    flipped = signs.flipped(parts.codes, np.concatenate([columns, pulled], axis=-1), patterns)
    moved, pull = flipped[..., :m, :], flipped[..., m:, :]
    if even:
        spread = moved * (times * (weight - 2 * shares.mean(axis=-2, keepdims=True)))
    else:
        spread = np.subtract(moved * (times * weight), pull, out=pull)
    spread *= moved
    spread += times * squares
    if parts.strata:
        means = parts.strata._replace(means=parts.strata.means / size.ravel())
        flat = (columns.reshape(-1, m), parts.shares.ravel(), moved.reshape(m, -1))
        spread += times * spread_of_means(means, parts.codes.ravel(), *flat, signs, patterns)
    t = moved**2
    t /= np.maximum(spread, _SAME, out=spread)
    moved *= size.swapaxes(-1, -2)
    return moved, t


def sign_flip_test(parts: Parts, signs: Signs, *, level: float = LEVEL) -> FlipTest:
    """Test every measure, and return the interval that excludes 0 where p ≤ ``level``.

    Of random patterns there are the first 1,000, and all where p is not above .1 then.
    """
    first = signs.patterns if signs.exact else min(_FIRST, signs.patterns)
    found = _tested(parts, signs, first, level)
    more = (found.p <= _CLEAR) & (signs.patterns > first)
    number = np.count_nonzero(more, axis=-1, keepdims=True)
    for k in np.unique(number[number > 0]):
        which = more & (number == k)
        every = _tested(parts.part(which), signs, signs.patterns, level)
        for of_all, some in zip(found, every, strict=True):
            of_all[which] = some.ravel()
    return found


def _tested(parts: Parts, signs: Signs, patterns: int, level: float) -> FlipTest:
    moved, t = statistics(parts, signs, slice(0, patterns))
    share = np.count_nonzero(t >= t[..., :1] * (1 - _SAME) ** 2, axis=-1) / patterns
    p = np.where(np.isnan(parts.difference), np.nan, share)
    return FlipTest(p, *_interval(parts, signs, moved, t, level=level))


def _interval(
    parts: Parts, signs: Signs, moved: Floats, t: Floats, *, level: float
) -> tuple[Floats, Floats]:
    """Return the interval of the differences that the test would not reject.

    Where every cluster has the same share, and no strata are held constant, the test of other
    differences than 0 can be inverted: a pattern is as extreme as what was observed if the
    difference lies between the means of the clusters that were flipped and of those that were not
    (Hartigan 1969). Elsewhere the interval is the estimate ± the critical t of the patterns times
    the standard error.
    """
    cut, shift = int(level * t.shape[-1] + _SAME), parts.difference
    if parts.strata or not parts.even.all():
        place = t.shape[-1] - 1 - cut
        critical = np.sqrt(np.partition(t, place, axis=-1)[..., place]) * (1 + 2 * _SAME)
        reach = critical * parts.error
        return shift - reach, shift + reach
    n, patterns = parts.codes.shape[-1], slice(0, t.shape[-1])
    left = signs.flipped(parts.codes, np.ones((*parts.shares.shape, 1)), patterns)
    share, total = (n - left) / 2 / n, shift[..., None]  # of clusters with a minus
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.stack([(total + moved) / 2 / (1 - share), (total - moved) / 2 / share])
    means[:, np.broadcast_to((share == 0) | (share == 1), moved.shape)] = np.nan
    ends = (np.nan_to_num(x, nan=-np.inf) for x in (means.min(axis=0), -means.max(axis=0)))
    low, high = (np.partition(end, cut, axis=-1)[..., cut] for end in ends)
    ties = (np.abs(end) < _SAME * np.abs(shift) for end in (low, high))  # of a pattern: with 0
    low, high = (np.where(tie, 0.0, end) for tie, end in zip(ties, (low, -high), strict=True))
    return low, high
