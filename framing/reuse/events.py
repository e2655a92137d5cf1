"""Events: which articles report the same thing, derived from their words, names and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.schema import SCORED_ROLES

EVENTS = ["event", "article", "outlet", "date", "title", "similarity"]
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME_MARK = "\N{SYMBOL FOR NULL}"
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_][\w-]*")  # a capital here is not that of a sentence
_BLOCK = 500  # articles compared at a time


def find_events(
    articles: pd.DataFrame,
    *,
    paragraphs: pd.DataFrame | None = None,
    days: int = 2,
    threshold: float = 0.1,
    opening: int = 150,
) -> pd.DataFrame:
    """Put articles together that report the same event.

    Articles are taken in the order of their dates. Each joins the event whose articles it is
    most like on average, if that is enough and the event is not too old; else it opens one
    (single-pass clustering, Allan et al. 1998). Likeness is the cosine of TF-IDF vectors of the
    title and the opening words, in which names count twice.

    Parameters
    ----------
    articles : DataFrame
        ``article``, ``date``, and ``title`` or the paragraphs; ``outlet`` is carried along.
    paragraphs : DataFrame, optional
        ``article``, ``paragraph``, ``role``, ``text``. Titles alone say little: give them if you
        have them.
    days : int, default 2
        The last article on an event is at most so many days after its first.
    threshold : float, default 0.1
        From 0 to 1. Higher: more and purer events; lower: fewer and larger ones.
    opening : int, default 150
        So many words of an article's text are taken.

    Returns
    -------
    DataFrame
        A row an article, the articles of an event together: ``event`` (date and words that it
        stands out by; empty for an article without date), ``article``, ``outlet``, ``date``,
        ``title``, ``similarity`` (mean cosine with the others on the event; NaN if there are
        none). Save it, mend the column ``event`` by hand, and give it to `set_events`.

    Raises
    ------
    ValueError
        If columns are missing, or no article has a date.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["1", "2", "3"], "date": pd.Timestamp("2031-04-03"),
    ...     "title": ["Cable to Hask cut", "Data cable cut, Hask in the dark", "Grain dearer"]})
    >>> find_events(articles)[["event", "article"]].values.tolist()
    [['2031-04-03 cable cut hask', '1'], ['2031-04-03 cable cut hask', '2'],
    ['2031-04-03 dearer grain', '3']]
    """
    _check(articles)
    table = articles.assign(outlet=articles.get("outlet", ""), title=articles.get("title", ""))
    table = table.assign(day=pd.to_datetime(table["date"]).dt.normalize())
    table = table.sort_values(["day", "article"], kind="stable").reset_index(drop=True)
    dated = table[table["day"].notna()]
    texts = [_word_counts(text) for text in _openings(dated, paragraphs, opening)]
    vectors, vocabulary = _vectors(texts)
    numbers = dated["day"].to_numpy().astype("datetime64[D]").astype(int)
    events = _clustered(vectors, numbers, days=days, threshold=threshold)
    names = _event_names(vectors, vocabulary, events, dated["day"])
    table["event"] = [*(names[event] for event in events), *[""] * (len(table) - len(dated))]
    table["similarity"] = [*_similarities(vectors, events), *[np.nan] * (len(table) - len(dated))]
    return table.sort_values(["event", "day", "article"], kind="stable")[EVENTS].reset_index(
        drop=True
    )


def set_events(table: pd.DataFrame, events: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Put events, derived or corrected by hand, into a table of articles, paragraphs or scores.

    Parameters
    ----------
    table : DataFrame
        Needs ``article``; its column ``event`` is replaced.
    events : DataFrame, str or Path
        ``article`` and ``event``, or a CSV file with these columns. Articles that it leaves out
        get no event.

    Raises
    ------
    ValueError
        If a column is missing, an article stands twice, or is not in ``table``.

    Examples
    --------
    >>> events = pd.DataFrame({"article": ["1"], "event": ["cable"]})
    >>> set_events(pd.DataFrame({"article": ["1", "2"]}), events)["event"].tolist()
    ['cable', '']
    """
    where = "events"
    if not isinstance(events, pd.DataFrame):
        where = str(events)
        events = pd.read_csv(events, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = {"article", "event"} - set(events)
    if missing:
        came = ", ".join(map(str, events.columns))
        raise ValueError(f"{where}: no column {', '.join(sorted(missing))}; there are: {came}")
    twice = events["article"].duplicated()
    if twice.any():
        name = events["article"][twice].iloc[0]
        raise ValueError(f"{where}: article {name!r} stands twice; leave one of its events")
    known = events["article"].isin(table["article"])
    if not known.all():
        name = events["article"][~known].iloc[0]
        raise ValueError(
            f"{where}: no article {name!r} in the table ({(~known).sum()} of {len(events)} are not)"
        )
    found = dict(zip(events["article"], events["event"].fillna("").str.strip(), strict=True))
    return table.assign(event=[found.get(article, "") for article in table["article"]])


def _check(articles: pd.DataFrame) -> None:
    missing = {"article", "date"} - set(articles)
    if missing:
        came = ", ".join(map(str, articles.columns))
        raise ValueError(f"articles need a column {', '.join(sorted(missing))}; there are: {came}")
    if pd.to_datetime(articles["date"]).isna().all():
        raise ValueError(
            "no article has a date: events can only be found within days of each other"
        )


def _openings(articles: pd.DataFrame, paragraphs: pd.DataFrame | None, opening: int) -> list[str]:
    """Title and first words of every article."""
    titles = articles["title"].fillna("").astype(str)
    if paragraphs is None:
        return list(titles)
    rows = paragraphs[paragraphs["role"].isin(SCORED_ROLES) & (paragraphs["role"] != "headline")]
    rows = rows.sort_values("paragraph", kind="stable").groupby("article").head(opening)
    texts = rows.groupby("article")["text"].agg("\n".join).reindex(articles["article"])
    first = (" ".join(text.split()[:opening]) for text in texts.fillna(""))
    return [f"{title} . {text}" for title, text in zip(titles, first, strict=True)]


def _word_counts(text: str) -> Counter[str]:
    """Words in small letters; names are counted again, apart."""
    names = (name.lower() + _NAME_MARK for name in _NAME.findall(text) if name[0].isupper())
    return Counter([*(word.lower() for word in _WORD.findall(text)), *names])


def _vectors(texts: list[Counter[str]]) -> tuple[sparse.csr_array, list[str]]:
    """TF-IDF of unit length: log(1 + count) times log(1 + articles / articles with the word)."""
    vocabulary = sorted({word for text in texts for word in text})
    place = {word: column for column, word in enumerate(vocabulary)}
    columns = np.array([place[word] for text in texts for word in text], dtype=np.int64)
    counts = np.array([count for text in texts for count in text.values()], dtype=float)
    ends = np.cumsum([0, *map(len, texts)])
    shape = (len(texts), len(vocabulary))
    inverse = np.log1p(len(texts) / np.maximum(np.bincount(columns, minlength=shape[1]), 1))
    table = sparse.csr_array((np.log1p(counts) * inverse[columns], columns, ends), shape=shape)
    table.sort_indices()
    length = np.sqrt(table.multiply(table).sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-12)) @ table), vocabulary


def _clustered(
    vectors: sparse.csr_array, day: NDArray[np.int_], *, days: int, threshold: float
) -> NDArray[np.int_]:
    """Give every article, in the order of days, the number of its event."""
    n = len(day)
    events = np.full(n, -1)
    first_day: list[int] = []
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        oldest = int(np.searchsorted(day, day[start] - days))
        alike = (vectors[start:stop] @ vectors[oldest:stop].T).toarray()
        for row in range(start, stop):
            near = slice(max(oldest, int(np.searchsorted(day, day[row] - days))), row)
            event = _nearest_event(
                alike[row - start, near.start - oldest : row - oldest], events[near]
            )
            if event is None or event[1] < threshold or day[row] - first_day[event[0]] > days:
                first_day.append(int(day[row]))
                events[row] = len(first_day) - 1
            else:
                events[row] = event[0]
    return events


def _nearest_event(
    alike: NDArray[np.float64], events: NDArray[np.int_]
) -> tuple[int, float] | None:
    """The event that is most like an article on average, and how much."""
    if not len(events):
        return None
    there, place = np.unique(events, return_inverse=True)
    means = np.bincount(place, alike) / np.bincount(place)
    best = int(means.argmax())
    return int(there[best]), float(means[best])


def _similarities(vectors: sparse.csr_array, events: NDArray[np.int_]) -> NDArray[np.float64]:
    """Mean cosine of every article with the others on its event, NaN where it is alone."""
    n = len(events)
    member = sparse.csr_array((np.ones(n), (np.arange(n), events)))
    centre = member.T @ vectors
    size = member.sum(axis=0)[events]
    total = vectors.multiply(centre[events]).sum(axis=1) - 1.0
    return np.where(size > 1, total / np.maximum(size - 1, 1), np.nan).round(6)


def _event_names(
    vectors: sparse.csr_array,
    vocabulary: list[str],
    events: NDArray[np.int_],
    days: Iterable[Any],
) -> list[str]:
    """Name every event by its first day and the three words that stand out in it."""
    n = len(events)
    member = sparse.csr_array((np.ones(n), (np.arange(n), events)))
    weights = sparse.csr_array(member.T @ vectors)
    first = dict(zip(events[::-1], list(days)[::-1], strict=True))
    names: list[str] = []
    for event in range(weights.shape[0]):
        row = weights[[event]]
        order = sorted(zip(-row.data.round(9), row.indices, strict=True))
        words = [vocabulary[column] for _, column in order if vocabulary[column][-1] != _NAME_MARK]
        name = " ".join([f"{first[event]:%Y-%m-%d}", *sorted(words[:3])])
        names.append(name if name not in names else f"{name} {event}")
    return names
