"""The difference of two sides by least squares, topics held constant, and what carries it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framing.stats.flips import Parts
from framing.stats.jackknife import freedom, moves
from framing.stats.sides import Pair, Rows
from framing.stats.strata import Strata, different, joined
from framing.stats.sums import by_code, run_sums
from framing.text.arrays import Floats, Ints


class Fit(NamedTuple):
    """Two sides with strata taken out: arrays, the last axes of which are comparisons × measures.

    ``error`` is that of the difference, of the parts of which so many ``differ`` from 0. All else
    but the `moves` of the means has a row for each side. ``means`` are those over the same strata;
    ``variances`` those of the values less what their strata add, of which there are
    ``sizes``. ``some`` is in how many clusters a side has any of a measure, ``freedom`` the degrees
    of freedom of its clusters, and ``scatter`` times its mean the variance of chance hits.
    """

    error: Floats
    differ: Floats
    means: Floats
    moves: Floats
    variances: Floats
    sizes: Floats
    some: Floats
    freedom: Floats
    scatter: Floats


@np.errstate(divide="ignore", invalid="ignore")
def fitted(pairs: Sequence[Pair], *, topics: bool) -> tuple[list[Parts], Fit]:
    """Estimate the differences of two sides, by least squares on side and topic.

    Without topics they are those of the weighted means. Those of empty sides are NaN.
    """
    rows = told_apart(Rows.taken(pairs)) if topics else Rows.taken(pairs)
    left, pull, means, own, stratum, strata = _least_squares(rows, topics=topics)
    parts = pull[:, :1] * np.column_stack([left, pull[:, 1]])
    codes, parts, every, lost = _by_cluster(rows, parts, stratum, strata)
    number = np.bincount(codes // rows.clusters, minlength=len(pairs))
    # without what is beside them
    parts, shares, ends = parts[:, :-1].copy(), parts[:, -1:].copy(), np.cumsum(number)[:-1]
    fields = (np.split(field, ends) for field in (codes % rows.clusters, parts, shares[:, 0]))
    several = [Parts(*one) for one in zip(*fields, strict=True)]
    for k in np.flatnonzero(strata > 1):
        mine = rows.of == k
        place = np.searchsorted(several[k].codes, rows.side.cluster[mine] % rows.clusters)
        held = Strata.of(place, stratum[mine], means[mine], pull[mine, 0])
        several[k] = several[k]._replace(strata=held)
    apart = parts - np.repeat(run_sums(parts, number), number, axis=0) * shares
    free = np.array([one.freedom for one in several])
    error = np.sqrt(run_sums(apart**2, number) * (number / free)[:, None])
    both, without = _means(every), _means(np.repeat(every, number, axis=0) - lost)
    least = np.repeat(1e-12 * np.maximum(*np.abs(both)), number, axis=0)  # rounding leaves less
    differ = run_sums((np.abs(parts) > least).astype(float), number)
    moved, of_sides = moves(both, without, number), _of_sides(rows, own)
    return several, Fit(error, differ, both, moved, *of_sides)


def _least_squares(
    rows: Rows, *, topics: bool
) -> tuple[Floats, Floats, Floats, Floats, Ints, Ints]:
    """Fit side and topic.

    Returned are residuals without the side; the weight of each row in the difference, and its side,
    less the mean of the stratum; what each adds to that mean; values less what their strata add;
    the stratum of each row; and how many each comparison has.
    """
    (values, weights, *_), of, runs = rows.side, rows.of, rows.runs.sum(axis=1)
    known, stratum = np.unique(rows.side.place if topics else of, return_inverse=True)
    whose = known // rows.places if topics else known
    strata = np.bincount(whose, minlength=len(runs))
    each = np.column_stack([weights, weights * rows.first, weights[:, None] * values])
    size, first, *sums = by_code(stratum, each)[1].T
    share, common = first / size, np.stack(sums, axis=1) / size[:, None]
    pull = rows.first - share[stratum]
    pulled = weights * pull / np.maximum(run_sums(weights * pull**2, runs), 1e-300)[of]
    own = common - share[:, None] * run_sums(pulled[:, None] * values, runs)[whose]
    left = values - common[stratum]
    means = weights[:, None] * left / size[stratum, None]
    apart = values - own[stratum]
    return left, np.column_stack([pulled, pull]), means, apart, stratum, strata


def _by_cluster(
    rows: Rows, parts: Floats, stratum: Ints, strata: Ints
) -> tuple[Ints, Floats, Floats, Floats]:
    """Return the clusters and their parts, the sums of both sides, and what each cluster takes."""
    known = np.column_stack([rows.side.measured, np.ones(len(stratum))])  # the last column counts
    known *= rows.side.weights[:, None]
    columns = [known * side[:, None] for side in (rows.first, ~rows.first)]
    width, number = 2 * known.shape[1], max(int(strata.sum()), 1)
    cell, sums = by_code(rows.side.cluster * number + stratum, np.hstack([*columns, parts]))
    every, lost = _standardised(sums[:, :width], cell % number, strata)
    codes, sums = by_code(cell // number, np.hstack([lost, sums[:, width:]]))
    lost, parts = np.split(sums, [width], axis=1)
    return codes, parts, every, lost


def told_apart(rows: Rows) -> Rows:
    """Return rows with the clusters that can be told apart, their topics held constant.

    A topic where a side has one cluster says one thing: how far that is from the others' mean.
    """
    cluster, place = rows.side.cluster, rows.side.place
    if not len(place):
        return rows
    least = np.minimum(*(different(cluster, place, side) for side in (rows.first, ~rows.first)))
    known = np.unique(place)
    several = np.bincount(known // rows.places)[rows.of] > 1
    own = joined(cluster, place, several & (least[place] == 1))
    return rows._replace(side=rows.side._replace(cluster=own))


def _of_sides(rows: Rows, values: Floats) -> list[Floats]:
    """Return variances, sizes, clusters with any, freedom and scatter of both sides."""
    n, weights, (measured, _, words, *_) = rows.runs.ravel(), rows.side.weights, rows.side
    half = np.repeat(np.arange(len(n)), n)
    apart = values - (run_sums(values, n) / n[:, None])[half]
    variances = run_sums(apart**2, n) / np.maximum(n - 1, 1)[:, None]
    code, width = rows.side.cluster, len(rows.runs) * rows.clusters
    cell, sums = by_code(half * width + code, np.column_stack([weights, measured != 0]))
    clusters = np.bincount(cell // width, minlength=len(n))
    free = freedom(sums[:, 0], clusters)
    scatter = run_sums(weights**2 * 100 / words, n) / run_sums(weights, n) ** 2
    columns = variances, n, run_sums((sums[:, 1:] > 0).astype(float), clusters), free, scatter
    return [np.asarray(x, float).reshape(len(rows.runs), 2, -1).swapaxes(0, 1) for x in columns]


def _standardised(sums: Floats, stratum: Ints, strata: Ints) -> tuple[Floats, Floats]:
    """Return the sums of both sides over so many strata, and what they lose without each row.

    A stratum has the weight n_a n_b / (n_a + n_b) on both sides, so that the difference of the
    means is that of least squares, and their ratio that of Mantel & Haenszel (Rothman & Boice
    1979).
    """
    whole = by_code(stratum, sums)[1]
    every = _weighed(whole)
    return run_sums(every, strata), every[stratum] - _weighed(whole[stratum] - sums)


def _weighed(sums: Floats) -> Floats:
    """Multiply the sums of each side in a stratum by the share of the other; weights stand last."""
    a, b = np.hsplit(sums, 2)
    size_a, size_b = a[:, -1:], b[:, -1:]
    both = np.maximum(size_a + size_b, 1e-300)
    return np.hstack([a * size_b / both, b * size_a / both])


def _means(sums: Floats) -> Floats:
    """Divide the sums of both sides by their weights."""
    return np.stack([side[:, :-1] / side[:, -1:] for side in np.hsplit(sums, 2)])
