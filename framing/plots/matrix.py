"""Every two outlets in a matrix: who has more, by how much, and whether it was tested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.checks import CONTRASTS, check_columns
from framing.plots.side_by_side import panel_grid
from framing.plots.style import panels, short_names
from framing.text.numbers import natural

_LEVEL = 0.05
_CELL = 0.142  # inches
_LARGEST = 1.0  # effects beyond have the darkest shade
_SHADES = mpl.colormaps["Greys"]


def plot_matrix(
    contrasts: pd.DataFrame, *, measures: str | Sequence[str] | None = None
) -> list[Axes]:
    """Draw all pairs of outlets, one panel per measure.

    Parameters
    ----------
    contrasts : DataFrame
        As returned by ``framing.compare`` for all pairs.
    measures : str or sequence of str, optional
        Tone, hedging, alarm and boosters by default, as far as they are there; of a dictionary of
        one's own, tone and its first four.

    Returns
    -------
    list of Axes
        One per measure, two in a row. A cell is a pair: it points up if the outlet of the row has
        more than that of the column, down if it has less; the darker, the larger the effect (in
        standard deviations, black from 1); framed if the difference is below .05 after correction,
        if the table has ``p_adjusted``; a small dot where nothing was tested. Each pair is drawn
        once.
    """
    needed = ["measure", "outlet_a", "outlet_b", "estimate", "effect", "p"]
    check_columns(contrasts, needed, kind=CONTRASTS)
    chosen = panels(list(contrasts["measure"].unique()), measures)
    outlets = sorted({*contrasts["outlet_a"], *contrasts["outlet_b"]}, key=natural)
    columns = min(2, len(chosen))
    drawn = panel_grid(chosen, columns, 0.55 + _CELL * len(outlets), sharey=True)
    names = short_names(map(str, outlets), 30)
    for ax, measure in zip(drawn, chosen, strict=True):
        _panel(ax, contrasts[contrasts["measure"] == measure], outlets)
        ax.set_xticks(range(len(outlets)), [str(k + 1) for k in range(len(outlets))])
    for ax in drawn[::columns]:
        numbered = [f"{names[str(o)]} ({k + 1})" for k, o in enumerate(outlets)]
        ax.set_yticks(range(len(outlets)), numbered, parse_math=False)
    _explain(drawn[0], corrected="p_adjusted" in contrasts)
    return drawn


def _panel(ax: Axes, table: pd.DataFrame, outlets: list[str]) -> None:
    place = {outlet: k for k, outlet in enumerate(outlets)}
    a, b = table["outlet_a"].map(place), table["outlet_b"].map(place)
    x, y = np.minimum(a, b), np.maximum(a, b)  # below the diagonal
    tested = table["p"].notna()
    sure = table["p_adjusted"] < _LEVEL if "p_adjusted" in table else ~tested & tested
    size = table["effect"].abs().clip(upper=_LARGEST).fillna(0)
    more = (table["estimate"] < 0) == (b > a)  # of the row
    colours = _SHADES(0.12 + 0.88 * size / _LARGEST)
    edges = np.where(sure, "black", "none")
    for marker, chosen in (("^", tested & more), ("v", tested & ~more)):
        ax.scatter(
            x[chosen], y[chosen], s=58, marker=marker, c=colours[chosen],
            edgecolors=list(edges[chosen]), linewidths=1.0,
        )  # fmt: skip
    ax.scatter(x[sure], y[sure], s=105, marker="s", c="none", edgecolors="black", linewidths=0.9)
    ax.scatter(x[~tested], y[~tested], s=3, marker=".", c="0.6")
    ax.set_xlim(-0.6, len(outlets) - 0.4)
    ax.set_ylim(len(outlets) - 0.4, -0.6)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.grid(color="0.94", linewidth=0.5)
    ax.set_axisbelow(True)


def _explain(ax: Axes, *, corrected: bool) -> None:
    """Put a legend above the panels."""
    grey: dict[str, Any] = {"linestyle": "", "color": "0.45"}
    signs = {
        "row has more": Line2D([], [], marker="^", **grey),
        "row has less": Line2D([], [], marker="v", **grey),
        "adjusted p < .05": Line2D([], [], linestyle="", marker="s", mfc="none", color="black"),
        "not tested": Line2D([], [], linestyle="", marker=".", markersize=3, color="0.6"),
    }
    if not corrected:
        del signs["adjusted p < .05"]
    ax.figure.legend(
        list(signs.values()), list(signs), loc="outside upper left", ncols=4, frameon=False
    )
