"""What copies change: the same comparison, with copies counted in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.reuse.copies import Copies
from framing.reuse.mark_copies import mark_copies
from framing.schema import check_is, is_copy
from framing.stats.contrasts import compare

_KEY = ["measure", "outlet_a", "outlet_b"]


def compare_copies(
    scores: pd.DataFrame, copies: Copies, *, measures: Sequence[str], **how: Any
) -> pd.DataFrame:
    """Compare outlets with copies counted once per outlet, once altogether, and each by itself.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``, before copies are marked.
    copies : Copies
        As returned by ``framing.find_copies``.
    measures : sequence of str
        Measures of ``scores``.
    **how
        Other arguments of ``framing.compare``.

    Returns
    -------
    DataFrame
        The largest differences first: ``measure``, ``outlet_a``, ``outlet_b``, and for each way of
        counting the columns ``estimate, …`` and ``p, …``; missing where an outlet has nothing left
        or nothing was tested. No row if there are no copies.
    """
    check_is(copies, Copies, "copies", "find_copies")
    if copies.clusters.empty:
        return pd.DataFrame(columns=_KEY)
    views = {
        "once an outlet": mark_copies(scores, copies, once="outlet"),
        "all articles": scores,
        "once altogether": mark_copies(scores, copies, once="cluster"),
    }
    by = how.get("by", "outlet")
    tables = [
        compare(view, measures=measures, **how)
        .set_index(_KEY)[["estimate", "p"]]
        .add_suffix(f", {name}")
        for name, view in views.items()
        if len(view.loc[~is_copy(view), by].unique()) > 1
    ]
    table = pd.concat(tables, axis=1)
    order = table.iloc[:, 0].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index()
