"""Who had a story first, as far as credits and dates tell."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

UNKNOWN = "direction unknown"
_AGENCIES = (
    "Reuters", "Associated Press", "AP", "Agence France-Presse", "AFP", "dpa", "ANSA", "EFE",
    "TASS", "Interfax", "RIA Novosti", "Ukrinform", "Xinhua", "Kyodo", "Press Association", "PA",
    "UPI", "Bloomberg", "PTI", "Anadolu", "Yonhap", "Canadian Press", "AAP",
)  # fmt: skip
_SAME = {"AP": "Associated Press", "AFP": "Agence France-Presse", "PA": "Press Association"}
_DATELINE = r"\(\s*{name}\s*\)|^\s*(?:by\s+)?{name}\s*[-–—:]"
_FOOT = r"(?:©|\b(?i:reporting|copyright|source:|contributed|via|from|by)\b)[^.]{{0,60}}\b{name}\b"
_HEAD, _TAIL = 200, 300  # characters in which a credit stands
_Ints = NDArray[np.int64]


def direction(articles: pd.DataFrame, a: _Ints, b: _Ints) -> pd.DataFrame:
    """Say for pairs of articles that share text which one the other goes back to.

    Parameters
    ----------
    articles : DataFrame
        ``article``, ``outlet``, ``date``, ``text``.
    a, b : arrays of int
        Rows of ``articles``, pair by pair.

    Returns
    -------
    DataFrame
        ``direction`` (one article → the other; common source; direction unknown) and
        ``evidence`` (the credit or the dates; empty where there is none). A credit counts for
        more than the dates. Dates without a time of day differ if the days do.
    """
    outlets = sorted({str(name) for name in articles["outlet"].iloc[np.r_[a, b]]} - {"unknown", ""})
    there = np.unique(np.r_[a, b]).astype(np.int64)
    credited = {int(row): credits(articles["text"].iloc[row], outlets) for row in there}
    rows = [
        _by_credit(articles, i, j, credited[i] | credited[j], credited[i] & credited[j])
        or _by_date(articles, i, j)
        or (UNKNOWN, "")
        for i, j in zip(a.tolist(), b.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["direction", "evidence"], dtype=str)


def credits(text: str, outlets: list[str]) -> set[str]:
    """Find the agencies and outlets that a text credits in its first line or at its end.

    Examples
    --------
    >>> credits("KYIV (Reuters) - Talks failed.", [])
    {'Reuters'}
    >>> credits("Reuters reporters were there.", [])
    set()
    """
    found, top, end = set(), text[:_HEAD], text[-_TAIL:]
    for name in (*_AGENCIES, *outlets):
        spelled = re.escape(name)
        head = name in top and re.search(_DATELINE.format(name=spelled), top, re.MULTILINE)
        foot = name in end and re.search(_FOOT.format(name=spelled), end)
        if head or foot:
            found.add(_SAME.get(name, name))
    return found


def _by_credit(
    articles: pd.DataFrame, i: int, j: int, either: set[str], both: set[str]
) -> tuple[str, str] | None:
    one, other = (_SAME.get(name, name) for name in articles["outlet"].iloc[[i, j]])
    if one != other and (one in either) != (other in either):
        source, copy = (i, j) if one in either else (j, i)
        return _arrow(articles, source, copy), f"credit: {one if one in either else other}"
    if both:
        return "common source", f"both credit {', '.join(sorted(both))}"
    return None


def _by_date(articles: pd.DataFrame, i: int, j: int) -> tuple[str, str] | None:
    one, other = articles["date"].iloc[[i, j]]
    if pd.isna(one) or pd.isna(other):
        return None
    days = one.normalize(), other.normalize()
    if one == days[0] or other == days[1]:
        one, other = days
    if one == other:
        return None
    source, copy = (i, j) if one < other else (j, i)
    return _arrow(articles, source, copy), f"dates: {min(one, other)} before {max(one, other)}"


def _arrow(articles: pd.DataFrame, source: int, copy: int) -> str:
    return f"{articles['article'].iloc[source]} → {articles['article'].iloc[copy]}"
