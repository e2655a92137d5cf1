"""Figures of contrasts: the differences between two outlets, and the ratios, event by event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from framing.arguments import check_number
from framing.checks import CONTRASTS, EVENT_PAIRS, check_columns
from framing.plots.levels import grouped, of_one_unit, quantity
from framing.plots.side_by_side import faint_rows, side_by_side, write_around
from framing.plots.style import (
    FAINT,
    dot_rows,
    intervals,
    largest,
    places,
    short_names,
    sign,
    written_p,
)
from framing.schema import TONES
from framing.stats.corrected import differs, is_corrected
from framing.stats.sides import OTHERS
from framing.text.numbers import many

_CORRECTED = "0.45"
_KEYS = ["measure", "outlet_a", "outlet_b"]
# From how many decades on an axis has which of the numbers of each.
_TICKS = [
    (2, (1,)), (1.1, (1, 3)), (0.7, (1, 2, 5)), (0.35, (1, 1.5, 2, 3, 5, 7)),
    (0.15, (1, 1.2, 1.5, 2, 3, 5, 8)), (0, (1, 1.05, 1.1, 1.2, 9, 9.5)),
]  # fmt: skip
_NEEDED = ["measure", "outlet_a", "outlet_b", "estimate", "effect", "p", "articles_a", "events"]


def plot_contrasts(
    contrasts: pd.DataFrame,
    *,
    measures: str | Sequence[str] | None = None,
    top: int = 45,
    ax: Axes | None = None,
) -> Axes:
    """Draw the differences between outlets with their intervals.

    Parameters
    ----------
    contrasts : DataFrame
        As returned by ``framing.compare``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default.
    top : int, default 45
        Largest number of contrasts. Those of the largest effect are drawn, and the figure says so.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are differences, the first outlet minus the second; hollow where nothing was tested;
        below each a grey one that is corrected by people's codes, if the contrasts have it. The
        numbers of articles (or events), the adjusted p and that of the corrected difference are on
        the right.
    """
    _check_drawn(contrasts, top)
    table, which = of_one_unit(contrasts, measures), "contrasts, those of the largest effect"
    drawn, left_out = largest(table["effect"].abs(), top, which, before="\n")
    table = grouped(table.loc[drawn.sort_values()], "estimate")
    sizes, size = _counts(table)
    coded = is_corrected(table)
    shown = [table[name] for name in ["p_adjusted", *["corrected_p_adjusted"] * coded]]
    rows = table[["measure", "low", "high"]].assign(
        label=_names(table, 26),
        aside=[f"{n}; {'; '.join(map(written_p, p))}" for n, *p in zip(sizes, *shown, strict=True)],
        value=table["estimate"],
        filled=table["p"].notna(),
    )
    signs = {"corrected by the codes": sign("d", colour=_CORRECTED)} if coded else {}
    ax = dot_rows(
        ax,
        rows,
        aside=f"{size}; adjusted p{'; corrected' * coded}",
        hollow="not tested",
        signs=signs,
    )
    if coded:
        y = places(rows["measure"]) + 0.3
        ends = table["corrected_low"], table["corrected_high"]
        ax.hlines(y, *ends, color=_CORRECTED, linewidth=0.8)
        ax.scatter(table["corrected"], y, s=9, marker="d", color=_CORRECTED, zorder=3)
    ax.axvline(0, color="black", linewidth=0.6, zorder=1)
    ax.set_xlabel(f"{quantity(table)}: first outlet minus second, 95% interval{left_out}")
    return ax


def _check_drawn(contrasts: pd.DataFrame, top: int) -> None:
    """Raise an error for another table, for one without a row, and if none would be drawn."""
    check_columns(contrasts, _NEEDED, kind=CONTRASTS)
    check_number("top", top, least=1)
    if contrasts.empty:
        raise ValueError("the table of contrasts has no row: there is nothing to draw")


def _names(table: pd.DataFrame, width: int, *, rest: bool = False) -> pd.Series[str]:
    """Name the two outlets of every row; the first alone where the second is all others."""
    names = short_names([*table["outlet_a"], *table["outlet_b"]], width)
    a, b = (table[name].astype(str).map(names) for name in ("outlet_a", "outlet_b"))
    return a if rest else a + " vs " + b


def plot_ratios(
    contrasts: pd.DataFrame,
    event_pairs: pd.DataFrame | None = None,
    *,
    measures: str | Sequence[str] | None = None,
    top: int = 30,
) -> list[Axes]:
    """Draw the ratios between outlets with their intervals, and the ratio on every event.

    Parameters
    ----------
    contrasts : DataFrame
        As returned by ``framing.compare``.
    event_pairs : DataFrame, optional
        As returned by ``framing.event_pairs``.
    measures : str or sequence of str, optional
        ``hedge``, ``alarm`` and ``boost`` by default; tone has no ratio.
    top : int, default 30
        Largest number of pairs. Those of the largest effect in any of the measures are drawn, and
        the figure says so.

    Returns
    -------
    list of Axes
        One per measure, with a row for each pair; the highest ratio of the first measure is at the
        top. Points are ratios, the first outlet over the second, on a logarithmic axis with a line
        at 1; filled where p is below .05 after correction (and still so once people's codes
        correct it), and otherwise hollow, if any is; faint dots are events, arrows at the edge
        those where one of the two has none. The numbers of events (or articles) are on the right.

    Raises
    ------
    ValueError
        If ``event_pairs`` has another number of events than ``contrasts`` for a pair, or tone is
        among the measures.
    """
    _check_drawn(contrasts, top)
    table = of_one_unit(contrasts, measures)
    if event_pairs is not None:
        _check_events(table, event_pairs)
    if table["measure"].isin(TONES).any():
        raise ValueError("tone has no ratio: draw it with framing.plot_contrasts")
    chosen, rest = list(table["measure"].unique()), bool(table["outlet_b"].eq(OTHERS).all())
    sure = differs(table)
    names = _names(table, 30 if rest else 13, rest=rest)
    table = table.assign(pair=names, filled=sure | ~sure.any())
    order, note = _ordered(table, chosen[0], top)
    axes = side_by_side(chosen, order)
    for ax, measure in zip(axes, chosen, strict=True):
        rows = table[table["measure"] == measure].set_index("pair").reindex(order)
        _draw(ax, rows.assign(y=np.arange(len(rows))), measure, event_pairs)
    over = "outlet over the mean of the others" if rest else "first outlet over second"
    counts, what = _counts(table.drop_duplicates("pair").set_index("pair").loc[order])
    write_around(axes, counts, f"{over}, 95% interval{note}", what)
    return axes


def _check_events(table: pd.DataFrame, event_pairs: pd.DataFrame) -> None:
    """Raise an error unless every matched contrast has the events that it was made of."""
    check_columns(event_pairs, [*_KEYS, "event", "ratio"], kind=EVENT_PAIRS)
    found = event_pairs.groupby(_KEYS).size()
    found = found.reindex(pd.MultiIndex.from_frame(table[_KEYS]), fill_value=0).to_numpy()
    other = (table["events"].gt(0) & table["events"].ne(found)).to_numpy()
    if other.any():
        row = table[other].iloc[0]
        raise ValueError(
            f"contrasts have {many(row['events'], 'event')} of {row['outlet_a']!r} and "
            f"{row['outlet_b']!r} in {row['measure']!r}, and event_pairs {found[other][0]}: give "
            "framing.event_pairs of the same scores, with the same by and against"
        )


def _ordered(table: pd.DataFrame, first: str, top: int) -> tuple[list[str], str]:
    """Return the pairs that are drawn, the first at the top, and a note on the others."""
    effects = table["effect"].abs().groupby(table["pair"]).max()
    kept, note = largest(effects, top, "pairs: those of the largest effect", before="; ")
    ranked = table[table["measure"] == first].sort_values("ratio", ascending=False, kind="stable")
    return [name for name in ranked["pair"] if name in kept], note


def _counts(rows: pd.DataFrame) -> tuple[list[str], str]:
    """Write on how many events, or articles of each, every pair rests, and which of the two."""
    if (rows["events"] > 0).any():
        return [f"{n:,}" for n in rows["events"]], "events"
    pairs = zip(rows["articles_a"], rows["articles_b"], strict=True)
    return [f"{a:,} : {b:,}" for a, b in pairs], "articles"


def _draw(ax: Axes, rows: pd.DataFrame, measure: str, event_pairs: pd.DataFrame | None) -> None:
    """Draw the ratios of one measure, those that are neither 0 nor infinite."""
    faint_rows(ax, len(rows))
    ax.axvline(1, color="black", linewidth=0.6, zorder=1)
    shown = rows[rows["ratio"].between(0, np.inf, inclusive="neither")]
    ends = (shown[name] for name in ("ratio_low", "ratio", "ratio_high"))
    intervals(ax, measure, shown["y"], *ends, filled=shown["filled"])
    if event_pairs is not None:
        _event_dots(ax, rows, event_pairs)
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    subs = next(numbers for least, numbers in _TICKS if np.log10(high / low) >= least)
    ax.xaxis.set_major_locator(LogLocator(subs=subs))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    ax.xaxis.set_minor_locator(NullLocator())


def _event_dots(ax: Axes, rows: pd.DataFrame, event_pairs: pd.DataFrame) -> None:
    """Draw the ratio on every event: a faint dot, or an arrow at the edge for 0 and infinity."""
    dots = event_pairs.merge(rows[[*_KEYS, "y"]], on=_KEYS).dropna(subset="ratio")
    inside = dots[dots["ratio"].between(0, np.inf, inclusive="neither")]
    faint: dict[str, Any] = {"color": FAINT, "alpha": 0.6, "linewidths": 0, "zorder": 2}
    ax.scatter(inside["ratio"], inside["y"], s=7, **faint)
    for edge, marker, beyond in ((0, "<", dots["ratio"] == 0), (1, ">", np.isinf(dots["ratio"]))):
        y = dots.loc[beyond, "y"]
        where = ax.get_yaxis_transform()
        ax.scatter(np.full(len(y), edge), y, s=9, marker=marker, transform=where, **faint)
