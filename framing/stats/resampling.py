"""Chance: the bootstrap, permutations, sign flips, and p values of many tests at once."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse

Floats = NDArray[np.float64]

FEW = 5  # under so many units, or so many that are not 0, a sample shows no spread to resample
_CELLS = 2**21  # random numbers drawn at a time: 16 MB
_SAME = 1e-9  # sums of the same numbers in another order differ by less; values are scaled first


class Bootstrap(NamedTuple):
    """Means of resampled units: ``mean`` and its ``variance``, then both in every draw."""

    mean: Floats
    variance: Floats
    means: Floats
    variances: Floats
    nonzero: NDArray[np.int_]


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return the random numbers that belong to a seed and some names, whoever else draws.

    Examples
    --------
    >>> bool(generator(1, "a").random() == generator(1, "a").random())
    True
    """
    codes = [zlib.crc32(name.encode("utf-8", "surrogatepass")) for name in names]
    return np.random.default_rng([seed, *codes])


def bootstrap(values: Floats, *, n_resamples: int, rng: np.random.Generator) -> Bootstrap:
    """Resample the rows of ``values`` (units × measures) with replacement.

    Samples of fewer than ``FEW`` units give NaN in every draw.
    """
    values = np.asfortranarray(values)  # a sum then does not hang on which other columns there are
    n, measures = values.shape
    mean = values.mean(axis=0) if n else np.full(measures, np.nan)
    nonzero = np.count_nonzero(values, axis=0)
    if n < FEW:
        nothing = np.broadcast_to(np.nan, (n_resamples, measures))
        return Bootstrap(mean, nothing[0], nothing, nothing, nonzero)
    centred = values - mean
    powers, unit = _fixed_point(np.hstack([centred, centred**2]))
    drawn = np.empty((n_resamples, 2 * measures))
    for rows in _chunks(n_resamples, n):
        drawn[rows] = _times_drawn(rows.stop - rows.start, n, rng) @ powers
    drawn *= unit / n  # in place, here and below: these arrays are large
    means, squares = np.hsplit(drawn, 2)
    squares -= means**2
    squares /= n - 1
    means += mean
    return Bootstrap(mean, values.var(axis=0, ddof=1) / n, means, squares, nonzero)


def difference(a: Bootstrap, b: Bootstrap) -> Bootstrap:
    """Subtract one sample's mean from another's, in every draw."""
    return Bootstrap(
        a.mean - b.mean,
        a.variance + b.variance,
        a.means - b.means,
        a.variances + b.variances,
        a.nonzero + b.nonzero,
    )


def log_ratio(a: Bootstrap, b: Bootstrap, shift: Bootstrap) -> Bootstrap:
    """Logarithm of the ratio of two samples' means, in every draw, variance by the delta method.

    ``shift`` is their difference: its variance tells how far the two go together.
    """

    def logs(x: Floats, y: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(np.maximum(x, 0.0)) - np.log(np.maximum(y, 0.0))

    def spread(x: Floats, y: Floats, vx: Floats, vy: Floats, v_shift: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):  # twice how the two go together
            return vx / x**2 + vy / y**2 - (vx + vy - v_shift) / (x * y)

    return Bootstrap(
        logs(a.mean, b.mean),
        spread(a.mean, b.mean, a.variance, b.variance, shift.variance),
        logs(a.means, b.means),
        spread(a.means, b.means, a.variances, b.variances, shift.variances),
        np.minimum(a.nonzero, b.nonzero),
    )


def split(sample: Bootstrap, parts: int) -> list[Bootstrap]:
    """Take apart the measures of a sample, in so many parts of equal number."""
    pieces = (np.split(field, parts, axis=-1) for field in sample)
    return [Bootstrap(*piece) for piece in zip(*pieces, strict=True)]


def interval(sample: Bootstrap, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Studentised bootstrap interval (bootstrap-t) of every mean.

    Densities of cues are skewed, and percentile intervals of 15 to 60 articles then cover too
    rarely; dividing each draw by its own standard error mends that (Efron & Tibshirani 1993,
    ch. 12.5). NaN where fewer than ``FEW`` values are not 0, where all are equal, or where the
    resamples leave an end open.
    """
    low, high = np.full((2, len(sample.mean)), np.nan)
    spread = sample.variance > np.maximum((_SAME * sample.mean) ** 2, _SAME**2)
    known = np.flatnonzero((sample.nonzero >= FEW) & spread & np.isfinite(sample.variance))
    mean, variance = sample.mean[known], sample.variance[known]
    variances = sample.variances[:, known]
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw of equal values: 0/0 or ±inf
        t = (sample.means[:, known] - mean) / np.sqrt(
            np.where(variances > _SAME * variance, variances, 0.0)
        )
    t[np.isnan(t)] = 0.0
    tails = [(1 - level) / 2, (1 + level) / 2]
    ends = mean - np.quantile(t, tails, axis=0, method="inverted_cdf") * np.sqrt(variance)
    high[known], low[known] = np.where(np.isfinite(ends).all(axis=0), ends, np.nan)
    return low, high


def permutation_p(
    a: Floats,
    b: Floats,
    *,
    strata: NDArray[Any] | None = None,
    n_resamples: int,
    rng: np.random.Generator,
) -> Floats:
    """Two-sided p of a difference of means, rows shuffled between the samples.

    Parameters
    ----------
    a, b : arrays, units × measures
    strata : array, optional
        The stratum of every unit, those of ``a`` first; shuffled is only within strata.
    n_resamples : int
    rng : Generator

    Returns
    -------
    array
        One p a measure, (hits + 1) / (n_resamples + 1). The statistic is Welch's t, so that samples
        of unequal spread and size are not called different for their spread (Janssen 1997); it
        is taken of what is left of the values after the means of their strata.
    """
    strata = np.zeros(len(a) + len(b)) if strata is None else strata
    order = np.argsort(strata, kind="stable")
    starts = np.flatnonzero(np.r_[True, strata[order][1:] != strata[order][:-1]])
    blocks = [slice(*ends) for ends in itertools.pairwise([*starts, len(order)])]
    side = np.r_[np.ones(len(a)), np.zeros(len(b))][order]
    values = np.vstack([a, b])[order]
    for block in blocks:
        values[block] -= values[block].mean(axis=0)
    values = _scaled(values)
    powers = np.hstack([values, values**2])
    observed = _welch(side[None], powers) * (1 - _SAME)
    hits = np.zeros(values.shape[1])
    for rows in _chunks(n_resamples, len(values)):
        chosen = np.empty((rows.stop - rows.start, len(values)))
        for block in blocks:
            _pick(chosen[:, block], int(side[block].sum()), rng)
        hits += (_welch(chosen, powers) >= observed - _SAME).sum(axis=0)
    return (hits + 1) / (n_resamples + 1)


def rate_permutation_p(
    uses: sparse.csr_array,
    words: NDArray[np.int64],
    group: NDArray[np.int64],
    *,
    n_resamples: int,
    rng: np.random.Generator,
) -> Floats:
    """Two-sided p of the rates of every group of articles against all others together.

    Parameters
    ----------
    uses : sparse array, articles × units
    words : array
        All words of every article; none has 0.
    group : array
        The group of every article, 0 to k − 1; none is empty.
    n_resamples : int
    rng : Generator

    Returns
    -------
    array, groups × units
        (hits + 1) / (n_resamples + 1), the articles shuffled between the groups. The statistic is
        the difference of the ratios uses / words over its standard error, so that a group is not
        called different for the length of its articles. The variance of the uses in n words is
        taken to be rate · n + b · n², with b from all articles together (negative binomial).
    """
    uses, size = uses.astype(float), words.astype(float)
    rate = uses.sum(axis=0) / size.sum()
    squares = (uses**2).sum(axis=0) - 2 * rate * (size @ uses) + rate**2 * (size @ size)
    uneven = np.maximum(squares - rate * size.sum(), 0) / (size @ size)
    bounds = np.append(0, np.cumsum(np.bincount(group))).astype(np.int32)
    order = np.argsort(group, kind="stable").astype(np.int32)
    observed = _rate_z(uses, size, rate, uneven, order, bounds) * (1 - _SAME) - _SAME
    hits = np.zeros(observed.shape)
    k, n = len(observed), len(order)
    for rows in _chunks(n_resamples, k * len(rate) + n):  # one product of many permutations at once
        number = rows.stop - rows.start
        shuffled = np.concatenate([rng.permutation(order) for _ in range(number)])
        ends = np.append(0, (bounds[1:] + n * np.arange(number)[:, None]).ravel())
        z = _rate_z(uses, size, rate, uneven, shuffled, ends.astype(np.int32))
        hits += (z.reshape(number, *observed.shape) >= observed).sum(axis=0)
    return (hits + 1) / (n_resamples + 1)


def sign_flip_p(differences: Floats, *, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Two-sided p of a mean difference, the sign of every row flipped at random.

    All patterns of signs are tried when there are no more than ``n_resamples`` of them.
    """
    n = len(differences)
    values = _scaled(differences, centre=False)
    observed = np.abs(values.sum(axis=0)) - _SAME
    if exact(n, n_resamples):
        signs = 1.0 - 2.0 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)
        return (np.abs(signs @ values) >= observed).mean(axis=0)
    hits = np.zeros(values.shape[1])
    for rows in _chunks(n_resamples, n):
        signs = rng.choice([-1.0, 1.0], (rows.stop - rows.start, n))
        hits += (np.abs(signs @ values) >= observed).sum(axis=0)
    return (hits + 1) / (n_resamples + 1)


def smallest_sign_flip_p(differences: Floats, *, n_resamples: int) -> Floats:
    """Smallest p that ``sign_flip_p`` can give: the differences that are not 0 all of one sign."""
    n, nonzero = len(differences), np.count_nonzero(differences, axis=0)
    if exact(n, n_resamples):
        return np.minimum(2.0 ** (1 - nonzero), 1.0)
    return np.full(len(nonzero), 1 / (n_resamples + 1))


def exact(n: int, n_resamples: int) -> bool:
    """Whether all patterns of ``n`` signs are tried instead of ``n_resamples`` random ones."""
    return n < 63 and 2**n <= n_resamples


def _fixed_point(values: Floats) -> tuple[Floats, Floats]:
    """Whole numbers and their unit, a power of 2, so small that sums of n of them are exact.

    The last digit of a sum then does not hang on its order, and so not on the threads of BLAS.
    """
    size = np.frexp(np.abs(values).max(axis=0))[1]
    unit = np.ldexp(1.0, size + len(values).bit_length() - 52)
    return np.rint(values / unit), unit


def _chunks(n_resamples: int, n: int) -> Iterator[slice]:
    step = max(1, _CELLS // n)
    for start in range(0, n_resamples, step):
        yield slice(start, min(start + step, n_resamples))


def _times_drawn(n_resamples: int, n: int, rng: np.random.Generator) -> Floats:
    """How often each of n units is drawn when n are drawn: resamples × units."""
    picked = rng.integers(n, size=(n_resamples, n)) + n * np.arange(n_resamples)[:, None]
    return (
        np.bincount(picked.ravel(), minlength=n_resamples * n).reshape(n_resamples, n).astype(float)
    )


def _pick(out: Floats, size: int, rng: np.random.Generator) -> None:
    """Pick ``size`` of the columns of every row at random: 1 for those picked, else 0."""
    if 0 < size < out.shape[1]:
        keys = rng.integers(2**64, size=out.shape, dtype=np.uint64)
        last = np.partition(keys, size - 1, axis=1)[:, [size - 1]]
        out[:] = keys <= last
    else:
        out[:] = size > 0


def _scaled(values: Floats, *, centre: bool = True) -> Floats:
    """Bring every column to mean 0 (if asked) and size 1; no statistic here minds."""
    moved = values - values.mean(axis=0) if centre else values
    size = np.abs(moved).max(axis=0)
    return moved / np.where(size > _SAME * np.abs(values).max(axis=0), size, np.inf)


def _welch(chosen: Floats, powers: Floats) -> Floats:
    """Absolute Welch t of the chosen rows (resamples × units, 0 or 1) against all others.

    ``powers`` are the values of all measures, and then their squares.
    """
    n_a = chosen[0].sum()
    n_b = len(powers) - n_a
    picked = chosen @ powers
    sums, squares = np.hsplit(picked, 2)
    other_sums, other_squares = np.hsplit(powers.sum(axis=0) - picked, 2)
    spread = (squares - sums**2 / n_a) / (n_a - 1) / n_a
    other = (other_squares - other_sums**2 / n_b) / (n_b - 1) / n_b
    error = np.sqrt(np.maximum(spread + other, _SAME**2))
    return np.abs(sums / n_a - other_sums / n_b) / error


def _rate_z(
    uses: sparse.csr_array,
    size: Floats,
    rate: Floats,
    uneven: Floats,
    order: NDArray[np.int32],
    bounds: NDArray[np.int32],
) -> Floats:
    """Absolute difference of rates over its standard error, groups × units.

    Group g has the articles ``order[bounds[g] : bounds[g + 1]]``.
    """
    from scipy import sparse  # slow to import

    shape = (len(bounds) - 1, len(size))
    groups = sparse.csr_array((np.ones(len(order)), order, bounds), shape=shape)
    sums, own, squares = (groups @ uses).toarray(), groups @ size, groups @ size**2
    own, squares = own[:, None], squares[:, None]
    other, other_squares = size.sum() - own, size @ size - squares
    # What one group has too much, all others have too little; the variance is of rates.
    excess = np.abs(sums - rate * own) * (1 / own + 1 / other)
    poisson, clumps = 1 / own + 1 / other, squares / own**2 + other_squares / other**2
    return excess / np.sqrt(poisson * rate + clumps * uneven)
