"""What the figures share: rows of points with intervals, and names drawn as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox, ScaledTranslation
from numpy.typing import NDArray

from framing.arguments import check_known
from framing.schema import TONES, confirmatory, label, listed
from framing.text.arrays import Floats
from framing.text.numbers import p_value

WIDTH = 6.3  # inches: the text of an A4 page, 16 cm
ROW = 0.18  # inches
_MARGIN = 0.04  # inches
_LETTER = 0.06  # inches, about the width of one
_GAP = 3.5  # points, between the Axes and what is written beside it
HEADING = 1.5  # rows that the name of a measure takes, with the gap above it
# Okabe & Ito's colours, apart for the colour-blind; the shapes say the same in grey.
_LOOKS = {"hedge": ("#0072b2", "o"), "alarm": ("#d55e00", "s"), "boost": ("#009e73", "^")}
_OTHER = ("#4d4d4d", "D")
FAINT = "0.6"
# Where a name may stand beside its point, the best place first: steps across and up.
_AROUND = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]
_ACROSS = {1: "left", 0: "center", -1: "right"}
_UP = {1: "bottom", 0: "center_baseline", -1: "top"}


def look(measure: str) -> tuple[str, str]:
    """Colour and marker of a measure."""
    return _LOOKS.get(measure, _OTHER)


def panels(known: Sequence[str], measures: str | Sequence[str] | None) -> list[str]:
    """Return the measures that get a panel: those asked for, or tone and the first four others.

    >>> panels(["hedge", "alarm", "boost", "tone", "cond"], None)
    ['tone', 'hedge', 'alarm', 'boost']
    """
    main = confirmatory(known)
    others = [name for name in main if name not in TONES]
    chosen = listed(() if measures is None else measures)
    chosen = chosen or ["tone"] * ("tone" in main) + others[:4]
    check_known(chosen, list(known))
    return chosen


def shortened(text: object, width: int = 40) -> str:
    """Fold white space, and cut out the middle of a name that is too long.

    >>> shortened("The Strait Observer and Evening Intelligencer", 24)
    'The Strait Obser…igencer'
    """
    flat = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    head = 2 * width // 3
    return flat if len(flat) <= width else flat[:head] + "…" + flat[head + 1 - width :]


def short_names(names: Iterable[str], width: int = 40) -> dict[str, str]:
    """Return a label of at most ``width`` characters for every name; labels alike get a number.

    >>> short_names(["Howl", "Howl "])
    {'Howl': 'Howl', 'Howl ': 'Howl (2)'}
    """
    labels: dict[str, str] = {}
    for name in sorted(set(names)):
        label, again = shortened(name, width), 1
        while label in labels.values():
            again += 1
            label = f"{shortened(name, width - 4)} ({again})"
        labels[name] = label
    return labels


def largest(
    sizes: pd.Series[Any], top: int, which: str, *, before: str = ""
) -> tuple[pd.Index, str]:
    """Return what is drawn, the largest first, and a note (``before`` it a sign) if not all is.

    >>> largest(pd.Series({"Howl": 2, "Clarion": 5}), 1, "outlets, the longest", before="; ")[1]
    '; 1 of 2 outlets, the longest'
    """
    order = sizes.sort_values(ascending=False, kind="stable").index
    return order[:top], f"{before}{top} of {len(order)} {which}" if len(order) > top else ""


def written_p(p: float) -> str:
    """Write a p value in three digits, a dash where nothing was tested.

    >>> [written_p(p) for p in (0.04, 0.0002, float("nan"))]
    ['.040', '<.001', '–']
    """
    return "–" if np.isnan(p) else p_value(p)


class _Filled(Figure):
    """A figure that its Axes fills with all that is written around it, whenever it is drawn.

    A layout engine, or ``bbox_inches="tight"``, would draw everything twice, and measure it four
    times.
    """

    def draw(self, renderer: RendererBase) -> None:
        """Move the Axes to its place, and draw."""
        if self.axes:
            place = _filling(self.axes[0], renderer)
            self.axes[0].set_axes_locator(lambda *_: place)
        super().draw(renderer)


def new_axes(height: float) -> Axes:
    """Return the Axes of a new figure, ``height`` inches high; all of it stays inside."""
    size = (WIDTH, height)
    return plt.figure(FigureClass=_Filled, figsize=size, layout="none").add_subplot()


def _filling(ax: Any, renderer: RendererBase) -> Bbox:
    """Return where the Axes stands if it fills its figure with all that is written around it."""
    around = ax.get_tightbbox(renderer, call_axes_locator=False, for_layout_only=True)
    if around is None:
        return ax.get_position(original=True)  # of Axes that somebody has made invisible
    page = ax.figure.bbox.padded(-_MARGIN * ax.figure.dpi)
    corner, opposite = page.get_points() + ax.bbox.get_points() - around.get_points()
    inner = Bbox([corner, np.maximum(opposite, corner + 1)])
    return inner.transformed(ax.figure.transFigure.inverted())


def places(measures: pd.Series[str]) -> Floats:
    """Where the rows stand: one below the other, with room for a heading if measures change."""
    first = measures.ne(measures.shift()).to_numpy()
    return np.arange(len(measures)) + HEADING * first.cumsum() * (first.sum() > 1)


def intervals(
    ax: Axes, measure: str, y: Any, low: Any, value: Any, high: Any, *, filled: Iterable[Any]
) -> None:
    """Draw points with their intervals, one a row, in the look of a measure."""
    colour, marker = look(measure)
    ax.hlines(y, low, high, color=colour, linewidth=1)
    faces = [colour if full else "white" for full in filled]
    ax.scatter(value, y, s=20, marker=marker, c=faces, edgecolors=colour, zorder=3)


def dot_rows(
    ax: Axes | None,
    rows: pd.DataFrame,
    *,
    aside: str,
    hollow: str,
    signs: dict[str, Line2D] | None = None,
) -> Axes:
    """Draw one row per point: a label on the left, the interval, a remark on the right.

    ``rows`` has ``measure`` (rows of one measure together), ``label``, ``aside``, ``value``,
    ``low``, ``high``, ``filled``, and ``heading`` where it is not the label of the measure.
    ``aside`` is the heading of the remarks. The legend explains other ``signs``, and what
    ``hollow`` points are if there are any.
    """
    at = places(rows["measure"])
    ax = ax if ax is not None else new_axes(0.8 + ROW * (at.max(initial=0) + 2))
    for measure, group in rows.groupby("measure", sort=False):
        ends = (group[name] for name in ("low", "value", "high"))
        intervals(ax, measure, at[group.index], *ends, filled=group["filled"])
    rows = rows if "heading" in rows else rows.assign(heading=rows["measure"].map(label))
    firsts = rows.drop_duplicates("measure")
    several = firsts if len(firsts) > 1 else firsts.iloc[:0]
    headings = dict(zip(at[several.index] - 1, several["heading"], strict=True))
    label_rows(ax, at, list(rows["label"]), list(rows["aside"]), aside=aside, headings=headings)
    markers = {look(measure)[1] for measure in rows["measure"]}
    marker = markers.pop() if len(markers) == 1 else "o"
    unfilled = {} if rows["filled"].all() else {hollow: sign(marker, filled=False)}
    explain(ax, (signs or {}) | unfilled)
    return ax


def label_rows(
    ax: Axes,
    at: NDArray[Any],
    labels: list[str],
    asides: list[str],
    *,
    aside: str,
    headings: dict[float, str] | None = None,
) -> None:
    """Write labels on the left and remarks on the right, the first row at the top."""
    headings = headings or {}
    top = min([*at, *headings], default=0) - 1
    _begin_near(ax, labels, [*asides, aside])
    _write_column(ax, at, labels)
    _write_column(ax, headings, map(shortened, headings.values()), fontweight="bold")
    _write_column(ax, at, asides, right=True)
    _write_column(ax, [top], [aside], right=True, fontweight="bold")
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    ax.set_ylim(max(at, default=0) + 0.7, top - 0.5)
    lines = [[(0, y), (1, y)] for y in at]
    where = ax.get_yaxis_transform()
    grid = LineCollection(lines, colors="0.93", linewidths=0.6, transform=where, zorder=0.5)
    ax.add_collection(grid, autolim=False)


def _begin_near(ax: Axes, left: list[str], right: list[str]) -> None:
    """Let our Axes begin near its place: what overhangs its ends is measured before it moves."""
    if isinstance(ax.figure, _Filled):
        a, b = (_LETTER / WIDTH * max(map(len, texts), default=0) for texts in (left, right))
        ax.set_position((a, 0.1, max(0.1, 1 - a - b), 0.8), which="original")


def _write_column(
    ax: Axes, at: Iterable[float], texts: Iterable[str], *, right: bool = False, **looks: Any
) -> None:
    """Write texts beside the Axes: ticks and a second axis say the same in ten times the time."""
    figure = ax.get_figure(root=True)
    assert figure is not None  # every Axes has one until it is removed
    gap = ScaledTranslation((1 if right else -1) * _GAP / 72, 0, figure.dpi_scale_trans)
    where = ax.get_yaxis_transform() + gap
    for y, text in zip(at, texts, strict=True):
        ax.text(
            int(right), y, text, transform=where, ha="left" if right else "right",
            va="center_baseline", fontsize=plt.rcParams["ytick.labelsize"],
            parse_math=False,  # a name is text, whatever is in it
            **looks,
        )  # fmt: skip


def label_points(ax: Axes, points: pd.DataFrame) -> None:
    """Write ``name`` beside the point ``x``, ``y``, the first first, none over another.

    What finds no room inside the Axes is left out. Call it last: it takes the axes as they are.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None  # every Axes has one until it is removed
    figure.draw_without_rendering()  # what has room is known when everything has its place
    inside = ax.get_window_extent()
    dots = ax.transData.transform(points[["x", "y"]].to_numpy())
    taken = [Bbox.from_bounds(x - 2, y - 2, 4, 4) for x, y in dots]
    for row in points.itertuples():
        for across, up in _AROUND:
            text = ax.annotate(
                row.name, (row.x, row.y), (4 * across, 4 * up), textcoords="offset points",
                ha=_ACROSS[across], va=_UP[up], fontsize=6.5, parse_math=False, in_layout=False,
            )  # fmt: skip
            box = text.get_window_extent().padded(1)
            if box.count_overlaps(taken) or not (
                inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)
            ):
                text.remove()
                continue
            taken.append(box)
            break


def date_axis(ax: Axes, *, offset_formats: list[str] | None = None, **ticks: int) -> None:
    """Write dates below the Axes, as briefly as they can be told apart."""
    locator: Any = AutoDateLocator(**ticks)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    dates: Any = ConciseDateFormatter(locator, offset_formats=offset_formats)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(dates)


def explain(ax: Axes, signs: dict[str, Line2D]) -> None:
    """Put a legend above the Axes, if there is anything to explain."""
    if signs:
        ax.legend(
            list(signs.values()), list(signs), loc="lower left", bbox_to_anchor=(0, 1),
            ncols=4, frameon=False, borderaxespad=0.2,
        )  # fmt: skip


def sign(marker: str, *, colour: str = "black", filled: bool = True) -> Line2D:
    """Return the sign of a legend."""
    face = colour if filled else "white"
    return Line2D([], [], linestyle="", marker=marker, color=colour, markerfacecolor=face)
