"""The figure of contrasts: differences between every two outlets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from framing.plots.levels import grouped, of_one_unit, quantity
from framing.plots.style import dot_rows, places, short_names, sign, written_p
from framing.schema import check_columns

_CORRECTED = "0.45"
_NEEDED = ["measure", "outlet_a", "outlet_b", "estimate", "effect", "p", "articles_a", "events"]


def plot_contrasts(
    contrasts: pd.DataFrame,
    *,
    measures: str | Sequence[str] | None = None,
    top: int = 45,
    ax: Axes | None = None,
) -> Axes:
    """Draw the differences between outlets with their intervals.

    Parameters
    ----------
    contrasts : DataFrame
        As returned by ``framing.compare``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.
    top : int, default 45
        Largest number of contrasts. Those of the largest effect are drawn, and the figure says so.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are differences, the first outlet minus the second; hollow where nothing was tested;
        below each a grey one that is corrected by people's codes, if the contrasts have it. The
        numbers of articles (or events) and the adjusted p are on the right.
    """
    check_drawn(contrasts)
    table, left_out = _largest(of_one_unit(contrasts, measures), top)
    sizes, size = _sizes(table)
    rows = table[["measure", "low", "high"]].assign(
        label=_pair_names(table),
        aside=sizes + "; " + table["p_adjusted"].map(written_p).astype(str),
        value=table["estimate"],
        filled=table["p"].notna(),
    )
    coded = "corrected" in table
    signs = {"corrected by the codes": sign("d", colour=_CORRECTED)} if coded else {}
    ax = dot_rows(ax, rows, aside=f"{size}; adjusted p", hollow="not tested", signs=signs)
    if coded:
        y = places(rows["measure"]) + 0.3
        ends = table["corrected_low"], table["corrected_high"]
        ax.hlines(y, *ends, color=_CORRECTED, linewidth=0.8)
        ax.scatter(table["corrected"], y, s=9, marker="d", color=_CORRECTED, zorder=3)
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ax.set_xlabel(f"{quantity(table)}: first outlet minus second, 95% interval{left_out}")
    return ax


def check_drawn(contrasts: pd.DataFrame) -> None:
    """Raise an error for another table, and for one without a row."""
    check_columns(contrasts, _NEEDED, kind="contrasts, as framing.compare returns them")
    if contrasts.empty:
        raise ValueError("the table of contrasts has no row: there is nothing to draw")


def _largest(table: pd.DataFrame, top: int) -> tuple[pd.DataFrame, str]:
    """Take the contrasts of the largest effect, and what the figure says of the others."""
    order = table["effect"].abs().sort_values(ascending=False, kind="stable").index[:top]
    note = f"\n{top} of {len(table)} contrasts, those of the largest effect"
    return grouped(table.loc[order.sort_values()], "estimate"), note if len(table) > top else ""


def _pair_names(table: pd.DataFrame) -> pd.Series[str]:
    """Name the two outlets of every row."""
    names = short_names([*table["outlet_a"], *table["outlet_b"]], 26)
    a, b = (table[name].astype(str).map(names) for name in ("outlet_a", "outlet_b"))
    return a + " vs " + b


def _sizes(table: pd.DataFrame) -> tuple[pd.Series[str], str]:
    """Write on how many events, or articles of each, every row rests, and which of the two."""
    articles = table["articles_a"].astype(str) + ", " + table["articles_b"].astype(str)
    matched = table["events"] > 0
    sizes = table["events"].astype(str).where(matched, articles)
    return sizes, "events" if matched.any() else "articles"
