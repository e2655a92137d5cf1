"""Serial order: whether neighbouring events are alike, which tests take as independent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.stats.flips import Parts
from framing.stats.sums import column_sums
from framing.text.arrays import Floats

_KNOWN = 0.9  # share of units that need a day
_CRITICAL = 1.645  # one-sided, 5 %
_SAME = 1e-9


def days_of(dates: pd.Series[pd.Timestamp], clusters: pd.Series[str], names: list[str]) -> Floats:
    """Return the first day of every cluster as a number, NaN where it is unknown."""
    known = pd.to_datetime(dates, format="ISO8601", errors="coerce", utc=True)
    first = known.groupby(clusters).min().reindex(names)
    return (first - pd.Timestamp(0, tz="UTC")).dt.total_seconds().to_numpy(float) / 86_400


def serial_excess(parts: Parts, days: Floats) -> Floats:
    """Return the correlation of neighbouring parts of each difference if it is above chance.

    NaN where it is not, or where days are unknown. Parts are those of ``Parts``, less what the
    difference explains, in the order of their days.
    """
    when = days[parts.codes]
    known = np.isfinite(when)
    if not known.any() or known.mean() < _KNOWN:
        return np.full(parts.parts.shape[1], np.nan)
    left = parts.parts - parts.difference * parts.shares[:, None]
    left = left[known][np.argsort(when[known], kind="stable")]
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = column_sums(left[1:] * left[:-1]) / column_sums(left**2)
    varies = parts.error > _SAME * np.abs(parts.difference)  # by more than rounding leaves
    return np.where(varies & (alike > _CRITICAL / np.sqrt(len(left))), alike, np.nan)
