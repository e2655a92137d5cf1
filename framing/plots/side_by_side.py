"""Measures side by side: a panel for each, whose rows are the same outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from framing.plots.style import WIDTH, short_names
from framing.schema import TONES, label

_AROUND = 0.75  # inches, for what is written above and below the rows


def side_by_side(
    measures: Sequence[str], outlets: Sequence[Any], *, row: float = 0.2, sharex: bool = False
) -> list[Axes]:
    """Return one Axes per measure with one row per outlet, the first at the top.

    A row is 1 high, with its middle at 0, 1, …; it takes ``row`` inches of a new figure.
    """
    size = (WIDTH, _AROUND + row * len(outlets))
    shared: dict[str, Any] = {"sharex": sharex, "sharey": True, "squeeze": False}
    axes = list(plt.subplots(1, len(measures), figsize=size, layout="constrained", **shared)[1][0])
    names = short_names(map(str, outlets), 30)
    axes[0].set_yticks(range(len(outlets)), [names[str(o)] for o in outlets], parse_math=False)
    axes[0].set_ylim(len(outlets) - 0.4, -0.6)
    for ax, measure in zip(axes, measures, strict=True):
        title: dict[str, Any] = {"fontsize": 8.5, "fontweight": "bold", "parse_math": False}
        ax.set_title(label(measure).capitalize(), loc="left", **title)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    return axes


def faint_rows(ax: Axes, rows: int) -> None:
    """Draw a faint line through the middle of every row."""
    across: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "zorder": 0.5}
    ax.hlines(np.arange(rows), 0, 1, color="0.93", linewidth=0.6, **across)


def write_counts(ax: Axes, counts: Iterable[int | str], what: str = "articles") -> None:
    """Write a number on the right of every row, and ``what`` is counted above them."""
    right: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": 7}
    for y, n in enumerate(counts):
        ax.text(1.04, y, n if isinstance(n, str) else f"{n:,}", **right)
    ax.text(1.04, -0.95, what, **right)


def unit(measure: str) -> str:
    """Return what the numbers of a measure are.

    Examples
    --------
    >>> unit("hedge"), unit("tone")
    ('per 100 words', 'VADER, −1 to 1')
    """
    return "VADER, −1 to 1" if measure in TONES else "per 100 words"
