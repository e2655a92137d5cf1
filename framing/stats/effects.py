"""How large a difference is: standardised, as a ratio, and the smallest that would be found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.stats.resampling import FEW, Bootstrap, Floats

POWER = 0.8
LEVEL = 0.05


def hedges_g(a: Floats, b: Floats) -> Floats:
    """Standardised difference of means with Hedges' (1981) correction for small samples."""
    freedom = len(a) + len(b) - 2
    if min(len(a), len(b)) < FEW:
        return np.full(a.shape[1], np.nan)
    squares = ((a - a.mean(axis=0)) ** 2).sum(axis=0) + ((b - b.mean(axis=0)) ** 2).sum(axis=0)
    correction = 1 - 3 / (4 * freedom - 1)
    return _ratio(correction * (a.mean(axis=0) - b.mean(axis=0)), np.sqrt(squares / freedom))


def d_z(shifts: Floats) -> Floats:
    """Mean difference over the standard deviation of the differences."""
    if len(shifts) < FEW:
        return np.full(shifts.shape[1], np.nan)
    return _ratio(shifts.mean(axis=0), shifts.std(axis=0, ddof=1))


def detectable(sample: Bootstrap, units: int) -> Floats:
    """Smallest true value that a two-sided test at .05 calls different from 0 in 80 % of cases.

    From the standard error that the data themselves show, with Student's t.
    """
    from scipy import special  # slow to import, and most of the package does without

    freedom = max(units - 1, 1)
    factor = special.stdtrit(freedom, [1 - LEVEL / 2, POWER]).sum()
    with np.errstate(invalid="ignore"):
        size: Floats = factor * np.sqrt(sample.variance)
    return np.where((sample.nonzero >= FEW) & (size > 0), size, np.nan)


def standardised(a: Floats, b: Floats, strata: NDArray[np.object_]) -> tuple[Floats, Floats, float]:
    """Take out of two samples what their strata explain, so that both have the same mix.

    Least squares on outlet and stratum: what is left of every value after its stratum's effect,
    on the level of the average stratum. The difference of the means of what is left is the
    outlets' difference within strata, each stratum weighted by n_a n_b / (n_a + n_b).

    Parameters
    ----------
    a, b : arrays, units × measures
    strata : array
        The stratum of every unit, those of ``a`` first.

    Returns
    -------
    tuple
        Both samples, and the factor by which their spread has to be widened before they are
        resampled as if nothing had been estimated: for the strata, and for their unequal mix.
    """
    values, n_a, n_b = np.vstack([a, b]), len(a), len(b)
    if not n_a or not n_b:
        return a, b, 1.0
    side = np.r_[np.ones(n_a), np.zeros(n_b)]
    codes = np.unique(strata, return_inverse=True)[1]
    sizes = np.bincount(codes)
    share = np.bincount(codes, side) / sizes  # of a in each stratum
    pull = side - share[codes]
    information = float((pull**2).sum())
    estimate = pull @ values / information
    rest = values - side[:, None] * estimate
    stratum = np.stack([np.bincount(codes, column) / sizes for column in rest.T], axis=1)
    left = values - stratum[codes] + (sizes / sizes.sum()) @ stratum
    freedom = max(n_a + n_b - 1 - len(sizes), 1)
    mix = n_a * n_b / (n_a + n_b) / information
    return left[:n_a], left[n_a:], float(np.sqrt(mix * (n_a + n_b - 2) / freedom))


def widened(values: Floats, factor: float) -> Floats:
    """Widen the spread of values around their mean."""
    mean = values.mean(axis=0) if len(values) else 0.0
    return mean + factor * (values - mean)


def wilson(share: Floats | float, n: Floats | int) -> tuple[Any, Any]:
    """Wilson's (1927) 95 % interval of a share of ``n``; NaN where there is nothing.

    Examples
    --------
    >>> [round(float(end), 3) for end in wilson(0.0, 12)]
    [0.0, 0.242]
    """
    from scipy.special import ndtri  # slow to import

    z = ndtri(0.975)
    middle = (share * n + z**2 / 2) / (n + z**2)
    reach = z * np.sqrt(n * share * (1 - share) + z**2 / 4) / (n + z**2)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def _ratio(size: Floats, spread: Floats) -> Floats:
    """Divide, and say NaN where there is no spread."""
    return np.where(spread > 0, size / np.where(spread > 0, spread, 1.0), np.nan)
