"""Figures: each takes a table and returns the Axes it drew on; nothing is computed here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.arguments import check_known, check_whole, spelled
from framing.checks import LEVELS, SCORES, check_columns, without_copies
from framing.plots.style import (
    ROW,
    dot_rows,
    label_rows,
    largest,
    new_axes,
    places,
    short_names,
    shortened,
    sign,
)
from framing.schema import RECIPE, SCORE_COLUMNS, TONES, confirmatory, label, listed, per
from framing.stats.checks import check_groups
from framing.stats.measures import chosen_measures
from framing.text.arrays import Floats
from framing.text.numbers import natural

_TINTS = mpl.colors.LinearSegmentedColormap.from_list("tints", ["white", "#9ecae1"])
# In a dark JupyterLab figures are dark as well, with the same hues.
_DARK = """body[data-jp-theme-light="false"] .jp-RenderedSVG img,
body[data-jp-theme-light="false"] .jp-RenderedSVG svg { filter: invert(0.93) hue-rotate(180deg) }"""
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 7.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.2,
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,  # in figures that are not ours nothing is cut off
    "svg.fonttype": "none",
    "svg.hashsalt": "framing",
}


def use_style() -> None:
    """Set matplotlib up for reports: vectors, sizes for A4, the same bytes in every run."""
    mpl.rcParams.update(_STYLE)
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        from matplotlib_inline.config import InlineBackend

        inline = InlineBackend.instance(parent=shell)
        # A date would make every run differ, and "tight" draw what is inside anyway a second time.
        how: dict[str, Any] = {"bbox_inches": None, "metadata": {"Date": None}}
        inline.print_figure_kwargs = how
        # JupyterLab shows no SVG of a notebook that somebody else has run, and PNG in its place.
        opened = getattr(shell, "kernel", None) or getattr(shell, "kept", False)
        inline.figure_formats = {"svg", "png2x"} if opened else {"svg"}
        if shell.has_trait("kernel"):  # in Jupyter, not in a terminal
            from IPython.display import HTML, display

            display(HTML(f"<style>{_DARK}</style>"))  # type: ignore[no-untyped-call]


def plot_levels(
    levels: pd.DataFrame, *, measures: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how much of each measure every outlet has, the highest at the top.

    Parameters
    ----------
    levels : DataFrame
        As returned by ``framing.levels``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are means over articles with their intervals, hollow where there is none; bars are
        pooled over all words; the number of articles is on the right.
    """
    check_columns(levels, ["measure", "articles", "mean", "pooled", "low", "high"], kind=LEVELS)
    if levels.empty:
        raise ValueError("the table of levels has no row: there is nothing to draw")
    table = grouped(of_one_unit(levels, measures), "mean")
    rows = table[["measure", "low", "high"]].assign(
        label=table[table.columns[1]].map(short_names(table[table.columns[1]])),
        aside=table["articles"].astype(str),
        value=table["mean"],
        filled=table["low"].notna(),
    )
    signs = {"mean of articles": sign("o"), "all words pooled": sign("|")}
    ax = dot_rows(ax, rows, aside="articles", hollow="no interval", signs=signs)
    ax.plot(table["pooled"], places(rows["measure"]), "|", color="black", markersize=9, zorder=4)
    ax.set_xlabel(f"{quantity(table)}: mean of articles, 95% interval")
    return ax


def plot_shares(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: str | Sequence[str] | None = None,
    top: int = 30,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of paragraphs that have each cue, by outlet.

    Parameters
    ----------
    scores : DataFrame
        As returned by ``framing.score``; headlines are left out, and copies (``copy_of``)
        and later versions of a page (``version_of``).
    by : str, default "outlet"
        Column that defines the groups to compare.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm``, ``boost`` and every category by default.
    top : int, default 30
        Largest number of outlets. Those with the most paragraphs are drawn, and the figure says so.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        One row per outlet with its number of paragraphs, one column per cue; the number in a cell
        is the share in per cent, and the darker the cell, the larger.
    """
    check_columns(scores, [by, "role"], kind=SCORES)
    check_whole("top", top, least=1)
    chosen = [name for name in chosen_measures(scores, measures, by) if name not in SCORE_COLUMNS]
    if measures is None:  # of points no number means yes
        chosen = [name for name in chosen if not name.startswith(RECIPE)]
    if not chosen:
        raise ValueError(f"no counts of cues among {measures!r}: tone has no share of paragraphs")
    check_groups(scores, by)
    rows = without_copies(scores[scores["role"] != "headline"])
    groups = rows.groupby(rows[by].astype(str))
    sizes, which = groups.size(), "outlets, those with the most paragraphs"
    drawn, note = largest(sizes, top, which, before="\n")
    shares = 100 * groups[chosen].agg(lambda counts: (counts > 0).mean())
    shares = shares.loc[sorted(drawn, key=natural)]
    shares = shares.sort_values(chosen[0], ascending=False, kind="stable")
    names = [shortened(label(name), 24) for name in chosen]
    room = 0.045 * max(map(len, names))  # inches, for names that rise to the right
    ax = new_axes(0.7 + room + ROW * len(shares)) if ax is None else ax
    _cells(ax, shares.to_numpy(float))
    rising: dict[str, Any] = {"rotation": 45, "ha": "left", "rotation_mode": "anchor"}
    ax.set_xticks(range(len(chosen)), names, parse_math=False, **rising)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    short = short_names(shares.index)
    labels = [short[outlet] for outlet in shares.index]
    asides = [f"{n:,}" for n in sizes[shares.index]]
    label_rows(ax, np.arange(len(shares)), labels, asides, aside="paragraphs")
    ax.set_xlabel(f"per cent of paragraphs with at least one hit{note}")
    return ax


def of_one_unit(table: pd.DataFrame, measures: str | Sequence[str] | None) -> pd.DataFrame:
    """Take the rows of the measures that are asked for: those of one unit go into one figure."""
    known = list(table["measure"].unique())
    main = [name for name in confirmatory(known) if name not in TONES] or known[:1]
    wanted = listed(() if measures is None else measures) or main
    check_known(wanted, known)
    if len({name in TONES for name in wanted}) > 1:
        raise ValueError(
            f"{spelled(wanted)}: tone is not per 100 words, so it needs a figure of its own"
        )
    return table[table["measure"].isin(wanted)].reset_index(drop=True)


def grouped(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """Keep the measures' order and sort the rows of each, the highest first."""
    place = table["measure"].map({name: k for k, name in enumerate(table["measure"].unique())})
    return table.iloc[np.lexsort((-table[value], place))].reset_index(drop=True)


def quantity(table: pd.DataFrame) -> str:
    """Name what is on the axis, with its unit."""
    names = list(table["measure"].unique())
    if set(names) <= set(TONES):
        return f"{', '.join(map(label, names))} (VADER, −1 to 1)"
    if len(names) == 1:
        return f"{label(names[0])}{', ' * names[0].startswith(RECIPE)}{per(names[0])}"
    return "per 100 words" if any(n.startswith(RECIPE) for n in names) else "hits per 100 words"


def _cells(ax: Axes, values: Floats) -> None:
    """Draw a table of numbers, the larger the darker."""
    edges = [np.arange(n + 1) - 0.5 for n in values.shape[::-1]]
    ax.pcolormesh(*edges, values, cmap=_TINTS, vmin=0, edgecolors="white", linewidth=0.8)
    inside: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 6.5, "in_layout": False}
    for (row, column), value in np.ndenumerate(values):
        ax.text(column, row, f"{value:.0f}", **inside)
