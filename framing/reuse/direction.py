"""Who published a story first, according to credits and dates."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from framing.corpus.agencies import agency, short
from framing.schema import UNKNOWN_OUTLET
from framing.text.arrays import Ints

UNKNOWN, COMMON = "direction unknown", "common source"
_DATELINE = r"\(\s*{name}\s*\)|^\s*(?:by\s+)?{name}\s*[-–—:]"
_FOOT = (
    r"(?:©|\b(?i:source:|(?:reporting|copyright|contributed|via|from|by)\b))[^.]{{0,60}}\b{name}\b"
)
_HEAD, _TAIL = 200, 300  # characters searched for a credit


def direction(articles: pd.DataFrame, a: Ints, b: Ints) -> pd.DataFrame:
    """Determine which of articles ``a[i]`` and ``b[i]``, which share text, is the source.

    Returns ``direction`` (source → copy; common source; direction unknown) and ``evidence`` (the
    credit or the dates; empty if there is none). Credits take precedence over dates. Dates without
    a time of day are compared by day.
    """
    named = {str(name) for name in articles["outlet"].iloc[np.r_[a, b]]}
    outlets = sorted(named - {UNKNOWN_OUTLET, ""})
    paired = articles.iloc[np.unique(np.r_[a, b])]
    paired = paired.assign(credits=[credits(text, outlets) for text in paired["text"]])
    known = {row.Index: row for row in paired.itertuples()}
    rows = [
        _by_credit(known[i], known[j]) or _by_date(known[i], known[j]) or (UNKNOWN, "")
        for i, j in zip(a.tolist(), b.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["direction", "evidence"], dtype=str)


def credits(text: str, outlets: list[str]) -> set[str]:
    """Return the agencies and outlets credited in the dateline or at the end of a text.

    >>> credits("KYIV (Reuters) - Talks failed.", [])
    {'Reuters'}
    >>> credits("Reuters reporters were there.", [])
    set()
    """
    top, end = text[:_HEAD], text[-_TAIL:]
    found = set(agency(text.split("\n")).split("; ")) - {"", "agencies"}
    for name in (name for name in outlets if name in top or name in end):
        spelled = re.escape(name)
        head = name in top and re.search(_DATELINE.format(name=spelled), top, re.MULTILINE)
        foot = name in end and re.search(_FOOT.format(name=spelled), end)
        if head or foot:
            found.add(short(name))
    return found


def _by_credit(a: Any, b: Any) -> tuple[str, str] | None:
    one, other = (short(article.outlet) for article in (a, b))
    either, both = a.credits | b.credits, a.credits & b.credits
    if one != other and (one in either) != (other in either):
        source, copy = (a, b) if one in either else (b, a)
        credit = f"credit: {one if one in either else other}"
        other_way, dates = _by_date(a, b) or ("", "")
        against = other_way == _arrow(copy, source)
        return _arrow(source, copy), f"{credit}, against {dates}" if against else credit
    if both:
        return COMMON, f"both credit {', '.join(sorted(both))}"
    return None


def _by_date(a: Any, b: Any) -> tuple[str, str] | None:
    if pd.isna(a.date) or pd.isna(b.date):
        return None
    day = a.date.normalize()
    if a.date == b.date or (day == b.date.normalize() and day in (a.date, b.date)):
        return None
    source, copy = (a, b) if a.date < b.date else (b, a)
    return _arrow(source, copy), f"dates: {_date_text(source.date)} before {_date_text(copy.date)}"


def _date_text(date: pd.Timestamp) -> str:
    """Return a date, with the time if it is known."""
    return f"{date:%Y-%m-%d}" if date == date.normalize() else f"{date:%Y-%m-%d %H:%M}"


def _arrow(source: Any, copy: Any) -> str:
    return f"{source.article} → {copy.article}"
