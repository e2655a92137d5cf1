"""Measures side by side: a panel for each, whose rows are the same outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from framing.plots.style import WIDTH, short_names
from framing.schema import label, per

_AROUND = 0.75  # inches, for what is written above and below the rows
_WIDE = 4  # panels of a row that are wider than their titles


def side_by_side(
    measures: Sequence[str], outlets: Sequence[Any], *, row: float = 0.2, sharex: bool = False
) -> list[Axes]:
    """Return one Axes per measure with one row per outlet, the first at the top.

    A row is 1 high, with its middle at 0, 1, …; it takes ``row`` inches of a new figure.
    """
    high = row * len(outlets)
    axes = panel_grid(measures, len(measures), high, above=_AROUND, sharex=sharex, sharey=True)
    names = short_names(map(str, outlets), 30)
    axes[0].set_yticks(range(len(outlets)), [names[str(o)] for o in outlets], parse_math=False)
    axes[0].set_ylim(len(outlets) - 0.4, -0.6)
    for ax in axes:
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    return axes


class _Panels(Figure):
    """A figure that is laid out when it is drawn; one with a layout engine would be drawn twice."""

    def draw(self, renderer: RendererBase) -> None:
        """Give everything that is written its room, and draw."""
        ConstrainedLayoutEngine().execute(self)
        super().draw(renderer)


def panel_grid(
    measures: Sequence[str], columns: int, high: float, *, above: float = 0.3, **shared: Any
) -> list[Axes]:
    """Return one Axes per measure of a new figure, row by row; nothing of one overlaps another.

    A row is ``high``, and ``above`` is the room for what is written around all of them, in inches.
    """
    rows = -(-len(measures) // columns)
    size = (WIDTH, above + rows * high)
    figure = plt.figure(FigureClass=_Panels, figsize=size, layout="none")
    axes = list(figure.subplots(rows, columns, squeeze=False, **shared).flat)
    looks: dict[str, Any] = {"fontsize": 8.5, "fontweight": "bold", "parse_math": False}
    for ax, measure in zip(axes, measures, strict=False):
        # At a height of its own: matplotlib would look for ticks above each again and again.
        ax.set_title(label(measure).capitalize(), loc="left", y=1, **looks)
    for ax in axes[len(measures) :]:
        ax.remove()
    return axes[: len(measures)]


def faint_rows(ax: Axes, rows: int) -> None:
    """Draw a faint line through the middle of every row."""
    across: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "zorder": 0.5}
    ax.hlines(np.arange(rows), 0, 1, color="0.93", linewidth=0.6, **across)


def write_around(
    axes: Sequence[Axes], counts: Iterable[int | str], below: str, what: str = "articles"
) -> None:
    """Write a number on the right of every row, ``what`` is counted above them, and a note."""
    ax = axes[-1]
    right: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": 7}
    for y, n in enumerate(counts):
        ax.text(1.04, y, n if isinstance(n, str) else f"{n:,}", **right)
    narrow = len(axes) > _WIDE  # a title may be as wide as its panel
    up: dict[str, Any] = {"textcoords": "offset points", "xytext": (0, 20 if narrow else 7)}
    ax.annotate(what, (1.04, 1), xycoords="axes fraction", fontsize=7, **up)
    if below:
        axes[0].figure.supxlabel(below, fontsize=7.5)


def unit(measure: str) -> str:
    r"""Return what the numbers of a measure are, in lines that fit below a panel.

    >>> unit("hedge"), unit("tone"), unit("recipe_fear")
    ('per 100 words', 'VADER, −1 to 1', 'points\nper 100 words')
    """
    unit = per(measure).strip() or "VADER, −1 to 1"
    return unit if unit.startswith("per") else unit.replace(" per ", "\nper ")
