"""Figures of where in an article something stands: zone by zone, and headlines against texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.plots.levels import grouped, of_one_unit, quantity
from framing.plots.style import dot_rows, new_axes, short_names
from framing.schema import label
from framing.stats.positions import ZONES

# Colours that stay apart for the colour-blind, markers and lines that stay apart in grey.
_LINES = [
    ("#0072b2", "o", "-"), ("#d55e00", "s", "--"), ("#009e73", "^", "-."),
    ("#cc79a7", "D", ":"), ("#4d4d4d", "v", "-"), ("#e69f00", "P", "--"),
]  # fmt: skip
_PLACES = {"lead": "lead", **{k: f"fifth {k}" for k in ZONES[2:]}}


def plot_positions(
    positions: pd.DataFrame, *, measures: str = "hedge", ax: Axes | None = None
) -> Axes:
    """Draw how much of a measure stands in the lead and in each fifth of the rest, by outlet.

    Parameters
    ----------
    positions : DataFrame
        As returned by ``framing.positions``.
    measures : str, default "hedge"
        One measure.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        One line per outlet, with the intervals of its points; of more than six outlets those with
        the most articles, and the figure says so.
    """
    table = of_one_unit(positions, measures)
    by = table.columns[1]
    sizes = table.groupby(by)["articles"].max().sort_values(ascending=False, kind="stable")
    shown = sorted(sizes.index[: len(_LINES)])
    ax = new_axes(2.8) if ax is None else ax
    names, signs = short_names(map(str, shown), 30), {}
    zones = [zone for zone in _PLACES if zone in set(table["zone"])]
    for number, (outlet, look) in enumerate(zip(shown, _LINES, strict=False)):
        rows = table[table[by] == outlet]
        x = rows["zone"].map(zones.index) + 0.07 * (number - (len(shown) - 1) / 2)
        colour, marker, line = look
        drawn: dict[str, Any] = {"color": colour, "marker": marker, "linestyle": line}
        ax.vlines(x, rows["low"], rows["high"], color=colour, linewidth=0.8)
        ax.plot(x, rows["mean"], markersize=4, **drawn)
        signs[names[str(outlet)]] = Line2D([], [], markersize=4, **drawn)
    ax.set_xticks(range(len(zones)), [_PLACES[zone] for zone in zones])
    note = f"\n{len(shown)} of {len(sizes)} outlets, those with the most articles"
    left_out = note if len(shown) < len(sizes) else ""
    ax.set_xlabel(f"place in the article: lead, then the rest of the body in fifths{left_out}")
    ax.set_ylabel(quantity(table))
    if not set(table["measure"]) <= {"tone"}:
        ax.set_ylim(bottom=0)
    _name_lines(ax, signs)
    return ax


def plot_headlines(
    headlines: pd.DataFrame,
    *,
    zone: str = "headline",
    measures: str | Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw by how much more often headlines (or leads) have a cue than their texts would.

    Parameters
    ----------
    headlines : DataFrame
        As returned by ``framing.headlines``.
    zone : {"headline", "lead"}
        Which of the two.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are differences in percentage points with their intervals, hollow under 10
        articles; on the right stand both shares in per cent and the number of articles.
    """
    table = grouped(of_one_unit(headlines[headlines["zone"] == zone], measures), "estimate")
    by = table.columns[2]
    names = short_names(map(str, table[by]))
    share, expected, size = (
        table[name].mul(times).round().astype(int).astype(str)
        for name, times in (("share", 100), ("expected", 100), ("articles", 1))
    )
    rows = pd.DataFrame(
        {
            "measure": table["measure"],
            "label": table[by].astype(str).map(names),
            "aside": share + " : " + expected + "; " + size,
            "value": 100 * table["estimate"],
            "low": 100 * table["low"],
            "high": 100 * table["high"],
            "filled": table["articles"] >= 10,
        }
    )
    ax = dot_rows(ax, rows, aside=f"% {zone} : text; articles", hollow="under 10 articles")
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    one = table["measure"].unique()
    what = f"a cue of {label(one[0])}" if len(one) == 1 else "a cue"
    unit = "windows of their length below, percentage points"
    ax.set_xlabel(f"{zone}s with {what} minus {unit}", parse_math=False)
    return ax


def _name_lines(ax: Axes, signs: dict[str, Line2D]) -> None:
    """Put the names of lines above the Axes; a name is text, whatever is in it."""
    # matplotlib leaves out labels that begin with _, so they are written afterwards
    legend = ax.legend(
        list(signs.values()),
        [str(number) for number in np.arange(len(signs))],
        loc="lower left",
        bbox_to_anchor=(0, 1.04),
        ncols=2,
        frameon=False,
        borderaxespad=0.2,
    )
    for text, name in zip(legend.get_texts(), signs, strict=True):
        text.set(text=name, parse_math=False)
