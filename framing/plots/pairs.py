"""Figures of two outlets: event by event, and choice by choice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from framing.plots.levels import quantity
from framing.plots.style import FAINT, dot_rows, look, new_axes, short_names, shortened, written_p
from framing.schema import TONES
from framing.text.numbers import many


def plot_slopes(
    event_pairs: pd.DataFrame,
    *,
    measures: str = "hedge",
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw two outlets side by side, one line per event.

    Parameters
    ----------
    event_pairs : DataFrame
        As returned by ``framing.event_pairs``.
    measures : str, default "hedge"
        One measure.
    pair : tuple of str, optional
        The two outlets; needed if the table has more.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        A thin line per event, the thick one their mean; events without any such cue are ticks below
        the axis of their outlet.
    """
    rows = _of_pair(event_pairs[event_pairs["measure"] == measures], pair)
    ax = new_axes(3.0) if ax is None else ax
    values = rows[["value_a", "value_b"]].to_numpy()
    ax.plot([0, 1], values.T, color=FAINT, linewidth=0.6, alpha=0.7)
    colour, marker = look(measures)
    ax.plot([0, 1], values.mean(axis=0), color=colour, marker=marker, linewidth=2.4, zorder=4)
    if measures not in TONES:
        ax.set_ylim(bottom=0)
        _rug(ax, values == 0)
    names = short_names([rows["outlet_a"].iloc[0], rows["outlet_b"].iloc[0]], 36)
    both = [names[rows[f"outlet_{side}"].iloc[0]] for side in "ab"]
    ax.set_xticks([0, 1], both, parse_math=False)
    ax.tick_params(axis="x", length=0, pad=9)
    ax.set_xlim(-0.35, 1.35)
    ax.set_ylabel(quantity(rows))
    ax.set_title(many(len(rows), "event"), loc="right", fontsize=8)
    return ax


def plot_robustness(
    robustness: pd.DataFrame,
    *,
    measures: str = "hedge",
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one contrast under every combination of choices, the main analysis at the top.

    Parameters
    ----------
    robustness : DataFrame
        As returned by ``framing.robustness``.
    measures : str, default "hedge"
        One measure.
    pair : tuple of str, optional
        The two outlets; needed if the table has more.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are differences with their intervals, hollow where nothing was tested; labels say how
        a combination differs from the main analysis; p, not corrected, is on the right.
    """
    table = _of_pair(robustness[robustness["measure"] == measures], pair)
    rows = table[["measure", "low", "high"]].assign(
        label=table["choices"],
        aside=table["p"].map(written_p) if table["p"].notna().any() else "",
        value=table["estimate"],
        filled=table["p"].notna(),
    )
    tested = "p" if table["p"].notna().any() else ""
    ax = dot_rows(ax, rows, aside=tested, hollow="not tested")
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ax.axvline(table["estimate"].iloc[0], color=look(measures)[0], linewidth=0.6, linestyle=":")
    a, b = (shortened(table[f"outlet_{side}"].iloc[0], 26) for side in "ab")
    ax.set_xlabel(f"{quantity(table)}, 95% interval\n{a} minus {b}", parse_math=False)
    return ax


def _of_pair(table: pd.DataFrame, pair: tuple[str, str] | None) -> pd.DataFrame:
    """Take the rows of two outlets."""
    pairs = list(table[["outlet_a", "outlet_b"]].drop_duplicates().itertuples(index=False))
    if pair is None and len(pairs) == 1:
        return table.reset_index(drop=True)
    chosen = next((x for x in pairs if pair and set(x) == set(pair)), None)
    if chosen is None:
        known = "; ".join(f"{a}, {b}" for a, b in pairs) or "none, for this measure"
        raise ValueError(f"pair must be one of {known}, got {pair!r}")
    kept = (table["outlet_a"] == chosen[0]) & (table["outlet_b"] == chosen[1])
    return table[kept].reset_index(drop=True)


def _rug(ax: Axes, zeros: NDArray[np.bool_]) -> None:
    """Draw one tick per event below the axis for every outlet that has none there."""
    for side in (0, 1):
        n = int(zeros[:, side].sum())
        x = side + 0.012 * (np.arange(n) - (n - 1) / 2)
        where = ax.get_xaxis_transform()
        ax.plot(
            x, np.full(n, -0.02), "|", color="black", markersize=4, transform=where, clip_on=False
        )
