"""Effects of outlets and of periods on a measure: the model behind levels over time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from framing.stats.jackknife import freedom
from framing.stats.strata import components
from framing.text.arrays import Bools, Floats, Ints

_STEPS = 100  # Newton's; about six are enough where there is an answer
_DONE = 1e-10
_ROUNDS = 10  # of proportional fitting, for a start from which Newton's method does not overshoot


class Panel(NamedTuple):
    """Articles by outlet, period and unit (what is independent), all as numbers from 0."""

    outlet: Ints
    period: Ints
    unit: Ints
    weight: Floats

    def table(self, values: Floats) -> Floats:
        """Sum the weighted values by outlet and period."""
        shape = self.outlet.max() + 1, self.period.max() + 1
        cells = self.outlet * shape[1] + self.period
        return np.bincount(cells, self.weight * values, shape[0] * shape[1]).reshape(shape)

    def take(self, rows: Bools) -> Panel:
        """Take some articles, and number what they belong to anew."""
        codes = (self.outlet, self.period, self.unit)
        outlet, period, unit = (np.unique(x[rows], return_inverse=True)[1] for x in codes)
        return Panel(outlet, period, unit, self.weight[rows])


class Course(NamedTuple):
    """Levels on the scale of the model, their standard errors, and whether they are in it.

    ``freedom`` is that of the errors, in effect: few articles may join a period to all others.
    """

    level: Floats
    error: Floats
    freedom: Floats
    inside: Bools


def fit_course(panel: Panel, values: Floats, enough: Bools, *, logs: bool) -> Course:
    """Estimate the level of every period, had each outlet its share of all articles.

    Effects of outlets and periods multiply (``logs``: Poisson pseudo-likelihood) or add up (least
    squares). The model holds periods that have ``enough`` articles and are connected by outlets,
    directly or through other periods; all other periods take the effects of outlets from it.
    """
    sums, sizes = panel.table(values), panel.table(np.ones_like(values))
    filled = enough * (sums if logs else sizes) > 0
    if not filled.any():  # the level is 0, on the scale of logarithms minus infinity
        nothing = np.full(len(enough), np.nan)
        return Course(np.where(enough, -np.inf, np.nan), nothing, nothing, enough)
    outlets, periods = _connected(filled)
    known = sums[outlets], sizes[outlets]
    effects = _outlet_effects(*(table[:, periods] for table in known), logs=logs)
    without = sums[:, periods].sum(axis=1) == 0  # the effect of these outlets is 0
    counted = outlets | without if logs else outlets
    share = known[1][:, periods].sum(axis=1) / sizes[counted][:, periods].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        if logs:
            middle = np.log(share @ np.exp(effects))
            level = middle + np.log(known[0].sum(axis=0) / (np.exp(effects) @ known[1]))
        else:
            middle = share @ effects
            level = middle + (known[0].sum(axis=0) - effects @ known[1]) / known[1].sum(axis=0)
    rows = outlets[panel.outlet] & periods[panel.period]
    pull = share * np.exp(effects - middle) if logs else share
    error, free = np.full((2, len(periods)), np.nan)
    error[periods], free[periods] = _errors(
        panel.take(rows), values[rows], effects, level[periods] - middle, pull, logs=logs
    )
    silent = enough & (sums.sum(axis=0) == 0) & (known[1].sum(axis=0) > 0)
    return Course(level, error, free, periods | silent if logs else periods)


def _connected(filled: Bools) -> tuple[Bools, Bools]:
    """Return the outlets and periods of the largest part of a table whose cells are connected."""
    outlet, period = np.nonzero(filled)
    part = components(outlet, period + len(filled), sum(filled.shape))
    largest = np.bincount(part[outlet]).argmax()
    return part[: len(filled)] == largest, part[len(filled) :] == largest


def _outlet_effects(sums: Floats, sizes: Floats, *, logs: bool) -> Floats:
    """Return the effects of outlets that solve the score equations, by Newton's method."""
    outlets, periods = np.zeros(len(sums)), np.zeros(sums.shape[1])
    if logs:
        rates = np.ones(sums.shape[1])
        for _ in range(_ROUNDS):
            levels = sums.sum(axis=1) / (sizes @ rates)
            rates = sums.sum(axis=0) / (levels @ sizes)
        outlets, periods = np.log(levels), np.log(rates)
    for _ in range(_STEPS):
        level = outlets[:, None] + periods
        expected = sizes * np.exp(level) if logs else sizes * level
        left = sums - expected
        information = _Information(expected if logs else sizes)
        steps = information.solve(left.sum(axis=1)[:, None], left.sum(axis=0)[:, None])
        outlets, periods = outlets + steps[0][:, 0], periods + steps[1][:, 0]
        if max(np.abs(step).max() for step in steps) < _DONE:
            break
    return outlets


class _Information:
    """The information of outlets and periods on their effects, as a table of weights.

    Periods are eliminated: there may be hundreds, and among themselves they are diagonal. One
    effect is free, and the pseudoinverse sets it.
    """

    def __init__(self, weights: Floats) -> None:
        self.weights, self.periods = weights, weights.sum(axis=0)
        self.shares = weights / self.periods
        own = np.diag(weights.sum(axis=1)) - self.shares @ weights.T
        self.inverse = np.linalg.pinv(own, hermitian=True)

    def solve(self, outlets: Floats, periods: Floats) -> tuple[Floats, Floats]:
        """Solve for several right-hand sides, a column each."""
        first = self.inverse @ (outlets - self.shares @ periods)
        return first, (periods - self.weights.T @ first) / self.periods[:, None]


def _errors(
    panel: Panel, values: Floats, outlets: Floats, periods: Floats, pull: Floats, *, logs: bool
) -> tuple[Floats, Floats]:
    """Return the standard errors of the levels of periods: a jackknife over units, linearised.

    Without a unit the level of its period moves by the sum of its residuals over one minus its
    share in the period; for other levels and for outlets this is a first-order approximation.
    ``pull`` is the gradient of a level with respect to the effects of outlets. The freedom is
    Satterthwaite's (1946), if variances are as the squares of what the model expects.
    """
    level = outlets[panel.outlet] + periods[panel.period]
    bend = np.exp(level) if logs else np.ones_like(level)
    left = panel.weight * (values - (bend if logs else level))
    cell = np.unique(panel.unit * len(periods) + panel.period, return_inverse=True)[1]
    own, weights = panel.weight * bend, panel.table(bend)
    share = np.bincount(cell, own)[cell] / weights.sum(axis=0)[panel.period]
    alone = share > 1 - _DONE  # in its period, whose level says nothing of outlets then
    more = share / np.where(alone, np.inf, 1 - share)
    left += more * np.bincount(cell, left)[cell] * own / np.bincount(cell, own)[cell]
    ways = _Information(weights).solve(np.tile(pull[:, None], len(periods)), np.eye(len(periods)))
    way = ways[0][panel.outlet] + ways[1][panel.period]
    n = panel.unit.max() + 1
    place = panel.unit, np.arange(len(left))
    of = sparse.csr_array((np.ones(len(left)), place), shape=(n, len(left)))
    moved, expected = (of @ (left[:, None] * way)) ** 2, of @ (own[:, None] * way) ** 2
    return np.sqrt(moved.sum(axis=0) * (n - 1) / n), freedom(expected, np.array([n]))[0]
