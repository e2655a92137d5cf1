"""Figures of validity: how right a lexicon is, by outlet."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from framing.checks import check_columns
from framing.plots.style import dot_rows, short_names

FEW = 20  # passages under which a share says little


def plot_validity(
    table: pd.DataFrame,
    *,
    statistic: Literal["precision", "recall", "f1"] = "precision",
    group: str = "outlet",
    ax: Axes | None = None,
) -> Axes:
    """Draw precision, recall or F1 of every measure, over all and by outlet.

    Parameters
    ----------
    table : DataFrame
        ``table`` of `framing.validity`.
    statistic : {"precision", "recall", "f1"}
        What to draw.
    group : str, default "outlet"
        The rows to draw beside those over all: a value of the column ``group``.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points with 95% intervals, from 0 to 1; hollow where fewer than 20 passages are coded. Rows
        without points where nothing is coded yet. The number of coded passages is on the right (for
        precision, of those with a hit).
    """
    needed = ["measure", "group", "value", "passages", "hits", statistic]
    check_columns(table, needed, kind="the table of framing.validity")
    rows = table[table["group"].isin(["all", group])]
    if table["passages"].any():
        rows = rows[rows[statistic].notna()]
    if rows.empty:
        raise ValueError(f"no {statistic} to draw: nothing was coded for group {group!r}")
    rows = rows.reset_index(drop=True)
    counted = rows["hits"] if statistic == "precision" else rows["passages"]
    names = short_names(rows["value"], 30) | {"all": "all"}
    points = pd.DataFrame(
        {
            "measure": rows["measure"],
            "label": rows["value"].map(names),
            "value": rows[statistic],
            "low": rows[f"{statistic}_low"],
            "high": rows[f"{statistic}_high"],
            "aside": counted.map("{:,}".format),
            "filled": counted >= FEW,
        }
    )
    coded = "sentences with a hit" if statistic == "precision" else "sentences coded"
    ax = dot_rows(ax, points, aside=coded, hollow=f"fewer than {FEW} sentences")
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel(f"{statistic.capitalize() if statistic != 'f1' else 'F1'}, 95% interval")
    return ax
