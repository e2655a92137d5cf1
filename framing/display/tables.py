"""Tables and texts for reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import as_value
from framing.checks import CONTRASTS, check_columns
from framing.schema import label
from framing.text.numbers import natural, p_value, sized, written

_NAMES = ("measure", "category")  # columns whose cells are names of measures


def table(frame: pd.DataFrame, *, by: str = "outlet") -> Any:
    """Format a table for reading: words for names, dates as days, as many digits as they carry.

    Rows that stand in the alphabetical order of outlets are shown in the natural one: Paper 2
    before Paper 10.

    Parameters
    ----------
    frame : DataFrame
        Any table; its index is left out. Missing values and empty texts are shown
        as an en dash.
    by : str, default "outlet"
        Column with what was compared; ``outlet_a`` and ``outlet_b`` are named after it.

    Returns
    -------
    pandas.io.formats.style.Styler
        All text escaped, and on the left; the table itself keeps every digit and its names.

    Examples
    --------
    >>> print(table(pd.DataFrame({"p": [0.0304, None], "estimate": [-0.5, 2]})).to_string())
    p difference
    .030 −0.50
    – 2.00
    <BLANKLINE>
    """
    check_columns(frame, [], kind="any kind")
    shown = _naturally(frame, by).reset_index(drop=True)
    for name in _NAMES:
        if name in shown:
            shown[name] = shown[name].map(label)
    shown = shown.replace({"": None})
    formats = {name: _format(name, shown[name]) for name in shown}
    left = [{"selector": cell, "props": "text-align: left"} for cell in ("th", "td")]
    is_number = pd.api.types.is_numeric_dtype
    words = {name: left for name, column in shown.items()
             if not (_is_p(name) or is_number(column) or column.isna().all())}  # fmt: skip
    styled = shown.style.hide(axis="index").set_table_styles(words)
    heads = [_head(name, by) for name in shown]
    styled = styled.format_index(dict(zip(shown.columns, heads, strict=True)).get, axis=1)
    return styled.format(formats, na_rep="–", escape="html")


def _naturally(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return rows that stand in alphabetical order, in each measure, in the natural order."""
    names = [name for name in (by, "outlet_a", "outlet_b") if name in frame]
    measure = pd.factorize(frame["measure"])[0] if "measure" in frame else np.zeros(len(frame))
    rows = list(zip(measure, *(frame[name].astype(str) for name in names), strict=True))

    def order(key: Callable[[str], Any]) -> list[int]:
        return sorted(range(len(rows)), key=lambda k: (rows[k][0], *map(key, rows[k][1:])))

    return frame.iloc[order(natural)] if order(str) == list(range(len(rows))) else frame


def clearest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the rows with the smallest ``p``, in the order of the table.

    Of rows with the same p, or none, those with an interval and the largest ``effect`` are taken.

    Examples
    --------
    >>> clearest(pd.DataFrame({"p": [0.3, 0.2, 0.01]}), 2)["p"].tolist()
    [0.2, 0.01]
    >>> clearest(pd.DataFrame({"p": None, "effect": [0.1, -0.9, 0.5]}), 2)["effect"].tolist()
    [-0.9, 0.5]
    """
    check_columns(table, ["p"], kind=CONTRASTS)
    return table.loc[in_order(table).index[:top].sort_values()]


def in_order(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Return contrasts with the smallest ``p`` first; equal ones by the size of ``effect``.

    Of rows without p, those without an interval come last: a few hits make a large effect.
    """
    none = pd.Series(0.0, contrasts.index)
    size, low = (contrasts.get(name, none).astype(float) for name in ("effect", "low"))
    order = np.lexsort([-size.abs().fillna(0), low.isna(), contrasts["p"].astype(float).fillna(2)])
    return contrasts.iloc[order]


def plain(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is.

    Examples
    --------
    >>> print(plain("*Talks* cost $5"))
    \*Talks\* cost \$5
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {as_value(text)}")
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>&$~^-])", r"\\\1", " ".join(text.split()))


def _head(name: object, by: str) -> str:
    """Name a column: each part that commas separate is a name of its own."""
    head = ", ".join(label(part) for part in str(name).split(", "))
    return escape(head.replace("outlet", label(by)) if name in ("outlet_a", "outlet_b") else head)


def _format(name: str, column: pd.Series[Any]) -> Any:
    """Return how the cells of a column are written."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "{:%Y-%m-%d}"
    if _is_p(name):
        return p_value
    if pd.api.types.is_integer_dtype(column):
        return partial(written, how=",")
    return sized if pd.api.types.is_float_dtype(column) else None


def _is_p(name: object) -> bool:
    return str(name).split(", ")[0] in ("p", "p_adjusted", "corrected_p_adjusted")
