"""Many tests at once: which belong together, their corrected p, and what that leaves possible."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from framing.schema import PRIMARY
from framing.stats.effects import LEVEL
from framing.stats.resampling import Floats


def holm(p: Floats) -> Floats:
    """Holm's (1979) adjusted p values: the chance of one false alarm in the family.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p)
    steps = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def benjamini_hochberg(p: Floats) -> Floats:
    """Benjamini & Hochberg's (1995) adjusted p values: the share of false alarms among all.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p)[::-1]
    steps = np.minimum.accumulate(len(p) / np.arange(len(p), 0, -1) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def adjust_known(p: Floats, adjust: Callable[[Floats], Floats]) -> Floats:
    """Adjust the p values that there are; NaN stays NaN.

    Examples
    --------
    >>> adjust_known(np.array([0.01, np.nan, 0.04]), holm).tolist()
    [0.02, nan, 0.04]
    """
    result, known = np.full(len(p), np.nan), ~np.isnan(p)
    if known.any():
        result[known] = adjust(p[known])
    return result


def adjusted(table: pd.DataFrame, column: str = "p") -> Floats:
    """Adjust the p values that there are: Holm for the primary family, BH for the rest.

    Parameters
    ----------
    table : DataFrame
        ``measure`` and the column of p values; NaN where nothing was tested.
    """
    p, corrected = table[column].to_numpy(float), np.full(len(table), np.nan)
    primary = table["measure"].isin(PRIMARY).to_numpy()
    for family, adjust in ((primary, holm), (~primary, benjamini_hochberg)):
        corrected[family] = adjust_known(p[family], adjust)
    return corrected


def out_of_reach(table: pd.DataFrame) -> list[str]:
    """Say where the test could not have found anything after correction.

    Both corrections only grow with any p, so that the smallest p values that the tests can
    give (column ``smallest``), corrected together, are the smallest corrected ones.
    """
    floors = adjusted(table, "smallest")
    counted = np.where(table["events"] > 0, table["events"].astype(str) + " events", "these draws")
    return [
        f"with {n} no p after correction can fall below {floor:.3f}".replace("0.", ".")
        if floor > LEVEL
        else ""
        for n, floor in zip(counted, floors, strict=True)
    ]
