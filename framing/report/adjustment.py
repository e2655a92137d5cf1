"""How p values were adjusted, in words that hold for every row of a table of contrasts."""

from __future__ import annotations

import pandas as pd

from framing.schema import TONES
from framing.stats.comparisons import CLOSED


def log_ratios(contrasts: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows have a p from the logarithm of the ratio, not from flips of signs."""
    lopsided = contrasts["note"].str.contains("log ratio", regex=False)
    return lopsided & ~contrasts["measure"].isin(TONES)


def is_closed(contrasts: pd.DataFrame) -> bool:
    """Return whether pairs of outlets were tested by closed testing."""
    return "method" in contrasts and CLOSED in str(contrasts["method"].iloc[0])


def adjustment(contrasts: pd.DataFrame, *, maxt: str, closed: str) -> str:
    """Return a clause on how p were adjusted: by flips, those of log ratios by one factor, or both.

    ``maxt`` and ``closed`` are the names of the two procedures. The factor is that of the table,
    where some row shows it (adjusted p below 1).

    Examples
    --------
    >>> rows = pd.DataFrame({"note": ["", "10 against 90 units: p of cues from the log ratio"],
    ...                      "measure": "hedge", "p": [0.01, 0.01], "p_adjusted": [0.2, 0.365]})
    >>> adjustment(rows, maxt="maxT", closed="closed testing")
    'maxT; p from the logarithm of the ratio times 36.5, the number of independent tests that ...'
    >>> adjustment(rows[:1], maxt="maxT", closed="closed testing")
    'maxT'
    """
    tested = contrasts[contrasts["p"].notna() & contrasts["p_adjusted"].notna()]
    logs = log_ratios(tested)
    flips = closed if is_closed(contrasts) else maxt
    if not logs.any():
        return flips
    shown = tested[logs & tested["p_adjusted"].lt(1) & tested["p"].gt(0)]
    times = (shown["p_adjusted"] / shown["p"]).median()
    size = f"times {times:.1f}, the number" if times == times else "times the number"
    single = f"p from the logarithm of the ratio {size} of independent tests that"
    return f"{single} {maxt} makes of all" if logs.all() else f"{flips}; {single} this makes of all"
