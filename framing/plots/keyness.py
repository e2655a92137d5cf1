"""Figures of keyness: the units of one outlet against the others, and the first of every outlet."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.checks import check_columns
from framing.plots.style import (
    HEADING,
    dot_rows,
    explain,
    label_points,
    largest,
    new_axes,
    short_names,
    shortened,
    sign,
    written_p,
)
from framing.text.numbers import natural

_BELOW = 0.05
_OUTLETS = 12  # in one figure
_ROWS = 24  # of a figure that leaves room for text on its page
_MORE, _LESS, _GREY = "#0072b2", "#d55e00", "#8c8c8c"

_KEYNESS = "keyness, as framing.keyness(paragraphs) returns it"


def plot_keyness(
    keyness: pd.DataFrame, *, outlet: str | None = None, top: int = 15, ax: Axes | None = None
) -> Axes:
    """Draw what sets one outlet apart from the others, against how often it is used.

    Parameters
    ----------
    keyness : DataFrame
        As returned by ``framing.keyness``.
    outlet : str, optional
        Which one; if there are only two, the first by default. ``plot_keywords`` draws all.
    top : int, default 15
        Units that are named on each side, those of the highest and the lowest z, as far as there
        is room.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are units: to the right what is frequent, above what the outlet uses more, below
        what the others use more; large and in colour where the q is under .05; hollow
        where one article has more than half of the uses.

    Raises
    ------
    ValueError
        If there is no such outlet, or more than two and none is named.
    """
    check_columns(keyness, ["unit", "z", "q"], kind=_KEYNESS)
    column = keyness.columns[1]
    outlets = list(keyness[column].unique())
    chosen = str(outlets[0] if outlet is None and len(outlets) == 2 else outlet)
    if chosen not in outlets:
        known = ", ".join(map(repr, outlets))
        raise ValueError(
            f"outlet must be one of {known}, got {outlet!r}; plot_keywords draws all of them"
        )
    table = keyness[(keyness[column] == chosen) & keyness["z"].notna()]
    points = _points(table)
    ax = new_axes(4.2) if ax is None else ax
    _scatter(ax, points)
    ax.axhline(0, color="0.5", linewidth=0.6, zorder=1)
    ax.set_xscale("log")
    sides = _sides(chosen, outlets)
    ax.set_xlabel(f"uses per 10,000 words, all outlets together\n{sides}", parse_math=False)
    ax.set_ylabel("z of the log-odds ratio")
    _explain(ax, points, tested=bool(table["p"].notna().any()))
    most = points.loc[[*points["y"].nlargest(top).index, *points["y"].nsmallest(top).index]]
    most = most[~most.index.duplicated()]
    label_points(ax, most.iloc[np.argsort(-most["y"].abs(), kind="stable")])
    return ax


def _points(table: pd.DataFrame) -> pd.DataFrame:
    """Return where the units of an outlet stand, and how each is drawn."""
    words = table["words"] + table["words_rest"]
    return pd.DataFrame(
        {
            "x": 1e4 * (table["uses"] + table["uses_rest"]) / words,
            "y": table["z"],
            "name": table["unit"].map(_as_written),
            "filled": ~table["one_article"],
            "sure": table["q"] < _BELOW,
            "colour": np.where(table["z"] > 0, _MORE, _LESS),
        }
    )


def _sides(chosen: str, outlets: list[str]) -> str:
    """Return whose units are above and below 0."""
    names = short_names(outlets)
    others = [name for name in outlets if name != chosen]
    rest = names[others[0]] if len(others) == 1 else f"the other {len(others)}"
    return f"above 0: {shortened(names[chosen], 26)}; below: {shortened(rest, 26)}"


def _as_written(unit: str) -> str:
    """Return an entry of a lexicon without its notation: the first of its forms.

    >>> _as_written("den[y|ied]"), _as_written("about {NUM}"), _as_written("argu*")
    ('deny, …', 'about [number]', 'argu*')
    """
    first = re.sub(r"\[([^\[\]|]*)\|[^\[\]]*\]", r"\1", unit)
    written = first.replace("{NUM}", "[number]").replace("{BE}", "is")
    return shortened(written, 24) + ", …" * (first != unit)


def _scatter(ax: Axes, points: pd.DataFrame) -> None:
    """Draw the points, the sure ones over the others."""
    for sure, group in points.groupby("sure"):
        colours = group["colour"] if sure else pd.Series(_GREY, group.index)
        faces = colours.where(group["filled"], "white")
        ax.scatter(
            group["x"], group["y"], s=22 if sure else 8, c=list(faces), edgecolors=list(colours),
            linewidths=0.8, zorder=3 if sure else 2,
        )  # fmt: skip


def _explain(ax: Axes, points: pd.DataFrame, *, tested: bool) -> None:
    """Return what the legend shows of sizes and fillings, as far as they occur."""
    signs = {"q < .05": sign("o", colour=_MORE)} if points["sure"].any() else {}
    small = sign("o", colour=_GREY)
    small.set_markersize(3)
    if not points["sure"].all():
        signs["not" if signs else "q ≥ .05" if tested else "not tested"] = small
    if not points["filled"].all():
        signs["mostly in one article"] = sign("o", colour=_GREY, filled=False)
    explain(ax, signs)


def plot_keywords(keyness: pd.DataFrame, *, top: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw the units that set every outlet apart most, those of an outlet together.

    Parameters
    ----------
    keyness : DataFrame
        As returned by ``framing.keyness``.
    top : int, optional
        Units an outlet, those of the highest z. By default six, and fewer of more than three
        outlets, so that a page has room for the figure. Of more than twelve outlets those with
        the most words are drawn, and the figure says so.
    ax : Axes, optional
        A new figure of the width of an A4 text by default.

    Returns
    -------
    Axes
        Points are z, hollow where one article has more than half of the uses; on the right stand
        uses, the articles that have them, and q. Of an entry with several forms the first is
        written, with "…".
    """
    check_columns(keyness, ["unit", "z", "q"], kind=_KEYNESS)
    column = keyness.columns[1]
    keyness = keyness.sort_values(column, key=lambda names: names.map(natural), kind="stable")
    sizes, which = keyness.groupby(column)["words"].max(), "outlets, those with the most words"
    drawn, note = largest(sizes, _OUTLETS, which, before="; ")
    above = keyness[keyness[column].isin(drawn) & (keyness["z"] > 0)].groupby(column, sort=False)
    room = int(_ROWS / max(1, above.ngroups) - HEADING)
    each = max(1, min(6, room)) if top is None else top
    table = above.head(each).reset_index(drop=True)
    outlet, unit = table[column].map(short_names(table[column])), table["unit"].map(_as_written)
    numbers = zip(table["uses"], table["articles"], table["q"], strict=True)
    single = each == 1  # an outlet needs no heading of its own
    rows = pd.DataFrame(
        {
            "measure": "" if single else outlet,
            "heading": outlet,
            "label": outlet + ": " + unit if single else unit,
            "aside": [f"{uses:,}; {articles:,}; {written_p(q)}" for uses, articles, q in numbers],
            "value": table["z"],
            "low": table["z"],
            "high": table["z"],
            "filled": ~table["one_article"],
        }
    )
    ax = dot_rows(ax, rows, aside="uses; articles; q", hollow="mostly in one article")
    ax.set_xlabel(f"z of the log-odds ratio: each against all others{note}")
    return ax
