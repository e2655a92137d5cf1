"""Welch's t of two groups of outlets: permuted, inverted, and with what chance in articles adds."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from framing.stats.flips import LEVEL
from framing.stats.sums import fixed_point
from framing.text.arrays import Floats

OUTLETS_TO_TEST = 4  # a side; below, not even groups that do not overlap reach .05
_UNLIKE = 1.5  # times as much chance in an outlet's mean: 4 of 20 articles against 12 of 30: .063
_SAME = 1e-9
_STEPS = 40  # of halving an interval


class Group(NamedTuple):
    """The means of a group's outlets, and how far chance in their articles moves the mean of these.

    ``chance`` is a squared standard error, ``freedom`` its degrees of freedom, and ``share`` the
    mean share of one article in its outlet.
    """

    outlets: pd.Index[str]
    means: Floats
    chance: Floats
    freedom: int
    share: float

    @classmethod
    def of(cls, units: pd.DataFrame) -> Group:
        """Sum up articles, or events, of which the outlets are the index."""
        by_outlet = units.groupby(level=0)
        sizes, means = by_outlet.size().to_numpy(), by_outlet.mean()
        apart = units.to_numpy(float) - by_outlet.transform("mean").to_numpy(float)
        freedom, share = len(units) - len(means), float((1 / sizes).mean())
        chance = (apart**2).sum(axis=0) / max(freedom, 1) * share / len(sizes)
        return cls(means.index, means.to_numpy(float), chance, freedom, share)


def contrast(a: Group, b: Group, n_resamples: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return difference, interval, ratio and p of every measure.

    p and interval are those of permuted outlets. Where means are less certain in the smaller group,
    p is at least Student's: the variance of a group is that between its outlets, with their
    freedom, unless chance in their articles makes more; then it is that, and articles count, too.
    """
    n = np.array([[len(side.means)] for side in (a, b)])
    between = np.stack([_spread(side.means) for side in (a, b)])
    means = a.means.mean(axis=0), b.means.mean(axis=0)
    shift = np.subtract(*means)
    p, reach = _student(shift, between, n - 1)
    low, high = shift - reach, shift + reach
    tested = ~np.isnan(shift) & (n.min() >= OUTLETS_TO_TEST)
    if tested.any():
        drawn = splits(len(a.means), int(n.sum()), n_resamples, rng)
        permuted = _Permuted.of(np.vstack([a.means, b.means]), drawn)
        p = permuted.p(np.zeros(len(shift)))
        far = np.abs(shift) + np.nan_to_num(reach)
        ends = permuted.end(shift, p, -far), permuted.end(shift, p, far)
        # Groups that differ may vary differently; where Welch's interval is wider, it is taken.
        wider = (p > LEVEL) | (np.abs(shift) > reach)
        low, high = np.where(wider, (np.minimum(ends[0], low), np.maximum(ends[1], high)), ends)
        low, high = np.where(np.isnan(reach), np.nan, (low, high))
        if are_unlike(a, b):
            chance = np.stack([a.chance, b.chance])
            free = n - 1 + np.where(between > chance, 0, [[a.freedom], [b.freedom]])
            least, reach = _student(shift, np.maximum(between, chance), free)
            p = np.fmax(p, least)
            low, high = np.minimum(low, shift - reach), np.maximum(high, shift + reach)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.divide(*means)
    p = np.where(tested, p, np.nan)
    return pd.DataFrame({"estimate": shift, "low": low, "high": high, "ratio": ratio, "p": p})


def are_unlike(few: Group, many: Group) -> bool:
    """Return whether outlets of one group have far fewer articles, and are no more than others."""
    few, many = sorted((few, many), key=lambda group: -group.share)
    return few.share >= _UNLIKE * many.share and len(few.means) <= len(many.means)


def _student(shift: Floats, squares: Floats, free: Floats) -> tuple[Floats, Floats]:
    """Return Student's p, and how far the interval reaches, of a sum of two squared errors."""
    error = np.sqrt(squares.sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = error**4 / (squares**2 / free).sum(axis=0)
        p = 2 * special.stdtr(freedom, -np.abs(shift) / error)
    return p, special.stdtrit(freedom, 1 - LEVEL / 2) * error


def _spread(means: Floats) -> Floats:
    """Return the squared standard error of the mean of outlets."""
    n = len(means)
    return means.var(axis=0, ddof=1) / n if n > 1 else np.full(means.shape[1], np.nan)


def splits(size: int, n: int, n_resamples: int, rng: np.random.Generator) -> list[list[int]]:
    """Return the outlets of the first group in all splits, or in random ones; first the real."""
    if special.comb(n, size) <= n_resamples:
        return [list(chosen) for chosen in itertools.combinations(range(n), size)]
    drawn = [np.sort(rng.permutation(n)[:size]).tolist() for _ in range(n_resamples)]
    return [list(range(size)), *drawn]


class _Permuted(NamedTuple):
    """Welch's t of every split, splits × measures, of which the first is the real one.

    If the first group had ``shift`` less, the difference of the means would be ``moved`` − shift ·
    ``pull``, and its squared error ``spread`` − 2 shift · ``cross`` + shift² · ``flat``.
    """

    moved: Floats
    pull: Floats
    spread: Floats
    cross: Floats
    flat: Floats

    @classmethod
    def of(cls, values: Floats, drawn: list[list[int]]) -> _Permuted:
        """Sum up the outlets of both groups of every split."""
        inside = np.zeros((len(drawn), len(values)))
        inside[np.arange(len(drawn))[:, None], np.array(drawn)] = 1
        first, m = inside[0][:, None], values.shape[1]
        x = values - values.mean(axis=0)
        columns, unit = fixed_point(np.hstack([x, x**2, x * first, first]))
        sides = [
            _moments((side @ columns) * unit, m, int(side[0].sum()))
            for side in (inside, 1 - inside)
        ]
        moved, pull = (np.subtract(*(side[k] for side in sides)) for k in (0, 1))
        return cls(moved, pull, *(np.add(*(side[k] for side in sides)) for k in (2, 3, 4)))

    def p(self, shift: Floats) -> Floats:
        """Return the share of splits as clear as the real one, had the first group shift less."""
        error = self.spread - 2 * shift * self.cross + shift**2 * self.flat
        t = (self.moved - shift * self.pull) ** 2 / np.maximum(error, _SAME**2)
        return np.asarray((t >= t[0] * (1 - _SAME)).mean(axis=0))

    def end(self, shift: Floats, p: Floats, far: Floats) -> Floats:
        """Return the farthest difference one way that is not rejected; ``p`` is that of 0."""
        ahead = shift * far < 0  # 0 is on this side
        inner = np.where(ahead & (p > LEVEL), 0.0, shift)
        outer = np.where(ahead & (p <= LEVEL), 0.0, inner + far)
        for _ in range(_STEPS):
            within = self.p(outer) > LEVEL
            if not within.any():
                break
            outer = np.where(within, outer + far, outer)
            far = 2 * far
        for _ in range(_STEPS):
            middle = (inner + outer) / 2
            within = self.p(middle) > LEVEL
            inner, outer = np.where(within, middle, inner), np.where(within, outer, middle)
        return inner


def _moments(sums: Floats, measures: int, n: int) -> tuple[Floats, ...]:
    """Return the means of values and of who is in the first group, and their squared errors."""
    x, squares, both = (sums[:, k * measures : (k + 1) * measures] for k in range(3))
    own = sums[:, 3 * measures :]
    times = n * (n - 1)
    spread = (squares - x**2 / n) / times, (both - x * own / n) / times, (own - own**2 / n) / times
    return x / n, own / n, *spread
