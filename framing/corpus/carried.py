"""Columns carried along from the source: their types, and those that every paragraph gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from framing.corpus.readers.cells import is_missing
from framing.corpus.whole_tables import GIVEN_ID
from framing.schema import ARTICLE_COLUMNS

_SHORT = 100  # characters; a column of longer cells is not repeated in every paragraph
# How programs write numbers; 007 is none.
_WHOLE = r"-?(?:0|[1-9]\d{0,14})"
_PLAIN = re.compile(rf"{_WHOLE}(?:\.\d+)?")
_WITH_POINT = re.compile(rf"(?:{_WHOLE}|-?[1-9]\d{{0,2}}(?:,\d{{3}})+)(?:\.\d+)?")
_WITH_COMMA = re.compile(rf"(?:{_WHOLE}|-?[1-9]\d{{0,2}}(?:\.\d{{3}})+)(?:,\d+)?")
_IN_DOUBT = "may have decimals or thousands"


def with_carried(
    articles: pd.DataFrame, paragraphs: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """Give the columns carried along their types, and those of short cells to the paragraphs.

    A column in which all cells are numbers becomes one of numbers. Topics, if there are any, are
    given to the paragraphs as well: comparisons keep them constant. The last are notes on the
    columns whose numbers are written otherwise than in English, or may be.
    """
    names = [name for name in articles if name not in ARTICLE_COLUMNS]
    carried = dict(articles[names].fillna("").items())
    given = {name: cells for name, cells in carried.items() if name != GIVEN_ID}
    numbers, notes = with_numbers(given)
    typed = carried | numbers
    rows = pd.Index(articles["article"]).get_indexer(paragraphs["article"])
    about = {"topic": articles["topic"]} if articles["topic"].any() else {}
    about |= {n: typed[n] for n, c in given.items() if max(map(len, c), default=0) <= _SHORT}
    of_article = {name: cells.take(rows).array for name, cells in about.items()}
    return beside(articles[ARTICLE_COLUMNS], typed), beside(paragraphs, of_article), notes


def beside(table: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table with further columns, all at once: there may be thousands."""
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis=1)


def with_numbers(
    columns: Mapping[Any, pd.Series[str]],
) -> tuple[dict[Any, pd.Series[Any]], dict[Any, str]]:
    """Return columns, those of numbers as numbers, and notes on how these were written.

    Whether *1.234* is more or less than a thousand is decided by the columns of numbers that can
    be read in one way only, if they agree.

    >>> columns = {"views": pd.Series(["1.234", "900"]), "weight": pd.Series(["0,63", ""])}
    >>> found, notes = with_numbers(columns)
    >>> found["views"].tolist(), found["weight"].tolist()
    ([1234, 900], [0.63, nan])
    >>> notes["views"]
    "as '1.234', points between thousands"
    """
    filled = {name: _filled(cells) for name, cells in columns.items()}
    marks = {name: _marks(cells) for name, cells in filled.items()}
    sure = {mark for of_it in marks.values() if len(of_it) == 1 for mark in of_it}
    found, notes = dict(columns), {}
    for name, cells in filled.items():
        possible = marks[name] & sure if len(sure) == 1 else marks[name]
        written = min((cell for cell in cells if not cell.lstrip("-").isdigit()), default="")
        if possible == {","} and sure == {","}:
            numbers = cells.str.replace(".", "").str.replace(",", ".")
            how = "decimal commas" if "," in written else "points between thousands"
        elif possible == {"."} or (possible and _fit(_PLAIN, cells)):
            numbers = cells.str.replace(",", "")
            how = "commas between thousands" if "," in written else ""
            how = f"a decimal point, but {_IN_DOUBT}" if len(possible) > 1 else how
        else:
            if possible:
                notes[name] = f"text, as {written!r} {_IN_DOUBT}"
            continue
        numbers = pd.to_numeric(numbers)
        gaps = len(cells) < len(columns[name])
        found[name] = numbers.reindex(columns[name].index) if gaps else numbers  # floats, with gaps
        notes |= {name: f"as {written!r}, {how}"} if how and written else {}
    return found, notes


def _filled(cells: pd.Series[str]) -> pd.Series[str]:
    return cells[[not is_missing(cell) for cell in cells]]


def _marks(cells: pd.Series[str]) -> set[str]:
    """Return which marks may be decimal ones in cells, none if the cells are no numbers.

    Whole numbers without a mark tell nothing: both may be.
    """
    if cells.empty:
        return set()
    return {mark for mark, how in ((".", _WITH_POINT), (",", _WITH_COMMA)) if _fit(how, cells)}


def _fit(pattern: re.Pattern[str], cells: Iterable[str]) -> bool:
    return all(map(pattern.fullmatch, cells))


def with_about(paragraphs: pd.DataFrame, articles: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give the paragraphs a column of their articles."""
    of_article = articles.set_index("article")[name]
    return paragraphs.assign(**{name: paragraphs["article"].map(of_article).array})
