"""Figures of two outlets: event by event, and choice by choice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.arguments import check_known, spelled
from framing.checks import EVENT_PAIRS, check_columns
from framing.plots.levels import quantity
from framing.plots.style import FAINT, dot_rows, look, new_axes, short_names, shortened, written_p
from framing.schema import TONES, confirmatory
from framing.text.arrays import Bools
from framing.text.numbers import many

_PAIR = ["measure", "outlet_a", "outlet_b"]
_SHOWN = 10  # pairs that an error lists


def plot_slopes(
    event_pairs: pd.DataFrame,
    *,
    measures: str | None = None,
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw two outlets side by side, one line per event.

    Parameters
    ----------
    event_pairs : DataFrame
        As returned by ``framing.event_pairs``.
    measures : str, optional
        One measure; by default ``hedge``, or the first of another dictionary.
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
    check_columns(event_pairs, [*_PAIR, "value_a", "value_b"], kind=EVENT_PAIRS)
    rows, measure = _of_pair(event_pairs, measures, pair)
    ax = new_axes(3.0) if ax is None else ax
    values = rows[["value_a", "value_b"]].to_numpy()
    ax.plot([0, 1], values.T, color=FAINT, linewidth=0.6, alpha=0.7)
    colour, marker = look(measure)
    ax.plot([0, 1], values.mean(axis=0), color=colour, marker=marker, linewidth=2.4, zorder=4)
    if measure not in TONES:
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
    measures: str | None = None,
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one contrast under every combination of choices, the main analysis at the top.

    Parameters
    ----------
    robustness : DataFrame
        As returned by ``framing.robustness``.
    measures, pair, ax
        As for ``plot_slopes``.

    Returns
    -------
    Axes
        Points are differences with their intervals, hollow where nothing was tested; labels say how
        a combination differs from the main analysis; p, not corrected, is on the right.
    """
    needed = [*_PAIR, "choices", "estimate", "low", "high", "p"]
    check_columns(robustness, needed, kind="combinations, as framing.robustness returns them")
    table, measure = _of_pair(robustness, measures, pair)
    tested = table["p"].notna()
    rows = table[["measure", "low", "high"]].assign(
        label=table["choices"],
        aside=table["p"].map(written_p) if tested.any() else "",
        value=table["estimate"],
        filled=tested,
    )
    ax = dot_rows(ax, rows, aside="p" if tested.any() else "", hollow="not tested")
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ax.axvline(table["estimate"].iloc[0], color=look(measure)[0], linewidth=0.6, linestyle=":")
    a, b = (shortened(table[f"outlet_{side}"].iloc[0], 26) for side in "ab")
    ax.set_xlabel(f"{quantity(table)}, 95% interval\n{a} minus {b}", parse_math=False)
    return ax


def _of_pair(
    table: pd.DataFrame, measures: str | None, pair: tuple[str, str] | None
) -> tuple[pd.DataFrame, str]:
    """Take the rows of one measure and two outlets, and name the measure."""
    known = list(table["measure"].unique())
    measure = measures or (confirmatory(known) or known)[0]
    check_known([measure], known)
    table = table[table["measure"] == measure]
    pairs = list(table[["outlet_a", "outlet_b"]].drop_duplicates().itertuples(index=False))
    chosen = next((x for x in pairs if set(x) == set(pair or pairs[0])), None)
    if chosen is None or (pair is None and len(pairs) > 1):
        names = "; ".join(spelled(pair) for pair in pairs[:_SHOWN])
        more = f"; and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
        raise ValueError(f"pair must name two of these outlets, got {pair!r}: {names}{more}")
    kept = (table["outlet_a"] == chosen[0]) & (table["outlet_b"] == chosen[1])
    return table[kept].reset_index(drop=True), measure


def _rug(ax: Axes, zeros: Bools) -> None:
    """Draw one tick per event below the axis for every outlet that has none there."""
    for side in (0, 1):
        n = int(zeros[:, side].sum())
        x = side + 0.012 * (np.arange(n) - (n - 1) / 2)
        where = ax.get_xaxis_transform()
        ax.plot(
            x, np.full(n, -0.02), "|", color="black", markersize=4, transform=where, clip_on=False
        )
