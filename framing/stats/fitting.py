"""The difference of two sides by least squares, topics held constant, and what carries it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framing.stats.flips import Parts
from framing.stats.jackknife import Moves, freedom, moves
from framing.stats.sides import Pair, Side
from framing.stats.strata import Strata, different, joined
from framing.stats.sums import by_code, column_sums, sums_by
from framing.text.arrays import Floats, Ints


class Fit(NamedTuple):
    """Two sides with strata taken out: arrays, the last axis of which are the measures.

    ``difference`` and its ``error`` are those of the parts. All else but ``moves``, how far the
    means move without each cluster, has a row for each side. ``means`` are those over the same
    strata; ``variances`` those of the values on the level of the average stratum, of which there
    are ``sizes``. ``some`` is in how many clusters a side has any of a measure, ``freedom`` the
    degrees of freedom of its clusters, and ``scatter`` times its mean the variance of chance hits.
    """

    difference: Floats
    error: Floats
    means: Floats
    moves: Moves
    variances: Floats
    sizes: Floats
    some: Floats
    freedom: Floats
    scatter: Floats


def stacked(fits: Sequence[Fit]) -> Fit:
    """Stack fits, comparisons × measures."""
    whole = Fit._make(np.stack(field, axis=-2) for field in zip(*fits, strict=True))
    return whole._replace(moves=Moves._make(whole.moves))


@np.errstate(divide="ignore", invalid="ignore")
def fitted(pair: Pair, *, topics: bool) -> tuple[Parts, Fit]:
    """Estimate the difference of two sides, by least squares on side and topic.

    Without topics it is the difference of the weighted means. Those of empty sides are NaN.
    """
    a, b = told_apart(pair) if topics else (pair.a, pair.b)
    values, weights = np.vstack([a.measured, b.measured]), np.r_[a.weights, b.weights]
    side = np.r_[np.ones(len(a.weights)), np.zeros(len(b.weights))]
    cluster = np.concatenate([a.cluster, b.cluster])
    stratum = np.zeros(len(side), np.int64)
    if topics:
        stratum = np.unique(np.concatenate([a.place, b.place]), return_inverse=True)[1]
    size = np.bincount(stratum, weights)
    share = np.bincount(stratum, weights * side) / size
    pull = side - share[stratum]
    pulled = weights * pull / max((weights * pull**2).sum(), 1e-300)
    common = _by_stratum(values, weights, stratum) / size[:, None]
    own = common - share[:, None] * column_sums(pulled[:, None] * values)
    level = column_sums(size[:, None] * own) / size.sum()
    adjusted = values - own[stratum] + level
    parts = pulled[:, None] * np.column_stack([values - common[stratum], pull])
    both = weights * side, weights * (1 - side)
    codes, parts, every, lost = _by_cluster(values, both, parts, cluster, stratum)
    strata = None
    if len(size) > 1:
        means = weights[:, None] * (values - common[stratum]) / size[stratum, None]
        strata = Strata.of(np.searchsorted(codes, cluster), stratum, means, pulled)
    # without what is beside them
    known = Parts(codes, parts[:, :-1].copy(), parts[:, -1].copy(), strata)
    means, without = _means(every), _means(every - lost)
    of_sides = zip(*map(_of_side, (a, b), np.split(adjusted, [len(a.weights)])), strict=True)
    moved = moves(means, without)
    return known, Fit._make([known.difference, known.error, means, moved, *map(np.array, of_sides)])


def _by_cluster(
    values: Floats, weights: tuple[Floats, Floats], parts: Floats, cluster: Ints, stratum: Ints
) -> tuple[Ints, Floats, Floats, Floats]:
    """Return the clusters, their parts, and the sums of both sides: all, and what each loses."""
    known = np.column_stack([values, np.ones(len(values))])  # the last column counts
    columns = np.hstack([side[:, None] * known for side in weights])
    width, strata = columns.shape[1], int(stratum.max(initial=0)) + 1
    cell, sums = by_code(cluster * strata + stratum, np.hstack([columns, parts]))
    every, lost = _standardised(sums[:, :width], cell % strata)
    codes, sums = by_code(cell // strata, np.hstack([lost, sums[:, width:]]))
    lost, parts = np.split(sums, [width], axis=1)
    return codes, parts, every, lost


def told_apart(pair: Pair) -> tuple[Side, Side]:
    """Return both sides with the clusters that can be told apart, their topics held constant.

    A topic where a side has one cluster says one thing: how far that is from the others' mean.
    """
    a, b = pair.a, pair.b
    if len(np.unique(a.place)) < 2:
        return a, b
    cluster, place = np.concatenate([a.cluster, b.cluster]), np.concatenate([a.place, b.place])
    first = np.arange(len(cluster)) < len(a.cluster)
    least = np.minimum(*(different(cluster, place, side) for side in (first, ~first)))
    own, other = np.split(joined(cluster, place, least[place] == 1), [len(a.cluster)])
    return a._replace(cluster=own), b._replace(cluster=other)


def _of_side(side: Side, values: Floats) -> tuple[Floats, ...]:
    """Return variances, size, clusters with any, freedom and scatter of one side."""
    n, weights = len(values), side.weights
    apart = values - column_sums(values) / n
    order = np.argsort(side.cluster, kind="stable")
    starts = np.flatnonzero(np.diff(side.cluster[order], prepend=-1))
    found = np.logical_or.reduceat(side.measured[order] != 0, starts, axis=0)
    free = freedom(np.add.reduceat(weights[order], starts))
    scatter = (weights**2 * 100 / side.words).sum() / weights.sum() ** 2
    variances = column_sums(apart**2) / max(n - 1, 1)
    return variances, np.array([n]), found.sum(axis=0), np.array([free]), np.array([scatter])


def _standardised(sums: Floats, stratum: Ints) -> tuple[Floats, Floats]:
    """Return the sums of both sides over all strata, and what they lose without each row.

    A stratum has the weight n_a n_b / (n_a + n_b) on both sides, so that the difference of the
    means is that of least squares, and their ratio that of Mantel & Haenszel (Rothman & Boice
    1979).
    """
    whole = _by_stratum(sums, np.ones(len(sums)), stratum)
    every = _weighed(whole)
    return column_sums(every), every[stratum] - _weighed(whole[stratum] - sums)


def _weighed(sums: Floats) -> Floats:
    """Multiply the sums of each side in a stratum by the share of the other; weights stand last."""
    sides = np.stack(np.split(sums, 2, axis=-1), axis=-2)
    size = sides[..., -1:]
    weighed = sides * size[:, ::-1] / np.maximum(size.sum(axis=1, keepdims=True), 1e-300)
    return weighed.reshape(sums.shape)


def _means(sums: Floats) -> Floats:
    """Divide the sums of both sides by their weights."""
    sides = np.stack(np.split(sums, 2, axis=-1), axis=-2)
    return np.moveaxis(sides[..., :-1] / sides[..., -1:], -2, 0)


def _by_stratum(values: Floats, weights: Floats, stratum: Ints) -> Floats:
    """Sum the weighted values of every stratum."""
    if not stratum.any():
        return column_sums(weights[:, None] * values)[None]
    return sums_by(stratum, weights[:, None] * values)
