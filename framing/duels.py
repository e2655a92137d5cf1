"""Figures of two outlets: event by event, and choice by choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from numpy.typing import NDArray

from framing.drawing import (
    dot_rows,
    explain,
    look,
    new_axes,
    places,
    plain,
    short_names,
    sign,
    written_p,
)
from framing.figures import grouped, of_one_unit, quantity
from framing.units import TONES

_FAINT = "0.6"


def plot_ratios(
    contrasts: pd.DataFrame,
    event_pairs: pd.DataFrame | None = None,
    *,
    measures: str | Sequence[str] | None = None,
    validated: Collection[str] = (),
    top: int = 45,
    ax: Axes | None = None,
) -> Axes:
    """Draw the ratios between outlets with their intervals, and the ratio on every event.

    Parameters
    ----------
    contrasts : DataFrame
        As ``framing.compare`` returns it.
    event_pairs : DataFrame, optional
        As ``framing.event_pairs`` returns it.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default; tone has no ratio.
    validated : collection of str
        Measures that somebody has checked by hand on this corpus; the others are hollow.
    top : int, default 45
        If there are more contrasts, those of the largest effect are drawn, and the figure says so.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are ratios, the first outlet over the second, on a logarithmic axis with a line at
        1; faint dots are events, arrows at the edge those where one of the two has none. On the
        right stand the numbers of events (or of articles) and of words.
    """
    table = of_one_unit(contrasts, measures)
    if table["measure"].isin(TONES).any():
        raise ValueError("tone has no ratio: draw it with framing.plot_contrasts")
    asked = len(table)
    largest = table["effect"].abs().sort_values(ascending=False, kind="stable").index[:top]
    table = grouped(table.loc[largest.sort_values()], "ratio")
    names = short_names([*table["outlet_a"], *table["outlet_b"]], 26)
    drawable = table["ratio"].between(0, np.inf, inclusive="neither")
    rows = pd.DataFrame(
        {
            "measure": table["measure"],
            "label": table["outlet_a"].map(names) + " vs " + table["outlet_b"].map(names),
            "aside": [_size(row) for _, row in table.iterrows()],
            "value": table["ratio"].where(drawable),
            "low": table["ratio_low"].where(drawable),
            "high": table["ratio_high"].where(drawable),
            "filled": table["measure"].isin(set(validated)),
        }
    )
    matched = bool(table["events"].any())
    ax = dot_rows(ax, rows, aside=f"{'events' if matched else 'articles'}; words")
    ax.axvline(1, color="black", linewidth=0.6, zorder=1)
    if event_pairs is not None:
        _event_dots(ax, table, event_pairs, places(rows["measure"]))
    _logarithmic(ax)
    left = f"\n{len(table)} of {asked} contrasts, those of the largest effect"
    told = f"{quantity(table)}: first outlet over second, 95 % interval"
    ax.set_xlabel(told + (left if len(table) < asked else ""))
    hollow = {} if rows["filled"].all() else {"not validated here": sign("o", filled=False)}
    dots = {} if event_pairs is None else {"an event": sign(".", colour=_FAINT)}
    explain(ax, hollow | dots)
    return ax


def plot_slopes(
    event_pairs: pd.DataFrame,
    *,
    measure: str = "hedge",
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw two outlets side by side, a line an event.

    Parameters
    ----------
    event_pairs : DataFrame
        As ``framing.event_pairs`` returns it.
    measure : str, default "hedge"
    pair : tuple of str, optional
        The two outlets; needed if the table has more.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        A thin line an event, the thick one their mean; events without any such cue are ticks
        below the axis of their outlet.
    """
    rows = _of_pair(event_pairs[event_pairs["measure"] == measure], pair)
    ax = new_axes(3.0) if ax is None else ax
    values = rows[["value_a", "value_b"]].to_numpy()
    ax.plot([0, 1], values.T, color=_FAINT, linewidth=0.6, alpha=0.7)
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
    ax.set_title(f"{len(rows)} events", loc="right", fontsize=8)
    return ax


def plot_robustness(
    robustness: pd.DataFrame,
    *,
    measure: str = "hedge",
    pair: tuple[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one contrast under every combination of choices, the main analysis at the top.

    Parameters
    ----------
    robustness : DataFrame
        As ``framing.robustness`` returns it.
    measure : str, default "hedge"
    pair : tuple of str, optional
        The two outlets; needed if the table has more.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are differences with their intervals, hollow where nothing was tested; labels say
        how a combination differs from the main analysis; on the right stands p, not corrected.
    """
    table = _of_pair(robustness[robustness["measure"] == measure], pair)
    rows = table[["measure", "low", "high"]].assign(
        label=table["choices"],
        aside=table["p"].map(written_p),
        value=table["estimate"],
        filled=table["p"].notna(),
    )
    ax = dot_rows(ax, rows, aside="p")
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ax.axvline(table["estimate"].iloc[0], color=look(measure)[0], linewidth=0.6, linestyle=":")
    a, b = (plain(table[f"outlet_{side}"].iloc[0], 26) for side in "ab")
    ax.set_xlabel(f"{quantity(table)}, 95 % interval\n{a} minus {b}", parse_math=False)
    explain(ax, {} if rows["filled"].all() else {"not tested": sign("o", filled=False)})
    return ax


def _of_pair(table: pd.DataFrame, pair: tuple[str, str] | None) -> pd.DataFrame:
    """Take the rows of two outlets."""
    there = list(table[["outlet_a", "outlet_b"]].drop_duplicates().itertuples(index=False))
    if pair is None and len(there) == 1:
        return table.reset_index(drop=True)
    chosen = tuple(sorted(pair)) if pair else ()
    if chosen not in there:
        known = "; ".join(f"{a}, {b}" for a, b in there) or "none, for this measure"
        raise ValueError(f"pair must name two outlets, and {pair!r} came; there are: {known}")
    kept = (table["outlet_a"] == chosen[0]) & (table["outlet_b"] == chosen[1])
    return table[kept].reset_index(drop=True)


def _size(contrast: pd.Series[float]) -> str:
    """Write on how many events or articles, and words, a contrast rests."""
    row = contrast
    size = f"{row['events']}" if row["events"] else f"{row['articles_a']}, {row['articles_b']}"
    return f"{size}; {row['words_a']:,}, {row['words_b']:,}"


def _event_dots(
    ax: Axes, table: pd.DataFrame, event_pairs: pd.DataFrame, at: NDArray[np.float64]
) -> None:
    """Draw the ratio on every event: a faint dot, or an arrow at the edge for 0 and infinity."""
    keys = ["measure", "outlet_a", "outlet_b"]
    dots = event_pairs.merge(table[keys].assign(y=at), on=keys).dropna(subset="ratio")
    inside = dots[dots["ratio"].between(0, np.inf, inclusive="neither")]
    faint: dict[str, Any] = {"color": _FAINT, "alpha": 0.6, "linewidths": 0, "zorder": 2}
    ax.scatter(inside["ratio"], inside["y"], s=7, **faint)
    for edge, marker, beyond in ((0, "<", dots["ratio"] == 0), (1, ">", np.isinf(dots["ratio"]))):
        y = dots.loc[beyond, "y"]
        where = ax.get_yaxis_transform()
        ax.scatter(np.full(len(y), edge), y, s=9, marker=marker, transform=where, **faint)


def _logarithmic(ax: Axes) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _rug(ax: Axes, zeros: NDArray[np.bool_]) -> None:
    """Draw a tick an event below the axis for every outlet that has none there."""
    for side in (0, 1):
        n = int(zeros[:, side].sum())
        x = side + 0.012 * (np.arange(n) - (n - 1) / 2)
        where = ax.get_xaxis_transform()
        ax.plot(
            x, np.full(n, -0.02), "|", color="black", markersize=4, transform=where, clip_on=False
        )
