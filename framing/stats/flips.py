"""Sign flips of clusters: the test of every difference, and the interval that goes with it.

A difference between two sides is a sum of parts, one a cluster (an event, or an article without
one). If nothing differs, each part is as likely to have the other sign.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    ``strata`` what was held constant, if that was more than one thing.
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
        return max(len(self.codes) - (self.strata.number if self.strata else 1), 1)

    def take(self, measures: Bools) -> Parts:
        """Take some measures."""
        strata = self.strata and self.strata.take(measures)
        return self._replace(parts=self.parts[:, measures], strata=strata)

    @property
    def error(self) -> Floats:
        """Standard error of the difference, robust to anything within clusters."""
        left = self.parts - self.difference * self.shares[:, None]
        return np.sqrt(column_sums(left**2) * len(self.codes) / self.freedom)


class FlipTest(NamedTuple):
    """p and the end points of the interval, an element a measure."""

    p: Floats
    low: Floats
    high: Floats


def statistics(parts: Parts, signs: Signs, patterns: slice) -> tuple[Floats, Floats]:
    """Return the differences and their absolute t, measures × patterns, with the signs flipped.

    t is the difference over its standard error in the same pattern. The null hypothesis is
    imposed: what is flipped are residuals from a common mean (wild cluster bootstrap with
    Rademacher weights; Cameron, Gelbach & Miller 2008; Canay, Santos & Shaikh 2021).
    """
    return _statistics([parts], signs, patterns)[0]


def _statistics(
    several: Sequence[Parts], signs: Signs, patterns: slice
) -> list[tuple[Floats, Floats]]:
    """Return the `statistics` of several comparisons of the same clusters."""
    laid, codes = [_Laid.out(parts) for parts in several], several[0].codes
    flipped = signs.flipped(codes, np.hstack([one.columns for one in laid]), patterns)
    ends = np.cumsum([one.columns.shape[1] for one in laid])[:-1]
    found = []
    for one, some in zip(laid, np.split(flipped, ends), strict=True):
        more = one.spread_of_means(some, signs, patterns)
        found.append(one.studentised(some, more))
    return found


class _Laid(NamedTuple):
    """Parts on one scale, as columns, and what brings them back.

    The parts themselves come first, then, unless the shares of all clusters are equal, the parts
    times the shares.
    """

    columns: Floats
    size: Floats
    squares: Floats
    of: Parts

    @classmethod
    def out(cls, parts: Parts) -> _Laid:
        shares, size = parts.shares, np.abs(parts.parts).max(axis=0, initial=0)
        scaled = parts.parts / np.where(size > 0, size, 1.0)
        equal = not len(shares) or bool(np.ptp(shares) <= _SAME * shares.max())
        pulled = scaled[:, :0] if equal else scaled * shares[:, None]
        return cls(np.hstack([scaled, pulled]), size, column_sums(scaled**2)[:, None], parts)

    def studentised(self, flipped: Floats, means: Floats | float) -> tuple[Floats, Floats]:
        """Return differences and absolute t from the sums of the columns with signs flipped."""
        shares, moved = self.of.shares, flipped[: len(self.size)]
        equal = len(flipped) == len(moved)
        pull = moved * shares.mean() if equal else flipped[len(self.size) :]
        spread = self.squares - 2 * moved * pull
        spread += moved**2 * (shares**2).sum()
        spread += means
        spread *= len(shares)
        spread /= self.of.freedom
        least = np.maximum(_SAME**2 * self.squares, _SAME**4)
        error = np.sqrt(np.maximum(spread, least, out=spread), out=spread)
        return moved * self.size[:, None], np.divide(np.abs(moved), error, out=error)

    def spread_of_means(self, flipped: Floats, signs: Signs, patterns: slice) -> Floats | float:
        """Return what the means of strata add to the spread if they are fitted anew."""
        if not self.of.strata:
            return 0.0
        scale = np.where(self.size > 0, self.size, 1.0)
        strata = self.of.strata._replace(means=self.of.strata.means / scale)
        m = len(self.size)
        return spread_of_means(
            strata, self.of.codes, self.columns[:, :m], self.of.shares, flipped[:m],
            signs=signs, patterns=patterns,
        )  # fmt: skip


class Flips(NamedTuple):
    """Differences and absolute t with the signs flipped, measures × patterns.

    Only the ``first`` patterns are there unless ``more``: after those a measure whose p is above .1
    is done.
    """

    moved: Floats
    t: Floats
    first: int
    more: Bools


def flip(
    several: Sequence[Parts], signs: Signs, *, joint: Sequence[Bools] = (), patterns: int = 0
) -> list[Flips]:
    """Flip the signs of several comparisons of the same clusters.

    Of each, the measures that are tested ``joint``ly have so many ``patterns`` at least.
    """
    first = signs.patterns if signs.exact else min(_FIRST, signs.patterns)
    between = max(first, patterns)
    found = []
    for moved, t in _statistics(several, signs, slice(0, first)):
        more = (_p(t) <= _CLEAR) & (signs.patterns > first)
        whole = np.empty((2, len(t), signs.patterns))
        whole[0, :, :first], whole[1, :, :first] = moved, t
        found.append(Flips(whole[0], whole[1], first, more))
    asked = joint or [np.zeros(len(one.more), bool) for one in found]
    some = [one.more | which for one, which in zip(found, asked, strict=True)]
    for chosen, begin, end in (
        (some, first, between),
        ([one.more for one in found], between, signs.patterns),
    ):
        left = [k for k, which in enumerate(chosen) if which.any() and end > begin]
        further = [several[k].take(chosen[k]) for k in left]
        rest = _statistics(further, signs, slice(begin, end)) if further else []
        for k, (moved, t) in zip(left, rest, strict=True):
            found[k].moved[chosen[k], begin:end], found[k].t[chosen[k], begin:end] = moved, t
    return found


def sign_flip_test(
    parts: Parts, signs: Signs, *, flips: Flips | None = None, level: float = LEVEL
) -> FlipTest:
    """Test every measure, and return the interval that excludes 0 where p ≤ ``level``.

    ``flips`` are those of the same parts and signs, if they are known.
    """
    moved, t, first, more = flips or flip([parts], signs)[0]
    p, low, high = np.full((3, len(t)), np.nan)
    for which, size in ((~more, first), (more, signs.patterns)):
        if which.any():
            some = parts.take(which)
            found = moved[which, :size], t[which, :size]
            p[which] = _p(found[1])
            low[which], high[which] = _interval(some, signs, *found, level=level)
    return FlipTest(p, low, high)


def _p(t: Floats) -> Floats:
    share = np.count_nonzero(t >= t[:, :1] * (1 - _SAME), axis=1) / t.shape[1]
    return np.where(np.isnan(t[:, 0]), np.nan, share)


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
    cut = int(level * t.shape[1] + _SAME)
    if parts.strata or np.ptp(parts.shares) > _SAME * parts.shares.max(initial=0):
        critical = -np.partition(-t, cut, axis=1)[:, cut] * (1 + 2 * _SAME)
        shift, reach = parts.difference, critical * parts.error
        return shift - reach, shift + reach
    minus = np.concatenate(
        [
            signs.minus(parts.codes, slice(at, min(at + _FIRST, t.shape[1]))).sum(axis=0)
            for at in range(0, t.shape[1], _FIRST)
        ]
    )
    share, total = minus / len(parts.codes), parts.difference[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.stack([(total + moved) / 2 / (1 - share), (total - moved) / 2 / share])
    means = np.where((share == 0) | (share == 1), np.nan, means)
    ends = (np.nan_to_num(x, nan=-np.inf) for x in (means.min(axis=0), -means.max(axis=0)))
    low, high = (np.partition(end, cut, axis=1)[:, cut] for end in ends)
    near = _SAME * np.abs(parts.difference)  # of a pattern that is a tie: an end at 0
    return np.where(np.abs(low) <= near, 0.0, low), np.where(np.abs(high) <= near, 0.0, -high)
