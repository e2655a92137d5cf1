"""Figures of where in an article something stands: zone by zone, and headlines against texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.checks import check_columns
from framing.plots.levels import of_one_unit
from framing.plots.side_by_side import faint_rows, side_by_side, unit, write_around
from framing.plots.style import FAINT, intervals, largest, look
from framing.stats.headlines import of_zone
from framing.stats.positions import ZONES

_MOST = 30  # outlets that a figure can hold
_ROW = 0.25  # inches: room for a course
_HIGH = 0.75  # of a row: the highest level
FEW = 10  # articles

_POSITIONS = "positions, as framing.positions(scores) returns them"
_HEADLINES = "headlines, as framing.headlines(gaps) returns them"


def plot_positions(
    positions: pd.DataFrame, *, measures: str | Sequence[str] | None = None
) -> list[Axes]:
    """Draw how much stands in the lead and in each fifth of the rest, a row for every outlet.

    Parameters
    ----------
    positions : DataFrame
        As returned by ``framing.positions``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.

    Returns
    -------
    list of Axes
        One per measure. In each row, the line is the mean of articles in the lead and the fifths,
        the band its 95% interval, and the dashed line the mean of all outlets. Below a panel stands
        what the height of a row is. The outlet with the highest lead of the first measure stands
        at the top. Of more than 30 outlets, those with the most articles are drawn, and the figure
        says so.
    """
    check_columns(positions, ["measure", "zone", "articles", "mean"], kind=_POSITIONS)
    table = of_one_unit(positions, measures)
    by, chosen = table.columns[1], list(table["measure"].unique())
    zones = [zone for zone in ZONES if zone in set(table["zone"])]
    levels = table.set_index(["measure", by, "zone"])[["mean", "low", "high"]].unstack("zone")  # noqa: PD010
    leads = levels.loc[chosen[0], ("mean", zones[0])]
    sizes = table.groupby(by)["articles"].max()
    order, note = _most(leads.sort_values(ascending=False, kind="stable").index, sizes)
    axes = side_by_side(chosen, order, row=_ROW)
    for ax, measure in zip(axes, chosen, strict=True):
        _draw_courses(ax, levels.loc[measure], order, zones, measure)
    where = "lead, then the rest of the body in fifths"
    write_around(axes, sizes[order], "; ".join(filter(None, [where, note])))
    return axes


def plot_headlines(
    headlines: pd.DataFrame, *, zone: str = "headline", measures: str | Sequence[str] | None = None
) -> list[Axes]:
    """Draw by how much more often headlines (or leads) have a cue than their texts would.

    Parameters
    ----------
    headlines : DataFrame
        As returned by ``framing.headlines``.
    zone : {"headline", "lead"}
        Which of the two.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.

    Returns
    -------
    list of Axes
        One per measure. Points are differences in percentage points with their intervals, hollow
        under 10 articles; on the right is the number of articles. The outlet with the largest
        difference in the first measure stands at the top. Of more than 30 outlets, those with the
        most articles are drawn, and the figure says so.
    """
    needed = ["measure", "zone", "articles", "estimate", "low", "high"]
    check_columns(headlines, needed, kind=_HEADLINES)
    table = of_one_unit(of_zone(headlines, zone), measures)
    by, chosen = table.columns[2], list(table["measure"].unique())
    tables = {m: rows.set_index(by) for m, rows in table.groupby("measure")}
    sizes = table.groupby(by)["articles"].max()
    ranked = tables[chosen[0]]["estimate"].sort_values(ascending=False, kind="stable").index
    order, note = _most(ranked, sizes)
    axes = side_by_side(chosen, order, sharex=True)
    for ax, measure in zip(axes, chosen, strict=True):
        _draw_gaps(ax, tables[measure].loc[order], measure)
    write_around(axes, sizes[order], note)
    return axes


def _most(ranked: pd.Index, sizes: pd.Series[int]) -> tuple[list[str], str]:
    """Return the outlets that are drawn, in their order, and a note on the others."""
    kept, note = largest(sizes, _MOST, "outlets: those with the most articles")
    return [name for name in ranked if name in kept], note


def _draw_courses(
    ax: Axes, levels: pd.DataFrame, order: list[str], zones: list[str], measure: str
) -> None:
    """Draw the course of every outlet from zone to zone, each in its row."""
    means = levels["mean"][zones]
    shown = means.loc[order]
    low, high = min(0.0, shown.min(axis=None)), shown.max(axis=None)
    size = _HIGH / (high - low if high > low else 1.0)
    x, (colour, marker) = np.arange(len(zones)), look(measure)
    for row, name in enumerate(order):
        floor = row + _HIGH / 2 + size * low  # where 0 is; y points down
        ax.axhline(floor, color="0.85", linewidth=0.6, zorder=0.5)
        ax.plot(x, floor - size * means.mean(), color=FAINT, linewidth=0.7, linestyle="--")
        ends = (
            floor - size * levels.loc[name, end][zones].astype(float) for end in ("low", "high")
        )
        ax.fill_between(x, *ends, color=colour, alpha=0.2, linewidth=0)
        ax.plot(x, floor - size * shown.loc[name], color=colour, marker=marker, markersize=2.5)
    ax.set_xticks(x, ["lead", *zones[1:]] if zones[0] == "lead" else zones)
    span = f"{low:.2g} to {high:.2g}".replace("-", "−")
    ax.set_xlabel(f"{span} {unit(measure)}", fontsize=7)
    ax.set_ylim(top=-1)  # the first interval may rise above its row


def _draw_gaps(ax: Axes, rows: pd.DataFrame, measure: str) -> None:
    """Draw the differences of one measure with their intervals."""
    faint_rows(ax, len(rows))
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ends = (100 * rows[name] for name in ("low", "estimate", "high"))
    intervals(ax, measure, np.arange(len(rows)), *ends, filled=rows["articles"] >= FEW)
    ax.set_xlabel("percentage points")
