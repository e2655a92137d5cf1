"""Events: groups of articles on the same event, from their words, names and dates."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from framing.arguments import as_value, check_number
from framing.checks import check_columns, check_same_articles, dates_of
from framing.reuse.features import of_unit_length
from framing.schema import SCORED_ROLES
from framing.scoring.paragraph_checks import check_texts
from framing.text.arrays import Floats, Ints
from framing.text.encoding import printable
from framing.utils.table_files import read_texts

EVENTS = ["event", "article", "outlet", "date", "title", "similarity"]
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME_MARK = "\N{SYMBOL FOR NULL}"
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_][\w-]*")  # not the capital that starts a sentence
_BLOCK = 500  # articles compared at a time


def find_events(
    articles: pd.DataFrame,
    *,
    paragraphs: pd.DataFrame | None = None,
    days: int = 2,
    threshold: float = 0.1,
    opening: int = 150,
) -> pd.DataFrame:
    """Group articles that report the same event.

    Single-pass clustering (Allan et al. 1998): in the order of dates, each article joins the
    event with the highest mean similarity to its articles, if that reaches the threshold and the
    event is recent enough; otherwise it starts a new event. Similarity is the cosine of TF-IDF
    vectors of the title and the opening words, with names counted twice.

    Parameters
    ----------
    articles : DataFrame
        ``article``, ``date``, and ``title`` if there are no paragraphs; ``outlet`` is kept.
    paragraphs : DataFrame, optional
        ``article``, ``paragraph``, ``role``, ``text``. Recommended: titles alone say little.
    days : int, default 2
        Largest number of days from the first article of an event to the last.
    threshold : float, default 0.1
        Smallest similarity, 0 to 1. Higher values give more and purer events.
    opening : int, default 150
        Number of opening words of an article to use.

    Returns
    -------
    DataFrame
        One row per article, sorted by event: ``event`` (first date and the three most
        characteristic words; empty for an article without a date), ``article``, ``outlet``,
        ``date``, ``title``, ``similarity`` (mean cosine with the other articles of the event;
        NaN if there are none). Save it, correct the column ``event`` by hand, and pass it to
        `set_events`.

    Raises
    ------
    ValueError
        If a column is missing, or no article has a date.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["1", "2", "3"], "date": pd.Timestamp("2031-04-03"),
    ...     "title": ["Cable to Hask cut", "Data cable cut, Hask in the dark", "Grain dearer"]})
    >>> find_events(articles)[["event", "article"]].values.tolist()
    [['2031-04-03 cable cut hask', '1'], ['2031-04-03 cable cut hask', '2'],
    ['2031-04-03 dearer grain', '3']]
    """
    check_number("days", days, least=0)
    check_number("threshold", threshold, least=0, most=1)
    check_number("opening", opening, least=1)
    _check_dates(articles)
    if paragraphs is not None:
        check_columns(paragraphs, ["article", "paragraph", "role", "text"], kind="paragraphs")
        check_texts(paragraphs)
        check_same_articles(articles, paragraphs, ("articles", "paragraphs"))
    table = articles.assign(outlet=articles.get("outlet", ""), title=articles.get("title", ""))
    table = table.assign(day=dates_of(table).dt.normalize())
    table = table.sort_values(["day", "article"], kind="stable")
    dated = table[table["day"].notna()]
    texts = [_word_counts(text) for text in _openings(dated, paragraphs, opening)]
    vectors, vocabulary = _vectors(texts)
    numbers = dated["day"].to_numpy().astype("datetime64[D]").astype(int)
    events = _clustered(vectors, numbers, days=days, threshold=threshold)
    centres = _centres(vectors, events)
    names = _event_names(centres, vocabulary, events, dated["day"])
    table["event"] = [*(names[event] for event in events), *[""] * (len(table) - len(dated))]
    table["similarity"] = [
        *_similarities(vectors, centres, events),
        *[np.nan] * (len(table) - len(dated)),
    ]
    order = ["event", "day", "article"]
    return table.sort_values(order, kind="stable", ignore_index=True)[EVENTS]


def set_events(table: pd.DataFrame, events: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Add events, derived or corrected by hand, to a table of articles, paragraphs or scores.

    Parameters
    ----------
    table : DataFrame
        With ``article``; an existing column ``event`` is replaced.
    events : DataFrame, str or Path
        ``article`` and ``event``, or a CSV or Excel file with these columns. Articles that are
        not in it get no event.

    Raises
    ------
    ValueError
        If a column is missing, or an article is duplicated or not in ``table``.

    Examples
    --------
    >>> events = pd.DataFrame({"article": ["1"], "event": ["cable"]})
    >>> set_events(pd.DataFrame({"article": ["1", "2"]}), events)["event"].tolist()
    ['cable', '']
    """
    check_columns(table, ["article"], kind="articles, paragraphs or scores")
    where = "events"
    if not isinstance(events, pd.DataFrame):
        where = printable(events)
        events = read_texts(events)
    check_columns(events, ["article", "event"], kind=f"events by article ({where})")
    twice = events["article"].duplicated()
    if twice.any():
        name = events["article"][twice].iloc[0]
        raise ValueError(f"{where}: article {name!r} is in two rows; keep one of its events")
    known = events["article"].isin(table["article"])
    if not known.all():
        name = events["article"][~known].iloc[0]
        ids = as_value(next(iter(table["article"]), None))
        raise ValueError(
            f"{where}: {(~known).sum()} of {len(events)} articles are not in the table, first "
            f"{as_value(name)}; the ids of the table are such as {ids}"
        )
    names = events["event"].convert_dtypes().astype(str).str.strip()  # 2 is not 2.0
    names = names.where(events["event"].notna(), "")
    alike = names.drop_duplicates().groupby(names.str.casefold()).agg(list)
    for several in alike[alike.map(len) > 1].iloc[:1]:
        listed = " and ".join(map(repr, several))
        warnings.warn(f"{where}: {listed} are different events: are they one?", stacklevel=2)
    found = dict(zip(events["article"], names, strict=True))
    return table.assign(event=[found.get(article, "") for article in table["article"]])


def _check_dates(articles: pd.DataFrame) -> None:
    check_columns(articles, ["article", "date"], kind="articles, such as corpus.articles")
    twice = articles["article"].duplicated()
    if twice.any():
        raise ValueError(
            f"article {articles['article'][twice].iloc[0]!r} is in several rows: give a table of "
            "articles, such as corpus.articles, and their paragraphs as paragraphs="
        )
    if dates_of(articles).isna().all():
        raise ValueError(
            "no article has a date, but events are found by date: fill the column 'date'"
        )


def _openings(articles: pd.DataFrame, paragraphs: pd.DataFrame | None, opening: int) -> list[str]:
    """Return the title and first words of every article."""
    titles = articles["title"].fillna("").astype(str)
    if paragraphs is None:
        return list(titles)
    rows = paragraphs[paragraphs["role"].isin(SCORED_ROLES) & (paragraphs["role"] != "headline")]
    rows = rows.sort_values("paragraph", kind="stable").groupby("article").head(opening)
    texts = rows.groupby("article")["text"].agg("\n".join).reindex(articles["article"])
    first = (" ".join(text.split()[:opening]) for text in texts.fillna(""))
    return [f"{title} . {text}" for title, text in zip(titles, first, strict=True)]


def _word_counts(text: str) -> Counter[str]:
    """Count words in lower case, and names once more as features of their own."""
    names = (name.lower() + _NAME_MARK for name in _NAME.findall(text) if name[0].isupper())
    return Counter([*(word.lower() for word in _WORD.findall(text)), *names])


def _vectors(texts: list[Counter[str]]) -> tuple[sparse.csr_array, list[str]]:
    """Return TF-IDF of unit length: log(1 + count) · log(1 + articles / articles with the word)."""
    vocabulary = sorted({word for text in texts for word in text})
    place = {word: column for column, word in enumerate(vocabulary)}
    columns = np.array([place[word] for text in texts for word in text], dtype=np.int64)
    counts = np.array([count for text in texts for count in text.values()], dtype=float)
    ends = np.cumsum([0, *map(len, texts)])
    shape = (len(texts), len(vocabulary))
    inverse = np.log1p(len(texts) / np.bincount(columns))
    table = sparse.csr_array((np.log1p(counts) * inverse[columns], columns, ends), shape=shape)
    table.sort_indices()
    return of_unit_length(table), vocabulary


def _clustered(vectors: sparse.csr_array, day: Ints, *, days: int, threshold: float) -> Ints:
    """Return the number of the event of every article, in the order of days."""
    n = len(day)
    events = np.zeros(n, np.int64)
    first_day: list[int] = []
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        oldest = int(np.searchsorted(day, day[start] - days))
        alike = (vectors[start:stop] @ vectors[oldest:stop].T).toarray()
        for row in range(start, stop):
            near = int(np.searchsorted(day, day[row] - days))
            met = alike[row - start, near - oldest : row - oldest]
            event = _nearest_event(met, events[near:row])
            if event is None or event[1] < threshold or day[row] - first_day[event[0]] > days:
                first_day.append(int(day[row]))
                events[row] = len(first_day) - 1
            else:
                events[row] = event[0]
    return events


def _nearest_event(alike: Floats, events: Ints) -> tuple[int, float] | None:
    """Return the event with the highest mean similarity to an article, and that mean."""
    if not len(events):
        return None
    different, place = np.unique(events, return_inverse=True)
    means = np.bincount(place, alike) / np.bincount(place)
    best = int(means.argmax())
    return int(different[best]), float(means[best])


def _centres(vectors: sparse.csr_array, events: Ints) -> sparse.csr_array:
    """Return the sum of the vectors of every event."""
    member = sparse.csr_array((np.ones(len(events)), (events, np.arange(len(events)))))
    return sparse.csr_array(member @ vectors)


def _similarities(vectors: sparse.csr_array, centres: sparse.csr_array, events: Ints) -> Floats:
    """Return the mean cosine of every article with the others of its event, NaN if alone."""
    size = np.bincount(events)[events]
    total = vectors.multiply(centres[events]).sum(axis=1) - 1.0
    return np.where(size > 1, total / np.maximum(size - 1, 1), np.nan).round(6)


def _event_names(
    centres: sparse.csr_array, vocabulary: list[str], events: Ints, days: Iterable[Any]
) -> list[str]:
    """Name every event by its first day and its three most characteristic words."""
    first = dict(zip(events[::-1], list(days)[::-1], strict=True))
    names: list[str] = []
    for event in range(centres.shape[0]):
        row = centres[[event]]
        order = sorted(zip(-row.data.round(9), row.indices, strict=True))
        words = [vocabulary[column] for _, column in order if vocabulary[column][-1] != _NAME_MARK]
        name = " ".join([f"{first[event]:%Y-%m-%d}", *sorted(words[:3])])
        names.append(name if name not in names else f"{name} {event}")
    return names
