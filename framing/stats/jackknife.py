"""How far estimates move without each cluster: standard errors that no model is needed for."""

from __future__ import annotations

import numpy as np

from framing.stats.sums import run_sums
from framing.text.arrays import Floats, Ints


def moves(means: Floats, without: Floats, runs: Ints) -> Floats:
    """Return how far the means of two sides, the first axis, move ``without`` each cluster.

    ``runs`` of clusters, a row each, are of one comparison. Returned are the jackknife variances of
    both means, what they share, and the standard error of the logarithm of their ratio.
    """
    a, b = (np.repeat(mean, runs, axis=0) - left for mean, left in zip(means, without, strict=True))
    times = 1 - 1 / np.maximum(runs, 1)[:, None]
    log = jackknife(np.subtract(*np.log(np.maximum(without, 0))), runs)
    return np.stack([*(times * run_sums(x, runs) for x in (a**2, b**2, a * b)), log])


def jackknife(without: Floats, runs: Ints) -> Floats:
    """Return the standard error of estimates, from those without each cluster, a row each."""
    n = np.maximum(runs, 1)[:, None]
    apart = without - np.repeat(run_sums(without, runs) / n, runs, axis=0)
    return np.sqrt(run_sums(apart**2, runs) * (n - 1) / n)


def freedom(sizes: Floats, runs: Ints) -> Floats:
    """Return the degrees of freedom of clusters of these sizes: one less than there are in effect.

    Clusters that are not alike in size are worth as many equal ones as (Σ n)² / Σ n² (Kish 1965;
    Carter, Schnepel & Steigerwald 2017, Review of Economics and Statistics 99(4)).

    >>> freedom(np.array([1, 1, 1, 1, 1, 6.0, 2, 2, 2]), np.array([5, 4])).tolist()
    [4.0, 2.0]
    """
    return run_sums(sizes, runs) ** 2 / run_sums(sizes**2, runs) - 1
