"""Choose articles of a corpus by outlet, event, id or title."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from difflib import get_close_matches

import pandas as pd

from framing.arguments import nearest, spelled
from framing.text.encoding import printable

_NAMED = 4  # articles that an error lists


def chosen(column: pd.Series[str], names: Sequence[str], among: str = "") -> pd.Series[bool]:
    """Return whether each value is one of the names; an unknown name is an error.

    ``among``: of which articles the column is, for the error.
    """
    known = set(column)
    for name in names:
        if name not in known:
            raise ValueError(
                f"no {column.name} {name!r}{among}; the nearest: {nearest(name, sorted(known))}"
            )
    return column.isin(names or [*known])


def values_of(articles: pd.DataFrame, where: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return columns of articles with the values that are asked for, as ``topic=health``."""
    values: dict[str, list[str]] = {}
    for text in where:
        column, sign, value = (part.strip() for part in text.partition("="))
        if not sign or column not in articles:
            known = spelled(articles.columns)
            raise ValueError(f"where must be COLUMN=VALUE, of the columns {known}; got {text!r}")
        values.setdefault(column, []).append(value)
    return [*values.items()]


def article_id(articles: pd.DataFrame, name: str) -> str:
    """Return the id of the article that a name means: its id, or its title in any case.

    Raises
    ------
    ValueError
        If no article has it, or several do, or it is empty and there are several articles; the
        message lists articles that may be meant, with titles and ids.
    """
    if name in set(articles["article"]):
        return name
    titles = articles["title"].str.casefold()
    same = articles[titles.eq(name.casefold().strip())] if name else articles
    if len(same) == 1:
        return str(same["article"].iloc[0])
    if name and same.empty:
        near = _nearest(articles, name.casefold())
        kind = "the nearest" if len(near) < len(articles) else "there are"
        raise ValueError(f"no article has the id or title {name!r}; {kind}: {_listed(near)}")
    what = f"{len(same):,} articles have the title {name!r}" if name else f"{len(same):,} articles"
    raise ValueError(f"{what}: choose one by its id or title, such as {_listed(same)}")


def _nearest(articles: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the articles whose id or title holds a name or is like it, or shares most words."""
    for column in ("article", "title"):
        lower = articles[column].str.casefold()
        alike = get_close_matches(name, list(lower), n=_NAMED, cutoff=0.6)
        found = articles[lower.isin(alike) | lower.str.contains(name, regex=False)]
        if len(found):
            return found
    words = set(name.split())
    shared = articles["title"].str.casefold().str.split().map(lambda t: len(words.intersection(t)))
    most = shared[shared > 0].sort_values(ascending=False, kind="stable")
    return articles.loc[most.index[:_NAMED]] if len(most) else articles


def _listed(articles: pd.DataFrame) -> str:
    """Write the first articles as title and id."""
    shown = articles.head(_NAMED)
    titles = [textwrap.shorten(title, 45, placeholder=" …") for title in shown["title"]]
    listed = [
        f"{printable(t) or 'no title'} ({i!r})"
        for t, i in zip(titles, shown["article"], strict=True)
    ]
    return ", ".join(listed) + (" …" if len(articles) > len(shown) else "")
