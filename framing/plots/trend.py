"""The figure of levels over time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.checks import check_columns
from framing.plots.levels import of_one_unit, quantity
from framing.plots.style import FAINT, date_axis, explain, look, new_axes, sign
from framing.schema import TONES, label
from framing.stats.periods import planned_days

_STRIP = 0.16  # share of the height that the numbers of articles take
MOST_HOLLOW = 80  # periods; of more, those outside the model would cover those inside
_BEYOND = 2  # times the highest level
_FINE = 60  # periods; of more, marks are smaller
_KIND = "levels over time, as framing.trend returns them"


def plot_trend(
    trend: pd.DataFrame,
    *,
    measures: str | Sequence[str] | None = None,
    breaks: str | Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the levels of weeks or months, and below them how many articles they rest on.

    Parameters
    ----------
    trend : DataFrame
        As returned by ``framing.trend``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.
    breaks : str or sequence of str, default ()
        Days that are marked by a dashed line.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        One line per measure, broken where a period has no article; points, in the middle of
        periods, are levels with outlets held constant, with their 95 % intervals, hollow where a
        period is not in the model, and not drawn there if there are more than 80 periods. The axis
        of cues ends at twice the highest level; an interval that ends there runs on. Bars at the
        bottom are articles.

    Raises
    ------
    ValueError
        If a column is missing, a measure unknown, or tone asked for together with cues.
    """
    check_columns(trend, ["measure", "period", "level", "low", "high", "fitted"], kind=_KIND)
    table = of_one_unit(trend, measures)
    names = list(table["measure"].unique())
    ax = new_axes(2.8) if ax is None else ax
    step = table["period"].drop_duplicates().sort_values().diff().min()
    step = pd.Timedelta(days=7) if pd.isna(step) else step
    signs = {}
    size = 16 * min(1.0, _FINE / table["period"].nunique())
    hollow = table["period"].nunique() <= MOST_HOLLOW
    for number, name in enumerate(names):
        rows = table[(table["measure"] == name) & (table["fitted"] | hollow)].sort_values("period")
        beside = (0.5 + 0.12 * (number - (len(names) - 1) / 2)) * step
        signs[label(name)] = _draw_line(ax, rows, name, beside, step, size)
    if hollow and not table["fitted"].all():
        signs["not in the model"] = sign("o", filled=False)
    for day in planned_days(breaks):
        ax.axvline(day, color="black", linewidth=0.6, linestyle="--", zorder=1)
    low = None if set(names) & set(TONES) else 0.0
    if low is not None and table["high"].max() > end_of_axis(table):
        ax.set_ylim(top=end_of_axis(table))
    _draw_strip(ax, table.drop_duplicates("period"), step, low)
    # Years stand beside the axis, whose ticks may be days of several months.
    date_axis(ax, offset_formats=["", *["%Y"] * 5], minticks=3)
    ax.set_ylabel(quantity(table))
    explain(ax, signs)
    return ax


def end_of_axis(rows: pd.DataFrame) -> float:
    """Return where the axis of cues ends at most: longer intervals would flatten all others."""
    return _BEYOND * float(rows["level"].max())


def _draw_line(
    ax: Axes, rows: pd.DataFrame, name: str, beside: pd.Timedelta, step: pd.Timedelta, size: float
) -> Line2D:
    """Draw the course of one measure, and return the sign of its legend."""
    colour, marker = look(name)
    x = rows["period"] + beside
    known = rows["fitted"] & rows["level"].notna()
    runs = (rows["period"][known].diff() > 1.5 * step).cumsum()
    for _, part in rows[known].groupby(runs):
        ax.plot(part["period"] + beside, part["level"], color=colour)
    ax.vlines(x, rows["low"], rows["high"], color=colour, linewidth=0.8)
    faces = [colour if fitted else "white" for fitted in rows["fitted"]]
    ax.scatter(x, rows["level"], s=size, marker=marker, c=faces, edgecolors=colour, zorder=3)
    return Line2D([], [], color=colour, marker=marker, markersize=4)


def _draw_strip(ax: Axes, rows: pd.DataFrame, step: pd.Timedelta, low: float | None) -> None:
    """Make room at the bottom for bars of the numbers of articles."""
    bottom, top = ax.get_ylim()
    bottom = bottom if low is None else low
    floor = bottom - _STRIP / (1 - _STRIP) * (top - bottom)
    unit = 0.8 * (bottom - floor) / rows["articles"].max()
    middle, height = rows["period"] + 0.5 * step, unit * rows["articles"]
    ax.bar(middle, height, 0.8 * step, floor, color=FAINT, linewidth=0)
    ax.axhline(bottom, color="0.8", linewidth=0.6, zorder=0.5)
    ax.set_ylim(floor, top)
    ax.set_yticks([tick for tick in ax.get_yticks() if bottom <= tick <= top])
    ax.set_xlabel(f"bars: articles, at most {rows['articles'].max():,}")
