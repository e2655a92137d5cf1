"""Many tests at once: the chance of any false alarm among them, or the share of false alarms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.stats.flips import LEVEL
from framing.text.arrays import Bools, Floats, Ints
from framing.text.numbers import many

_SAME = 1e-5  # of statistics in single precision


def max_t(t: NDArray[np.float32], freedom: Floats) -> tuple[Floats, float]:
    """Adjust p for all tests together, by the largest statistic under joint flips of the signs.

    Step-down maxT (Westfall & Young 1993): each test is compared with the maximum over itself and
    all tests that are less clear. It knows how far tests go together, so it finds more than Holm.

    ``t``, tests × patterns, holds absolute t under the same patterns of signs; what was observed is
    the first. It is overwritten: the degrees of freedom bring statistics to the scale of normal
    ones, or tests of few events would set the maximum. Returned are the adjusted p, and the level
    of a single test at the first step.
    """
    from scipy.special import ndtr  # slow to import

    _normalise(t, freedom)
    observed = t[:, 0] * (1 - _SAME)
    p, highest = np.empty(len(t)), np.zeros(t.shape[1], np.float32)
    ascending = np.argsort(observed, kind="stable")
    for test in ascending:
        np.maximum(highest, t[test], out=highest)
        p[test] = (highest >= observed[test]).mean()
    descending = ascending[::-1]
    p[descending] = np.maximum.accumulate(p[descending])
    cut = int(LEVEL * len(highest) + 1e-9)
    critical = -np.partition(-highest, cut)[cut]
    return p, float(2 * ndtr(-critical))


def _normalise(t: NDArray[np.float32], freedom: Floats) -> None:
    """Bring statistics to the scale of normal ones, in place (Wallace 1959)."""
    nu = np.maximum(freedom, 1).astype(np.float32)[:, None]
    np.square(t, out=t)
    t /= nu
    np.log1p(t, out=t)
    t *= nu
    np.sqrt(t, out=t)
    t *= (8 * nu + 1) / (8 * nu + 3)


def closed(t: NDArray[np.float32], freedom: Floats, alike: Bools, share: Floats) -> Floats:
    """Adjust p of all pairs, of which only some can be alike together, by joint flips of the signs.

    Closed testing (Marcus, Peritz & Gabriel 1976; Begun & Gabriel 1981): a pair is as clear as the
    least clear group of outlets that holds both. The statistic of a group is the sum of squares of
    its pairs, and its level a share of the whole, as there may be other groups (Ryan 1960).

    ``t`` and ``freedom`` are those of ``max_t``; ``alike``, groups × pairs, has the pairs of every
    group of outlets, and ``share`` the share of the level that each group has.
    """
    _normalise(t, freedom)
    np.square(t, out=t)
    sums = alike.astype(np.float32) @ t
    p = np.minimum((sums >= sums[:, :1] * (1 - _SAME)).mean(axis=1) / share, 1)
    return (alike * p[:, None]).max(axis=0)


def groups_of_alike(a: Ints, b: Ints) -> tuple[Bools, Floats]:
    """Return the pairs of every group of outlets that may be alike, and its share of the level.

    A share is that of the outlets; all, if the others are too few to be alike among themselves.

    >>> pairs, share = groups_of_alike(np.array([0, 0, 1]), np.array([1, 2, 2]))
    >>> pairs.astype(int).tolist(), share.tolist()
    ([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [1.0, 1.0, 1.0, 1.0])
    """
    outlets = int(max(a.max(), b.max())) + 1
    inside = (np.arange(2**outlets)[:, None] >> np.arange(outlets) & 1).astype(bool)
    pairs = inside[:, a] & inside[:, b]
    size = inside.sum(axis=1)
    share = np.where(outlets - size < 2, 1.0, size / outlets)
    return pairs[pairs.any(axis=1)], share[pairs.any(axis=1)]


def holm(p: Floats) -> Floats:
    """Return Holm's (1979) adjusted p values: the chance of one false alarm in the family.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p)
    steps = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def together(p_adjusted: Any) -> str:
    """Return how many tests were adjusted together, for the column ``method`` of a table."""
    n = int(np.isfinite(p_adjusted).sum())
    return f"{many(n, 'test')} adjusted together" if n else ""


def adjust_measures(table: pd.DataFrame, tested: Sequence[str]) -> pd.DataFrame:
    """Adjust the p of some measures together by Holm's method; note the others as exploratory."""
    known = table["measure"].isin(tested)
    p = adjust_known(table["p"].where(known).to_numpy(float), holm)
    note = table["note"].where(known, "exploratory; " + table["note"]).str.strip("; ")
    return table.assign(p_adjusted=p, note=note)


def adjust_known(p: Floats, adjust: Callable[[Floats], Any]) -> Floats:
    """Adjust the p values that are known; NaN stays NaN.

    >>> adjust_known(np.array([0.01, np.nan, 0.04]), holm).tolist()
    [0.02, nan, 0.04]
    """
    result, known = np.full(len(p), np.nan), ~np.isnan(p)
    if known.any():
        result[known] = adjust(p[known])
    return result
