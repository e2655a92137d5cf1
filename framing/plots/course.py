"""The figure of one article: its tone and its cues, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framing.checks import SCORES, check_columns
from framing.plots.style import look, new_axes
from framing.schema import PLACE, TONES, confirmatory, label, listed
from framing.stats.measures import chosen_measures

_LANES = 6


def plot_course(
    scores: pd.DataFrame, *, measures: str | Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the course of one article: tone, and below it the cues, paragraph by paragraph.

    Parameters
    ----------
    scores : DataFrame
        The rows of one article, as ``framing.score`` returns them.
    measures : str or sequence of str, optional
        Measures of cues; hedge, alarm and boost by default, or the first six of another dictionary.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Above, tone from −1 to 1, a headline as a diamond; below, one lane per measure with one bar
        per paragraph whose height is the number of cues, with that number.

    Raises
    ------
    ValueError
        If there is no row, or more than one article.
    """
    check_columns(scores, [*PLACE, "role", "tone"], kind=SCORES)
    names = scores["article"].unique()
    if len(names) != 1:
        raise ValueError(
            f"scores must be those of one article, got {len(names)}; "
            "take scores[scores['article'] == 'its id']"
        )
    ax = new_axes(3.4) if ax is None else ax
    scores = scores.sort_values("paragraph")
    chosen = listed(confirmatory(chosen_measures(scores, None)) if measures is None else measures)
    lanes = [name for name in chosen if name not in TONES][:_LANES]
    floors = [-1.2 - 0.55 * (k + 1) for k in range(len(lanes))]
    _tone(ax, scores)
    unit = 0.4 / max(1, scores[lanes].to_numpy().max(initial=1))
    for name, floor in zip(lanes, floors, strict=True):
        _lane(ax, scores["paragraph"], scores[name], floor, unit, look(name)[0])
    ax.set_yticks(
        [1, 0.5, 0, -0.5, -1, *[floor + 0.15 for floor in floors]],
        ["1", "0.5", "0", "−0.5", "−1", *map(label, lanes)],
    )
    ax.set_ylim(min([-1.1, *floors]) - 0.05, 1.1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.set_xlabel("paragraph")
    ax.set_ylabel("tone (VADER, mean of sentences)", loc="top")
    return ax


def _tone(ax: Axes, scores: pd.DataFrame) -> None:
    """Draw the tone of every paragraph, a headline by itself."""
    head = scores["role"] == "headline"
    small = 3.5 if len(scores) < 80 else 2
    x, tone = scores["paragraph"], scores["tone"]
    ax.axhline(0, color="0.6", linewidth=0.6)
    ax.plot(x[~head], tone[~head], "-o", color="black", markersize=small, label="tone")
    ax.plot(x[head], tone[head], "D", color="black", mfc="white", markersize=4.5, label="headline")
    if head.any():
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderpad=0)


def _lane(
    ax: Axes, x: pd.Series[int], counts: pd.Series[int], floor: float, unit: float, colour: str
) -> None:
    """Draw the cues of one index as bars that stand on ``floor``, each with its number."""
    ax.axhline(floor, color="0.8", linewidth=0.6)
    some = counts > 0
    ax.bar(x[some], counts[some] * unit, bottom=floor, width=0.7, color=colour)
    for place, count in zip(x[some], counts[some], strict=True):
        ax.text(place, floor + count * unit, str(count), ha="center", va="bottom", fontsize=6)
