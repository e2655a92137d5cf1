"""The figure of the first page: all measures side by side, the outlets in one order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framing.checks import CONTRASTS, LEVELS, check_columns, check_outlets
from framing.plots.side_by_side import faint_rows, panel_grid, side_by_side, unit, write_around
from framing.plots.style import FAINT, date_axis, intervals, look, panels
from framing.schema import TONES, label
from framing.stats.corrected import differs
from framing.stats.findings import named

_MOST = 30  # outlets that a figure can hold
_DRAWN = 20
_NARROW = 0.25  # of the highest level
_ALIKE = 0.1  # of tone, from -1 to 1
_WIDE = 0.5  # of the axis
WINDOW = 11  # articles


def plot_summary(
    levels: pd.DataFrame,
    contrasts: pd.DataFrame | None = None,
    *,
    measures: str | Sequence[str] | None = None,
) -> list[Axes]:
    """Draw the levels of several measures side by side, the outlets in one order.

    Parameters
    ----------
    levels : DataFrame
        As returned by ``framing.levels``.
    contrasts : DataFrame, optional
        As returned by ``framing.compare``: outlets with a difference below .05 after correction
        (and still so once people's codes correct it) are filled, and the others hollow; if there is
        none, all are filled.
    measures : str or sequence of str, optional
        Tone, hedging, alarm and boosters by default, as far as they are in ``levels``; of a
        dictionary of one's own, tone and its first four.

    Returns
    -------
    list of Axes
        One per measure. Points are means over articles with their 95% intervals; the dashed line is
        the mean of all outlets, drawn or not, each counting the same. The outlet with the highest
        level of the first measure that is not tone stands at the top; ties are in the order of the
        table. Of more than 30 outlets, those that ``findings`` names are drawn, and of the others
        the highest and the lowest, 20 in all. The figure says so.
    """
    check_columns(levels, ["measure", "mean", "low", "high"], kind=LEVELS)
    chosen = panels(list(levels["measure"].unique()), measures)
    by = levels.columns[1]
    if contrasts is not None:
        check_columns(contrasts, ["measure", "outlet_a", "outlet_b", "p_adjusted"], kind=CONTRASTS)
        if not contrasts[["outlet_a", "outlet_b"]].isin([*levels[by]]).any(axis=None):
            check_outlets(contrasts, levels[by], "levels")
    tables = {m: levels[levels["measure"] == m].set_index(by) for m in chosen}
    order, note = _ordered(levels, contrasts, chosen)
    axes = side_by_side(chosen, order)
    different = {measure: _different(contrasts, measure) for measure in chosen}
    for ax, measure in zip(axes, chosen, strict=True):
        full = different[measure] if any(different.values()) else {*order}
        _panel(ax, tables[measure], order, measure, full)
    write_around(axes, tables[chosen[-1]].loc[order, "articles"], note)
    return axes


def plot_articles(
    article_levels: pd.DataFrame, *, measures: str | Sequence[str] | None = None
) -> list[Axes]:
    """Draw the articles of one outlet in the order of their dates, one panel per measure.

    Parameters
    ----------
    article_levels : DataFrame
        As returned by ``framing.article_levels``.
    measures : str or sequence of str, optional
        As for ``plot_summary``.

    Returns
    -------
    list of Axes
        One per measure, two in a row. A dot is an article, the dashed line the mean of all; the
        line is the median of the eleven articles around each, if there are 22 or more. Articles
        stand by their date, or one beside the other if a date is unknown: those without one come
        last, behind a dotted line, and are not in the median.
    """
    kind = "the levels of articles, as framing.article_levels returns them"
    check_columns(article_levels, ["measure", "date", "value"], kind=kind)
    chosen = panels(list(article_levels["measure"].unique()), measures)
    drawn = panel_grid(chosen, 2, 1.45)
    known = article_levels["date"].notna()
    dated, some = known.all(), known.any()
    for ax, measure in zip(drawn, chosen, strict=True):
        table = article_levels[article_levels["measure"] == measure].reset_index(drop=True)
        colour, marker = look(measure)
        if some:  # those without a date stand apart, behind those of which the order is known
            table = table.sort_values("date", kind="stable", ignore_index=True)
        course = table[table["date"].notna()] if some else table
        x = table["date"] if dated else table.index
        ax.scatter(x, table["value"], s=9, marker=marker, facecolors="none", edgecolors=colour)
        ax.axhline(table["value"].mean(), color=FAINT, linewidth=0.7, linestyle="--", zorder=1)
        if len(course) >= 2 * WINDOW:
            median = course["value"].rolling(WINDOW, center=True).median()
            ax.plot(x[: len(course)], median, color=colour)
        if len(course) < len(table):
            ax.axvline(len(course) - 0.5, color=FAINT, linewidth=0.7, linestyle=":", zorder=1)
        ax.set_ylabel(unit(measure))
        if dated:
            date_axis(ax, minticks=2, maxticks=4)
    undated = article_levels.loc[~known, "measure"].eq(chosen[0]).sum()
    order = f", the oldest first; behind the dotted line {undated} without a date" if some else ""
    drawn[0].figure.supxlabel("date" if dated else f"articles{order}", fontsize=7.5)
    return drawn


def sorted_by(measures: Sequence[str]) -> str:
    """Return the measure by whose level outlets are sorted: the first that is not tone."""
    return next((name for name in measures if name not in TONES), measures[0])


def _ordered(
    levels: pd.DataFrame, contrasts: pd.DataFrame | None, chosen: list[str]
) -> tuple[list[str], str]:
    """Return the outlets that are drawn, the first at the top, and a note on the others."""
    first = sorted_by(chosen)
    ranked = levels[levels["measure"] == first].set_index(levels.columns[1])
    ranked = ranked.sort_values("mean", ascending=False, kind="stable")
    order = list(ranked.index)
    if len(order) <= _MOST:
        return order, ""
    known = list(ranked.index[ranked["low"].notna()]) or order
    ends = [name for both in zip(known, reversed(known), strict=True) for name in both]
    said = named(contrasts, levels, chosen)
    kept = list(dict.fromkeys([*(name for name in order if name in said), *ends]))
    kept = kept[: max(_DRAWN, len(said))]
    which = f"those that the findings name, and the highest and lowest in {label(first)}"
    note = f"{len(kept)} of {len(order)} outlets: {which} with an interval"
    return [name for name in order if name in kept], note


def _different(contrasts: pd.DataFrame | None, measure: str) -> set[str]:
    """Return the outlets with a difference that is below .05 after correction, by codes as well."""
    if contrasts is None:
        return set()
    rows = contrasts[(contrasts["measure"] == measure) & differs(contrasts)]
    return {*rows["outlet_a"], *rows["outlet_b"]}


def _panel(ax: Axes, table: pd.DataFrame, order: list[str], measure: str, full: set[str]) -> None:
    """Draw one measure: the interval and the mean of every outlet, hollow unless among `full`."""
    ends = table.loc[order, ["low", "mean", "high"]].to_numpy(float)
    faint_rows(ax, len(order))
    ax.axvline(table["mean"].mean(), color=FAINT, linewidth=0.7, linestyle="--", zorder=1)
    intervals(ax, measure, range(len(order)), *ends.T, filled=[name in full for name in order])
    ax.set_xlabel(unit(measure))
    low, high = np.nanmin(ends), np.nanmax(ends)
    # Levels that are almost alike are not to look far apart.
    if measure not in TONES and high - low <= _NARROW * high:
        ax.set_xlim(0, 1.25 * high or 1)
    elif measure in TONES and high - low < _ALIKE:
        ax.set_xlim((low + high - _ALIKE) / 2, (low + high + _ALIKE) / 2)
    wide = high - low >= _WIDE  # else labels have two digits more, and room for fewer
    ax.xaxis.set_major_locator(MaxNLocator(nbins=3 if wide else 2, steps=[1, 2, 4, 5, 10]))
