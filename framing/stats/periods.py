"""Articles in weeks or months: when each appeared, what it weighs, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from framing.arguments import check_number
from framing.checks import MARKS, SCORES, check_columns, copied_from, dates_of, is_day
from framing.stats.articles import per_article
from framing.stats.strata import components
from framing.text.numbers import many

WORDS = {"W": "week", "M": "month"}
MIN_ARTICLES = 5  # of a period; fewer say little of it
_MOST = 3000  # periods: 57 years of weeks


def dated_articles(
    scores: pd.DataFrame,
    *,
    by: str,
    freq: str,
    measures: str | Sequence[str] | None,
    roles: str | Sequence[str],
) -> tuple[pd.DataFrame, str]:
    """Sum up the paragraphs of every article that has a date, and note how many have none.

    To the columns of ``per_article`` come ``date``; ``period``, the first day of its week or month;
    ``weight``, 1 over the number of articles that are copies of each other; and ``unit``, the same
    for articles on one event and for copies.
    """
    check_columns(scores, [by, "article", "date"], kind=SCORES)
    if freq not in WORDS:
        raise ValueError(f'freq must be "W" or "M", got {freq!r}')
    everything = scores.drop(columns=list(MARKS), errors="ignore").assign(
        date=dates_of(scores).dt.normalize()
    )
    _check_one_day(everything)
    articles = per_article(everything, by=by, measures=measures, roles=roles)
    if (twice := articles["article"].duplicated()).any():
        raise ValueError(
            f"article {articles['article'][twice].iloc[0]!r} is of two values of {by!r}: give "
            "every article an id of its own"
        )
    undated = int(articles["date"].isna().sum())
    if undated == len(articles):
        raise ValueError("no article has a date: fill the column 'date', or see corpus.audit")
    articles = articles.dropna(subset="date").reset_index(drop=True)
    articles["period"] = articles["date"].dt.to_period(freq).dt.start_time
    _check_range(articles, freq)
    copies, units = _linked(articles, scores)
    weight = 1 / np.bincount(copies)[copies]
    note = f"{many(undated, 'article')} without a date left out" if undated else ""
    return articles.assign(weight=weight, unit=units), note


def _check_one_day(scores: pd.DataFrame) -> None:
    days = scores.groupby("article")["date"].agg(["min", "max"])
    several = days[days["min"] < days["max"]]
    if len(several):
        first, last = several.iloc[0]
        raise ValueError(
            f"article {several.index[0]!r} has two dates, {first:%Y-%m-%d} and {last:%Y-%m-%d}: "
            "give all its paragraphs one of them, or every article an id of its own"
        )


def _check_range(articles: pd.DataFrame, freq: str) -> None:
    first, last = (articles.loc[i] for i in (articles["date"].idxmin(), articles["date"].idxmax()))
    if (last["date"] - first["date"]).days / {"W": 7, "M": 30}[freq] > _MOST:
        raise ValueError(
            f"dates run from {first['date']:%Y-%m-%d} (article {first['article']!r}) to "
            f"{last['date']:%Y-%m-%d} (article {last['article']!r}), more than {_MOST:,} periods: "
            "correct these dates, or leave the articles out"
        )


def _linked(articles: pd.DataFrame, scores: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the groups of copies, and of articles that copies or events join."""
    names = articles["article"].astype(str)
    nodes = pd.Index(names.unique())
    each = scores.drop_duplicates("article")
    copy_of = articles["article"].map(copied_from(each).set_axis(each["article"]))
    originals = pd.factorize(copy_of.where(copy_of != "", names), use_na_sentinel=False)
    known = nodes.append(pd.Index(originals[1]).difference(nodes, sort=False))
    ends = known.get_indexer(originals[1])[originals[0]]
    events = articles["event"].where(articles["event"] != "", "\0" + names)
    about = pd.factorize(events)[0] + len(known)
    at = known.get_indexer(names)
    copies = components(at, ends, len(known))
    units = components(np.r_[at, at], np.r_[ends, about], len(known) + len(names))
    return copies[at], units[at]


def thin(articles: pd.DataFrame, freq: str, least: int) -> tuple[pd.Series[bool], str]:
    """Return which articles are in weeks or months with too few of them, and a note of these."""
    check_number("min_articles", least, least=0)
    few = articles.groupby("period")["article"].transform("size") < least
    number = f"{many(few.sum(), 'article')} in {WORDS[freq]}s with under {least} left out"
    most = freq == "W" and few.mean() > 0.5
    longer = ', more than half of all: freq="M" leaves out fewer' if most else ""
    return few, (number + longer) * bool(few.any())


def planned_days(breaks: str | date | Sequence[str | date]) -> list[pd.Timestamp]:
    """Return days in their order; 03.04.2031 could be one of two, so only ISO dates are days."""
    given = (
        list(breaks) if isinstance(breaks, Iterable) and not isinstance(breaks, str) else [breaks]
    )
    try:
        if not all(is_day(day) and pd.notna(day) for day in given):
            raise ValueError
        days = [pd.to_datetime(day, format="ISO8601") for day in given]
        if any(map(pd.isna, days)):
            raise ValueError
        return sorted({day.tz_localize(None).normalize() for day in days})  # as the dates
    except (ValueError, TypeError):
        raise ValueError(
            f"breaks must be days such as '2022-02-24' (year, month, day), got {breaks!r}"
        ) from None
