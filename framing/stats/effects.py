"""How large a difference is: standardised, as a ratio, and the smallest that would be found."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from framing.stats.fitting import Fit
from framing.stats.flips import LEVEL
from framing.stats.jackknife import freedom, jackknife
from framing.stats.sums import column_sums
from framing.text.arrays import Floats

POWER = 0.8
_STEPS = 50  # after which a ratio no longer moves
MOST = 100  # a ratio beyond means that there are too few hits, and nothing else
SAME = 1e-9  # of a tone, or of a logarithm: rounding leaves smaller errors where nothing varies
FEW = 5  # under so many units, or so many that are not 0, a sample shows no spread


class Log(NamedTuple):
    """Logarithms of ratios or levels with their jackknife standard error and its freedom."""

    mean: Floats
    error: Floats
    freedom: Floats | float

    def interval(self) -> tuple[Floats, Floats]:
        """Return Student's 95 % interval."""
        from scipy.special import stdtrit  # slow to import, and most of the package does without

        reach = stdtrit(self.freedom, 1 - LEVEL / 2) * self.error
        return self.mean - reach, self.mean + reach


def log_ratio(fit: Fit) -> Log:
    """Return the logarithm of the ratio of two sides' means, and its delete-one-cluster jackknife.

    NaN where a side has fewer than ``FEW`` clusters with any. The freedom is that of the side
    with less.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.subtract(*np.log(np.maximum(fit.means, 0)))
    error = fit.moves[3]
    error = np.where((np.minimum(*fit.some) >= FEW) & np.isfinite(error), error, np.nan)
    return Log(mean, error, np.minimum(*fit.freedom))


def mean_of(sums: Floats, weights: Floats, *, logs: bool) -> Log:
    """Return a mean, or the logarithm of one, with its delete-one-cluster jackknife."""
    known, runs = np.count_nonzero(sums, axis=0) if logs else len(sums), np.array([len(sums)])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = column_sums(sums) / weights.sum()
        left = (column_sums(sums) - sums) / (weights.sum() - weights)[:, None]
        if logs:
            mean, left = np.log(np.maximum(mean, 0)), np.log(np.maximum(left, 0))
        error = jackknife(left, runs)[0]
    error = np.where((known >= FEW) & np.isfinite(error) & (error > SAME), error, np.nan)
    return Log(mean, error, float(freedom(weights, runs)[0]))


def d_av(fit: Fit) -> tuple[Floats, Floats]:
    """Return the standardised difference, and the standard deviation it is standardised by.

    The difference over the root mean square of both sides' standard deviations (d_av; Cumming
    2012), with Hedges' (1981) correction; matched or not, the denominator is the same.
    """
    n = np.where(np.minimum(*fit.sizes) >= FEW, np.add(*fit.sizes), np.nan)
    spread = np.sqrt(np.add(*fit.variances) / 2) / (1 - 3 / (4 * (n - 2) - 1))
    spread = np.where(spread > 1e-12, spread, np.nan)
    return np.subtract(*fit.means) / spread, spread


def detectable(
    fit: Fit, free: Floats | float, level: Floats | float
) -> tuple[Floats, Floats, Floats]:
    """Return what a two-sided test would find in 80 % of samples like this one.

    Three values of every measure: the smallest ratio above 1, the largest below 1, and the
    smallest difference. ``level`` is that of a single test, below .05 if there are more of them.
    The first side gets the mean of the second times the ratio; of its variance, what is due to
    chance hits (Poisson) grows with its mean, the rest with the square of it; what both sides share
    is never due to chance hits. The ratios solve a quadratic equation.
    """
    factor = _reach(free, level)
    mean_a, mean_b = fit.means
    spread_a, spread_b, shared, _ = fit.moves
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = _by_chance(fit)
        scale = mean_b / mean_a
        square = mean_b**2 - factor**2 * scale**2 * (spread_a - hits)
        linear = mean_b**2 + factor**2 * scale * (hits / 2 - shared)
        root = np.sqrt(linear**2 - square * (mean_b**2 - factor**2 * spread_b))
        above, below = _known((linear + root) / square, (linear - root) / square)
    return above, below, factor * fit.error


def detectable_on_log(fit: Fit, log: Log, level: Floats | float) -> tuple[Floats, Floats]:
    """Return the ratios of `detectable` where the test is that of the logarithm of the ratio.

    The logarithm of such a ratio is as many of its standard errors; of their square, what is due to
    chance hits of the first side shrinks as the ratio grows.
    """
    factor = _reach(log.freedom, level)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        hits = np.minimum(_by_chance(fit) / (fit.means[0] * fit.means[1]), log.error**2)
        above = below = np.ones_like(log.error)
        for _ in range(_STEPS):
            above, below = (
                np.exp(sign * factor * np.sqrt(log.error**2 - hits + hits / ratio))
                for sign, ratio in ((1, above), (-1, np.maximum(below, 1 / MOST)))
            )
        return _known(above, below)


def _reach(free: Floats | float, level: Floats | float) -> Floats:
    """Return how many standard errors from nothing a test finds in 80 % of samples."""
    from scipy.special import stdtrit  # slow to import, and most of the package does without

    free = np.maximum(free, 1)
    return np.asarray(stdtrit(free, 1 - level / 2) + stdtrit(free, POWER))


def _by_chance(fit: Fit) -> Floats:
    """Return what of the variance of the first side's mean is due to chance hits."""
    spread_a, spread_b, shared, _ = fit.moves
    joint = np.where(spread_b > 0, shared**2 / spread_b, 0.0)
    return np.clip(fit.scatter[0] * fit.means[0], 0, np.maximum(spread_a - joint, 0))


def _known(above: Floats, below: Floats) -> tuple[Floats, Floats]:
    """Return ratios that are above 1, and below, and not beyond what there are hits for."""
    return (
        np.where((above > 1) & (above <= MOST), above, np.nan),
        np.where((below < 1) & (below > 1 / MOST), below, np.nan),
    )


def p_equivalent(log: Log, smallest: float) -> Floats:
    """Return the p of two one-sided tests that a ratio lies within 1/smallest and smallest.

    The larger of the two (TOST; Schuirmann 1987): if it is small, the ratio is closer to 1 than
    the smallest one that would matter.
    """
    from scipy.special import stdtr  # slow to import, and most of the package does without

    inside = (np.log(smallest) - np.abs(log.mean)) / np.where(log.error > 0, log.error, np.nan)
    return stdtr(log.freedom, -inside)


def wilson(share: Floats | float, n: Floats | int) -> tuple[Any, Any]:
    """Return Wilson's (1927) 95 % interval of a share of ``n``; NaN where there is nothing.

    >>> [round(float(end), 3) for end in wilson(0.0, 12)]
    [0.0, 0.242]
    """
    from scipy.special import ndtri  # slow to import

    z = ndtri(0.975)
    middle = (share * n + z**2 / 2) / (n + z**2)
    reach = z * np.sqrt(n * share * (1 - share) + z**2 / 4) / (n + z**2)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)
