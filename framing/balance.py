"""The sum of a rewriter's changes: what came and went, against chance and against noise."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import binom, norm

from framing.shifts import Shifts

BALANCE_COLUMNS = [
    "category", "pairs", "articles", "both", "dropped", "added", "dropped_expected",
    "added_expected", "net", "low", "high", "p",
]  # fmt: skip


def balance(shifts: Shifts) -> pd.DataFrame:
    """Count for every category the pairs of paragraphs that lost it and that gained it.

    Parameters
    ----------
    shifts : Shifts
        As `framing.shifts.shifts` gives them.

    Returns
    -------
    DataFrame
        A row a category: ``pairs`` and ``articles`` compared; in how many pairs it stands in
        ``both`` versions, was ``dropped`` or ``added``; ``dropped_expected`` and
        ``added_expected``, the same if every cue came and went as often as a neutral word did
        (content words of no cue: the noise of rewording; a synonym counts as another word here,
        so that noise is rather over- than understated); ``net``, added less dropped over all
        pairs, with its 95 % interval ``low`` to ``high`` (Agresti & Min 2005); ``p``, McNemar's
        mid-p (Fagerland et al. 2013). Pairs of one article are taken as independent, and no p is
        adjusted for the number of categories.

    Examples
    --------
    >>> from framing.align import align
    >>> from framing.shifts import shifts
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> balance(shifts(align(a, b)))[["category", "dropped", "added", "net", "p"]]
        category  dropped  added  net    p
    0  epi_modal        1      0 -1.0  0.5
    """
    changes, pairs = shifts.changes, shifts.pairs
    gone, new = (
        _share_lost(pairs[name], pairs["neutral_kept"]) for name in ("neutral_a", "neutral_b")
    )
    before = changes[changes["change"] != "added"]
    after = changes[changes["change"] != "dropped"]
    counts_a = before.groupby(["category", "pair"]).size()
    counts_b = after.groupby(["category_b", "pair"]).size().rename_axis(["category", "pair"])
    counts = pd.DataFrame({"a": counts_a, "b": counts_b}).fillna(0)
    rows = []
    for category, table in counts.groupby("category"):
        a, b = table["a"], table["b"]
        dropped, added = int(((a > 0) & (b == 0)).sum()), int(((a == 0) & (b > 0)).sum())
        expected = [float((share ** side[side > 0]).sum()) for share, side in ((gone, a), (new, b))]
        low, high = _interval(dropped, added, len(pairs))
        both = len(table) - dropped - added
        net, p = (added - dropped) / len(pairs), mcnemar_mid_p(dropped, added)
        sizes = (len(pairs), pairs["article_a"].nunique())
        rows.append((category, *sizes, both, dropped, added, *expected, net, low, high, p))
    return pd.DataFrame(rows, columns=BALANCE_COLUMNS)


def mcnemar_mid_p(dropped: int, added: int) -> float:
    """Two-sided mid-p of as many changes one way and the other; 1 where there are none.

    Fagerland, Lydersen & Laake (2013), BMC Medical Research Methodology 13, 91.

    Examples
    --------
    >>> round(mcnemar_mid_p(6, 1), 4)  # 2 · (1 + 7)/128 − 7/128
    0.0703
    """
    n, least = dropped + added, min(dropped, added)
    if n == 0:
        return 1.0
    seen = float(binom.pmf(least, n, 0.5))
    return 1 - seen / 2 if dropped == added else float(2 * binom.cdf(least, n, 0.5)) - seen


def _share_lost(words: pd.Series[int], kept: pd.Series[int]) -> float:
    return 1 - kept.sum() / max(words.sum(), 1)


def _interval(dropped: int, added: int, n: int) -> tuple[float, float]:
    """Agresti & Min's (2005) adjusted Wald interval: half a pair more in each of four cells."""
    less, more, total = dropped + 0.5, added + 0.5, n + 2
    middle = (more - less) / total
    width = norm.ppf(0.975) * np.sqrt(less + more - (more - less) ** 2 / total) / total
    return max(-1.0, middle - width), min(1.0, middle + width)
