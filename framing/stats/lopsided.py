"""Few articles, or events, against many: where sign flips find too much in rare cues."""

from __future__ import annotations

import numpy as np

from framing.stats.effects import Log
from framing.stats.flips import FlipTest
from framing.stats.sides import Design, Pair
from framing.text.arrays import Floats

TIMES, _MANY = 3, 40  # 10 articles against 100: flips call .08 of equal rates different


def counts(pair: Pair, design: Design) -> tuple[int, int]:
    """Return the units of both sides: events, or articles without one; within events articles."""
    if design.match:
        return int(pair.a.articles.sum()), int(pair.b.articles.sum())
    return len(np.unique(pair.a.cluster)), len(np.unique(pair.b.cluster))


def is_lopsided(pair: Pair, design: Design) -> bool:
    """Return whether one side has few units and the other at least three times as many.

    Within events: whether an outlet stands against the mean of three articles or more, which is
    less skewed than its own. Eight equal outlets: flips find something in .08 of families.
    """
    few, many = sorted(counts(pair, design))
    small = design.against == "rest" if design.match else few < _MANY
    return few > 0 and small and many >= TIMES * few


def log_test(sizes: tuple[int, int], means: tuple[Floats, Floats], log: Log) -> FlipTest:
    """Test ratios on the logarithmic scale, where rates are less skewed.

    The interval of the difference is that of the ratio times the mean of the side with more units;
    so it excludes 0 where the ratio's excludes 1.
    """
    from scipy.special import stdtr  # slow to import, and most of the package does without

    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(max(log.freedom, 1), -np.abs(log.mean) / log.error)
    low, high = map(np.exp, log.interval())
    if sizes[0] < sizes[1]:
        return FlipTest(p, means[1] * (low - 1), means[1] * (high - 1))
    return FlipTest(p, means[0] * (1 - 1 / low), means[0] * (1 - 1 / high))
