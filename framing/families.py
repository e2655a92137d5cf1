"""Many tests at once: which belong together, their corrected p, and what that leaves possible."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing import resampling
from framing.effects import LEVEL
from framing.resampling import Floats, benjamini_hochberg, holm
from framing.units import PRIMARY


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
        corrected[family] = resampling.adjusted(p[family], adjust)
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
