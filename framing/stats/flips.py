"""Sign flips of clusters: the test of every difference, and the interval that goes with it.

A difference between two sides is a sum of parts, one a cluster (an event, or an article without
one). If nothing differs, each part is as likely to have the other sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_128
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.text.arrays import Bools, Floats, Ints

LEVEL = 0.05
_FIRST = 1000  # patterns after which a p above _CLEAR is precise enough
_CLEAR = 0.1
_CELLS = 2**21  # signs unpacked at a time: 16 MB
_SAME = 1e-9  # statistics that differ by less are ties


class Signs(NamedTuple):
    """Patterns of signs: a bit a cluster and pattern, 1 for minus; in the first all are plus."""

    bits: NDArray[np.uint8]
    patterns: int
    exact: bool  # all patterns, not random ones

    def minus(self, codes: Ints, patterns: slice) -> Floats:
        """Return where the sign is minus, clusters × patterns; a slice starts at a byte."""
        packed = self.bits[codes, patterns.start // 8 : -(-patterns.stop // 8)]
        size = patterns.stop - patterns.start
        return np.unpackbits(packed, axis=1, count=size).astype(np.float64)


def draw_signs(names: Sequence[str], *, n_resamples: int, seed: int) -> Signs:
    """Return random signs of clusters, which depend on the seed and the name of a cluster only.

    The same cluster has the same signs in every comparison, whatever else is compared, so that
    tests can be joined. All patterns are taken instead if there are no more than ``n_resamples``.
    """
    if is_exact(len(names), n_resamples):
        return all_signs(len(names))
    size = n_resamples // 8 + 1
    streams = [shake_128(f"{seed}\0{name}".encode("utf-8", "surrogatepass")) for name in names]
    raw = b"".join(stream.digest(size) for stream in streams)
    bits = np.frombuffer(raw, np.uint8).reshape(len(names), size).copy()
    bits[:, 0] &= 0x7F
    return Signs(bits, n_resamples + 1, exact=False)


def all_signs(clusters: int) -> Signs:
    """Return all patterns of signs; of a pattern and its opposite, one stands for both."""
    number = np.arange(2 ** max(clusters - 1, 0))
    bits = number >> np.arange(clusters)[:, None] & 1
    return Signs(np.packbits(bits.astype(np.uint8), axis=1), len(number), exact=True)


def is_exact(clusters: int, n_resamples: int) -> bool:
    """Return whether all patterns of signs are tried instead of random ones."""
    return clusters < 63 and 2**clusters <= n_resamples


class Parts(NamedTuple):
    """Differences between two sides, as sums over clusters.

    ``parts`` (clusters × measures) sum to the differences, ``shares`` to 1: the share of a
    cluster in what the estimate rests on. ``codes`` are the clusters' places in the signs.
    """

    codes: Ints
    parts: Floats
    shares: Floats

    @property
    def difference(self) -> Floats:
        """Sum of the parts."""
        return column_sums(self.parts)

    @property
    def error(self) -> Floats:
        """Standard error of the difference, robust to anything within clusters."""
        left = self.parts - self.difference * self.shares[:, None]
        n = len(self.codes)
        return np.sqrt(column_sums(left**2) * n / max(n - 1, 1))


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
    columns = np.hstack([one.columns for one in laid])
    total, width = columns.sum(axis=0), patterns.stop - patterns.start
    flipped = np.empty((len(total), width))
    step = max(8, _CELLS // max(len(codes), 1) // 8 * 8)
    for at in range(0, width, step):
        chunk = slice(patterns.start + at, min(patterns.start + at + step, patterns.stop))
        flipped[:, at : at + step] = columns.T @ signs.minus(codes, chunk)
    flipped = total[:, None] - 2 * flipped
    ends = np.cumsum([len(one.unit) for one in laid])[:-1]
    return [one.studentised(some) for one, some in zip(laid, np.split(flipped, ends), strict=True)]


class _Laid(NamedTuple):
    """Parts as columns of whole numbers with their units, and what brings them back to scale.

    The parts themselves come first, then, unless the shares of all clusters are equal, the parts
    times the shares.
    """

    columns: Floats
    unit: Floats
    size: Floats
    squares: Floats
    shares: Floats

    @classmethod
    def out(cls, parts: Parts) -> _Laid:
        shares, size = parts.shares, np.abs(parts.parts).max(axis=0, initial=0)
        scaled = parts.parts / np.where(size > 0, size, 1.0)
        equal = not len(shares) or bool(np.ptp(shares) <= _SAME * shares.max())
        pulled = scaled[:, :0] if equal else scaled * shares[:, None]
        columns, unit = _fixed_point(np.hstack([scaled, pulled]))
        return cls(columns, unit, size, column_sums(scaled**2)[:, None], shares)

    def studentised(self, flipped: Floats) -> tuple[Floats, Floats]:
        """Return differences and absolute t from the sums of the columns with signs flipped."""
        n, flipped = len(self.shares), flipped * self.unit[:, None]
        moved = flipped[: len(self.size)]
        equal = len(flipped) == len(moved)
        pull = moved * self.shares.mean() if equal else flipped[len(self.size) :]
        spread = self.squares - 2 * moved * pull + moved**2 * (self.shares**2).sum()
        least = np.maximum(_SAME**2 * self.squares, _SAME**4)
        spread = np.maximum(spread * n / max(n - 1, 1), least)
        return moved * self.size[:, None], np.abs(moved) / np.sqrt(spread)


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
        further = [several[k]._replace(parts=several[k].parts[:, chosen[k]]) for k in left]
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
            some = parts._replace(parts=parts.parts[:, which])
            found = moved[which, :size], t[which, :size]
            p[which] = _p(found[1])
            low[which], high[which] = _interval(some, signs, *found, level=level)
    return FlipTest(p, low, high)


def _p(t: Floats) -> Floats:
    share = (t >= t[:, :1] * (1 - _SAME)).mean(axis=1)
    return np.where(np.isnan(t[:, 0]), np.nan, share)


def _interval(
    parts: Parts, signs: Signs, moved: Floats, t: Floats, *, level: float
) -> tuple[Floats, Floats]:
    """Return the interval of the differences that the test would not reject.

    Where every cluster has the same share, the test of other differences than 0 can be inverted:
    a pattern is as extreme as what was observed if the difference lies between the means of the
    clusters that were flipped and of those that were not (Hartigan 1969). Elsewhere the interval
    is the estimate ± the critical t of the patterns times the standard error.
    """
    cut = int(level * t.shape[1] + _SAME)
    if np.ptp(parts.shares) > _SAME * parts.shares.max(initial=0):
        critical = -np.partition(-t, cut, axis=1)[:, cut] * (1 + 2 * _SAME)
        return parts.difference - critical * parts.error, parts.difference + critical * parts.error
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


def column_sums(values: Floats) -> Floats:
    """Sum every column, to the last digit independently of the other columns."""
    return np.asfortranarray(values).sum(axis=0)


def sums_by(codes: Ints, values: Floats, n: int = 0) -> Floats:
    """Sum the rows of every code, of which there are at least ``n``."""
    sums = [np.bincount(codes, column, n) for column in values.T]
    return np.stack(sums, axis=1).astype(float)


def _fixed_point(values: Floats) -> tuple[Floats, Floats]:
    """Return whole numbers and their unit, a power of 2, so small that sums of them are exact.

    The last digit of a sum then does not depend on its order, and so not on the threads of BLAS.
    """
    size = np.frexp(np.abs(values).max(axis=0, initial=0))[1]
    unit = np.ldexp(1.0, size + len(values).bit_length() - 51)
    return np.rint(values / unit), unit
