"""Tables and texts for reading."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pandas as pd

from framing.schema import label
from framing.text.numbers import p_value

_NAMES = ("measure", "category")  # columns whose cells are names of measures


def table(frame: pd.DataFrame) -> Any:
    """Format a table for reading: words for names, dates as days, as many digits as they carry.

    Parameters
    ----------
    frame : DataFrame
        Any table; its index is left out. Missing values are shown as an en dash.

    Returns
    -------
    pandas.io.formats.style.Styler
        All text escaped, and on the left; the table itself keeps every digit and its names.
    """
    shown = frame.reset_index(drop=True)
    for name in _NAMES:
        if name in shown:
            shown[name] = shown[name].map(label)
    formats = {name: _format(name, shown[name]) for name in shown}
    left = [{"selector": cell, "props": "text-align: left"} for cell in ("th", "td")]
    words = {name: left for name in shown if not pd.api.types.is_numeric_dtype(shown[name])}
    styled = shown.style.hide(axis="index").set_table_styles(words)
    heads = [_head(name) for name in shown]
    styled = styled.format_index(dict(zip(shown.columns, heads, strict=True)).get, axis=1)
    return styled.format(formats, na_rep="–", escape="html")


def clearest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the rows with the smallest ``p``, in the order of the table.

    Examples
    --------
    >>> clearest(pd.DataFrame({"p": [0.3, 0.2, 0.01]}), 2)["p"].tolist()
    [0.2, 0.01]
    """
    return table.sort_values("p", kind="stable").head(top).sort_index()


def plain(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is.

    Examples
    --------
    >>> print(plain("*Talks* cost $5"))
    \*Talks\* cost \$5
    """
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>&$~^-])", r"\\\1", " ".join(text.split()))


def _head(name: object) -> str:
    """Name a column: each part that commas separate is a name of its own."""
    return escape(", ".join(label(part) for part in str(name).split(", ")))


def _format(name: str, column: pd.Series[Any]) -> Any:
    """Return how the cells of a column are written."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "{:%Y-%m-%d}"
    if str(name).split(", ")[0] in ("p", "p_adjusted"):
        return p_value
    if pd.api.types.is_integer_dtype(column):
        return "{:,}"
    return "{:z.2f}" if pd.api.types.is_float_dtype(column) else None
