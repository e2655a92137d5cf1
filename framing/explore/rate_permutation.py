"""Permutation test of rates: whether articles of one group use a word more often."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from framing.text.arrays import Floats, Ints

_CELLS = 2**21  # statistics at a time: 16 MB
_SAME = 1e-9  # sums of the same numbers in another order differ by less


def rate_permutation_p(
    uses: sparse.csr_array,
    words: Ints,
    group: Ints,
    stratum: Ints,
    *,
    n_resamples: int,
    rng: np.random.Generator,
) -> Floats:
    """Return the two-sided p of the rates of every group of articles against all others together.

    ``uses`` is articles × units; ``words`` of an article are never 0; ``group`` is from 0 to k − 1,
    and none is empty. Articles are permuted within strata, which are those on one event.

    Returns
    -------
    array, groups × units
        (hits + 1) / (n_resamples + 1). The statistic is the logarithm of the ratio of rates, half
        a use added on each side, over its standard error, which both sides have of their own: a
        word that comes in larger lumps on one side is not called different for that. A pooled
        variance calls it different in a fifth to a third of cases.
    """
    powers = _sums_to_take(uses.astype(float), words.astype(float))
    n, (*size, last) = len(words), np.bincount(group).tolist()
    stratum = stratum.astype(np.min_scalar_type(stratum.max()))  # in two bytes, sorted faster
    by_stratum = np.lexsort((group, stratum))
    column = np.argsort(group[by_stratum], kind="stable")[: n - last]
    observed = _z(powers, by_stratum[column][None], size)[0]
    observed = observed * (1 - _SAME) - _SAME
    hits = np.zeros(observed.shape)
    step = max(1, _CELLS // (3 * observed.size + n))
    for start in range(0, n_resamples, step):  # one product of many permutations at once
        number = range(min(step, n_resamples - start))
        shuffled = [np.lexsort((rng.random(n), stratum))[column] for _ in number]
        hits += (_z(powers, np.array(shuffled), size) >= observed).sum(axis=0)
    return (hits + 1) / (n_resamples + 1)


def _sums_to_take(uses: sparse.csr_array, size: Floats) -> sparse.csr_array:
    """Return what is summed over articles: all whole numbers, so that every order is exact.

    Of every unit its uses, with uses times words as the imaginary part, since both are in the same
    articles; then pairs of uses (in few articles, unlike their squares); then the articles, their
    words, and the squares of these.
    """
    pairs = uses.power(2) - uses
    pairs.eliminate_zeros()
    of_articles = sparse.csr_array(np.column_stack([np.ones(len(size)), size, size**2]))
    return sparse.hstack([uses.multiply(1 + 1j * size[:, None]), pairs, of_articles]).tocsr()


def _z(powers: sparse.csr_array, order: Ints, size: list[int]) -> Floats:
    """Return the absolute log rate ratio over its standard error: orders × groups × units.

    Of every order, a row, the first group has the first articles, ``size[0]`` of them; the last
    group has those that are in no order.
    """
    bounds = np.append(0, np.cumsum(np.tile(size, len(order))))
    shape, narrow = (len(bounds) - 1, powers.shape[0]), powers.indices.dtype
    place = (order.ravel().astype(narrow), bounds.astype(narrow))
    groups = sparse.csr_array((np.ones(order.size), *place), shape=shape)
    own = (groups @ powers).toarray().reshape(len(order), len(size), -1)
    totals = powers.sum(axis=0)
    own = np.append(own, totals - own.sum(axis=1, keepdims=True), axis=1)
    (log_a, spread_a), (log_b, spread_b) = map(_log_rate, (own, totals - own))
    return np.abs(log_a - log_b) / np.sqrt(spread_a + spread_b)


def _log_rate(sums: Floats) -> tuple[Floats, Floats]:
    """Return the logarithm of a rate and its variance, which is at least Poisson's.

    With Poisson's variance at the rate of all articles a word that one side never uses would not
    be found; at the rate of the side itself it is.
    """
    n, words, squared = np.moveaxis(sums.real[..., -3:, None], -2, 0)
    both, pairs = np.split(sums[..., :-3], 2, axis=-1)
    uses, products, pairs = both.real, both.imag, pairs.real
    rate = uses / words
    spread = (pairs + uses - 2 * rate * products + rate**2 * squared) * n / np.maximum(n - 1, 1)
    raised = (uses + 0.5) / words
    return np.log(raised), np.maximum(spread / words**2, raised / words) / raised**2
