"""How far estimates move without each cluster: standard errors that no model is needed for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from framing.stats.sums import column_sums
from framing.text.arrays import Floats


class Moves(NamedTuple):
    """Jackknife variances of the means of two sides, what they share, and the error of their ratio.

    ``log`` is the standard error of the logarithm of the ratio.
    """

    a: Floats
    b: Floats
    shared: Floats
    log: Floats


def moves(means: Floats, without: Floats) -> Moves:
    """Sum up the means of two sides ``without`` each cluster, a row each."""
    a, b = (mean - left for mean, left in zip(means, without, strict=True))
    times = 1 - 1 / max(len(a), 1)
    log = jackknife(np.subtract(*np.log(np.maximum(without, 0))))
    return Moves(
        times * column_sums(a**2), times * column_sums(b**2), times * column_sums(a * b), log
    )


def jackknife(without: Floats) -> Floats:
    """Return the standard error of estimates, from those without each cluster, a row each."""
    n = max(len(without), 1)
    apart = without - column_sums(without) / n
    return np.sqrt(column_sums(apart**2) * (n - 1) / n)


def freedom(sizes: Floats) -> Any:
    """Return the degrees of freedom of clusters of these sizes: one less than there are in effect.

    Clusters that are not alike in size are worth as many equal ones as (Σ n)² / Σ n² (Kish 1965;
    Carter, Schnepel & Steigerwald 2017, Review of Economics and Statistics 99(4)).

    Examples
    --------
    >>> float(freedom(np.ones(10))), float(freedom(np.array([6.0, 2.0, 2.0, 2.0])))
    (9.0, 2.0)
    """
    return column_sums(sizes) ** 2 / column_sums(sizes**2) - 1
