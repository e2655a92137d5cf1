"""The balance of a rewriter's changes as a figure; nothing is computed here but per cents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from framing.arguments import check_known
from framing.checks import check_columns
from framing.plots.style import ROW, explain, label_rows, new_axes, shortened, sign, written_p
from framing.schema import label, listed

_DROPPED, _ADDED = "#9ecae1", "#fdae6b"


def plot_balance(
    balance: pd.DataFrame, *, measures: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what a rewriter dropped, to the left, and added, to the right.

    Parameters
    ----------
    balance : DataFrame
        As returned by ``framing.balance``.
    measures : str or sequence of str, optional
        Categories; by default all that were dropped or added anywhere, or all where none was.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        One row per category, the one that lost most at the top. Bars: per cent of the pairs of
        paragraphs that lost it and that gained it; ticks: the same if cues were treated as neutral
        words were; point and line: the net with its 95% interval. The numbers of pairs and p, which
        is not adjusted, are on the right.
    """
    kind = "the balance of rewrites, as framing.balance(shifts) returns it"
    check_columns(balance, ["category", "pairs", "dropped", "added", "net"], kind=kind)
    table = _moved(balance, measures)
    ax = new_axes(0.9 + ROW * 1.15 * (len(table) + 2)) if ax is None else ax
    y, share = np.arange(len(table)), 100 / table["pairs"]
    ax.barh(y, -table["dropped"] * share, height=0.62, color=_DROPPED)
    ax.barh(y, table["added"] * share, height=0.62, color=_ADDED)
    for side, name in ((-1, "dropped_expected"), (1, "added_expected")):
        ax.plot(side * table[name] * share, y, "|", color="black", markersize=8, mew=0.9)
    ax.hlines(y, 100 * table["low"], 100 * table["high"], color="black", linewidth=1)
    ax.scatter(100 * table["net"], y, s=16, color="black", zorder=3)
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    labels = [shortened(label(name)) for name in table["category"]]
    numbers = zip(table["dropped"], table["added"], table["p"], strict=True)
    asides = [f"{dropped}; {added}; {written_p(p)}" for dropped, added, p in numbers]
    label_rows(ax, y, labels, asides, aside="dropped; added; p")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{abs(x):.0f}"))
    ax.set_xlabel("per cent of pairs of paragraphs: dropped (left), added (right)")
    squares = {"dropped": sign("s", colour=_DROPPED), "added": sign("s", colour=_ADDED)}
    explain(ax, squares | {"as neutral words": sign("|"), "net, 95% interval": sign("o")})
    return ax


def _moved(balance: pd.DataFrame, measures: str | Sequence[str] | None) -> pd.DataFrame:
    moved = balance["dropped"].gt(0) | balance["added"].gt(0)
    shown = balance[moved] if moved.any() else balance
    wanted = list(shown["category"]) if measures is None else listed(measures)
    check_known(wanted, list(balance["category"]))
    table = balance[balance["category"].isin(wanted)]
    return table.sort_values(["net", "category"], ignore_index=True)
